/// Reads a JSON text strictly by RFC 8259; a byte order mark in front is passed over.
///
/// Integers keep all their digits. A `\u` escape of half a surrogate pair gives U+FFFD.
public struct JSONReader {
  // Recursive descent over bytes, one function a rule of the grammar.
  private let bytes: [UInt8]
  private let depthLimit: Int
  private let isCancelled: () -> Bool
  private let receive: (JSONPart) -> Void
  private var position = 0
  private var depth = 0

  /// Describes how a text is read.
  ///
  /// - Parameters:
  ///   - bytes: The text in UTF-8.
  ///   - depthLimit: How deep arrays and objects may nest.
  ///   - isCancelled: Asked after each part, and now and then in long ones; true ends the work.
  ///   - receive: Takes the parts of the text in order.
  public init(
    _ bytes: [UInt8], depthLimit: Int = 1000, isCancelled: @escaping () -> Bool = { false },
    receive: @escaping (JSONPart) -> Void
  ) {
    self.bytes = bytes
    self.depthLimit = depthLimit
    self.isCancelled = isCancelled
    self.receive = receive
  }

  /// Hands on the parts of the text.
  ///
  /// - Throws: ``JSONError`` at the first byte that does not fit, or where the work was ended.
  public mutating func read() throws(JSONError) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    try readValue()
    skipSpace()
    guard position == bytes.count else { throw error(.trailingText) }
  }

  private func give(_ part: JSONPart) throws(JSONError) {
    receive(part)
    if isCancelled() { throw error(.cancelled) }
  }

  private mutating func readValue() throws(JSONError) {
    skipSpace()
    switch peek() {
    case UInt8(ascii: "{"): try readObject()
    case UInt8(ascii: "["): try readArray()
    case UInt8(ascii: "\""): try give(.value(.string(try readString())))
    case (0x30...0x39)?, UInt8(ascii: "-"): try give(.value(try readNumber()))
    case UInt8(ascii: "t"): try give(.value(try readWord("true", .bool(true))))
    case UInt8(ascii: "f"): try give(.value(try readWord("false", .bool(false))))
    case UInt8(ascii: "n"): try give(.value(try readWord("null", .null)))
    default: throw unexpected("a value")
    }
  }

  private mutating func readWord(_ word: StaticString, _ value: JSONValue) throws(JSONError)
    -> JSONValue
  {
    let text = word.description.utf8
    guard bytes[position...].starts(with: text) else { throw unexpected(word.description) }
    position += text.count
    return value
  }

  private mutating func readObject() throws(JSONError) {
    try enter(.startObject)
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipSpace()
        guard peek() == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
        try give(.key(try readString()))
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw unexpected("':' after the key") }
        try readValue()
      } while try hasNext(before: UInt8(ascii: "}"), "',' or '}'")
    }
    try leave()
  }

  private mutating func readArray() throws(JSONError) {
    try enter(.startArray)
    if !take(UInt8(ascii: "]")) {
      repeat { try readValue() } while try hasNext(before: UInt8(ascii: "]"), "',' or ']'")
    }
    try leave()
  }

  /// Passes an opening bracket and the space behind it.
  private mutating func enter(_ start: JSONPart) throws(JSONError) {
    guard depth < depthLimit else { throw error(.tooDeep(limit: depthLimit)) }
    depth += 1
    position += 1
    skipSpace()
    try give(start)
  }

  /// Passes a comma, or the closing bracket: then it is false.
  private mutating func hasNext(before closing: UInt8, _ wanted: String) throws(JSONError) -> Bool {
    skipSpace()
    if take(closing) { return false }
    guard take(UInt8(ascii: ",")) else { throw unexpected(wanted) }
    return true
  }

  private mutating func leave() throws(JSONError) {
    depth -= 1
    try give(.end)
  }

  private mutating func readNumber() throws(JSONError) -> JSONValue {
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

  private mutating func readString() throws(JSONError) -> String {
    let opening = position
    position += 1
    var text: [UInt8] = []
    var escapes = 0
    while true {
      let start = position
      while let byte = peek(), byte != 0x22, byte != 0x5C, byte >= 0x20, position - start < 1 << 20
      {
        position += 1
      }
      text += bytes[start..<position]
      if position - start == 1 << 20 {
        if isCancelled() { throw error(.cancelled) }
        continue
      }
      guard let byte = peek() else { throw error(.unterminatedString, at: opening) }
      if byte < 0x20 { throw error(.controlCharacter) }
      position += 1
      if byte == 0x22 { break }
      escapes += 1
      if escapes & 0xFFFF == 0, isCancelled() { throw error(.cancelled) }
      try readEscape(into: &text)
    }
    guard let valid = String(validating: text, as: UTF8.self) else {
      throw error(.invalidUTF8, at: opening)
    }
    return valid
  }

  /// Reads what follows a backslash.
  private mutating func readEscape(into text: inout [UInt8]) throws(JSONError) {
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
      text += String(Character(try readCodePoint())).utf8
      return
    default: throw error(.invalidEscape)
    }
    position += 1
  }

  private mutating func readCodePoint() throws(JSONError) -> Unicode.Scalar {
    let first = try readHex()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[position...].starts(with: [0x5C, 0x75]) else { return "\u{FFFD}" }
    let rest = position
    position += 2
    let second = try readHex()
    guard (0xDC00..<0xE000).contains(second) else {
      position = rest
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func readHex() throws(JSONError) -> UInt32 {
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
