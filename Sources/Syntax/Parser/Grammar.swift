internal import Diagnostics

/// Builds the tree from the tokens.
///
/// The method: recursive descent, one function a construct, with one token of look-ahead; operators
/// by precedence climbing (`binary`). Nothing is read twice: what turns out to be the left of an
/// assignment is converted from an expression to a target. The first mistake ends the parse, so
/// each function may assume that all before it is right. `nesting` counts the recursion and `node`
/// the height of what is built, so that no text overflows a stack here or in those who walk the tree.
struct Grammar {
  /// A block that is being read.
  struct Block {
    /// Its header, from the keyword on.
    let header: Span
    /// The keyword, for messages.
    let keyword: String
  }

  let file: SourceFile
  let bytes: [UInt8]
  let tokens: [Token]
  let lexerFailure: SyntaxError?
  let unclosed: [(kind: TokenKind, offset: Int)]

  var index = 0
  /// Where the last token ended that has a width.
  var lastEnd: Int32 = 0
  var nesting = 0
  /// Blocks and branches around the present statement.
  var branches = 0
  var blocks: [Block] = []
  var nameCount = 0
  var functionCount = 0
  /// The first `*x` that has not yet turned out to be part of a target.
  var star: Span?
  /// True when the last line of simple statements ended in `;`.
  var endsInSemicolon = false

  init(_ lexer: Lexer) {
    file = lexer.file
    bytes = lexer.bytes
    tokens = lexer.tokens
    lexerFailure = lexer.failure
    unclosed = lexer.failure == nil ? lexer.unclosed : []
  }

  // MARK: Tokens

  var current: Token { tokens[index] }

  var kind: TokenKind { tokens[index].kind }

  /// The token after the present one.
  var next: Token { tokens[min(index + 1, tokens.count - 1)] }

  /// The token before the present one.
  var previous: Token { tokens[max(index - 1, 0)] }

  mutating func advance() {
    let token = tokens[index]
    switch token.kind {
    case .newline, .indent, .dedent: break
    default: lastEnd = token.end
    }
    if index < tokens.count - 1 { index += 1 }
  }

  /// Passes a token of this kind if it is the present one.
  mutating func take(_ kind: TokenKind) -> Bool {
    guard self.kind == kind else { return false }
    advance()
    return true
  }

  /// Passes a token of this kind, which must be the present one.
  mutating func expect(_ kind: TokenKind, _ purpose: String) throws(SyntaxError) {
    guard self.kind == kind else { throw unexpected(purpose) }
    advance()
  }

  func span(_ token: Token) -> Span { Span(Int(token.start), Int(token.end)) }

  /// From a start to the end of the last token passed.
  func span(from start: Int32) -> Span { Span(Int(start), Int(lastEnd)) }

  func text(_ token: Token) -> String {
    String(decoding: bytes[Int(token.start)..<max(Int(token.start), Int(token.end))], as: UTF8.self)
  }

  func text(_ span: Span) -> String {
    String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }

  // MARK: Nodes

  /// Makes an expression, unless it would be too high.
  @inline(never)
  func node(_ kind: Expression.Kind, _ span: Span) throws(SyntaxError) -> Expression {
    let made = Expression(kind, span)
    guard made.height <= Int32(Limits.height) else {
      throw error(
        "too deeply nested: an expression may combine at most \(Limits.height) operations in a row",
        Span(Int(lastEnd), Int(lastEnd) + 1),
        help: "give parts of it names on lines of their own")
    }
    return made
  }

  /// Counts a recursive call of the parser; each is paired with a `leave`.
  mutating func enter() throws(SyntaxError) {
    nesting += 1
    guard nesting <= Limits.nesting else { throw tooDeep() }
  }

  @inline(never)
  private func tooDeep() -> SyntaxError {
    error(
      "too deeply nested", span(current),
      help: "give the inner parts names on lines of their own")
  }

  mutating func leave() { nesting -= 1 }

  /// Reads the present token as a name.
  mutating func name(_ purpose: String) throws(SyntaxError) -> Name {
    guard kind == .name else {
      if kind.isKeyword { throw keywordAsName(current) }
      throw unexpected(purpose)
    }
    let made = newName(text(current), span(current))
    advance()
    return made
  }

  mutating func newName(_ text: String, _ span: Span) -> Name {
    defer { nameCount += 1 }
    return Name(text, span, id: nameCount)
  }

  // MARK: Mistakes

  // What only mistakes and leaves need is kept out of the frames of the recursive functions.
  @inline(never)
  func error(
    _ message: String, _ span: Span, name: String = "SyntaxError",
    secondary: [Diagnostic.Label] = [], note: String? = nil, help: String? = nil
  ) -> SyntaxError {
    SyntaxError(
      Diagnostic(
        name: name, message: message, primary: .init(file, span), secondary: secondary,
        note: note, help: help), isAtEnd: isAtEnd)
  }

  /// True where nothing follows but the ends of open blocks.
  var isAtEnd: Bool {
    var place = index
    while tokens[place].kind == .dedent, place < tokens.count - 1 { place += 1 }
    return tokens[place].kind == .end
  }

  /// The mistake that something else stands where `expected` should.
  @inline(never)
  func unexpected(_ expected: String, help: String? = nil) -> SyntaxError {
    if kind == .failure, let lexerFailure { return lexerFailure }
    if let habit = habit() { return habit }
    if kind.isKeyword, next.kind == .equal { return keywordAsName(current) }
    if let open = unclosedBefore { return neverClosed(open) }
    return error("expected \(expected), found \(describe(current))", place(current), help: help)
  }

  /// The innermost bracket before the present token that no bracket closes.
  private var unclosedBefore: (kind: TokenKind, offset: Int)? {
    unclosed.last { $0.offset < Int(current.start) }
  }

  /// True if such a bracket was opened on a line before, so that this one is most likely right.
  var isAfterUnclosedLine: Bool {
    guard let open = unclosedBefore else { return false }
    return file.position(of: open.offset).line < file.position(of: Int(current.start)).line
  }

  func keywordAsName(_ token: Token) -> SyntaxError {
    let word = text(token)
    return error(
      "'\(word)' is a keyword and cannot be a name", span(token),
      help: "choose another, for example \(word.lowercased())_")
  }

  private func neverClosed(_ open: (kind: TokenKind, offset: Int)) -> SyntaxError {
    let mark = open.kind.fixedText ?? ""
    let closing = mark == "(" ? ")" : mark == "[" ? "]" : "}"
    return error(
      "'\(mark)' was never closed", Span(open.offset, open.offset + 1),
      help: "add '\(closing)' where it ends")
  }

  /// Where to point for a token: tokens without text get the column after the last one.
  func place(_ token: Token) -> Span {
    token.end > token.start ? span(token) : Span(Int(token.start), Int(token.start))
  }

  func describe(_ token: Token) -> String {
    switch token.kind {
    case .end, .failure: "the end of the text"
    case .newline: "the end of the line"
    case .indent: "a deeper line"
    case .dedent: "the end of the block"
    case .name: "the name '\(text(token))'"
    case .int, .float: "the number \(text(token))"
    case .string: "a string"
    case .formatStart, .formatText, .formatEnd: "an f-string"
    default:
      token.kind.isKeyword ? "the keyword '\(text(token))'" : "'\(text(token))'"
    }
  }

  /// Refuses a `*x` that did not become part of a target.
  mutating func refuseStar() throws(SyntaxError) {
    guard let place = star else { return }
    throw error(
      "'*' unpacks only in the arguments of a call and on the left of '='", place,
      help: "join lists with +, for example [0] + list(xs)")
  }
}
