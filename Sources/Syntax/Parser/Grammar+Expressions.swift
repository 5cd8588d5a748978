internal import Diagnostics

/// How strongly operators bind, weakest first.
enum Precedence {
  static let or = 1
  static let and = 2
  static let not = 3
  static let comparison = 4
  static let bitOr = 5
  static let bitXor = 6
  static let bitAnd = 7
  static let shift = 8
  static let sum = 9
  static let product = 10

  /// The precedence of a token between two operands; 0 when it is no operator.
  static func of(_ kind: TokenKind) -> Int {
    switch kind {
    case .or: or
    case .and: and
    case .equalEqual, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .in, .is, .not:
      comparison
    case .pipe: bitOr
    case .caret: bitXor
    case .ampersand: bitAnd
    case .shiftLeft, .shiftRight: shift
    case .plus, .minus: sum
    case .star, .slash, .doubleSlash, .percent, .at: product
    default: 0
    }
  }
}

/// Expressions down to the operators.
extension Grammar {
  /// One expression, or several with commas as a tuple.
  mutating func expressionList() throws(SyntaxError) -> Expression {
    let start = current.start
    let first = try starOrTest()
    guard kind == .comma else { return first }
    var items = [first]
    while take(.comma) {
      guard kind.startsExpression || kind == .star else { break }
      items.append(try starOrTest())
    }
    return try node(.tuple(items), span(from: start))
  }

  /// An expression, or `*x`, which is right only if it turns out to be part of a target.
  mutating func starOrTest() throws(SyntaxError) -> Expression {
    guard kind == .star else { return try test() }
    let start = current.start
    advance()
    let operand = try binary(Precedence.bitOr)
    let place = span(from: start)
    if star == nil { star = place }
    return try node(operand.kind, place)
  }

  /// A lambda, a choice, or less.
  mutating func test() throws(SyntaxError) -> Expression {
    try enter()
    defer { leave() }
    if kind == .lambda { return try lambda() }
    let start = current.start
    let value = try binary(Precedence.or)
    guard kind == .if else { return value }
    advance()
    let condition = try binary(Precedence.or)
    guard take(.else) else {
      if kind == .equal, !isAfterUnclosedLine { throw assignmentInCondition() }
      throw unexpected(
        "'else' of the choice", help: "write `a if condition else b`")
    }
    let otherwise = try test()
    return try node(
      .conditional(condition: condition, then: value, otherwise: otherwise), span(from: start))
  }

  /// Operators that bind at least as strongly as `minimum`, and their operands.
  mutating func binary(_ minimum: Int) throws(SyntaxError) -> Expression {
    try enter()
    defer { leave() }
    let start = current.start
    var left: Expression
    if kind == .not, minimum <= Precedence.not {
      advance()
      let operand = try binary(Precedence.not)
      left = try node(.not(operand), span(from: start))
    } else {
      left = try unary()
    }
    while true {
      let precedence = Precedence.of(kind)
      guard precedence >= minimum, precedence > 0 else { return left }
      if precedence == Precedence.comparison {
        guard let compared = try comparison(left, start) else { return left }
        left = compared
        continue
      }
      let token = current
      advance()
      let right = try binary(precedence + 1)
      let made: Expression.Kind
      if let op = token.kind.binaryOperator {
        made = .binary(op, left, right, operatorSpan: span(token))
      } else {
        made = precedence == Precedence.or ? .or(left, right) : .and(left, right)
      }
      left = try node(made, span(from: start))
    }
  }

  /// `left < b <= c`; nil when the present token, a `not`, starts no operator.
  private mutating func comparison(
    _ left: Expression, _ start: Int32
  ) throws(SyntaxError) -> Expression? {
    var links: [ComparisonLink] = []
    var operand = left
    while Precedence.of(kind) == Precedence.comparison {
      let token = current
      guard let op = comparisonOperator() else { break }
      advance()
      if op == .notIn || op == .isNot { advance() }
      let place = span(from: token.start)
      let right = try binary(Precedence.bitOr)
      if op == .is || op == .isNot { try checkIdentity(operand, right, op, place) }
      links.append(ComparisonLink(op, right, operatorSpan: place))
      operand = right
    }
    if links.isEmpty { return nil }
    return try node(.comparison(left, rest: links), span(from: start))
  }

  private func comparisonOperator() -> ComparisonOperator? {
    switch kind {
    case .equalEqual: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessEqual: .lessEqual
    case .greater: .greater
    case .greaterEqual: .greaterEqual
    case .in: .in
    case .is: next.kind == .not ? .isNot : .is
    case .not: next.kind == .in ? .notIn : nil
    default: nil
    }
  }

  /// `is` asks for None, True or False only: other values have no identity that can be relied on.
  private func checkIdentity(
    _ left: Expression, _ right: Expression, _ op: ComparisonOperator, _ place: Span
  ) throws(SyntaxError) {
    for side in [left, right] {
      switch side.kind {
      case .none, .bool: return
      default: continue
      }
    }
    var help = op == .is ? "write ==" : "write !="
    if let test = TypeTest(left, right, op == .is ? .equal : .notEqual), test.namesType {
      help =
        "write \(op == .is ? "" : "not ")isinstance(\(text(test.value)), \(text(test.type.span)))"
    }
    throw error("'\(op.rawValue)' compares only with None, True or False", place, help: help)
  }

  private mutating func unary() throws(SyntaxError) -> Expression {
    let op: UnaryOperator
    switch kind {
    case .minus: op = .minus
    case .plus: op = .plus
    case .tilde: op = .invert
    default: return try power()
    }
    let start = current.start
    advance()
    try enter()
    defer { leave() }
    let operand = try unary()
    return try node(.unary(op, operand), span(from: start))
  }

  private mutating func power() throws(SyntaxError) -> Expression {
    let start = current.start
    let base = try postfix()
    guard kind == .doubleStar else { return base }
    let place = span(current)
    advance()
    try enter()
    defer { leave() }
    let exponent = try unary()
    return try node(.binary(.power, base, exponent, operatorSpan: place), span(from: start))
  }

  /// An atom with calls, indexes and attributes after it.
  private mutating func postfix() throws(SyntaxError) -> Expression {
    let start = current.start
    var value = try atom()
    while true {
      switch kind {
      case .leftParen:
        advance()
        let arguments = try self.arguments()
        try expect(.rightParen, "',' or ')'")
        value = try node(.call(value, arguments), span(from: start))
      case .leftBracket:
        advance()
        let index = try subscripts()
        try expect(.rightBracket, "',' or ']'")
        value = try node(.index(value, index), span(from: start))
      case .dot:
        advance()
        let name = try self.name("the name of an attribute after '.'")
        value = try node(.attribute(value, name), span(from: start))
      default: return value
      }
    }
  }

  // MARK: Calls and indexes

  private mutating func arguments() throws(SyntaxError) -> [Argument] {
    var list: [Argument] = []
    var hasNamed = false
    var hasMapping = false
    while kind != .rightParen {
      let token = current
      switch kind {
      case .star:
        advance()
        guard !hasMapping else {
          throw error("'*' arguments must stand before '**'", span(token))
        }
        list.append(Argument(.unpackedList, try test()))
      case .doubleStar:
        advance()
        hasMapping = true
        list.append(Argument(.unpackedDict, try test()))
      case .name where next.kind == .equal:
        advance()
        advance()
        hasNamed = true
        list.append(Argument(.named(text(token), span(token)), try test()))
      default:
        let value = try argument(isFirst: list.isEmpty)
        if hasNamed || hasMapping {
          throw error(
            "a positional argument stands after \(hasMapping ? "'**'" : "a named one")",
            value.span, help: "name it, or move it forward")
        }
        list.append(Argument(.positional, value))
      }
      guard take(.comma) else { break }
    }
    guard kind == .rightParen else { throw afterItem("',' or ')'") }
    return list
  }

  /// A positional argument, or a generator expression that is the sole one.
  private mutating func argument(isFirst: Bool) throws(SyntaxError) -> Expression {
    let start = current.start
    let value = try test()
    if kind == .equal {
      throw error(
        "only a name can stand before '=' in a call", value.span, help: "to compare, write ==")
    }
    guard kind == .for else { return value }
    let clauses = try self.clauses()
    let place = span(from: start)
    guard isFirst, kind == .rightParen || kind == .comma && next.kind == .rightParen else {
      if kind != .rightParen, kind != .comma { throw afterItem("',' or ')'") }
      throw error(
        "a generator expression must be the only argument", place,
        help: "write it as a list: [\(text(place))]")
    }
    return try node(.listComprehension(body: value, clauses: clauses), place)
  }

  /// What stands between the brackets of an index.
  private mutating func subscripts() throws(SyntaxError) -> Expression {
    if kind == .rightBracket {
      throw error(
        "expected an index between '[' and ']'", Span(Int(previous.start), Int(current.end)))
    }
    let start = current.start
    let first = try slice()
    guard kind == .comma else {
      if kind != .rightBracket { throw afterItem("',' or ']'") }
      return first
    }
    var items = [first]
    while take(.comma), kind != .rightBracket { items.append(try slice()) }
    if kind != .rightBracket { throw afterItem("',' or ']'") }
    return try node(.tuple(items), span(from: start))
  }

  private mutating func slice() throws(SyntaxError) -> Expression {
    let start = current.start
    let first = kind == .colon ? nil : try test()
    if kind != .colon, let first { return first }
    advance()
    let second = endsSlicePart ? nil : try test()
    var third: Expression?
    if take(.colon), !endsSlicePart { third = try test() }
    return try node(.slice(first, second, third), span(from: start))
  }

  private var endsSlicePart: Bool {
    kind == .colon || kind == .comma || kind == .rightBracket
  }

  /// The mistake after an item within brackets, where `=` means a comparison was meant.
  func afterItem(_ expected: String) -> SyntaxError {
    if kind == .equal, !isAfterUnclosedLine {
      return error(
        "'=' assigns and cannot stand within an expression", span(current),
        help: "to compare, write ==")
    }
    return unexpected(
      expected, help: kind.startsExpression ? "put a comma or an operator between" : nil)
  }
}
