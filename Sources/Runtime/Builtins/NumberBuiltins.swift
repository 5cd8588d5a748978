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
      guard let base = LongInteger(base), let exponent = LongInteger(exponent),
        let modulus = LongInteger(modulus)
      else { throw Fault.type("pow() with three arguments expected integers") }
      guard !modulus.isZero else { throw Fault.value("pow() third argument cannot be 0") }
      return try power(base, exponent, modulus, interpreter).value
    })

  /// What gives 1 when multiplied with a number and divided by `limit`; nil when there is none.
  private static func inverse(
    _ number: LongInteger, _ limit: LongInteger, _ long: LongArithmetic
  ) throws(Fault) -> LongInteger? {
    var (last, next) = (limit, number)
    var (lastFactor, factor) = (LongInteger(0), LongInteger(1))
    while !next.isZero {
      let (quotient, rest) = try long.floorDivMod(last, next)
      (last, next) = (next, rest)
      (lastFactor, factor) = (factor, lastFactor - (try long.product(quotient, factor)))
    }
    return last == LongInteger(1) ? lastFactor : nil
  }

  /// `base ** exponent % modulus`, by squaring; the result has the sign of `modulus`.
  private static func power(
    _ base: LongInteger, _ exponent: LongInteger, _ modulus: LongInteger,
    _ interpreter: Interpreter
  ) throws(Fault) -> LongInteger {
    let limit = LongInteger(modulus.words)
    if limit == LongInteger(1) { return LongInteger(0) }
    let long = LongArithmetic(interpreter)
    func reduced(_ number: LongInteger) throws(Fault) -> LongInteger {
      try long.floorDivMod(number, limit).remainder
    }
    var factor = try reduced(base)
    if exponent.isNegative {
      guard let inverse = try inverse(factor, limit, long) else {
        throw Fault.value("pow(): the base has no inverse for the given modulus")
      }
      factor = inverse
    }
    var result = LongInteger(1)
    for place in 0..<exponent.bitWidth {
      let word = exponent.words[place / UInt.bitWidth]
      if word >> (place % UInt.bitWidth) & 1 == 1 {
        result = try reduced(try long.product(result, factor))
      }
      factor = try reduced(try long.product(factor, factor))
    }
    return modulus.isNegative && !result.isZero ? result + modulus : result
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
      if total.asString != nil { throw sumOfTexts }
      let elements = try interpreter.elements(of: arguments[0] ?? .none)
      var start = 0
      if case .int(var whole) = total {
        while start < elements.count, case .int(let number) = elements[start] {
          let (sum, overflow) = whole.addingReportingOverflow(number)
          if overflow { break }
          whole = sum
          start += 1
          if start & 0xFFF == 0 { try interpreter.tick() }
        }
        total = .int(whole)
      }
      for element in elements[start...] {
        try interpreter.tick()
        if let sum = Addition.apply(total, element) {
          total = sum.value
        } else {
          if element.asString != nil { throw sumOfTexts }
          total = try interpreter.binary(.add, total, element)
        }
      }
      return total
    })

  private static var sumOfTexts: Fault {
    Fault.type("sum() cannot add texts", help: "use \"\".join(texts)")
  }

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
        if arguments[1]?.isNone != false, let best = try extreme(candidates, direction, interpreter)
        {
          return .int(best)
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

  /// The extreme of integers; nil when there are others or none.
  private static func extreme(
    _ candidates: [Value], _ direction: Direction, _ interpreter: Interpreter
  ) throws(Fault) -> Int? {
    guard var best = candidates.first?.asInt else { return nil }
    for place in candidates.indices {
      if place & 0xFFFF == 0 { try interpreter.checkInterruption() }
      guard case .int(let number) = candidates[place] else { return nil }
      best = direction == .less ? Swift.min(best, number) : Swift.max(best, number)
    }
    return best
  }

  static let hash = Builtin(
    Entry(
      "hash", [.positional("x")], group: "Numbers",
      summary: "An integer that is equal for equal values, the same in every run.",
      examples: [Example("hash(\"a\") == hash(\"a\")", prints: "True")]),
    .one { value, interpreter throws(Fault) in .int(try interpreter.hash(value)) })
}
