import BigInt

/// Texts and values as numbers, for `int` and `float`.
enum NumberReading {
  /// Texts longer than this are refused: turning digits into a number takes quadratic time.
  static let digitLimit = 300_000

  /// What `int(value, base)` gives.
  static func integer(_ value: Value, base: Value?, _ interpreter: Interpreter) throws(Fault)
    -> Value
  {
    if let string = value.asString {
      if base == nil, let small = small(string.bytes) { return .int(small) }
      let text = string.text
      var radix = 10
      if let base { radix = try interpreter.integer(base, what: "int() base") }
      guard radix == 0 || (2...36).contains(radix) else {
        throw Fault.value("int() base: expected 0 or 2 to 36; received \(radix)")
      }
      return try integer(text, radix: radix, interpreter)
    }
    guard base == nil else { throw Fault.type("int() takes a base for texts only") }
    switch value {
    case .int: return value
    case .bool(let flag): return .int(flag ? 1 : 0)
    case .float(let number): return try truncate(number)
    case .object(let object):
      if object.kind == .bigInt { return value }
      if let scalar = try object.scalar(interpreter) {
        return try integer(scalar, base: nil, interpreter)
      }
      if try object.length(interpreter) != nil, object.kind == .host {
        throw Fault.type("int() expected one number; received a \(object.typeName) of several")
      }
    case .none: break
    }
    throw Fault.type(
      "int() expected a number or a text; received '\(interpreter.typeName(value))'")
  }

  /// The number of a few digits, with a sign or without; nil for what takes a closer look.
  private static func small(_ text: StringBytes) -> Int? {
    let start = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") ? 1 : 0
    guard 1...18 ~= text.count - start else { return nil }
    var number = 0
    for place in start..<text.count {
      let digit = text[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number &* 10 &+ Int(digit)
    }
    return text[0] == UInt8(ascii: "-") ? -number : number
  }

  /// A float without its fraction.
  static func truncate(_ number: Double) throws(Fault) -> Value {
    guard number.isFinite else {
      throw number.isNaN
        ? Fault.value("cannot convert float nan to an integer")
        : Fault("OverflowError", "cannot convert float infinity to an integer")
    }
    if let small = Int(exactly: number.rounded(.towardZero)) { return .int(small) }
    return .integer(BigInt(number.rounded(.towardZero)))
  }

  private static func integer(_ text: String, radix: Int, _ interpreter: Interpreter)
    throws(Fault) -> Value
  {
    var body = Substring(trimmed(text))
    var isNegative = false
    if let sign = body.first, sign == "-" || sign == "+" {
      isNegative = sign == "-"
      body = body.dropFirst()
    }
    var radix = radix
    let prefixes: [(String, Int)] = [("0x", 16), ("0o", 8), ("0b", 2)]
    for (prefix, base) in prefixes where body.lowercased().hasPrefix(prefix) {
      if radix == base || radix == 0 {
        radix = base
        body = body.dropFirst(2)
        if body.first == "_" { body = body.dropFirst() }
      }
      break
    }
    if radix == 0 {
      let isZero = body.allSatisfy { $0 == "0" || $0 == "_" }
      if body.first == "0", !isZero { throw unreadable(text, 0) }
      radix = 10
    }
    guard body.utf8.count <= digitLimit else {
      throw Fault.value(
        "int() reads at most \(digitLimit) digits; received \(body.utf8.count) characters")
    }
    guard let digits = withoutUnderscores(body),
      let number = try IntegerText.integer(
        digits, isNegative: isNegative, radix: radix, interpreter)
    else { throw unreadable(text, radix) }
    return number
  }

  /// What `float(text)` gives.
  static func float(_ text: String) throws(Fault) -> Double {
    let body = trimmed(text).lowercased()
    let unsigned = body.first == "-" || body.first == "+" ? String(body.dropFirst()) : body
    let sign: Double = body.first == "-" ? -1 : 1
    switch unsigned {
    case "inf", "infinity": return sign * .infinity
    case "nan": return .nan
    default: break
    }
    guard let digits = withoutUnderscores(Substring(unsigned)),
      digits.utf8.allSatisfy({ byte in
        isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e")
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      }), digits.first != "-", digits.first != "+",
      let lead = digits.utf8.first(where: { $0 != UInt8(ascii: ".") }), isDigit(lead),
      let value = Double(digits.hasSuffix(".") ? digits + "0" : digits)
        ?? Double(digits.replacingDot())
    else { throw Fault.value("could not convert text to float: \(quoted(text))") }
    return sign * value
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Digits whose underscores stand between letters and digits only; nil otherwise or when empty.
  private static func withoutUnderscores(_ text: Substring) -> String? {
    var result = ""
    var previous: Character?
    for character in text {
      if character == "_" || previous == "_" {
        let neighbour = character == "_" ? previous : character
        guard let neighbour, neighbour.isLetter || neighbour.isNumber else { return nil }
      }
      if character != "_" { result.append(character) }
      previous = character
    }
    return result.isEmpty || previous == "_" ? nil : result
  }

  private static func trimmed(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, first.isSpace { scalars.removeFirst() }
    while let last = scalars.last, last.isSpace { scalars.removeLast() }
    return String(scalars)
  }

  private static func unreadable(_ text: String, _ radix: Int) -> Fault {
    Fault.value("invalid literal for int() with base \(radix): \(quoted(text))")
  }

  private static func quoted(_ text: String) -> String {
    "\"" + (text.count > 60 ? text.prefix(57) + "..." : text) + "\""
  }
}

extension String {
  /// `1.e5` and `.5` with the zeros that Swift's reader wants.
  fileprivate func replacingDot() -> String {
    var result = ""
    var previous: Character?
    for character in self {
      if previous == ".", !character.isNumber { result.append("0") }
      if character == ".", previous?.isNumber != true { result.append("0") }
      result.append(character)
      previous = character
    }
    return result
  }
}
