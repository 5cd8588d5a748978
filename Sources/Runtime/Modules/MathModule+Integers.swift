import BigInt
import Catalog
import Glibc
import Syntax

extension ModuleTable {
  /// The functions of `math` that keep to integers, of any size, and those of several numbers.
  static let integerMathematics: [Builtin] = [
    Builtin(
      Entry(
        "gcd", [.variadic("integers", .int)], group: "math",
        summary: "The greatest common divisor; 0 without arguments.",
        examples: [Example("math.gcd(12, 18)", prints: "6")]),
      .bound { arguments, interpreter throws(Fault) in
        var result = BigInt(0)
        for value in arguments.rest {
          result = try commonDivisor(result, try whole(value, "gcd", interpreter), interpreter)
        }
        return .integer(result)
      }),
    Builtin(
      Entry(
        "lcm", [.variadic("integers", .int)], group: "math",
        summary: "The least common multiple; 1 without arguments.",
        examples: [Example("math.lcm(4, 6)", prints: "12")]),
      .bound { arguments, interpreter throws(Fault) in
        var result = Value.int(1)
        for value in arguments.rest {
          let (left, right) = (result.bigInteger ?? 0, try whole(value, "lcm", interpreter))
          let divisor = try commonDivisor(left, right, interpreter)
          guard divisor != 0, left != 0, right != 0 else {
            result = .int(0)
            continue
          }
          let part = try LongArithmetic(interpreter).division(left.magnitude, divisor.magnitude)
          result = try interpreter.binary(
            .multiply, .integer(BigInt(part.quotient)), .integer(BigInt(right.magnitude)))
        }
        return result
      }),
    Builtin(
      Entry(
        "factorial", [.positional("n", .int)], group: "math",
        summary: "The product of the integers from 1 to n.",
        examples: [Example("math.factorial(5)", prints: "120")]),
      .one { value, interpreter throws(Fault) in
        let count = try natural(try whole(value, "factorial", interpreter), "factorial")
        return .integer(try fallingProduct(count, count, "factorial", interpreter))
      }),
    Builtin(
      Entry(
        "comb", [.positional("n", .int), .positional("k", .int)], group: "math",
        summary: "The number of ways to choose k of n things without order.",
        examples: [Example("math.comb(5, 2)", prints: "10")]),
      .bound { arguments, interpreter throws(Fault) in
        let n = try natural(try whole(arguments[0], "comb", interpreter), "comb")
        var k = try natural(try whole(arguments[1], "comb", interpreter), "comb")
        guard k <= n else { return .int(0) }
        k = min(k, n - k)
        return .integer(BigInt(try choices(n.magnitude, k, interpreter)))
      }),
    Builtin(
      Entry(
        "perm", [.positional("n", .int), .positional("k", .int, default: "None")], group: "math",
        summary: "The number of ways to choose k of n things in order; all of them without k.",
        examples: [Example("math.perm(5, 2)", prints: "20")]),
      .bound { arguments, interpreter throws(Fault) in
        let n = try natural(try whole(arguments[0], "perm", interpreter), "perm")
        guard let value = arguments[1], !value.isNone else {
          return .integer(try fallingProduct(n, n, "perm", interpreter))
        }
        let k = try natural(try whole(value, "perm", interpreter), "perm")
        return k > n ? .int(0) : .integer(try fallingProduct(n, k, "perm", interpreter))
      }),
    Builtin(
      Entry(
        "isqrt", [.positional("n", .int)], group: "math",
        summary: "The largest integer whose square is not above n.",
        examples: [Example("math.isqrt(17)", prints: "4")]),
      .one { value, interpreter throws(Fault) in
        let n = try natural(try whole(value, "isqrt", interpreter), "isqrt")
        return .integer(BigInt(try squareRoot(n.magnitude, interpreter)))
      }),
    Builtin(
      Entry(
        "prod", [.positional("iterable"), .keyword("start", default: "1")], group: "math",
        summary: "The product of the elements, from left to right.",
        examples: [Example("math.prod([2, 3, 4])", prints: "24")]),
      .bound { arguments, interpreter throws(Fault) in
        var product = arguments[1] ?? .int(1)
        try interpreter.forEach(arguments[0] ?? .none) { element throws(Fault) in
          product = try interpreter.binary(.multiply, product, element)
        }
        return product
      }),
    Builtin(
      Entry(
        "isclose",
        [
          .positional("a", .number), .positional("b", .number),
          .keyword("rel_tol", .float, default: "1e-09"),
          .keyword("abs_tol", .float, default: "0.0"),
        ],
        group: "math",
        summary: """
          True when two numbers differ by at most `rel_tol` times the larger magnitude, or by at \
          most `abs_tol`. An infinity is close to itself only, NaN to nothing.
          """,
        examples: [Example("math.isclose(0.1 + 0.2, 0.3)", prints: "True")]),
      .bound { arguments, interpreter throws(Fault) in
        let what = "math.isclose() argument"
        let a = try interpreter.double(arguments[0] ?? .none, what: what)
        let b = try interpreter.double(arguments[1] ?? .none, what: what)
        let relative = try interpreter.double(arguments[2] ?? .float(1e-9), what: what)
        let absolute = try interpreter.double(arguments[3] ?? .float(0), what: what)
        guard relative >= 0, absolute >= 0 else {
          throw Fault.value("math.isclose() expected tolerances of 0 or more")
        }
        if a == b { return .bool(true) }
        guard a.isFinite, b.isFinite else { return .bool(false) }
        let allowed = Swift.max(relative * Swift.max(Swift.abs(a), Swift.abs(b)), absolute)
        return .bool(Swift.abs(a - b) <= allowed)
      }),
  ]

  private static func whole(_ value: Value?, _ name: String, _ interpreter: Interpreter)
    throws(Fault) -> BigInt
  {
    if let number = value?.bigInteger { return number }
    return BigInt(try interpreter.integer(value ?? .none, what: "math.\(name)() argument"))
  }

  private static func natural(_ number: BigInt, _ name: String) throws(Fault) -> BigInt {
    guard number.sign == .plus else {
      throw Fault.value(
        "math.\(name)() expected an integer of 0 or more; received "
          + Interpreter.shortText(.integer(number)))
    }
    return number
  }

  private static func commonDivisor(_ a: BigInt, _ b: BigInt, _ interpreter: Interpreter)
    throws(Fault) -> BigInt
  {
    var (a, b) = (a.magnitude, b.magnitude)
    while !b.isZero {
      try interpreter.tick()
      (a, b) = (b, try LongArithmetic(interpreter).division(a, b).remainder)
    }
    return BigInt(a)
  }

  /// `n · (n - 1) · …`, `count` factors.
  private static func fallingProduct(
    _ n: BigInt, _ count: BigInt, _ name: String, _ interpreter: Interpreter
  ) throws(Fault) -> BigInt {
    let limit = IntegerArithmetic.bitLimit
    // So many factors, which are all different, have a product of more bits than that.
    if let count = Int(exactly: count), count <= limit {
      let start = n.magnitude - BigUInt(count)
      if let result = try product(from: start, count, atMost: limit, interpreter) {
        return BigInt(result)
      }
    }
    throw tooLarge(name)
  }

  /// The number of ways to choose `k` of `n`, where `k` is at most half of `n`.
  ///
  /// Some hundred factors at a time: after each run the result is the number of ways to choose that
  /// many, which only grows, so that one that will be too large is refused as soon as it is.
  private static func choices(_ n: BigUInt, _ k: BigInt, _ interpreter: Interpreter)
    throws(Fault) -> BigUInt
  {
    let limit = IntegerArithmetic.bitLimit
    // With that many to choose, each doubles the number of ways at least.
    guard let count = Int(exactly: k), count <= limit else { throw tooLarge("comb") }
    let long = LongArithmetic(interpreter)
    var result = BigUInt(1)
    var done = 0
    while done < count {
      let run = min(512, count - done)
      let start = n - BigUInt(done + run)
      // The divisor takes some of the factors' bits away again.
      guard let above = try product(from: start, run, atMost: 2 * limit, interpreter),
        let below = try product(from: BigUInt(done), run, atMost: limit, interpreter)
      else { throw tooLarge("comb") }
      result = try long.division(try long.product(result, above), below).quotient
      done += run
      guard result.bitWidth <= limit else { throw tooLarge("comb") }
    }
    return result
  }

  private static func tooLarge(_ name: String) -> Fault {
    Fault.memory("math.\(name)(): the result has more than a million bits")
  }

  /// The product of the `count` integers after `start`; nil when it has more than `limit` bits.
  private static func product(
    from start: BigUInt, _ count: Int, atMost limit: Int, _ interpreter: Interpreter
  ) throws(Fault) -> BigUInt? {
    // Even the highest bits of the factors may make too large a product; then it is not made.
    var least = 0
    var done = 0
    while done < count, least < limit {
      let width = (start + BigUInt(done + 1)).bitWidth
      let end = min(count, Int(clamping: (BigUInt(1) << width) - 1 - start))
      least += (end - done) * (width - 1)
      done = end
    }
    guard least < limit else { return nil }
    let result = try product(from: start, count, interpreter)
    return result.bitWidth <= limit ? result : nil
  }

  /// The same by halves: the factors of each product stay of equal size.
  private static func product(from start: BigUInt, _ count: Int, _ interpreter: Interpreter)
    throws(Fault) -> BigUInt
  {
    if count == 0 { return 1 }
    if count == 1 { return start + 1 }
    let half = count / 2
    let lower = try product(from: start, half, interpreter)
    let upper = try product(from: start + BigUInt(half), count - half, interpreter)
    return try LongArithmetic(interpreter).product(lower, upper)
  }

  /// The integer square root: that of the upper half of the bits, then one step of Newton's method,
  /// which doubles the bits that are right and is at most one too large.
  private static func squareRoot(_ n: BigUInt, _ interpreter: Interpreter) throws(Fault) -> BigUInt
  {
    if n.bitWidth <= 50 { return BigUInt(Double(UInt64(clamping: n)).squareRoot()) }
    let long = LongArithmetic(interpreter)
    let quarter = (n.bitWidth - 1) / 4
    let head = try squareRoot(n >> (2 * quarter), interpreter)
    let step = try long.division(n >> (quarter + 1), head).quotient
    let root = (head << (quarter - 1)) + step
    return try long.product(root, root) > n ? root - 1 : root
  }
}
