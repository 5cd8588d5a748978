import BigInt
import Catalog
import Glibc

extension ModuleTable {
  static let math = ModuleRecord(
    Entry(
      "math", kind: .module, group: "Modules",
      summary: "Functions and constants of mathematics for single numbers."),
    builtins: [
      function("sqrt", "The square root.", "math.sqrt(9)", "3.0") {
        $0 < 0 ? nil : $0.squareRoot()
      },
      function("exp", "e to the power of x.", "math.exp(0)", "1.0") { Glibc.exp($0) },
      function("sin", "The sine of an angle in radians.", "math.sin(0)", "0.0") { Glibc.sin($0) },
      function("cos", "The cosine of an angle in radians.", "math.cos(0)", "1.0") { Glibc.cos($0) },
      function("tan", "The tangent of an angle in radians.", "math.tan(0)", "0.0") {
        Glibc.tan($0)
      },
      function("asin", "The angle in radians with the sine x.", "math.asin(0)", "0.0") {
        Swift.abs($0) > 1 ? nil : Glibc.asin($0)
      },
      function("acos", "The angle in radians with the cosine x.", "math.acos(1)", "0.0") {
        Swift.abs($0) > 1 ? nil : Glibc.acos($0)
      },
      function("atan", "The angle in radians with the tangent x.", "math.atan(0)", "0.0") {
        Glibc.atan($0)
      },
      function("sinh", "The hyperbolic sine.", "math.sinh(0)", "0.0") { Glibc.sinh($0) },
      function("cosh", "The hyperbolic cosine.", "math.cosh(0)", "1.0") { Glibc.cosh($0) },
      function("tanh", "The hyperbolic tangent.", "math.tanh(0)", "0.0") { Glibc.tanh($0) },
      function("asinh", "The inverse of sinh.", "math.asinh(0)", "0.0") { Glibc.asinh($0) },
      function("acosh", "The inverse of cosh.", "math.acosh(1)", "0.0") {
        $0 < 1 ? nil : Glibc.acosh($0)
      },
      function("atanh", "The inverse of tanh.", "math.atanh(0)", "0.0") {
        Swift.abs($0) >= 1 ? nil : Glibc.atanh($0)
      },
      logarithm("log2", "The logarithm to base 2.", "math.log2(8)", "3.0", Glibc.log2),
      logarithm("log10", "The logarithm to base 10.", "math.log10(1000)", "3.0", Glibc.log10),
      function("log1p", "log(1 + x), exact for small x.", "math.log1p(0)", "0.0") {
        $0 <= -1 ? nil : Glibc.log1p($0)
      },
      function("expm1", "exp(x) - 1, exact for small x.", "math.expm1(0)", "0.0") {
        Glibc.expm1($0)
      },
      function("exp2", "2 to the power of x.", "math.exp2(3)", "8.0") { Glibc.exp2($0) },
      function("cbrt", "The cube root.", "math.cbrt(8)", "2.0") { Glibc.cbrt($0) },
      function("round", "The nearest whole float, halves away from 0.", "math.round(2.5)", "3.0") {
        $0.rounded(.toNearestOrAwayFromZero)
      },
      function("erf", "The error function.", "math.erf(0)", "0.0") { Glibc.erf($0) },
      function("erfc", "1 - erf(x), exact for large x.", "math.erfc(0)", "1.0") { Glibc.erfc($0) },
      function(
        "lgamma", "The logarithm of the gamma function's magnitude.", "math.lgamma(1)", "0.0"
      ) {
        Glibc.lgamma($0)
      },
      function("fabs", "The magnitude as a float.", "math.fabs(-2)", "2.0") { Swift.abs($0) },
      function("degrees", "Radians as degrees.", "math.degrees(math.pi)", "180.0") {
        $0 * (180 / Double.pi)
      },
      function("radians", "Degrees as radians.", "math.radians(0)", "0.0") {
        $0 * (Double.pi / 180)
      },
      function("gamma", "The gamma function.", "math.gamma(5)", "24.0") { gamma($0) },
      binary(
        "atan2", "y", "x", "The angle of the point (x, y) in radians.", "math.atan2(0, 1)", "0.0"
      ) { Glibc.atan2($0, $1) },
      binary("hypot", "x", "y", "The length of the vector (x, y).", "math.hypot(3, 4)", "5.0") {
        length($0, $1)
      },
      binary("pow", "x", "y", "x to the power of y, as a float.", "math.pow(2, 3)", "8.0") {
        Glibc.pow($0, $1)
      },
      binary("fmod", "x", "y", "The remainder with the sign of x.", "math.fmod(-7, 3)", "-1.0") {
        $1 == 0 ? nil : Glibc.fmod($0, $1)
      },
      binary("mod", "x", "y", "The remainder with the sign of x.", "math.mod(7, 3)", "1.0") {
        $1 == 0 ? nil : Glibc.fmod($0, $1)
      },
      binary("remainder", "x", "y", "The remainder nearest to 0.", "math.remainder(7, 4)", "-1.0") {
        $1 == 0 ? nil : Glibc.remainder($0, $1)
      },
      binary(
        "copysign", "x", "y", "The magnitude of x with the sign of y.", "math.copysign(1, -0.0)",
        "-1.0"
      ) { Glibc.copysign($0, $1) },
      rounding(
        "floor", "The largest integer that is not above x.", "math.floor(-1.5)", "-2", .down),
      rounding("ceil", "The smallest integer that is not below x.", "math.ceil(1.2)", "2", .up),
      rounding("trunc", "x without its fraction.", "math.trunc(-1.5)", "-1", .towardZero),
      predicate("isnan", "True for NaN.", "math.isnan(math.nan)") { $0.isNaN },
      predicate("isinf", "True for an infinity.", "math.isinf(math.inf)") { $0.isInfinite },
      predicate(
        "isfinite", "True for a number that is neither infinite nor NaN.", "math.isfinite(1)"
      ) { $0.isFinite },
      log,
    ] + integerMathematics,
    constants: [
      ("pi", { .float(.pi) }), ("e", { .float(M_E) }), ("tau", { .float(2 * .pi) }),
      ("inf", { .float(.infinity) }), ("nan", { .float(.nan) }),
    ])

  /// `√(x² + y²)`, rounded as if it were exact in nearly all cases, as Python's is.
  ///
  /// The squares are summed with what each operation cut, and the root takes one step of Newton's
  /// method on that sum. Numbers so far apart or so far from 1 that squares leave the range of floats
  /// are left to the C library.
  private static func length(_ x: Double, _ y: Double) -> Double {
    let (large, small) = (
      Swift.max(Swift.abs(x), Swift.abs(y)), Swift.min(Swift.abs(x), Swift.abs(y))
    )
    guard large < 1e150, small > 1e-140 else { return Glibc.hypot(x, y) }
    let (first, second) = (large * large, small * small)
    let firstRest = (-first).addingProduct(large, large)
    let secondRest = (-second).addingProduct(small, small)
    let sum = first + second
    let rest = (second - (sum - first)) + (firstRest + secondRest)
    let root = sum.squareRoot()
    let excess = (-sum).addingProduct(root, root)
    return root - (excess - rest) / (2 * root)
  }

  /// The gamma function; nil at its poles, 0 and below, and at minus infinity.
  ///
  /// Γ(n) = (n - 1)! of a whole number is exact as long as floats hold it, up to 23, as Python's is.
  private static func gamma(_ x: Double) -> Double? {
    if x == x.rounded() {
      if x <= 0 { return nil }
      if x <= 23 { return (1..<Int(x)).reduce(1) { $0 * Double($1) } }
    }
    return Glibc.tgamma(x)
  }

  private static func entry(
    _ name: String, _ parameters: [Parameter], _ summary: String, _ example: String,
    _ output: String
  ) -> Entry {
    Entry(
      name, parameters, group: "math", summary: summary,
      examples: [Example(example, prints: output)])
  }

  /// A function of one number; nil outside its domain.
  private static func function(
    _ name: String, _ summary: String, _ example: String, _ output: String,
    _ body: @escaping @Sendable (Double) -> Double?
  ) -> Builtin {
    Builtin(
      entry(name, [.positional("x", .number)], summary, example, output),
      .one { value, interpreter throws(Fault) in
        if case .float(let x) = value, let result = body(x), result.isFinite {
          return .float(result)
        }
        let x = try interpreter.double(value, what: "math.\(name)() argument")
        let result = body(x)
        if let result, result.isFinite { return .float(result) }
        return .float(try checked(result, [x], name))
      })
  }

  private static func binary(
    _ name: String, _ first: String, _ second: String, _ summary: String, _ example: String,
    _ output: String, _ body: @escaping @Sendable (Double, Double) -> Double?
  ) -> Builtin {
    Builtin(
      entry(
        name, [.positional(first, .number), .positional(second, .number)], summary, example, output),
      .bound { arguments, interpreter throws(Fault) in
        let x = try interpreter.double(arguments[0] ?? .none, what: "math.\(name)() argument")
        let y = try interpreter.double(arguments[1] ?? .none, what: "math.\(name)() argument")
        return .float(try checked(body(x, y), [x, y], name))
      })
  }

  /// Python's rule: a finite argument that gives no finite result is an error.
  private static func checked(_ result: Double?, _ arguments: [Double], _ name: String)
    throws(Fault) -> Double
  {
    guard let result, !result.isNaN || arguments.contains(where: \.isNaN) else {
      throw Fault.value(
        "math.\(name)() has no value at "
          + arguments.map { FloatText.representation($0) }.joined(separator: ", "))
    }
    if result.isInfinite, arguments.allSatisfy(\.isFinite) {
      throw Fault("OverflowError", "math.\(name)(): the result is too large for a float")
    }
    return result
  }

  private static func rounding(
    _ name: String, _ summary: String, _ example: String, _ output: String,
    _ rule: FloatingPointRoundingRule
  ) -> Builtin {
    Builtin(
      entry(name, [.positional("x", .number)], summary, example, output),
      .one { value, interpreter throws(Fault) in
        if value.bigInteger != nil { return value }
        let x = try interpreter.double(value, what: "math.\(name)() argument")
        return try NumberReading.truncate(x.rounded(rule))
      })
  }

  private static func predicate(
    _ name: String, _ summary: String, _ example: String,
    _ body: @escaping @Sendable (Double) -> Bool
  ) -> Builtin {
    Builtin(
      entry(name, [.positional("x", .number)], summary, example, "True"),
      .one { value, interpreter throws(Fault) in
        .bool(body(try interpreter.double(value, what: "math.\(name)() argument")))
      })
  }

  /// The logarithm to a base of numbers, of integers beyond the largest float too.
  private static func logarithm(
    _ name: String, _ summary: String, _ example: String, _ output: String,
    _ body: @escaping @Sendable (Double) -> Double
  ) -> Builtin {
    Builtin(
      entry(name, [.positional("x", .number)], summary, example, output),
      .one { value, interpreter throws(Fault) in
        if let (fraction, power) = try largeInteger(value) {
          return .float(body(fraction) + Double(power) * body(2))
        }
        let x = try interpreter.double(value, what: "math.\(name)() argument")
        return .float(try checked(x <= 0 ? nil : body(x), [x], name))
      })
  }

  /// A large positive integer as a fraction from 0.5 up to 1, times a power of two; nil for all else.
  private static func largeInteger(_ value: Value) throws(Fault) -> (
    fraction: Double, power: Int
  )? {
    guard let number = value.bigInteger, number.sign == .plus, number.magnitude.bitWidth > 1000
    else { return nil }
    let power = number.magnitude.bitWidth
    return (scalbn(try IntegerArithmetic.double(number >> (power - 64)), -64), power)
  }

  private static let log = Builtin(
    entry(
      "log", [.positional("x", .number), .positional("base", .number, default: "math.e")],
      "The logarithm, natural unless a base is given.", "math.log(8, 2)", "3.0"),
    .bound { arguments, interpreter throws(Fault) in
      let exponent = try naturalLogarithm(arguments[0] ?? .none, interpreter)
      guard let argument = arguments[1] else { return .float(exponent) }
      let base = try naturalLogarithm(argument, interpreter)
      guard base != 0 else { throw Fault.value("math.log() expected a base other than 1") }
      return .float(exponent / base)
    })

  /// The natural logarithm of a number, of integers beyond the largest float too.
  private static func naturalLogarithm(_ value: Value, _ interpreter: Interpreter) throws(Fault)
    -> Double
  {
    if let (fraction, power) = try largeInteger(value) {
      return Glibc.log(fraction) + Double(power) * M_LN2
    }
    let x = try interpreter.double(value, what: "math.log() argument")
    guard x > 0 || x.isNaN else {
      throw Fault.value("math.log() expected x > 0; received \(FloatText.representation(x))")
    }
    return Glibc.log(x)
  }
}
