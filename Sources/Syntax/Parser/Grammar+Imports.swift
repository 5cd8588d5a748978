internal import Diagnostics

/// `load`, `import` and `from … import`.
extension Grammar {
  /// `load("file", "a", b="c")`, at the start of a statement.
  mutating func loadStatement() throws(SyntaxError) -> Statement {
    let start = current.start
    let word = span(current)
    advance()
    advance()
    guard blocks.isEmpty else {
      throw error(
        "load stands at the top level only, not within '\(blocks.last?.keyword ?? "")'", word,
        help: "move it to the start of the file")
    }
    guard kind == .string else {
      throw unexpected(
        "the file to load, as a string", help: "write load(\"lib.star\", \"name\")")
    }
    let (path, pathSpan) = try plainString()
    var names: [LoadedName] = []
    var hasNamed = false
    while take(.comma), kind != .rightParen {
      if kind == .name {
        hasNamed = true
        let local = try name("a name")
        try expect(.equal, "'=' and the name in the file, as a string")
        guard kind == .string else { throw unexpected("the name in the file, as a string") }
        let (original, place) = try plainString()
        names.append(LoadedName(local: local, original: original, originalSpan: place))
      } else {
        guard kind == .string else { throw unexpected("a name to load, as a string") }
        let (original, place) = try plainString()
        if hasNamed {
          throw error(
            "a positional argument stands after a named one", place,
            help: "name it, or move it forward")
        }
        let inner = Span(Int(place.start) + 1, max(Int(place.start) + 1, Int(place.end) - 1))
        let local = newName(original, inner)
        names.append(LoadedName(local: local, original: original, originalSpan: place))
      }
    }
    try expect(.rightParen, "',' or ')'")
    for loaded in names where !isIdentifier(loaded.original) {
      throw error("'\(loaded.original)' is not a name", loaded.originalSpan)
    }
    if names.isEmpty {
      throw error(
        "load needs the names to load", span(from: start),
        help: "write load(\"\(path)\", \"name\")")
    }
    return Statement(.load(path: path, pathSpan: pathSpan, names: names), span(from: start))
  }

  private func isIdentifier(_ text: String) -> Bool {
    var lexer = Lexer(SourceFile(name: "", text: text))
    lexer.run()
    return lexer.tokens.first.map {
      $0.kind == .name && Int($0.start) == 0 && Int($0.end) == text.utf8.count
    } ?? false
  }

  /// A string without interpolation, with its place.
  private mutating func plainString() throws(SyntaxError) -> (String, Span) {
    let expression = try atom()
    guard case .string(let text) = expression.kind else {
      throw error("expected a string, found bytes", expression.span)
    }
    return (text, expression.span)
  }

  /// `import a.b as c, d`: a statement for each module.
  mutating func importStatement(_ statements: inout [Statement]) throws(SyntaxError) {
    var start = current.start
    advance()
    repeat {
      if statements.last?.span.start == start { start = current.start }
      let first = current
      let (path, pathSpan) = try modulePath()
      let isAlias = take(.as)
      let local =
        isAlias ? try name("a name after 'as'") : newName(text(first), span(first))
      statements.append(
        Statement(
          .importModule(path: path, pathSpan: pathSpan, local: local, isAlias: isAlias),
          span(from: start)))
    } while take(.comma)
  }

  /// `from a.b import c as d, e`, the names perhaps in parentheses, or `*`.
  mutating func fromStatement() throws(SyntaxError) -> Statement {
    let start = current.start
    advance()
    if kind == .dot || kind == .ellipsis {
      throw error(
        "Linnet has no relative imports", span(current),
        help: "bring names of another file in with load(\"lib.star\", \"name\")")
    }
    let (path, pathSpan) = try modulePath()
    try expect(.import, "'import' after the module")
    if take(.star) {
      return Statement(
        .importNames(path: path, pathSpan: pathSpan, names: []), span(from: start))
    }
    let isParenthesized = take(.leftParen)
    var names: [LoadedName] = []
    repeat {
      if isParenthesized, kind == .rightParen, !names.isEmpty { break }
      let original = current
      let originalName = try name("a name to import")
      let local = take(.as) ? try name("a name after 'as'") : originalName
      names.append(
        LoadedName(local: local, original: originalName.text, originalSpan: span(original)))
    } while take(.comma)
    if isParenthesized { try expect(.rightParen, "',' or ')'") }
    return Statement(
      .importNames(path: path, pathSpan: pathSpan, names: names), span(from: start))
  }

  private mutating func modulePath() throws(SyntaxError) -> (String, Span) {
    let start = current.start
    var path = ""
    repeat {
      guard kind == .name else { throw unexpected("the name of a module") }
      path += (path.isEmpty ? "" : ".") + text(current)
      advance()
    } while take(.dot)
    return (path, span(from: start))
  }
}
