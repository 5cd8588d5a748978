import BigInt

/// `format(value, spec)`, the heart of f-strings and `str.format`.
enum Formatting {
  /// The text of `value` by a format specification, with Python's answers.
  ///
  /// - Throws: `ValueError` for a specification that does not fit the value.
  static func format(_ value: Value, _ spec: String, _ interpreter: Interpreter) throws(Fault)
    -> String
  {
    if spec.isEmpty { return try interpreter.text(value) }
    switch value {
    case .int(let number):
      return try NumberFormat.integer(BigInt(number), FormatSpec(spec), interpreter)
    case .float(let number):
      return try NumberFormat.float(number, FormatSpec(spec))
    case .bool(let flag):
      return try text(flag ? "True" : "False", FormatSpec(spec), of: "bool")
    case .none:
      throw unsupported("NoneType")
    case .object(let object):
      switch object.kind {
      case .string:
        return try text(interpreter.text(value), FormatSpec(spec), of: "string")
      case .bigInt:
        return try NumberFormat.integer(object.asBigInt, FormatSpec(spec), interpreter)
      case .host:
        if let scalar = try object.scalar(interpreter) {
          return try format(scalar, spec, interpreter)
        }
        if let formatted = try object.format(spec, interpreter) { return formatted }
        throw unsupported(object.typeName)
      default:
        throw unsupported(interpreter.typeName(value))
      }
    }
  }

  /// A string by a specification: fill, alignment, width, and precision as the longest length.
  private static func text(_ text: String, _ spec: FormatSpec, of type: String) throws(Fault)
    -> String
  {
    if let code = spec.type, code != "s" {
      throw Fault.value("unknown format code '\(code)' for a value of type '\(type)'")
    }
    if spec.align == "=" || spec.sign != nil || spec.normalizesZero || spec.isAlternate
      || spec.grouping != nil
    {
      throw Fault.value(
        "a \(type) takes no sign, 'z', '#', '=' alignment or grouping in its format")
    }
    guard let precision = spec.precision else { return spec.pad(text, defaultAlign: "<") }
    var cut = String.UnicodeScalarView()
    cut.append(contentsOf: text.unicodeScalars.prefix(precision))
    return spec.pad(String(cut), defaultAlign: "<")
  }

  private static func unsupported(_ type: String) -> Fault {
    Fault.type(
      "a value of type '\(type)' takes no format specification",
      help: "turn it into text first: {str(x):>10}")
  }

  /// The value after a conversion flag: `!r`, `!s` or `!a`.
  static func convert(_ value: Value, _ flag: Character, _ interpreter: Interpreter) throws(Fault)
    -> String
  {
    switch flag {
    case "s": return try interpreter.text(value)
    case "r": return try interpreter.representation(value)
    case "a":
      var result = ""
      for scalar in try interpreter.representation(value).unicodeScalars {
        if scalar.isASCII {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16)
          let (mark, length) =
            scalar.value < 256 ? ("x", 2) : scalar.value < 65536 ? ("u", 4) : ("U", 8)
          result += "\\" + mark + String(repeating: "0", count: length - digits.count) + digits
        }
      }
      return result
    default:
      throw Fault.value("unknown conversion '!\(flag)'", help: "use !r, !s or !a")
    }
  }
}
