extension JSONValue {
  /// Reads a JSON text strictly by RFC 8259; a byte order mark in front is passed over.
  ///
  /// Integers keep all their digits. Of equal keys the last wins. A `\u` escape of half a surrogate
  /// pair gives U+FFFD.
  ///
  /// - Parameters:
  ///   - bytes: The text in UTF-8.
  ///   - depthLimit: How deep arrays and objects may nest.
  ///   - isCancelled: Asked now and then; true ends the work.
  /// - Throws: ``JSONError`` at the first byte that does not fit, or where the work was ended.
  public init(
    parsing bytes: [UInt8], depthLimit: Int = 1000, isCancelled: @escaping () -> Bool = { false }
  ) throws(JSONError) {
    var parser = JSONParser(bytes: bytes, depthLimit: depthLimit, isCancelled: isCancelled)
    self = try parser.parseText()
  }

  /// Reads a JSON text by the same rules.
  public init(parsing text: String, depthLimit: Int = 1000) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), depthLimit: depthLimit)
  }
}

/// Recursive descent over bytes, one function a rule of the grammar.
private struct JSONParser {
  let bytes: [UInt8]
  let depthLimit: Int
  let isCancelled: () -> Bool
  var position = 0
  var depth = 0

  mutating func parseText() throws(JSONError) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    let value = try parseValue()
    skipSpace()
    guard position == bytes.count else { throw error(.trailingText) }
    return value
  }

  private mutating func parseValue() throws(JSONError) -> JSONValue {
    skipSpace()
    switch peek() {
    case UInt8(ascii: "{"): return .object(try parseObject())
    case UInt8(ascii: "["): return .array(try parseArray())
    case UInt8(ascii: "\""): return .string(try parseString())
    case (0x30...0x39)?, UInt8(ascii: "-"): return try parseNumber()
    case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
    case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
    case UInt8(ascii: "n"): return try parseWord("null", .null)
    default: throw unexpected("a value")
    }
  }

  private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws(JSONError)
    -> JSONValue
  {
    let text = word.description.utf8
    guard bytes[position...].starts(with: text) else { throw unexpected(word.description) }
    position += text.count
    return value
  }

  private mutating func parseObject() throws(JSONError) -> JSONObject {
    try enter()
    defer { depth -= 1 }
    var object = JSONObject()
    skipSpace()
    if take(UInt8(ascii: "}")) { return object }
    while true {
      if object.count & 0xFFF == 0xFFF, isCancelled() { throw error(.cancelled) }
      skipSpace()
      guard peek() == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
      let key = try parseString()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw unexpected("':' after the key") }
      object[key] = try parseValue()
      skipSpace()
      if take(UInt8(ascii: "}")) { return object }
      guard take(UInt8(ascii: ",")) else { throw unexpected("',' or '}'") }
    }
  }

  private mutating func parseArray() throws(JSONError) -> [JSONValue] {
    try enter()
    defer { depth -= 1 }
    var elements: [JSONValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      if elements.count & 0xFFF == 0xFFF, isCancelled() { throw error(.cancelled) }
      elements.append(try parseValue())
      skipSpace()
      if take(UInt8(ascii: "]")) { return elements }
      guard take(UInt8(ascii: ",")) else { throw unexpected("',' or ']'") }
    }
  }

  private mutating func enter() throws(JSONError) {
    guard depth < depthLimit else { throw error(.tooDeep(limit: depthLimit)) }
    depth += 1
    position += 1
  }

  private mutating func parseNumber() throws(JSONError) -> JSONValue {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try takeDigits() }
    var isInteger = true
    if take(UInt8(ascii: ".")) {
      isInteger = false
      try takeDigits()
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isInteger = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try takeDigits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger { return Int(text).map(JSONValue.int) ?? .bigInteger(text) }
    guard let value = Double(text) else { throw error(.invalidNumber, at: start) }
    return .double(value)
  }

  private mutating func takeDigits() throws(JSONError) {
    let start = position
    while let byte = peek(), byte >= 0x30, byte <= 0x39 { position += 1 }
    guard position > start else { throw error(.invalidNumber) }
  }

  private mutating func parseString() throws(JSONError) -> String {
    let opening = position
    position += 1
    var text: [UInt8] = []
    while true {
      let start = position
      while let byte = peek(), byte != 0x22, byte != 0x5C, byte >= 0x20 { position += 1 }
      text += bytes[start..<position]
      guard let byte = peek() else { throw error(.unterminatedString, at: opening) }
      if byte < 0x20 { throw error(.controlCharacter) }
      position += 1
      if byte == 0x22 { break }
      try parseEscape(into: &text)
    }
    guard let valid = String(validating: text, as: UTF8.self) else {
      throw error(.invalidUTF8, at: opening)
    }
    return valid
  }

  /// Reads what follows a backslash.
  private mutating func parseEscape(into text: inout [UInt8]) throws(JSONError) {
    guard let byte = peek() else { throw error(.invalidEscape) }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      position += 1
      text += String(Character(try parseCodePoint())).utf8
      return
    default: throw error(.invalidEscape)
    }
    position += 1
  }

  private mutating func parseCodePoint() throws(JSONError) -> Unicode.Scalar {
    let first = try parseHex()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[position...].starts(with: [0x5C, 0x75]) else { return "\u{FFFD}" }
    let rest = position
    position += 2
    let second = try parseHex()
    guard (0xDC00..<0xE000).contains(second) else {
      position = rest
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func parseHex() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error(.invalidEscape)
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private func error(_ reason: JSONError.Reason, at offset: Int? = nil) -> JSONError {
    JSONError(reason, at: offset ?? position, in: bytes)
  }

  private func unexpected(_ wanted: String) -> JSONError {
    guard position < bytes.count else { return error(.expected(wanted, found: nil)) }
    let character = String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars
      .first
    return error(.expected(wanted, found: character.map { $0.debugDescription }))
  }
}
