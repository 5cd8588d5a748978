import BigInt

/// `template % values`: conversions with flags, width and precision, with Python's answers.
struct PercentFormat {
  /// The right operand, which gives one value, or named ones when it is a dict; None for a tuple.
  private let operand: Value
  /// The operand as a tuple of values, and how many there are.
  private let tuple: Borrowed<TupleObject>?
  private let count: Int
  private var next = 0

  /// Takes the right operand, which must stay as long as this is used.
  init(_ operand: Value) {
    tuple = operand.borrowed?.tuple
    count = tuple?.read { $0.count } ?? 1
    self.operand = tuple == nil ? operand : .none
  }

  /// The template with its conversions filled in.
  ///
  /// - Throws: `TypeError` when there are too few or too many values, or one does not fit;
  ///   `ValueError` for an unknown conversion.
  mutating func render(_ template: StringObject, _ interpreter: Interpreter) throws(Fault) -> Value
  {
    try keeping(interpreter.percentTemplates.parsed(template)) { parsed throws(Fault) in
      try interpreter.string { text throws(Fault) in
        try fill(parsed, with: template, to: text, interpreter)
      }
    }
  }

  private mutating func fill(
    _ parsed: PercentTemplate, with template: StringObject, to text: TextBuffer,
    _ interpreter: Interpreter
  ) throws(Fault) {
    var checked = 0
    for piece in parsed.pieces {
      switch piece {
      case .text(let range): text.append(template.bytes[range])
      case .conversion(let number):
        try parsed.conversions[number].with { conversion throws(Fault) in
          try write(conversion, to: text, interpreter)
        }
        try interpreter.checkGrowth(from: checked, to: text.count, "the text")
        checked = text.count
      }
    }
    if let fault = parsed.fault { throw fault }
    if next < count, !parsed.usesKeys, !operand.isDict {
      throw Fault.type(
        "not all arguments converted during string formatting: "
          + "\(next) conversions met \(count) values")
    }
  }

  private mutating func write(
    _ conversion: PercentTemplate.Conversion, to text: TextBuffer, _ interpreter: Interpreter
  ) throws(Fault) {
    if conversion.isPlain {
      let value = try take()
      try write(value, conversion, conversion.spec, to: text, interpreter)
      return letGo(value)
    }
    var named: Value?
    if let key = conversion.key {
      guard operand.isDict else {
        throw Fault.type("format requires a mapping for '%(\(key.text))'")
      }
      named = try interpreter.index(operand, .object(key))
    }
    var spec = conversion.spec
    if conversion.takesLength { try takeLengths(conversion, &spec) }
    let value: Value
    if let named { value = named } else { value = try take() }
    try write(value, conversion, spec, to: text, interpreter)
  }

  private func write(
    _ value: Value, _ conversion: PercentTemplate.Conversion, _ spec: FormatSpec,
    to text: TextBuffer, _ interpreter: Interpreter
  ) throws(Fault) {
    if conversion.isBareText { return try interpreter.write(value, to: text) }
    let type = conversion.type
    if type == "d", case .int(let number) = value, spec.write(number, to: text) { return }
    if type == "s", let string = value.asString {
      return spec.write(string, defaultAlign: ">", to: text)
    }
    text.append(try convert(value, type, spec, interpreter))
  }

  /// Takes the values that `*` stands for.
  private mutating func takeLengths(
    _ conversion: PercentTemplate.Conversion, _ spec: inout FormatSpec
  ) throws(Fault) {
    var isLeft = conversion.isLeft
    if conversion.takesWidth {
      let width = try takeLength()
      spec.width = abs(width)
      isLeft = isLeft || width < 0
    }
    if conversion.takesPrecision { spec.precision = Swift.max(try takeLength(), 0) }
    conversion.align(&spec, isLeft: isLeft)
  }

  private mutating func takeLength() throws(Fault) -> Int {
    guard case .int(let number) = try take(), number.magnitude <= UInt(FormatSpec.limit) else {
      throw Fault.type("* wants an int of at most \(FormatSpec.limit)")
    }
    return number
  }

  private mutating func take() throws(Fault) -> Value {
    guard next < count else {
      throw Fault.type("not enough arguments for format string: received \(count)")
    }
    next += 1
    return tuple?.read { tuple in shared(tuple[next - 1]) } ?? operand
  }

  private func convert(
    _ value: Value, _ type: Unicode.Scalar, _ spec: FormatSpec, _ interpreter: Interpreter
  ) throws(Fault) -> String {
    var spec = spec
    switch type {
    case "s", "r", "a":
      let text = try Formatting.convert(value, Character(type), interpreter)
      var cut = String.UnicodeScalarView()
      cut.append(contentsOf: text.unicodeScalars.prefix(spec.precision ?? .max))
      return spec.pad(String(cut), defaultAlign: ">")
    case "c":
      if let text = value.stringText, text.unicodeScalars.count == 1 {
        return spec.pad(text, defaultAlign: ">")
      }
      guard let number = try integer(value, interpreter) else {
        throw mismatch("%c", "int or one character", value)
      }
      var bare = FormatSpec()
      bare.type = "c"
      return spec.pad(
        try NumberFormat.integer(number, bare, interpreter), defaultAlign: ">")
    case "d", "i", "u", "x", "X", "o":
      var number = try integer(value, interpreter)
      if number == nil, "diu".unicodeScalars.contains(type),
        case .float(let float) = try scalar(value, interpreter)
      {
        number = try NumberReading.truncate(float).bigInteger
      }
      guard let number else { throw mismatch("%\(type)", "a number", value) }
      spec.type = "iu".unicodeScalars.contains(type) ? "d" : type
      return try digits(number, spec, interpreter)
    case "e", "E", "f", "F", "g", "G":
      let number: Double
      switch try scalar(value, interpreter) {
      case .float(let float): number = float
      case .int(let int): number = Double(int)
      default:
        guard let big = try integer(value, interpreter) else {
          throw mismatch("%\(type)", "a number", value)
        }
        number = try IntegerArithmetic.double(big)
      }
      spec.type = type
      return try NumberFormat.float(number, spec)
    default:
      throw Fault.value("unsupported format character '\(type)'")
    }
  }

  /// In `%` formatting a precision asks for at least so many digits.
  private func digits(_ number: BigInt, _ spec: FormatSpec, _ interpreter: Interpreter)
    throws(Fault)
    -> String
  {
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

  private func scalar(_ value: Value, _ interpreter: Interpreter) throws(Fault) -> Value {
    guard case .object(let object) = value, object.kind == .host else { return value }
    return try object.scalar(interpreter) ?? value
  }

  private func integer(_ value: Value, _ interpreter: Interpreter) throws(Fault) -> BigInt? {
    try scalar(value, interpreter).bigInteger
  }

  private func mismatch(_ code: String, _ expected: String, _ value: Value) -> Fault {
    Fault.type("\(code) format: expected \(expected); received \(Interpreter.typeName(value))")
  }
}
