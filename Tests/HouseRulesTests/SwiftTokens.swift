/// A word, number or sign of Swift source, outside comments and strings.
struct SwiftToken: Equatable {
  let text: String
  let line: Int
  /// The offset of the first byte, which tells `try!` from `try !`.
  let offset: Int

  func touches(_ previous: SwiftToken) -> Bool {
    previous.offset + previous.text.utf8.count == offset
  }
}

/// Splits Swift source into tokens, as far as the house rules need it.
///
/// Comments and the text of strings are passed over, so that prose may name what code may not do; code
/// inside interpolations counts.
struct SwiftTokens {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var tokens: [SwiftToken] = []

  static func of(_ source: String) -> [SwiftToken] {
    var scanner = SwiftTokens(bytes: Array(source.utf8))
    scanner.scanCode(insideInterpolation: false)
    return scanner.tokens
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func byte(_ ahead: Int = 0) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
  }

  private mutating func scanCode(insideInterpolation: Bool) {
    var depth = 0
    while position < bytes.count {
      let current = byte()
      if Self.isWord(current) {
        scanWord()
      } else if current == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "/") {
        while position < bytes.count, byte() != UInt8(ascii: "\n") { advance() }
      } else if current == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
        skipBlockComment()
      } else if current == UInt8(ascii: "\"") {
        skipString(hashes: 0)
      } else if current == UInt8(ascii: "#"), let hashes = hashesBeforeQuote() {
        advance(hashes)
        skipString(hashes: hashes)
      } else {
        if current == UInt8(ascii: "(") { depth += 1 }
        if current == UInt8(ascii: ")") {
          depth -= 1
          if insideInterpolation, depth < 0 { return advance() }
        }
        if current > 0x20, current < 0x7F {
          tokens.append(
            SwiftToken(text: String(Unicode.Scalar(current)), line: line, offset: position))
        }
        advance()
      }
    }
  }

  private mutating func scanWord() {
    let start = position
    while Self.isWord(byte()) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    tokens.append(SwiftToken(text: text, line: line, offset: start))
  }

  private mutating func skipBlockComment() {
    var depth = 0
    repeat {
      if byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
        depth += 1
        advance(2)
      } else if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
        depth -= 1
        advance(2)
      } else {
        advance()
      }
    } while depth > 0 && position < bytes.count
  }

  private func hashesBeforeQuote() -> Int? {
    var count = 0
    while byte(count) == UInt8(ascii: "#") { count += 1 }
    return byte(count) == UInt8(ascii: "\"") ? count : nil
  }

  private mutating func skipString(hashes: Int) {
    let isLong = byte(1) == UInt8(ascii: "\"") && byte(2) == UInt8(ascii: "\"")
    let quotes = isLong ? 3 : 1
    advance(quotes)
    while position < bytes.count {
      if byte() == UInt8(ascii: "\\"), follows(1, "#", hashes) {
        advance(1 + hashes)
        let opensCode = byte() == UInt8(ascii: "(")
        advance()
        if opensCode { scanCode(insideInterpolation: true) }
      } else if follows(0, "\"", quotes), follows(quotes, "#", hashes) {
        return advance(quotes + hashes)
      } else {
        advance()
      }
    }
  }

  private func follows(_ ahead: Int, _ sign: Unicode.Scalar, _ count: Int) -> Bool {
    (0..<count).allSatisfy { byte(ahead + $0) == UInt8(ascii: sign) }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: byte >= 0x80
    }
  }
}
