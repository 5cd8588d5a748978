internal import Catalog
internal import Diagnostics

/// `def`, `lambda` and their parameters.
extension Grammar {
  mutating func definition() throws(SyntaxError) -> Statement {
    let start = current.start
    advance()
    let id = newFunction()
    let name = try self.name("the name of the function")
    try expect(.leftParen, "'(' after the name of the function")
    let parameters = try self.parameters(closing: .rightParen)
    try expect(.rightParen, "',' or ')'")
    if take(.arrow) { try annotation() }
    let header = span(from: start)
    let body = try block("def", start)
    var docstring: String?
    if case .expression(let first)? = body.first?.kind, case .string(let text) = first.kind {
      docstring = text
    }
    return Statement(
      .def(
        Function(
          name: name, parameters: parameters, body: body, docstring: docstring, id: id,
          headerSpan: header)), span(from: start))
  }

  mutating func lambda() throws(SyntaxError) -> Expression {
    let start = current.start
    let word = current
    advance()
    if kind == .equal { throw keywordAsName(word) }
    let id = newFunction()
    let parameters = try self.parameters(closing: .colon)
    let header = span(from: start)
    try expect(.colon, "':' after the parameters of the lambda")
    let value = try test()
    let function = Function(
      name: nil, parameters: parameters, body: [Statement(.return(value), value.span)],
      docstring: nil, id: id, headerSpan: header)
    return try node(.lambda(function), span(from: start))
  }

  private mutating func newFunction() -> Int {
    defer { functionCount += 1 }
    return functionCount
  }

  /// Reads a type annotation and forgets it, with the names and functions in it.
  mutating func annotation() throws(SyntaxError) {
    let names = nameCount
    let functions = functionCount
    _ = try test()
    nameCount = names
    functionCount = functions
  }

  /// Parameters up to the closing token, which stays.
  private mutating func parameters(
    closing: TokenKind
  ) throws(SyntaxError) -> [FunctionParameter] {
    var list = ParameterList()
    while kind != closing, kind != .fieldSpec {
      let token = current
      switch kind {
      case .slash:
        advance()
        guard list.endPositional() else {
          throw error("'/' must follow parameters, and stand once, before '*'", span(token))
        }
      case .star:
        advance()
        guard list.stage == .plain else {
          throw error("'*' can stand once, before '**'", span(token))
        }
        list.stage = .keyword
        if kind == .name {
          list.add(try parameterName(closing), .variadic, nil)
        } else if kind != .comma {
          throw bareStar(token)
        } else if next.kind != .name {
          throw bareStar(token)
        }
      case .doubleStar:
        advance()
        guard list.stage != .end else { throw error("'**' can stand once", span(token)) }
        list.stage = .end
        list.add(try parameterName(closing), .keywordVariadic, nil)
      default:
        guard list.stage != .end else {
          throw error("nothing can follow the '**' parameter", span(token))
        }
        let name = try parameterName(closing)
        let value = take(.equal) ? try test() : nil
        if list.stage == .plain, value == nil, list.hasDefault {
          throw error(
            "parameter '\(name.text)' has no default but follows one that has", name.span,
            help: "give it a default or move it forward")
        }
        list.add(name, list.stage == .keyword ? .keyword : .either, value)
      }
      guard take(.comma) else { break }
    }
    if kind == .fieldSpec {
      throw error(
        "the ':' of a lambda ends the expression of an f-string", span(current),
        help: "put parentheses around the lambda")
    }
    guard kind == closing else {
      throw unexpected(closing == .colon ? "',' or ':'" : "',' or ')'")
    }
    return list.items
  }

  private func bareStar(_ token: Token) -> SyntaxError {
    error(
      "a bare '*' must be followed by a parameter", span(token),
      help: "name a parameter after it, or write *args")
  }

  /// A name and, in a `def`, its annotation.
  private mutating func parameterName(_ closing: TokenKind) throws(SyntaxError) -> Name {
    let name = try self.name("the name of a parameter")
    if closing == .rightParen, take(.colon) { try annotation() }
    return name
  }
}

/// Parameters as they are read.
private struct ParameterList {
  /// What the parameters read so far allow to follow.
  enum Stage {
    case plain, keyword, end
  }

  var items: [FunctionParameter] = []
  var stage = Stage.plain
  var hasDefault = false
  private var hasSlash = false

  mutating func add(
    _ name: Name, _ passing: Parameter.Passing, _ value: Expression?
  ) {
    if value != nil { hasDefault = true }
    items.append(FunctionParameter(name: name, passing: passing, defaultValue: value))
  }

  /// Makes all parameters so far positional-only; false where `/` cannot stand.
  mutating func endPositional() -> Bool {
    guard stage == .plain, !items.isEmpty, !hasSlash else { return false }
    hasSlash = true
    items = items.map {
      FunctionParameter(name: $0.name, passing: .positional, defaultValue: $0.defaultValue)
    }
    return true
  }
}
