import BigInt
import JSON

/// Numbers by a format specification, with Python's answers.
enum NumberFormat {
  /// An integer: types `b c d o x X n`, and the float types.
  static func integer(_ value: BigInt, _ spec: FormatSpec, _ interpreter: Interpreter)
    throws(Fault) -> String
  {
    let type = spec.type ?? "d"
    if "eEfFgG%".unicodeScalars.contains(type) {
      return try float(IntegerArithmetic.double(value), spec)
    }
    if spec.precision != nil {
      throw Fault.value("precision not allowed in the format of an integer")
    }
    if spec.normalizesZero {
      throw Fault.value("'z' does not go with the format of an integer")
    }
    let magnitude = value.magnitude
    let digits: String
    var prefix = spec.signText(isNegative: value.sign == .minus)
    var groupSize = 4
    switch type {
    case "b":
      digits = String(magnitude, radix: 2)
      if spec.isAlternate { prefix += "0b" }
    case "o":
      digits = String(magnitude, radix: 8)
      if spec.isAlternate { prefix += "0o" }
    case "x", "X":
      let lower = String(magnitude, radix: 16)
      digits = type == "X" ? lower.uppercased() : lower
      if spec.isAlternate { prefix += type == "X" ? "0X" : "0x" }
    case "d", "n":
      digits = try IntegerText.decimal(magnitude, interpreter)
      groupSize = 3
    case "c":
      if spec.sign != nil || spec.isAlternate || spec.grouping != nil {
        throw Fault.value("'c' takes no sign, '#' or grouping in its format")
      }
      guard value.sign == .plus, let code = UInt32(exactly: magnitude),
        let scalar = Unicode.Scalar(code)
      else { throw Fault("OverflowError", "%c arg not in range(0x110000)") }
      return spec.pad(String(scalar), defaultAlign: "<")
    default:
      throw unknown(type, of: "int")
    }
    if groupSize == 4, spec.grouping == "," {
      throw Fault.value("',' does not group the digits of '\(type)'", help: "write '_'")
    }
    let grouped = spec.group(digits, prefixWidth: prefix.count, every: groupSize)
    return spec.pad(prefix: prefix, grouped, defaultAlign: ">")
  }

  /// A float: types `e E f F g G n %`, and none (like `repr`, or `g` when a precision is given).
  static func float(_ value: Double, _ spec: FormatSpec) throws(Fault) -> String {
    let type = spec.type
    if let type, !"eEfFgGn%".unicodeScalars.contains(type) { throw unknown(type, of: "float") }
    var isNegative = value.sign == .minus && !value.isNaN
    var body: String
    if !value.isFinite {
      body = value.isNaN ? "nan" : "inf"
      if type == "%" { body += "%" }
    } else {
      body = digits(value.magnitude, spec)
      if spec.normalizesZero, !body.contains(where: { ("1"..."9").contains($0) }) {
        isNegative = false
      }
    }
    if let type, type.properties.isUppercase { body = body.uppercased() }
    let prefix = spec.signText(isNegative: isNegative)
    let grouped = value.isFinite ? spec.group(body, prefixWidth: prefix.count) : body
    return spec.pad(prefix: prefix, grouped, defaultAlign: ">")
  }

  /// The digits of a finite magnitude for any of the float types, lower case.
  private static func digits(_ magnitude: Double, _ spec: FormatSpec) -> String {
    switch spec.type {
    case "f", "F":
      return point(FloatText.fixed(magnitude, places: spec.precision ?? 6), spec)
    case "%":
      // Python multiplies first, in floating point.
      return point(FloatText.fixed(magnitude * 100, places: spec.precision ?? 6), spec) + "%"
    case "e", "E":
      return scientific(magnitude, places: spec.precision ?? 6, spec)
    case nil where spec.precision == nil:
      return point(FloatText.representation(magnitude), spec)
    default:
      let isPlain = spec.type == nil
      return general(magnitude, Swift.max(spec.precision ?? 6, 1), spec, keepsPoint: isPlain)
    }
  }

  private static func point(_ text: String, _ spec: FormatSpec) -> String {
    guard spec.isAlternate, !text.contains(".") else { return text }
    let end = text.firstIndex(of: "e") ?? text.endIndex
    return text[..<end] + "." + text[end...]
  }

  private static func scientific(_ magnitude: Double, places: Int, _ spec: FormatSpec) -> String {
    let (digits, exponent) = FloatText.significant(magnitude, count: places + 1)
    let fraction = places > 0 ? "." + digits.dropFirst() : spec.isAlternate ? "." : ""
    return digits.prefix(1) + fraction + JSONNumber.exponentText(exponent)
  }

  /// `%g`: `count` significant digits, in whichever notation is shorter, without trailing zeros.
  ///
  /// A specification without a type keeps `.0` and turns to exponents one digit earlier.
  private static func general(
    _ magnitude: Double, _ count: Int, _ spec: FormatSpec, keepsPoint: Bool
  ) -> String {
    let (digits, exponent) = FloatText.significant(magnitude, count: count)
    var kept = Substring(digits)
    if !spec.isAlternate { while kept.count > 1, kept.last == "0" { kept.removeLast() } }
    if exponent < -4 || exponent >= (keepsPoint ? count - 1 : count) {
      let fraction = kept.count > 1 ? "." + kept.dropFirst() : spec.isAlternate ? "." : ""
      return kept.prefix(1) + fraction + JSONNumber.exponentText(exponent)
    }
    let text = JSONNumber.placePoint(kept, exponent: exponent)
    if text.contains(".") { return text }
    return keepsPoint ? text + ".0" : point(text, spec)
  }

  private static func unknown(_ type: Unicode.Scalar, of name: String) -> Fault {
    Fault.value("unknown format code '\(type)' for a value of type '\(name)'")
  }
}
