/// Where strings, f-strings and numbers end.
extension Lexer {
  // MARK: Strings

  /// Reads a string whose opening quote is at the present byte.
  mutating func string(prefixStart start: Int) throws(SyntaxError) {
    let quote = bytes[position]
    let isTriple = peek(1) == quote && peek(2) == quote
    let prefix = bytes[start..<position]
    position += isTriple ? 3 : 1
    if prefix.contains(where: { $0 | 0x20 == 0x66 }) {
      let isRaw = prefix.contains { $0 | 0x20 == 0x72 }
      add(.formatStart, from: start)
      contexts.append(.format(start: start, quote: quote, isTriple: isTriple, isRaw: isRaw))
      formats.append((quote, isTriple, isRaw, start))
      return
    }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x5C {
        position += 1
        if position < bytes.count { passCharacter() }
      } else if byte == quote, closes(quote, isTriple) {
        position += isTriple ? 3 : 1
        add(.string, from: start)
        return
      } else if isLineEnd(byte), !isTriple {
        break
      } else if byte == 0 {
        throw error("the text contains a NUL character", position, position + 1)
      } else {
        position += 1
      }
    }
    if let outer = formats.last, outer.quote == quote, outer.isTriple == isTriple,
      case .field(let open)? = contexts.last
    {
      throw missingBrace(open)
    }
    throw unterminated(start, quote, isTriple: isTriple)
  }

  /// Passes one character or line end after a backslash.
  private mutating func passCharacter() {
    if isLineEnd(bytes[position]) { skipLineEnd() } else { position += 1 }
  }

  private func closes(_ quote: UInt8, _ isTriple: Bool) -> Bool {
    !isTriple || (peek(1) == quote && peek(2) == quote)
  }

  func unterminated(_ start: Int, _ quote: UInt8, isTriple: Bool) -> SyntaxError {
    let mark = String(repeating: String(Unicode.Scalar(quote)), count: isTriple ? 3 : 1)
    if isTriple {
      return error(
        "this string is never closed: no \(mark) follows", start, start + 3,
        help: "add \(mark) where the string ends", isAtEnd: true)
    }
    var end = start
    while end < bytes.count, !isLineEnd(bytes[end]) { end += 1 }
    let long = String(repeating: mark, count: 3)
    return error(
      "this string is not closed: no \(mark) before the end of the line", start, end,
      help: "add \(mark) where the string ends, or write it between \(long) to span lines")
  }

  private func missingBrace(_ open: Int) -> SyntaxError {
    error(
      "'{' in an f-string is never closed", open, open + 1,
      help: "add } after the expression, or write {{ for a brace in the text")
  }

  /// Reads text of an f-string or of a format specification, up to a field or the end.
  mutating func formatText() throws(SyntaxError) {
    guard let format = formats.last, let context = contexts.last else { return }
    let start = position
    var isSpec = false
    if case .spec = context { isSpec = true }
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case 0x7B where peek(1) == 0x7B && !isSpec, 0x7D where peek(1) == 0x7D && !isSpec:
        position += 2
      case 0x7B:
        endText(start)
        contexts.append(.field(position))
        position += 1
        add(.fieldStart, from: position - 1)
        return
      case 0x7D:
        guard isSpec else {
          throw error(
            "'}' in an f-string closes nothing", position, position + 1,
            help: "write }} for a brace in the text")
        }
        endText(start)
        position += 1
        contexts.removeLast()
        add(.rightBrace, from: position - 1)
        return
      case format.quote where closes(format.quote, format.isTriple):
        if case .spec(let open) = context { throw missingBrace(open) }
        endText(start)
        let quoteStart = position
        position += format.isTriple ? 3 : 1
        contexts.removeLast()
        formats.removeLast()
        add(.formatEnd, from: quoteStart)
        return
      case 0x5C where format.isRaw && (peek(1) == 0x7B || peek(1) == 0x7D): position += 1
      case 0x5C where !format.isRaw && peek(1) == 0x4E && peek(2) == 0x7B:
        // `\N{name}` is refused by the parser, which reads the escapes.
        while position < bytes.count, bytes[position] != 0x7D, !isLineEnd(bytes[position]),
          bytes[position] != format.quote
        {
          position += 1
        }
        if peek() == 0x7D { position += 1 }
      case 0x5C:
        position += 1
        if position < bytes.count, bytes[position] != 0x7B, bytes[position] != 0x7D {
          passCharacter()
        }
      case 0x0A, 0x0D:
        guard format.isTriple else {
          if case .spec(let open) = context { throw missingBrace(open) }
          throw unterminated(format.start, format.quote, isTriple: false)
        }
        position += 1
      case 0: throw error("the text contains a NUL character", position, position + 1)
      default: position += 1
      }
    }
    if case .spec(let open) = context, !format.isTriple { throw missingBrace(open) }
    throw unterminated(format.start, format.quote, isTriple: format.isTriple)
  }

  private mutating func endText(_ start: Int) {
    if position > start { add(.formatText, from: start) }
  }

  // MARK: Numbers

  /// Reads a number; the parser finds its value.
  mutating func number() throws(SyntaxError) {
    let start = position
    if bytes[position] == 0x30, let radix = Lexer.radix(of: peek(1)) {
      try prefixed(radix, start)
      return
    }
    var kind = TokenKind.int
    digits()
    if peek() == 0x2E {
      kind = .float
      position += 1
      digits()
    }
    if peek() | 0x20 == 0x65 {
      let signed = peek(1) == 0x2B || peek(1) == 0x2D
      if isDigit(peek(signed ? 2 : 1)) {
        kind = .float
        position += signed ? 2 : 1
        digits()
      }
    }
    let end = position
    while Characters.isASCIIWord(peek()) || peek() >= 0x80 { position += 1 }
    if position > end { throw badSuffix(start, end) }
    try checkUnderscores(start)
    if kind == .int, bytes[start] == 0x30,
      bytes[start..<end].contains(where: { $0 > 0x30 && $0 <= 0x39 })
    {
      let digits = String(
        decoding: bytes[start..<end].drop { $0 == 0x30 || $0 == 0x5F }, as: UTF8.self)
      throw error(
        "a number cannot start with 0", start, end,
        help: "write \(digits), or 0o\(digits) for an octal number")
    }
    add(kind, from: start)
  }

  /// The radix that a letter after `0` announces.
  static func radix(of letter: UInt8) -> Int? {
    switch letter | 0x20 {
    case 0x78: 16
    case 0x6F: 8
    case 0x62: 2
    default: nil
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private mutating func digits() {
    while isDigit(peek()) || peek() == 0x5F { position += 1 }
  }

  private func badSuffix(_ start: Int, _ end: Int) -> SyntaxError {
    let suffix = String(decoding: bytes[end..<position], as: UTF8.self)
    if suffix == "j" || suffix == "J" {
      return error(
        "Linnet has no complex numbers", start, position,
        help: "keep real and imaginary part in two variables")
    }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    let isWord = TokenKind.keywords[suffix] != nil
    return error(
      "'\(text)\(suffix)' is not a number", start, position,
      help: isWord
        ? "write a space: \(text) \(suffix)" : "a name cannot start with a digit")
  }

  private func checkUnderscores(_ start: Int) throws(SyntaxError) {
    var previous: UInt8 = 0
    for index in start..<position {
      let byte = bytes[index]
      if byte == 0x5F || previous == 0x5F {
        let other = byte == 0x5F ? previous : byte
        let isFine = Characters.isASCIIWord(other) && other != 0x5F && other | 0x20 != 0x65
        guard isFine else { throw badUnderscore(start) }
      }
      previous = byte
    }
    if previous == 0x5F { throw badUnderscore(start) }
  }

  private func badUnderscore(_ start: Int) -> SyntaxError {
    error("'_' in a number must stand between two digits", start, position)
  }

  private mutating func prefixed(_ radix: Int, _ start: Int) throws(SyntaxError) {
    position += 2
    let first = position
    while Characters.isASCIIWord(peek()) { position += 1 }
    let kind = radix == 16 ? "hexadecimal" : radix == 8 ? "octal" : "binary"
    var hasDigit = false
    var previous: UInt8 = 0
    for index in first..<position {
      let byte = bytes[index]
      if byte == 0x5F {
        if previous == 0x5F { throw badUnderscore(start) }
      } else if let value = Lexer.digitValue(byte), value < radix {
        hasDigit = true
      } else {
        throw error(
          "'\(Unicode.Scalar(byte))' is not a \(kind) digit", index, index + 1)
      }
      previous = byte
    }
    guard hasDigit else { throw error("a \(kind) number needs digits", start, position) }
    if previous == 0x5F { throw badUnderscore(start) }
    add(.int, from: start)
  }

  /// The value of a digit in radix 36; nil for other characters.
  static func digitValue(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x61...0x7A: Int(byte) - 0x61 + 10
    case 0x41...0x5A: Int(byte) - 0x41 + 10
    default: nil
    }
  }
}
