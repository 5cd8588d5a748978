internal import Diagnostics

/// Names, literals, and what stands in brackets.
extension Grammar {
  mutating func atom() throws(SyntaxError) -> Expression {
    let token = current
    switch kind {
    case .name, .int, .float, .string: return try simpleAtom(token)
    case .formatStart: return try formatted()
    case .none: return try literal(.none)
    case .true: return try literal(.bool(true))
    case .false: return try literal(.bool(false))
    case .ellipsis: return try literal(.ellipsis)
    case .leftParen: return try parenthesized()
    case .leftBracket: return try list()
    case .leftBrace: return try dict()
    default: throw noAtom(token)
    }
  }

  @inline(never)
  private mutating func simpleAtom(_ token: Token) throws(SyntaxError) -> Expression {
    advance()
    let place = span(token)
    switch token.kind {
    case .int: return try node(integer(token), place)
    case .float: return try node(float(token), place)
    case .string:
      let made = try node(string(token), place)
      try refuseAdjacent(token)
      return made
    default: return try node(.name(newName(text(token), place)), place)
    }
  }

  @inline(never)
  private func noAtom(_ token: Token) -> SyntaxError {
    switch token.kind {
    case .lambda, .not:
      error(
        "expected an operand, found '\(text(token))'", span(token),
        help: "put parentheses around the part from '\(text(token))' on")
    case .star, .doubleStar:
      error(
        "expected an expression, found '\(text(token))'", span(token),
        note: "'\(text(token))' unpacks only in the arguments of a call")
    case .newline where previous.kind.binaryOperator != nil:
      unexpected(
        "an expression", help: "to go on in the next line, put parentheses around the whole")
    default: unexpected("an expression")
    }
  }

  @inline(never)
  private mutating func literal(_ kind: Expression.Kind) throws(SyntaxError) -> Expression {
    let place = span(current)
    advance()
    return try node(kind, place)
  }

  /// Two strings side by side would be joined in Python, most often by a forgotten comma.
  @inline(never)
  func refuseAdjacent(_ token: Token) throws(SyntaxError) {
    guard kind == .string || kind == .formatStart else { return }
    throw error(
      "two strings stand side by side", Span(Int(token.start), Int(current.end)),
      help: "put + between to join them, or a comma")
  }

  // MARK: Brackets

  @inline(never)
  private mutating func parenthesized() throws(SyntaxError) -> Expression {
    let start = current.start
    advance()
    if take(.rightParen) { return try node(.tuple([]), span(from: start)) }
    let first = try starOrTest()
    if kind == .for {
      _ = try clauses()
      throw looseGenerator(start)
    }
    guard kind == .comma else {
      guard take(.rightParen) else { throw afterItem("',' or ')'") }
      return first
    }
    var items = [first]
    while take(.comma), kind != .rightParen { items.append(try starOrTest()) }
    guard take(.rightParen) else { throw afterItem("',' or ')'") }
    return try node(.tuple(items), span(from: start))
  }

  @inline(never)
  private func looseGenerator(_ start: Int32) -> SyntaxError {
    let place = span(from: start)
    let inner = text(Span(Int(start) + 1, Int(place.end)))
    return error(
      "a generator expression stands only as the sole argument of a call", place,
      help: "write a list: [\(inner)]")
  }

  @inline(never)
  private mutating func list() throws(SyntaxError) -> Expression {
    let start = current.start
    advance()
    if take(.rightBracket) { return try node(.list([]), span(from: start)) }
    let first = try starOrTest()
    if kind == .for {
      let clauses = try self.clauses()
      guard take(.rightBracket) else { throw afterItem("']'") }
      return try node(.listComprehension(body: first, clauses: clauses), span(from: start))
    }
    var items = [first]
    while take(.comma), kind != .rightBracket { items.append(try starOrTest()) }
    guard take(.rightBracket) else { throw afterItem("',' or ']'") }
    return try node(.list(items), span(from: start))
  }

  @inline(never)
  private mutating func dict() throws(SyntaxError) -> Expression {
    let start = current.start
    advance()
    var entries: [DictEntry] = []
    while kind != .rightBrace {
      if take(.doubleStar) {
        entries.append(DictEntry(key: nil, value: try binary(Precedence.bitOr)))
      } else {
        if kind == .star, entries.isEmpty { throw setDisplay(start) }
        let key = try test()
        guard kind == .colon else {
          switch kind {
          case .comma where entries.isEmpty, .rightBrace where entries.isEmpty,
            .for where entries.isEmpty:
            throw setDisplay(start)
          default:
            let isForgotten = kind.startsExpression || kind == .equal
            throw unexpected("':' and a value", help: isForgotten ? "write key: value" : nil)
          }
        }
        advance()
        let value = try test()
        if kind == .for, entries.isEmpty {
          let clauses = try self.clauses()
          guard take(.rightBrace) else { throw afterItem("'}'") }
          return try node(
            .dictComprehension(key: key, value: value, clauses: clauses), span(from: start))
        }
        entries.append(DictEntry(key: key, value: value))
      }
      guard take(.comma) else { break }
    }
    guard take(.rightBrace) else { throw afterItem("',' or '}'") }
    return try node(.dict(entries), span(from: start))
  }

  /// Refuses `{1, 2}`, with the same elements in a call of `set`.
  @inline(never)
  private func setDisplay(_ start: Int32) -> SyntaxError {
    var depth = 0
    var last = index
    search: while last < tokens.count {
      switch tokens[last].kind {
      case .leftParen, .leftBracket, .leftBrace, .fieldStart: depth += 1
      case .rightParen, .rightBracket: depth -= 1
      case .rightBrace where depth == 0: break search
      case .rightBrace: depth -= 1
      case .end, .failure: return unexpected("'}'")
      default: break
      }
      last += 1
    }
    guard last < tokens.count else { return unexpected("'}'") }
    let place = Span(Int(start), Int(tokens[last].end))
    let inner = text(Span(Int(start) + 1, Int(tokens[last].start)))
    let isShort = inner.utf8.count <= 60 && !inner.contains(where: \.isNewline)
    return error(
      "a set is made by calling set", place,
      help: "write set([\(isShort ? inner.trimmed : "…")])")
  }

  // MARK: Comprehensions

  /// The `for` and `if` clauses of a comprehension.
  @inline(never)
  mutating func clauses() throws(SyntaxError) -> [ComprehensionClause] {
    try enter()
    defer { leave() }
    var clauses: [ComprehensionClause] = []
    while true {
      switch kind {
      case .for:
        advance()
        let target = try loopTarget()
        try expect(.in, "'in' after the variable of 'for'")
        clauses.append(.each(target, in: try binary(Precedence.or)))
      case .if:
        advance()
        clauses.append(.filter(try binary(Precedence.or)))
        if kind == .else {
          throw error(
            "a condition after 'for' has no 'else'", span(current),
            help: "write the choice before 'for': [a if condition else b for x in xs]")
        }
      default: return clauses
      }
    }
  }
}

extension String {
  /// Without spaces at both ends.
  fileprivate var trimmed: String {
    var rest = Substring(self)
    while rest.last == " " { rest.removeLast() }
    return String(rest.drop { $0 == " " })
  }
}
