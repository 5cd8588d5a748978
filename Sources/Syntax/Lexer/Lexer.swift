internal import Diagnostics

/// Cuts source text into tokens.
///
/// The method: one pass over the bytes, without recursion, so that no nesting of brackets or
/// f-strings is too deep for it. A stack of contexts says what surrounds the present byte: nothing
/// (then line ends and indentation count), a bracket, the text of an f-string, one of its
/// replacement fields, or the format specification of a field. Indentation is a second stack, of
/// the open blocks; each change of depth becomes an `indent` or `dedent` token. Strings and numbers
/// are checked for where they end, and read by the parser. The lexer stops at its first mistake
/// with a `failure` token, so that the parser reports whichever mistake comes first in the text.
struct Lexer {
  /// What surrounds the present byte.
  enum Context {
    case bracket(TokenKind, Int)
    case format(start: Int, quote: UInt8, isTriple: Bool, isRaw: Bool)
    /// Offset of the `{`.
    case field(Int)
    /// Offset of the `{` of the field that the specification belongs to.
    case spec(Int)
  }

  /// A block of statements that is open.
  struct Indentation {
    /// Columns with tabs to the next multiple of 8, and with tabs as one column: where the two
    /// orders disagree, tabs and spaces are mixed so that the depth depends on the editor.
    let width: Int
    let tabless: Int
    /// Offset of the first statement of the block.
    let start: Int
  }

  let file: SourceFile
  let bytes: [UInt8]
  var position = 0
  var tokens: [Token] = []
  var contexts: [Context] = []
  /// The quotes of the f-strings in `contexts`, innermost last.
  var formats: [(quote: UInt8, isTriple: Bool, isRaw: Bool, start: Int)] = []
  var indents = [Indentation(width: 0, tabless: 0, start: 0)]
  var failure: SyntaxError?

  init(_ file: SourceFile) {
    self.file = file
    bytes = file.bytes
    tokens.reserveCapacity(bytes.count / 4 + 4)
  }

  /// Brackets that are still open where the text ends, outermost first.
  var unclosed: [(kind: TokenKind, offset: Int)] {
    contexts.compactMap {
      switch $0 {
      case .bracket(let kind, let offset): (kind, offset)
      case .field(let offset), .spec(let offset): (.leftBrace, offset)
      case .format: nil
      }
    }
  }

  /// The byte at an offset from the present one; 0 beyond the ends of the text.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = position + distance
    return index >= 0 && index < bytes.count ? bytes[index] : 0
  }

  /// Cuts the whole text.
  mutating func run() {
    do throws(SyntaxError) {
      guard bytes.count <= Limits.sourceBytes else {
        throw error("the text is too long: at most \(Limits.sourceBytes) bytes", 0, 0)
      }
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
      try startLine()
      while position < bytes.count {
        switch contexts.last {
        case .format, .spec: try formatText()
        default: try token()
        }
      }
      try finish()
    } catch {
      failure = error
      let start = Int(error.diagnostic.primary?.span.start ?? 0)
      tokens.append(
        Token(kind: .failure, start: Int32(clamping: start), end: Int32(clamping: start)))
      position = bytes.count
      add(.end, from: start)
    }
  }

  mutating func add(_ kind: TokenKind, from start: Int) {
    tokens.append(
      Token(kind: kind, start: Int32(clamping: start), end: Int32(clamping: position)))
  }

  /// Adds a token of no width where the last one ended, or at the present byte.
  private mutating func addEmpty(_ kind: TokenKind, at offset: Int? = nil) {
    let place = offset.map { Int32(clamping: $0) } ?? tokens.last?.end ?? 0
    tokens.append(Token(kind: kind, start: place, end: place))
  }

  func error(
    _ message: String, _ start: Int, _ end: Int, name: String = "SyntaxError",
    secondary: [Diagnostic.Label] = [], note: String? = nil, help: String? = nil,
    isAtEnd: Bool = false
  ) -> SyntaxError {
    SyntaxError(
      Diagnostic(
        name: name, message: message, primary: .init(file, Span(start, end)),
        secondary: secondary, note: note, help: help), isAtEnd: isAtEnd)
  }

  // MARK: Lines

  /// Passes blank lines and comments, then compares the depth of the next line with the open blocks.
  private mutating func startLine() throws(SyntaxError) {
    while true {
      var width = 0
      var tabless = 0
      scan: while position < bytes.count {
        switch bytes[position] {
        case 0x20:
          width += 1
          tabless += 1
        case 0x09:
          width = (width / 8 + 1) * 8
          tabless += 1
        case 0x0C:
          width = 0
          tabless = 0
        default: break scan
        }
        position += 1
      }
      if peek() == 0x23 { skipComment() }
      guard position < bytes.count else { return }
      if isLineEnd(bytes[position]) {
        skipLineEnd()
        continue
      }
      try indent(width, tabless)
      return
    }
  }

  /// Opens or closes blocks for a line of this depth.
  private mutating func indent(_ width: Int, _ tabless: Int) throws(SyntaxError) {
    guard let current = indents.last else { return }
    if width == current.width {
      guard tabless == current.tabless else { throw mixedTabs() }
      if indents.count == 1, tokens.isEmpty {
        indents[0] = Indentation(width: 0, tabless: 0, start: position)
      }
      return
    }
    if width > current.width {
      guard tabless > current.tabless else { throw mixedTabs() }
      guard indents.count <= Limits.blocks else {
        throw error(
          "too deeply nested: at most \(Limits.blocks) blocks may be open", position, position + 1,
          name: "IndentationError", help: "move inner blocks into functions of their own")
      }
      indents.append(Indentation(width: width, tabless: tabless, start: position))
      addEmpty(.indent, at: position)
      return
    }
    while let last = indents.last, width < last.width {
      indents.removeLast()
      addEmpty(.dedent, at: position)
      guard let outer = indents.last else { return }
      if width > outer.width { throw betweenBlocks(width, inner: last, outer: outer) }
    }
    if let last = indents.last, tabless != last.tabless { throw mixedTabs() }
  }

  private func mixedTabs() -> SyntaxError {
    error(
      "tabs and spaces are mixed in the indentation", position, position + 1,
      name: "IndentationError", help: "indent every line of the file in the same way")
  }

  private func betweenBlocks(
    _ width: Int, inner: Indentation, outer: Indentation
  ) -> SyntaxError {
    let line = file.position(of: inner.start).line
    return error(
      "this line is indented by \(width), between the \(inner.width) of the block that starts in "
        + "line \(line) and the \(outer.width) around it",
      position, position + 1, name: "IndentationError",
      secondary: [.init(file, Span(inner.start, inner.start + 1), "this block")],
      help: "indent by \(inner.width) to stay in the block, or by \(outer.width) to leave it")
  }

  private mutating func skipComment() {
    while position < bytes.count, !isLineEnd(bytes[position]) { position += 1 }
  }

  func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  mutating func skipLineEnd() {
    position += peek() == 0x0D && peek(1) == 0x0A ? 2 : 1
  }

  /// Ends the last line and all open blocks; complains of an open f-string.
  private mutating func finish() throws(SyntaxError) {
    if let format = formats.last, case .format? = contexts.last {
      throw unterminated(format.start, format.quote, isTriple: format.isTriple)
    }
    if contexts.isEmpty {
      if let last = tokens.last?.kind, last != .newline, last != .dedent { addEmpty(.newline) }
      for _ in indents.dropFirst() { addEmpty(.dedent) }
    }
    addEmpty(.end)
  }

  // MARK: Tokens

  /// Reads one token, or passes white space, a comment or a line end.
  private mutating func token() throws(SyntaxError) {
    let start = position
    let byte = bytes[start]
    switch byte {
    case 0x20, 0x09, 0x0C: position += 1
    case 0x0A, 0x0D:
      if contexts.isEmpty { addEmpty(.newline) }
      skipLineEnd()
      if contexts.isEmpty { try startLine() }
    case 0x23: skipComment()
    case 0x5C: try continueLine()
    case 0x22, 0x27: try string(prefixStart: start)
    case 0x30...0x39: try number()
    case 0x2E where peek(1) >= 0x30 && peek(1) <= 0x39: try number()
    case 0x41...0x5A, 0x61...0x7A, 0x5F: try word()
    case 0x80...: try word()
    default: try mark(byte)
    }
  }

  /// A backslash before a line end joins two lines.
  private mutating func continueLine() throws(SyntaxError) {
    let start = position
    position += 1
    if position < bytes.count, isLineEnd(bytes[position]) {
      skipLineEnd()
    } else if position < bytes.count {
      throw error(
        "unexpected character after '\\'", position, position + 1,
        note: "a backslash joins lines only as the last character of its line")
    }
    if position >= bytes.count {
      throw error("the text ends after '\\'", start, start + 1, isAtEnd: true)
    }
  }

  /// An identifier, a keyword, or the prefix of a string.
  private mutating func word() throws(SyntaxError) {
    let start = position
    var isASCII = true
    while position < bytes.count {
      let byte = bytes[position]
      if Characters.isASCIIWord(byte) {
        position += 1
      } else if byte >= 0x80 {
        let (scalar, length) = Characters.scalar(in: bytes, at: position)
        let isFirst = position == start
        guard isFirst ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue else {
          if isFirst { throw strange(scalar, length) }
          break
        }
        isASCII = false
        position += length
      } else {
        break
      }
    }
    let length = position - start
    if length <= 2, isASCII, peek() == 0x22 || peek() == 0x27,
      Characters.isStringPrefix(bytes[start..<position])
    {
      try string(prefixStart: start)
      return
    }
    var kind = TokenKind.name
    if isASCII, (2...8).contains(length) {
      kind =
        TokenKind.keywords[String(decoding: bytes[start..<position], as: UTF8.self)] ?? .name
    }
    add(kind, from: start)
  }

  private func strange(_ scalar: Unicode.Scalar, _ length: Int) -> SyntaxError {
    let code = String(scalar.value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
    return error(
      "unexpected character '\(scalar)' (U+\(padded))", position, position + length,
      help: Characters.replacement[scalar].map { "write \($0)" })
  }

  /// A bracket, an operator or another mark.
  private mutating func mark(_ byte: UInt8) throws(SyntaxError) {
    let start = position
    let next = peek(1)
    let third = peek(2)
    func followed(_ single: TokenKind, by pairs: (UInt8, TokenKind)...) -> (TokenKind, Int) {
      for (second, kind) in pairs where second == next { return (kind, 2) }
      return (single, 1)
    }
    let equals: UInt8 = 0x3D
    let (kind, length): (TokenKind, Int) =
      switch byte {
      case 0x28: (.leftParen, 1)
      case 0x29: (.rightParen, 1)
      case 0x5B: (.leftBracket, 1)
      case 0x5D: (.rightBracket, 1)
      case 0x7B: (.leftBrace, 1)
      case 0x7D: (.rightBrace, 1)
      case 0x2C: (.comma, 1)
      case 0x3B: (.semicolon, 1)
      case 0x7E: (.tilde, 1)
      case 0x3A: isInField ? (.fieldSpec, 1) : followed(.colon, by: (equals, .walrus))
      case 0x21:
        next == equals ? (.notEqual, 2) : isInField ? (.fieldConversion, 1) : (.bang, 1)
      case 0x2E: next == 0x2E && third == 0x2E ? (.ellipsis, 3) : (.dot, 1)
      case 0x2B: followed(.plus, by: (equals, .plusEqual))
      case 0x2D: followed(.minus, by: (equals, .minusEqual), (0x3E, .arrow))
      case 0x25: followed(.percent, by: (equals, .percentEqual))
      case 0x40: followed(.at, by: (equals, .atEqual))
      case 0x26: followed(.ampersand, by: (equals, .ampersandEqual))
      case 0x7C: followed(.pipe, by: (equals, .pipeEqual))
      case 0x5E: followed(.caret, by: (equals, .caretEqual))
      case equals: followed(.equal, by: (equals, .equalEqual))
      case 0x2A where next == 0x2A:
        third == equals ? (.doubleStarEqual, 3) : (.doubleStar, 2)
      case 0x2A: followed(.star, by: (equals, .starEqual))
      case 0x2F where next == 0x2F:
        third == equals ? (.doubleSlashEqual, 3) : (.doubleSlash, 2)
      case 0x2F: followed(.slash, by: (equals, .slashEqual))
      case 0x3C where next == 0x3C: third == equals ? (.shiftLeftEqual, 3) : (.shiftLeft, 2)
      case 0x3C: followed(.less, by: (equals, .lessEqual))
      case 0x3E where next == 0x3E: third == equals ? (.shiftRightEqual, 3) : (.shiftRight, 2)
      case 0x3E: followed(.greater, by: (equals, .greaterEqual))
      default: throw badMark(byte)
      }
    position += length
    try track(kind, start)
    add(kind, from: start)
  }

  /// True directly in a replacement field, where `:` and `!` belong to the f-string.
  private var isInField: Bool {
    if case .field? = contexts.last { true } else { false }
  }

  private func badMark(_ byte: UInt8) -> SyntaxError {
    switch byte {
    case 0x00:
      error("the text contains a NUL character", position, position + 1)
    case 0x3F where peek(1) == 0x2E:
      error(
        "'?.' does not exist in Linnet", position, position + 2,
        help: "write `None if a == None else a.b`")
    case 0x3F where peek(1) == 0x3F:
      error(
        "'??' does not exist in Linnet", position, position + 2,
        help: "write `b if a == None else a`")
    case 0x3F:
      error(
        "unexpected character '?'", position, position + 1,
        help: "for a choice write `a if condition else b`")
    case 0x60:
      error(
        "unexpected character '`'", position, position + 1,
        help: "write repr(x) for the text of a value, or '…' for a string")
    case 0x24:
      error("unexpected character '$'", position, position + 1)
    default:
      error(
        "unexpected control character \(byte) (U+00\(byte < 16 ? "0" : "")"
          + "\(String(byte, radix: 16, uppercase: true)))", position, position + 1)
    }
  }

  /// Keeps the stack of contexts for brackets and for the marks of replacement fields.
  private mutating func track(_ kind: TokenKind, _ start: Int) throws(SyntaxError) {
    switch kind {
    case .leftParen, .leftBracket, .leftBrace: contexts.append(.bracket(kind, start))
    case .fieldSpec:
      if case .field(let open)? = contexts.last { contexts[contexts.count - 1] = .spec(open) }
    case .rightParen: try close(.leftParen, kind, start)
    case .rightBracket: try close(.leftBracket, kind, start)
    case .rightBrace: try close(.leftBrace, kind, start)
    default: break
    }
  }

  private mutating func close(
    _ opening: TokenKind, _ closing: TokenKind, _ start: Int
  ) throws(SyntaxError) {
    let mark = closing.fixedText ?? ""
    switch contexts.last {
    case .bracket(opening, _)?: contexts.removeLast()
    case .field? where closing == .rightBrace: contexts.removeLast()
    case .bracket(let other, let offset)?:
      let line = file.position(of: offset).line
      throw error(
        "'\(mark)' does not close '\(other.fixedText ?? "")' of line \(line)", start, start + 1,
        secondary: [.init(file, Span(offset, offset + 1), "opened here")],
        help: other == .leftBracket
          ? "add ']' before it" : "add '\(other == .leftParen ? ")" : "}")' before it")
    case .field(let offset)?, .spec(let offset)?:
      throw error(
        "'\(mark)' does not close the '{' of the f-string", start, start + 1,
        secondary: [.init(file, Span(offset, offset + 1), "opened here")])
    case .format?, nil:
      throw error("'\(mark)' closes nothing", start, start + 1)
    }
  }
}
