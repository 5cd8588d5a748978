/// Classes of characters that the lexer asks for.
enum Characters {
  /// Letters, digits and the underscore of ASCII.
  static func isASCIIWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F: true
    default: false
    }
  }

  /// True for the prefixes that a string may have.
  static func isStringPrefix(_ word: ArraySlice<UInt8>) -> Bool {
    switch word.map({ $0 | 0x20 }) {
    case [0x72], [0x62], [0x66], [0x75], [0x62, 0x72], [0x72, 0x62], [0x66, 0x72], [0x72, 0x66]:
      true
    default: false
    }
  }

  /// The character that starts at an offset of valid UTF-8, and its length in bytes.
  static func scalar(in bytes: [UInt8], at offset: Int) -> (Unicode.Scalar, Int) {
    var decoder = UTF8()
    var iterator = bytes[offset...].prefix(4).makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return ("\u{FFFD}", 1) }
    return (scalar, UTF8.width(scalar))
  }

  /// What to type in place of a character that word processors, other keyboards and input methods
  /// put where ASCII was meant.
  static let replacement: [Unicode.Scalar: String] = [
    "\u{201C}": "\"", "\u{201D}": "\"", "\u{201E}": "\"", "\u{00AB}": "\"", "\u{00BB}": "\"",
    "\u{FF02}": "\"", "\u{2018}": "'", "\u{2019}": "'", "\u{201A}": "'", "\u{FF07}": "'",
    "\u{00A0}": "an ordinary space", "\u{3000}": "an ordinary space",
    "\u{202F}": "an ordinary space", "\u{2009}": "an ordinary space",
    "\u{200B}": "nothing there: it is an invisible space",
    "\u{FEFF}": "nothing there: it is an invisible byte order mark",
    "\u{FF08}": "(", "\u{FF09}": ")", "\u{3010}": "[", "\u{3011}": "]", "\u{FF0C}": ",",
    "\u{3001}": ",", "\u{FF1A}": ":", "\u{FF1B}": ";", "\u{FF1D}": "=", "\u{FF0B}": "+",
    "\u{2212}": "-", "\u{2013}": "-", "\u{2014}": "-", "\u{00D7}": "*", "\u{00F7}": "/",
    "\u{2264}": "<=", "\u{2265}": ">=", "\u{2260}": "!=", "\u{2192}": "->", "\u{2026}": "...",
    "\u{00B2}": "**2", "\u{00B3}": "**3", "\u{221E}": "inf",
  ]
}
