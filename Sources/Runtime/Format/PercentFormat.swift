import BigInt

/// `template % values`: conversions with flags, width and precision, with Python's answers.
struct PercentFormat {
  let interpreter: Interpreter
  private let values: [Value]
  private let mapping: Value?
  private var next = 0

  /// Takes the right operand: a tuple gives many values, a dict gives named ones.
  init(_ operand: Value, _ interpreter: Interpreter) {
    self.interpreter = interpreter
    values = operand.tupleElements ?? [operand]
    mapping = operand.isDict ? operand : nil
  }

  /// The template with its conversions filled in.
  ///
  /// - Throws: `TypeError` when there are too few or too many values, or one does not fit;
  ///   `ValueError` for an unknown conversion.
  mutating func render(_ template: String) throws(Fault) -> String {
    var result = ""
    var rest = Substring(template)
    var usesMapping = false
    // Marks are found byte by byte and read by code points: blind to what combines with them.
    while let mark = rest.utf8.firstIndex(of: UInt8(ascii: "%")) {
      result += rest[..<mark]
      rest = rest[rest.utf8.index(after: mark)...]
      switch rest.utf8.first {
      case UInt8(ascii: "%"):
        result += "%"
        rest = Substring(rest.utf8.dropFirst())
        continue
      case UInt8(ascii: "s"):
        rest = Substring(rest.utf8.dropFirst())
        result += try interpreter.text(try take())
        try interpreter.checkSize((result.utf8.count, false), "the text")
        continue
      default: break
      }
      var named: Value?
      var marks = rest.unicodeScalars
      if marks.first == "(" {
        guard let close = marks.firstIndex(of: ")") else {
          throw Fault.value("incomplete format key in '\(template)'")
        }
        let key = String(marks[marks.index(after: marks.startIndex)..<close])
        marks = marks[marks.index(after: close)...]
        guard let mapping else { throw Fault.type("format requires a mapping for '%(\(key))'") }
        named = try interpreter.index(mapping, .string(key))
        usesMapping = true
      }
      result += try conversion(&marks, named)
      rest = Substring(marks)
      try interpreter.checkSize((result.utf8.count, false), "the text")
    }
    if !usesMapping, next < values.count, mapping == nil {
      throw Fault.type(
        "not all arguments converted during string formatting: "
          + "\(next) conversions met \(values.count) values")
    }
    return result + rest
  }

  private mutating func take() throws(Fault) -> Value {
    guard next < values.count else {
      throw Fault.type("not enough arguments for format string: received \(values.count)")
    }
    next += 1
    return values[next - 1]
  }

  private mutating func conversion(
    _ rest: inout Substring.UnicodeScalarView, _ named: Value?
  ) throws(Fault) -> String {
    var spec = FormatSpec()
    var isLeft = false
    var isZero = false
    while let flag = rest.first, "#0- +".unicodeScalars.contains(flag) {
      switch flag {
      case "#": spec.isAlternate = true
      case "0": isZero = true
      case "-": isLeft = true
      case "+": spec.sign = "+"
      default: if spec.sign == "-" { spec.sign = " " }
      }
      rest = rest.dropFirst()
    }
    var width = try number(&rest) ?? 0
    if width < 0 {
      isLeft = true
      width = -width
    }
    spec.width = width
    if rest.first == "." {
      rest = rest.dropFirst()
      spec.precision = Swift.max(try number(&rest) ?? 0, 0)
    }
    while let size = rest.first, "hlL".unicodeScalars.contains(size) { rest = rest.dropFirst() }
    guard let type = rest.popFirst().map({ Character($0) }) else {
      throw Fault.value("incomplete format")
    }
    if isLeft {
      spec.align = "<"
    } else if isZero, !"srac".contains(type) {
      spec.align = "="
      spec.fill = "0"
    }
    let value = if let named { named } else { try take() }
    return try convert(value, type, &spec)
  }

  /// A width or precision: digits, or `*` to take the next value.
  private mutating func number(_ rest: inout Substring.UnicodeScalarView) throws(Fault) -> Int? {
    if rest.first == "*" {
      rest = rest.dropFirst()
      guard case .int(let number) = try take(), number.magnitude <= FormatSpec.limit else {
        throw Fault.type("* wants an int of at most \(FormatSpec.limit)")
      }
      return number
    }
    let digits = rest.prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty else { return nil }
    rest = rest[digits.endIndex...]
    guard let value = Int(Substring(digits)), value <= FormatSpec.limit else {
      throw Fault.value("format width or precision is too large: at most \(FormatSpec.limit)")
    }
    return value
  }

  private func convert(_ value: Value, _ type: Character, _ spec: inout FormatSpec) throws(Fault)
    -> String
  {
    switch type {
    case "s", "r", "a":
      let text = try Formatting.convert(value, type, interpreter)
      var cut = String.UnicodeScalarView()
      cut.append(contentsOf: text.unicodeScalars.prefix(spec.precision ?? .max))
      return spec.pad(String(cut), defaultAlign: ">")
    case "c":
      if let text = value.stringText, text.unicodeScalars.count == 1 {
        return spec.pad(text, defaultAlign: ">")
      }
      guard let number = try integer(value) else {
        throw mismatch("%c", "int or one character", value)
      }
      spec.type = "c"
      if spec.align == nil { spec.align = ">" }
      return try NumberFormat.integer(number, spec, interpreter)
    case "d", "i", "u", "x", "X", "o":
      var number = try integer(value)
      if number == nil, "diu".contains(type), case .float(let float) = try scalar(value),
        float.isFinite
      {
        number = BigInt(float)
      }
      guard let number else { throw mismatch("%\(type)", "a number", value) }
      spec.type = "iu".contains(type) ? "d" : type
      return try digits(number, spec)
    case "e", "E", "f", "F", "g", "G":
      let number: Double
      switch try scalar(value) {
      case .float(let float): number = float
      case .int(let int): number = Double(int)
      default:
        guard let big = try integer(value) else { throw mismatch("%\(type)", "a number", value) }
        number = try IntegerArithmetic.double(big)
      }
      spec.type = type
      return try NumberFormat.float(number, spec)
    default:
      throw Fault.value("unsupported format character '\(type)'")
    }
  }

  /// In `%` formatting a precision asks for at least so many digits.
  private func digits(_ number: BigInt, _ spec: FormatSpec) throws(Fault) -> String {
    guard let precision = spec.precision else {
      return try NumberFormat.integer(number, spec, interpreter)
    }
    var bare = FormatSpec()
    bare.type = spec.type
    let plain = try NumberFormat.integer(BigInt(number.magnitude), bare, interpreter)
    let padded = String(repeating: "0", count: Swift.max(precision - plain.count, 0)) + plain
    var prefix = spec.signText(isNegative: number.sign == .minus)
    if spec.isAlternate {
      prefix += spec.type == "o" ? "0o" : spec.type == "x" ? "0x" : spec.type == "X" ? "0X" : ""
    }
    return spec.pad(prefix: prefix, padded, defaultAlign: ">")
  }

  private func scalar(_ value: Value) throws(Fault) -> Value {
    guard case .object(let object) = value, object.kind == .host else { return value }
    return try object.scalar(interpreter) ?? value
  }

  private func integer(_ value: Value) throws(Fault) -> BigInt? {
    try scalar(value).bigInteger
  }

  private func mismatch(_ code: String, _ expected: String, _ value: Value) -> Fault {
    Fault.type("\(code) format: expected \(expected); received \(interpreter.typeName(value))")
  }
}
