import BigInt
import Catalog
import Syntax

extension BuiltinTable {
  static let numbers: [Builtin] = [abs, round, pow, divmod, sum, min, max, hash]

  static let abs = Builtin(
    Entry(
      "abs", [.positional("x", .number)], group: "Numbers",
      summary: "The magnitude of a number; of a tensor, element by element.",
      examples: [Example("abs(-3)", prints: "3")]),
    .one { value, interpreter throws(Fault) in
      switch value {
      case .int(let number):
        return number == .min ? .integer(-BigInt(number)) : .int(Swift.abs(number))
      case .float(let number): return .float(Swift.abs(number))
      case .object(let object) where object.kind == .bigInt:
        return .integer(BigInt(object.asBigInt.magnitude))
      default:
        throw Fault.type("abs() expected a number; received '\(interpreter.typeName(value))'")
      }
    })

  static let round = Builtin(
    Entry(
      "round", [.positional("x", .number), .optional("ndigits", .int)], group: "Numbers",
      summary: """
        The nearest integer, or with `ndigits` the nearest number with so many decimals. Ties go to \
        the even neighbour.
        """,
      examples: [Example("round(2.5)", prints: "2"), Example("round(3.14159, 2)", prints: "3.14")]),
    .bound { arguments, interpreter throws(Fault) in
      let value = arguments[0] ?? .none
      let digits: Swift.Int?
      if let argument = arguments[1], !argument.isNone {
        digits = try interpreter.integer(argument, what: "round() ndigits")
      } else {
        digits = nil
      }
      switch value {
      case .float(let number):
        guard let digits else {
          return try NumberReading.truncate(number.rounded(.toNearestOrEven))
        }
        let rounded = FloatText.rounded(number, places: digits)
        guard rounded.isFinite || !number.isFinite else {
          throw Fault("OverflowError", "the rounded value is too large for a float")
        }
        return .float(rounded)
      case .int, .object:
        guard let integer = value.bigInteger else { break }
        guard let digits, digits < 0 else { return value }
        guard digits > -10_000 else { return .int(0) }
        let unit = BigInt(10).power(-digits)
        var (quotient, remainder) = integer.quotientAndRemainder(dividingBy: unit)
        if remainder.sign == .minus {
          quotient -= 1
          remainder += unit
        }
        let twice = remainder * 2
        let isOdd = !quotient.isMultiple(of: BigInt(2))
        if twice > unit || twice == unit && isOdd { quotient += 1 }
        return .integer(quotient * unit)
      default: break
      }
      throw Fault.type("round() expected a number; received '\(interpreter.typeName(value))'")
    })

  static let pow = Builtin(
    Entry(
      "pow",
      [
        .positional("base", .number), .positional("exp", .number),
        .positional("mod", .int, default: "None"),
      ],
      group: "Numbers", summary: "`base ** exp`, or its remainder by `mod` for integers.",
      examples: [Example("pow(3, 4, 5)", prints: "1")]),
    .bound { arguments, interpreter throws(Fault) in
      let (base, exponent) = (arguments[0] ?? .none, arguments[1] ?? .none)
      guard let modulus = arguments[2], !modulus.isNone else {
        return try interpreter.binary(.power, base, exponent)
      }
      guard let base = base.bigInteger, let exponent = exponent.bigInteger,
        let modulus = modulus.bigInteger
      else { throw Fault.type("pow() with three arguments expected integers") }
      guard modulus != 0 else { throw Fault.value("pow() third argument cannot be 0") }
      return .integer(try power(base, exponent, modulus, interpreter))
    })

  /// What gives 1 when multiplied with a number and divided by `limit`; nil when there is none.
  private static func inverse(_ number: BigInt, _ limit: BigInt, _ long: LongArithmetic)
    throws(Fault) -> BigInt?
  {
    var (last, next) = (limit, number)
    var (lastFactor, factor) = (BigInt(0), BigInt(1))
    while next != 0 {
      let (quotient, rest) = try long.floorDivMod(last, next)
      (last, next) = (next, rest)
      (lastFactor, factor) = (factor, lastFactor - (try long.product(quotient, factor)))
    }
    return last == 1 ? lastFactor : nil
  }

  /// `base ** exponent % modulus`, by squaring; the result has the sign of `modulus`.
  private static func power(
    _ base: BigInt, _ exponent: BigInt, _ modulus: BigInt, _ interpreter: Interpreter
  ) throws(Fault) -> BigInt {
    let limit = BigInt(modulus.magnitude)
    if limit == 1 { return 0 }
    let long = LongArithmetic(interpreter)
    func reduced(_ number: BigInt) throws(Fault) -> BigInt {
      try long.floorDivMod(number, limit).remainder
    }
    var factor = try reduced(base)
    if exponent.sign == .minus {
      guard let inverse = try inverse(factor, limit, long) else {
        throw Fault.value("pow(): the base has no inverse for the given modulus")
      }
      factor = inverse
    }
    var result = BigInt(1) % limit
    let bits = exponent.magnitude
    for place in 0..<bits.bitWidth {
      if bits[bitAt: place] { result = try reduced(try long.product(result, factor)) }
      factor = try reduced(try long.product(factor, factor))
    }
    return modulus.sign == .minus && result != 0 ? result + modulus : result
  }

  static let divmod = Builtin(
    Entry(
      "divmod", [.positional("a", .number), .positional("b", .number)], group: "Numbers",
      summary: "The pair `(a // b, a % b)`.", examples: [Example("divmod(7, 2)", prints: "(3, 1)")]),
    .bound { arguments, interpreter throws(Fault) in
      let (a, b) = (arguments[0] ?? .none, arguments[1] ?? .none)
      return .tuple([
        try interpreter.binary(.floorDivide, a, b), try interpreter.binary(.modulo, a, b),
      ])
    })

  static let sum = Builtin(
    Entry(
      "sum", [.positional("iterable"), .optional("start", default: "0")], group: "Numbers",
      summary: "The sum of the elements, added to `start` from left to right.",
      examples: [Example("sum([1, 2, 3])", prints: "6")]),
    .bound { arguments, interpreter throws(Fault) in
      var total = arguments[1] ?? .int(0)
      if total.asString != nil {
        throw Fault.type("sum() cannot add texts", help: "use \"\".join(texts)")
      }
      for element in try interpreter.elements(of: arguments[0] ?? .none) {
        try interpreter.tick()
        if let sum = Addition.apply(total, element) {
          total = sum
        } else {
          total = try interpreter.binary(.add, total, element)
        }
      }
      return total
    })

  static let min = extreme("min", .less, "smallest", "min([3, 1, 2])", "1")
  static let max = extreme("max", .greater, "largest", "max(3, 7)", "7")

  private enum Direction: Sendable { case less, greater }

  private static func extreme(
    _ name: String, _ direction: Direction, _ adjective: String, _ example: String, _ output: String
  ) -> Builtin {
    Builtin(
      Entry(
        name,
        [.variadic("values"), .keyword("key", .function), .keyword("default")], group: "Numbers",
        summary: """
          The \(adjective) of the arguments, or of the elements of a single one; the first of equals. \
          `key` maps each to what is compared; `default` is the answer for no elements.
          """,
        examples: [Example(example, prints: output)]),
      .bound { arguments, interpreter throws(Fault) in
        var candidates = arguments.rest
        if candidates.count == 1 { candidates = try interpreter.elements(of: candidates[0]) }
        guard !arguments.rest.isEmpty else {
          throw Fault.type("\(name)() expected at least one argument; received none")
        }
        guard var best = candidates.first else {
          if let fallback = arguments[2] { return fallback }
          throw Fault.value(
            "\(name)() of an empty sequence", help: "give default=… for that case")
        }
        let key = arguments[1].flatMap { $0.isNone ? nil : $0 }
        func measure(_ value: Value) throws(Fault) -> Value {
          guard let key else { return value }
          return try interpreter.call(key, [value])
        }
        var bestMeasure = try measure(best)
        for candidate in candidates.dropFirst() {
          try interpreter.tick()
          let measured = try measure(candidate)
          let (low, high) = direction == .less ? (measured, bestMeasure) : (bestMeasure, measured)
          if try interpreter.precedes(low, high) {
            best = candidate
            bestMeasure = measured
          }
        }
        return best
      })
  }

  static let hash = Builtin(
    Entry(
      "hash", [.positional("x")], group: "Numbers",
      summary: "An integer that is equal for equal values, the same in every run.",
      examples: [Example("hash(\"a\") == hash(\"a\")", prints: "True")]),
    .one { value, interpreter throws(Fault) in .int(try interpreter.hash(value)) })
}
