internal import Diagnostics

/// The values of numbers and strings.
extension Grammar {
  // MARK: Numbers

  func integer(_ token: Token) throws(SyntaxError) -> Expression.Kind {
    let start = Int(token.start)
    let radix =
      bytes[start] == 0x30 && token.end - token.start > 1 ? Lexer.radix(of: bytes[start + 1]) : nil
    var digits: [UInt8] = []
    digits.reserveCapacity(Int(token.end) - start)
    var value = 0
    var overflows = false
    for byte in bytes[(radix == nil ? start : start + 2)..<Int(token.end)] {
      guard let digit = Lexer.digitValue(byte) else { continue }
      digits.append(byte)
      let (product, first) = value.multipliedReportingOverflow(by: radix ?? 10)
      let (sum, second) = product.addingReportingOverflow(digit)
      overflows = overflows || first || second
      value = sum
    }
    guard overflows else { return .int(value) }
    let most = Limits.integerBits / (radix == 16 ? 4 : radix == 8 ? 3 : radix == 2 ? 1 : 3)
    guard digits.count <= most else {
      throw error(
        "this number is too long: \(digits.count) digits, at most \(most)", span(token))
    }
    return .bigInt(digits: String(decoding: digits, as: UTF8.self), radix: radix ?? 10)
  }

  func float(_ token: Token) throws(SyntaxError) -> Expression.Kind {
    var digits = text(token).filter { $0 != "_" }
    if digits.hasPrefix(".") { digits = "0" + digits }
    if let dot = digits.firstIndex(of: ".") {
      let after = digits.index(after: dot)
      if after == digits.endIndex || !digits[after].isNumber { digits.insert("0", at: after) }
    }
    guard let value = Double(digits) else {
      throw error("'\(text(token))' is not a number", span(token))
    }
    return .float(value)
  }

  // MARK: Strings

  /// A string or bytes literal.
  func string(_ token: Token) throws(SyntaxError) -> Expression.Kind {
    var start = Int(token.start)
    var isRaw = false
    var isBytes = false
    while bytes[start] != 0x22, bytes[start] != 0x27 {
      if bytes[start] | 0x20 == 0x72 { isRaw = true }
      if bytes[start] | 0x20 == 0x62 { isBytes = true }
      start += 1
    }
    let quote = bytes[start]
    let end = Int(token.end)
    let isTriple =
      end - start >= 6 && bytes[start + 1] == quote && bytes[start + 2] == quote
    let width = isTriple ? 3 : 1
    var reader = StringReader(
      grammar: self, range: (start + width)..<max(start + width, end - width), isRaw: isRaw,
      isBytes: isBytes, isFormat: false)
    let content = try reader.read()
    return isBytes ? .bytes(content) : .string(String(decoding: content, as: UTF8.self))
  }

  /// An f-string, from its first token on.
  @inline(never)
  mutating func formatted() throws(SyntaxError) -> Expression {
    let first = current
    let isRaw = text(first).contains { $0 == "r" || $0 == "R" }
    advance()
    var pieces: [FormattedPiece] = []
    while kind != .formatEnd {
      try piece(&pieces, isRaw: isRaw, isSpec: false)
    }
    let whole = Token(kind: .formatStart, start: first.start, end: current.end)
    advance()
    try refuseAdjacent(whole)
    return try node(.formatted(pieces), span(whole))
  }

  /// A piece of text or a replacement field.
  @inline(never)
  private mutating func piece(
    _ pieces: inout [FormattedPiece], isRaw: Bool, isSpec: Bool
  ) throws(SyntaxError) {
    switch kind {
    case .formatText:
      pieces.append(.text(try formatText(isRaw: isRaw, isSpec: isSpec)))
    case .fieldStart: pieces.append(try field(isRaw: isRaw))
    default: throw unexpected("the end of the f-string")
    }
  }

  @inline(never)
  private mutating func formatText(isRaw: Bool, isSpec: Bool) throws(SyntaxError) -> String {
    var reader = StringReader(
      grammar: self, range: Int(current.start)..<Int(current.end), isRaw: isRaw,
      isBytes: false, isFormat: !isSpec)
    advance()
    return String(decoding: try reader.read(), as: UTF8.self)
  }

  @inline(never)
  private mutating func field(isRaw: Bool) throws(SyntaxError) -> FormattedPiece {
    try enter()
    defer { leave() }
    let open = current
    advance()
    switch kind {
    case .rightBrace, .fieldConversion, .fieldSpec:
      throw error(
        "expected an expression after '{' in an f-string",
        Span(Int(open.start), Int(current.end)), help: "write {{ and }} for braces in the text")
    default: break
    }
    let value = try expressionList()
    try refuseStar()
    var label: String?
    if take(.equal) {
      label = text(Span(Int(open.end), max(Int(open.end), Int(current.start))))
    }
    var conversion: Character?
    if take(.fieldConversion) {
      guard kind == .name, ["r", "s", "a"].contains(text(current)) else {
        throw error("expected r, s or a after '!' in an f-string", span(current))
      }
      conversion = text(current).first
      advance()
    }
    var spec: [FormattedPiece] = []
    var place = value.span
    let hasSpec = take(.fieldSpec)
    if hasSpec {
      let start = current.start
      while kind != .rightBrace { try piece(&spec, isRaw: isRaw, isSpec: true) }
      if !spec.isEmpty { place = span(from: start) }
    }
    if label != nil, conversion == nil, !hasSpec { conversion = "r" }
    try expect(.rightBrace, "'}' after the expression in an f-string")
    return .field(value, label: label, conversion: conversion, spec: spec, place: place)
  }
}

/// Reads the text of a string: escapes, line ends, doubled braces.
struct StringReader {
  let grammar: Grammar
  let range: Range<Int>
  let isRaw: Bool
  let isBytes: Bool
  /// True where `{{` and `}}` stand for one brace.
  let isFormat: Bool

  private var position = 0
  private var output: [UInt8] = []

  init(grammar: Grammar, range: Range<Int>, isRaw: Bool, isBytes: Bool, isFormat: Bool) {
    self.grammar = grammar
    self.range = range
    self.isRaw = isRaw
    self.isBytes = isBytes
    self.isFormat = isFormat
  }

  private func peek(_ distance: Int = 0) -> UInt8 {
    let index = position + distance
    return index < range.upperBound ? grammar.bytes[index] : 0
  }

  mutating func read() throws(SyntaxError) -> [UInt8] {
    position = range.lowerBound
    output.reserveCapacity(range.count)
    while position < range.upperBound {
      let byte = grammar.bytes[position]
      switch byte {
      case 0x5C where !isRaw: try escape()
      case 0x0D:
        output.append(0x0A)
        position += peek(1) == 0x0A ? 2 : 1
      case 0x7B where isFormat && peek(1) == 0x7B, 0x7D where isFormat && peek(1) == 0x7D:
        output.append(byte)
        position += 2
      case 0x80... where isBytes:
        let (scalar, length) = Characters.scalar(in: grammar.bytes, at: position)
        throw grammar.error(
          "bytes hold ASCII characters only; received '\(scalar)'",
          Span(position, position + length), help: "write its bytes as \\x escapes")
      default:
        output.append(byte)
        position += 1
      }
    }
    return output
  }

  private mutating func escape() throws(SyntaxError) {
    let start = position
    let letter = peek(1)
    position += 2
    switch letter {
    case 0x0A: break
    case 0x0D: if peek() == 0x0A { position += 1 }
    case 0x5C, 0x27, 0x22: output.append(letter)
    case 0x61: output.append(0x07)
    case 0x62: output.append(0x08)
    case 0x66: output.append(0x0C)
    case 0x6E: output.append(0x0A)
    case 0x72: output.append(0x0D)
    case 0x74: output.append(0x09)
    case 0x76: output.append(0x0B)
    case 0x30...0x37:
      var value = UInt32(letter - 0x30)
      var count = 1
      while count < 3, peek() >= 0x30, peek() <= 0x37 {
        value = value * 8 + UInt32(peek() - 0x30)
        position += 1
        count += 1
      }
      try append(value, start)
    case 0x78: try append(try hexadecimal(2, start), start)
    case 0x75 where !isBytes: try append(try hexadecimal(4, start), start)
    case 0x55 where !isBytes: try append(try hexadecimal(8, start), start)
    case 0x4E where !isBytes:
      throw grammar.error(
        "Linnet has no \\N{…} escapes", Span(start, position),
        help: "write the character itself, or its number as \\u03B1")
    default: throw invalid(start)
    }
  }

  private func invalid(_ start: Int) -> SyntaxError {
    guard start + 1 < range.upperBound else {
      return grammar.error(
        "a backslash cannot stand before a brace of an f-string", Span(start, start + 1),
        help: "write \\\\ for a backslash")
    }
    let (scalar, length) = Characters.scalar(in: grammar.bytes, at: start + 1)
    return grammar.error(
      "'\\\(scalar)' is not an escape", Span(start, start + 1 + length),
      help: "write \\\\\(scalar) for a backslash, or put r before the string")
  }

  private mutating func hexadecimal(_ count: Int, _ start: Int) throws(SyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = Lexer.digitValue(peek()), digit < 16 else {
        throw grammar.error(
          "'\\\(Unicode.Scalar(grammar.bytes[start + 1]))' needs \(count) hexadecimal digits",
          Span(start, min(position + 1, range.upperBound)))
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  private mutating func append(_ value: UInt32, _ start: Int) throws(SyntaxError) {
    if isBytes {
      guard let byte = UInt8(exactly: value) else {
        throw grammar.error("a byte is at most 255; received \(value)", Span(start, position))
      }
      output.append(byte)
      return
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw grammar.error(
        "U+\(String(value, radix: 16, uppercase: true)) is not a character", Span(start, position),
        note: "characters are U+0 to U+D7FF and U+E000 to U+10FFFF")
    }
    output.append(contentsOf: String(scalar).utf8)
  }
}
