internal import Diagnostics

/// Statements other than definitions and imports.
extension Grammar {
  /// The whole text.
  mutating func module() throws(SyntaxError) -> Module {
    var statements: [Statement] = []
    while kind != .end { try statement(&statements) }
    var hidesResult = false
    if case .expression? = statements.last?.kind { hidesResult = endsInSemicolon }
    return Module(
      file: file, statements: statements, nameCount: nameCount, functionCount: functionCount,
      hidesResult: hidesResult)
  }

  /// One compound statement, or one line of simple ones.
  private mutating func statement(_ statements: inout [Statement]) throws(SyntaxError) {
    switch kind {
    case .if: statements.append(try ifStatement())
    case .for: statements.append(try forStatement())
    case .while: statements.append(try whileStatement())
    case .def: statements.append(try definition())
    case .newline: advance()
    case .indent: throw unexpectedIndent()
    case .at: throw decorator()
    case .elif, .else:
      let word = text(current)
      throw error(
        "'\(word)' belongs to no 'if'", span(current),
        help: "indent it as the 'if' that it belongs to, with nothing between")
    default: try simpleLine(&statements)
    }
  }

  /// Simple statements between semicolons, to the end of the line.
  private mutating func simpleLine(_ statements: inout [Statement]) throws(SyntaxError) {
    while true {
      endsInSemicolon = false
      try simpleStatement(&statements)
      try refuseStar()
      if take(.semicolon) {
        endsInSemicolon = true
        if take(.newline) || kind == .end { return }
        continue
      }
      if take(.newline) || kind == .end && previous.kind == .newline { return }
      throw unexpected("the end of the statement")
    }
  }

  private mutating func simpleStatement(
    _ statements: inout [Statement]
  ) throws(SyntaxError) {
    let start = current.start
    switch kind {
    case .pass: try keyword(.pass, &statements)
    case .break: try keyword(.break, &statements)
    case .continue: try keyword(.continue, &statements)
    case .return:
      advance()
      let value = endsStatement ? nil : try expressionList()
      statements.append(Statement(.return(value), span(from: start)))
    case .assert:
      advance()
      let condition = try test()
      if kind == .equal { throw missingColon("if", start) }
      let message = take(.comma) ? try test() : nil
      statements.append(Statement(.assert(condition, message: message), span(from: start)))
    case .del: statements.append(try deletion())
    case .import: try importStatement(&statements)
    case .from: statements.append(try fromStatement())
    case .name where next.kind == .leftParen && text(current) == "load":
      statements.append(try loadStatement())
    default: statements.append(try expressionStatement())
    }
  }

  private var endsStatement: Bool {
    kind == .newline || kind == .semicolon || kind == .end
  }

  private mutating func keyword(
    _ made: Statement.Kind, _ statements: inout [Statement]
  ) throws(SyntaxError) {
    let token = current
    advance()
    statements.append(Statement(made, span(token)))
  }

  private mutating func deletion() throws(SyntaxError) -> Statement {
    let start = current.start
    advance()
    var targets: [Target] = []
    repeat {
      if endsStatement, !targets.isEmpty { break }
      let target = try self.target(try binary(Precedence.bitOr), "delete")
      if case .sequence(let items) = target.kind {
        targets += items
      } else {
        targets.append(target)
      }
    } while take(.comma)
    return Statement(.delete(targets), span(from: start))
  }

  /// An expression, an assignment, or an augmented assignment.
  private mutating func expressionStatement() throws(SyntaxError) -> Statement {
    let start = current.start
    let first = try expressionList()
    switch kind {
    case .equal:
      let target = try self.target(first, "assign to")
      star = nil
      return try assignment(target, start)
    case .colon where isAnnotatable(first):
      let target = try self.target(first, "assign to")
      advance()
      try annotation()
      guard kind == .equal else { return Statement(.pass, span(from: start)) }
      return try assignment(target, start)
    default:
      guard let op = kind.augmentedOperator else {
        return Statement(.expression(first), span(from: start))
      }
      let operatorToken = current
      let target = try self.target(first, "assign to")
      if case .sequence = target.kind {
        throw error(
          "'\(text(operatorToken))' changes one target; received several", target.span,
          help: "write one statement for each")
      }
      advance()
      let value = try expressionList()
      try refuseChain(text(operatorToken))
      return Statement(
        .augmented(target, op, value, operatorSpan: span(operatorToken)), span(from: start))
    }
  }

  /// The part of an assignment from `=` on.
  private mutating func assignment(
    _ target: Target, _ start: Int32
  ) throws(SyntaxError) -> Statement {
    advance()
    let valueStart = current.start
    let value = try expressionList()
    if kind == .equal {
      _ = try self.target(value, "assign to")
      throw try chainedAssignment(target, span(from: valueStart))
    }
    try refuseChain("=")
    return Statement(.assign(target, value), span(from: start))
  }

  /// The mistake at the second `=` of `a = b = 1`, with what to write instead.
  private mutating func chainedAssignment(
    _ target: Target, _ middle: Span
  ) throws(SyntaxError) -> SyntaxError {
    let mark = current
    advance()
    if kind == .greater, current.start == mark.end { return unexpected("an expression") }
    let start = current.start
    _ = try expressionList()
    let (middle, value) = (text(middle), text(span(from: start)))
    let first = kind == .equal ? "\(middle) = …" : "\(middle) = \(value)"
    return error(
      "Linnet has no chained assignment", span(mark),
      help: "write two statements: \(first), then \(text(target.span)) = \(middle)")
  }

  /// Refuses `a += b += c` and `a = b += c`.
  private func refuseChain(_ first: String) throws(SyntaxError) {
    guard kind == .equal || kind.augmentedOperator != nil else { return }
    throw error(
      "a second '\(text(current))' after '\(first)' in one statement", span(current),
      help: "write two statements")
  }

  /// True for what `: type` may follow.
  private func isAnnotatable(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .name, .attribute, .index: next.kind.startsExpression
    default: false
    }
  }

  // MARK: Compound statements

  private mutating func ifStatement() throws(SyntaxError) -> Statement {
    var arms: [(start: Int32, condition: Expression, body: [Statement], end: Int32)] = []
    let outerBranches = branches
    defer { branches = outerBranches }
    var otherwise: [Statement] = []
    repeat {
      let start = current.start
      branches += 1
      guard branches <= Limits.branches else {
        throw error(
          "too many branches: an 'if' may have at most \(Limits.branches)", span(current),
          help: "look the value up in a dict")
      }
      let keyword = text(current)
      advance()
      let condition = try test()
      let body = try block(keyword, start)
      arms.append((start, condition, body, lastEnd))
    } while kind == .elif
    if kind == .else {
      let start = current.start
      advance()
      if kind == .if {
        throw error(
          "'else if' is one word", Span(Int(start), Int(current.end)), help: "write elif")
      }
      otherwise = try block("else", start)
    }
    let end = lastEnd
    for arm in arms.reversed() {
      let made = Statement(
        .if(arm.condition, then: arm.body, otherwise: otherwise), Span(Int(arm.start), Int(end)))
      otherwise = [made]
    }
    guard let made = otherwise.first else { throw unexpected("a statement") }
    return made
  }

  private mutating func forStatement() throws(SyntaxError) -> Statement {
    let start = current.start
    advance()
    let target = try loopTarget()
    if kind == .equal {
      throw error(
        "expected 'in' after the variable of 'for', found '='", span(current),
        help: "to count, write `for \(text(target.span)) in range(n):`")
    }
    try expect(.in, "'in' after the variable of 'for'")
    let iterable = try expressionList()
    try refuseStar()
    let body = try block("for", start)
    try refuseElse("for")
    return Statement(.for(target, in: iterable, body: body), span(from: start))
  }

  private mutating func whileStatement() throws(SyntaxError) -> Statement {
    let start = current.start
    advance()
    let condition = try test()
    let body = try block("while", start)
    try refuseElse("while")
    return Statement(.while(condition, body: body), span(from: start))
  }

  private func refuseElse(_ keyword: String) throws(SyntaxError) {
    guard kind == .else else { return }
    throw error(
      "a '\(keyword)' has no 'else' in Linnet", span(current),
      help: "set a variable before 'break' and test it after the loop")
  }

  /// The colon of a header and what it governs: an indented block, or simple statements.
  mutating func block(_ keyword: String, _ start: Int32) throws(SyntaxError) -> [Statement] {
    guard kind == .colon else { throw missingColon(keyword, start) }
    let header = span(from: start)
    advance()
    try enter()
    blocks.append(Block(header: header, keyword: keyword))
    let outerBranches = branches
    branches += 1
    defer {
      leave()
      blocks.removeLast()
      branches = outerBranches
    }
    var statements: [Statement] = []
    guard take(.newline) else {
      switch kind {
      case .if, .for, .while, .def:
        throw error(
          "'\(text(current))' cannot follow ':' on the same line", span(current),
          help: "start it on a line of its own, indented")
      default: try simpleLine(&statements)
      }
      return statements
    }
    guard take(.indent) else { throw missingBlock(keyword, header) }
    while kind != .dedent, kind != .end { try statement(&statements) }
    _ = take(.dedent)
    return statements
  }

  // MARK: Indentation

  /// How far the line of an offset is indented, in columns.
  private func indentation(_ offset: Int32) -> Int {
    var start = Int(offset)
    while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    var width = 0
    while start < bytes.count {
      switch bytes[start] {
      case 0x20: width += 1
      case 0x09: width = (width / 8 + 1) * 8
      default: return width
      }
      start += 1
    }
    return width
  }

  private func missingBlock(_ keyword: String, _ header: Span) -> SyntaxError {
    let line = file.position(of: Int(header.start)).line
    let outer = indentation(header.start)
    let secondary = [Diagnostic.Label(file, header, "opens a block")]
    if isAtEnd {
      return error(
        "expected an indented block after '\(keyword)' in line \(line), found the end of the text",
        place(current), name: "IndentationError", secondary: secondary,
        help: "indent the lines of the block by \(outer + 4), or write pass")
    }
    if kind == .failure, let lexerFailure { return lexerFailure }
    let inner = indentation(current.start)
    let depths =
      inner == outer
      ? "that line and this one are both indented by \(outer)"
      : "that line is indented by \(outer) and this one by \(inner)"
    return error(
      "expected an indented block after '\(keyword)' in line \(line): \(depths)",
      firstToken, name: "IndentationError", secondary: secondary,
      help: "indent the lines of the block by \(outer + 4), or write pass")
  }

  /// The next token with a width.
  private var firstToken: Span {
    var place = index
    while place + 1 < tokens.count, tokens[place].end <= tokens[place].start { place += 1 }
    return span(tokens[place])
  }

  private func unexpectedIndent() -> SyntaxError {
    let width = indentation(current.start)
    guard let block = blocks.last else {
      return error(
        "this line is indented by \(width), but no block is open: expected 0", firstToken,
        name: "IndentationError", help: "remove the spaces before it")
    }
    let line = file.position(of: Int(block.header.start)).line
    let expected = indentation(previousLineStart)
    return error(
      "this line is indented by \(width), deeper than the \(expected) of the block of "
        + "'\(block.keyword)' in line \(line)",
      firstToken, name: "IndentationError",
      secondary: [.init(file, block.header, "opens the block")],
      help: "indent it by \(expected)")
  }

  /// The start of a token of the line before the present one.
  private var previousLineStart: Int32 {
    var place = max(index - 1, 0)
    while place > 0, tokens[place].end <= tokens[place].start { place -= 1 }
    return tokens[place].start
  }

  private mutating func decorator() -> SyntaxError {
    let start = current.start
    advance()
    while kind == .name || kind == .dot { advance() }
    let place = span(from: start)
    let word = text(Span(Int(start) + 1, Int(place.end)))
    return error(
      "Linnet has no decorators", place,
      help: "write f = \(word.isEmpty ? "decorate" : word)(f) after the definition of f")
  }
}
