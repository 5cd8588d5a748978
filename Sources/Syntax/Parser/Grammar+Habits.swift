internal import Diagnostics

/// What people type from Python and other languages that this one does not have: each has its own
/// words and says what to write instead.
extension Grammar {
  /// A statement or keyword of Python that the language leaves out.
  static func omission(_ kind: TokenKind) -> (message: String, help: String)? {
    switch kind {
    case .class:
      (
        "Linnet has no classes",
        "use struct(name=value, …) for fields and functions for behaviour"
      )
    case .try, .except, .finally:
      (
        "Linnet has no '\(kind.fixedText ?? "")': an error ends the cell",
        "test first, for example `if key in d:`, or use d.get(key, default)"
      )
    case .with:
      (
        "Linnet has no 'with'",
        "files need no closing: use read_text(path) and write_text(path, text)"
      )
    case .yield:
      ("Linnet has no generators", "collect the values in a list and return it")
    case .global:
      (
        "Linnet has no 'global': a function cannot rebind a global",
        "return the new value and assign it outside, or keep it in a list or dict"
      )
    case .nonlocal:
      (
        "Linnet has no 'nonlocal': a function cannot rebind a variable of another",
        "return the new value, or keep it in a list or dict"
      )
    case .raise: ("Linnet has no 'raise'", "stop with fail(\"what is wrong\")")
    case .async, .await:
      ("Linnet has no 'async' and 'await'", "call the function directly; it runs to its end")
    default: nil
    }
  }

  /// The habit behind a token that cannot stand where it does; nil when it is none.
  func habit() -> SyntaxError? {
    if let omission = Self.omission(kind) {
      return error(omission.message, span(current), help: omission.help)
    }
    return markHabit() ?? wordHabit()
  }

  /// Habits that show in marks: `i++`, `&&`, `!x`, `:=`.
  private func markHabit() -> SyntaxError? {
    let before = previous
    let touches = index > 0 && before.end == current.start
    let pair = Span(Int(before.start), Int(current.end))
    switch kind {
    case .walrus:
      return error(
        "':=' does not exist in Linnet", span(current),
        help: "assign with '=' in a statement of its own before this one")
    case .ampersand where touches && before.kind == .ampersand:
      return error("'&&' does not exist in Linnet", pair, help: "write `and`")
    case .pipe where touches && before.kind == .pipe:
      return error("'||' does not exist in Linnet", pair, help: "write `or`")
    case .greater where touches && before.kind == .less:
      return error("'<>' does not exist in Linnet", pair, help: "write !=")
    case .greater where touches && before.kind == .equal:
      return error("'=>' does not exist in Linnet", pair, help: "write `lambda x: value`")
    case .equal where touches && (before.kind == .equalEqual || before.kind == .notEqual):
      return error(
        "'\(text(before))=' does not exist in Linnet", pair, help: "write \(text(before))")
    case .bang:
      return error("'!' does not exist in Linnet", span(current), help: "write `not`")
    case .doubleSlash where index == 0 || before.kind == .newline,
      .slash where next.kind == .star || next.kind == .doubleStar:
      return error(
        "expected a statement, found '\(text(current))'", span(current),
        help: "comments start with #")
    case .name where touches && before.kind == .string:
      let quote = text(before).last.map(String.init) ?? ""
      return error(
        "the string ended at this \(quote)", Span(Int(before.end) - 1, Int(before.end)),
        help: "write \\\(quote) for a quote within the string, or put the other quotes around it")
    default: break
    }
    if index > 1, before.kind == .plus || before.kind == .minus,
      tokens[index - 2].kind == before.kind, tokens[index - 2].end == before.start
    {
      return stepHabit(tokens[index - 2], before)
    }
    return nil
  }

  private func stepHabit(_ first: Token, _ second: Token) -> SyntaxError {
    let mark = text(first)
    var variable = "i"
    if index > 2, tokens[index - 3].kind == .name { variable = text(tokens[index - 3]) }
    return error(
      "'\(mark)\(mark)' does not exist in Linnet", Span(Int(first.start), Int(second.end)),
      help: "write \(variable) \(mark)= 1")
  }

  /// Habits that show in words: `print "x"`, `else if`, `function f() {`.
  private func wordHabit() -> SyntaxError? {
    let before = previous
    guard index > 0, before.kind == .name else { return nil }
    let word = text(before)
    let startsLine =
      index == 1 || [.newline, .indent, .dedent, .semicolon].contains(tokens[index - 2].kind)
    switch word {
    case "print" where kind.startsExpression && startsLine:
      return error(
        "print is a function: its arguments stand in parentheses", span(before),
        help: "write print(\(restOfStatement()))")
    case "function", "func", "fn", "fun", "sub":
      guard kind == .name, startsLine else { return nil }
      return error(
        "functions start with 'def'", span(before), help: "write def \(text(current))(…):")
    case "let", "var", "const", "val", "auto", "local":
      guard kind == .name, startsLine else { return nil }
      return error(
        "a variable is made by assigning to it, without '\(word)'", span(before),
        help: "write \(text(current)) = value")
    case "elseif", "elsif", "elsefi":
      return error("'\(word)' does not exist in Linnet", span(before), help: "write elif")
    case "match", "switch", "case":
      guard kind.startsExpression, startsLine else { return nil }
      return error(
        "Linnet has no '\(word)'", span(before),
        help: "compare with if and elif, or look the value up in a dict")
    default: return nil
    }
  }

  /// The source from the present token to the end of the line.
  private func restOfStatement() -> String {
    var last = index
    while last + 1 < tokens.count,
      ![.newline, .semicolon, .end, .failure].contains(tokens[last + 1].kind)
    {
      last += 1
    }
    return text(Span(Int(current.start), Int(tokens[last].end)))
  }

  /// The mistake of `=` where a condition compares.
  func assignmentInCondition() -> SyntaxError {
    error("'=' assigns; a condition compares with '=='", span(current), help: "write ==")
  }

  /// The mistake at the end of a header that has no colon where it should.
  func missingColon(_ keyword: String, _ header: Int32) -> SyntaxError {
    switch kind {
    case .equal where keyword == "if" || keyword == "elif" || keyword == "while":
      return assignmentInCondition()
    case .leftBrace:
      return error(
        "a block starts with ':' and is indented; it has no braces", span(current),
        help: "write ':' here and indent the lines of the block")
    case .name where text(current) == "then":
      return error("expected ':', found 'then'", span(current), help: "write ':' instead")
    case .newline:
      return error(
        "expected ':' after the header of '\(keyword)'", place(current),
        help: "write ':' at the end of the line")
    default: return unexpected("':' after the header of '\(keyword)'")
    }
  }
}
