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
    if case .object(let object) = value, object.kind == .host {
      if let scalar = try object.scalar(interpreter) {
        return try format(scalar, spec, interpreter)
      }
      if let formatted = try object.format(spec, interpreter) { return formatted }
      throw unsupported(object.typeName)
    }
    let parsed = try FormatSpec(spec)
    return try interpreter.string { text throws(Fault) in
      try write(value, parsed, to: text, interpreter)
    }.stringText ?? ""
  }

  /// Appends the text of a value of the language's own kinds by a format specification.
  ///
  /// - Throws: `ValueError` for a specification that does not fit the value.
  static func write(
    _ value: Value, _ spec: FormatSpec, to text: TextBuffer, _ interpreter: Interpreter
  ) throws(Fault) {
    switch value {
    case .int(let number):
      if spec.write(number, to: text) { return }
      text.append(try NumberFormat.integer(BigInt(number), spec, interpreter))
    case .float(let number): text.append(try NumberFormat.float(number, spec))
    case .bool(let flag):
      try write(StringObject(flag ? "True" : "False"), spec, of: "bool", to: text)
    case .object(let object):
      if let string = object.asString {
        try write(string, spec, of: "string", to: text)
      } else if object.kind == .bigInt {
        text.append(try NumberFormat.integer(object.asBigInt, spec, interpreter))
      } else {
        throw unsupported(object.typeName)
      }
    case .none: throw unsupported("NoneType")
    }
  }

  /// A string by a specification: fill, alignment, width, and precision as the longest length.
  private static func write(
    _ string: StringObject, _ spec: FormatSpec, of type: String, to text: TextBuffer
  ) throws(Fault) {
    if let code = spec.type, code != "s" {
      throw Fault.value("unknown format code '\(code)' for a value of type '\(type)'")
    }
    if spec.align == "=" || spec.sign != nil || spec.normalizesZero || spec.isAlternate
      || spec.grouping != nil
    {
      throw Fault.value(
        "a \(type) takes no sign, 'z', '#', '=' alignment or grouping in its format")
    }
    spec.write(string, defaultAlign: "<", to: text)
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
