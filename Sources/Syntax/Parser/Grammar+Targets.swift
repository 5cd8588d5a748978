internal import Diagnostics

/// What can stand left of `=`, after `for` and after `del`.
extension Grammar {
  /// The variables of a `for`, up to `in`.
  mutating func loopTarget() throws(SyntaxError) -> Target {
    let start = current.start
    let outerStar = star
    var items: [Expression] = [try targetItem()]
    var isTuple = false
    while take(.comma) {
      isTuple = true
      guard kind.startsExpression || kind == .star else { break }
      items.append(try targetItem())
    }
    let whole =
      isTuple ? try node(.tuple(items), span(from: start)) : items.first
    guard let whole else { throw unexpected("a variable") }
    let made = try target(whole, "assign to")
    star = outerStar
    return made
  }

  private mutating func targetItem() throws(SyntaxError) -> Expression {
    if kind == .star { return try starOrTest() }
    guard kind.startsExpression else { throw unexpected("a variable after 'for'") }
    return try binary(Precedence.bitOr)
  }

  /// Converts what was read as an expression.
  func target(_ expression: Expression, _ action: String) throws(SyntaxError) -> Target {
    guard !isStarred(expression) else {
      throw error(
        action == "delete"
          ? "cannot delete a starred name" : "a starred target must be part of a list or tuple",
        expression.span,
        help: action == "delete" ? nil : "write \(text(expression.span)), = …")
    }
    return try plainTarget(expression, action)
  }

  /// No expression but `*x`, and a tuple that begins with one, starts with this byte.
  private func isStarred(_ expression: Expression) -> Bool {
    guard bytes[Int(expression.span.start)] == 0x2A else { return false }
    guard case .tuple(let items) = expression.kind, let first = items.first else { return true }
    // The tuple `*a, b` starts where its first item does, the starred `*(a, b)` before it.
    return first.span.start != expression.span.start
  }

  private func plainTarget(
    _ expression: Expression, _ action: String
  ) throws(SyntaxError) -> Target {
    switch expression.kind {
    case .name(let name): return Target(.name(name), name.span)
    case .index(let object, let index): return Target(.index(object, index), expression.span)
    case .attribute(let object, let name):
      return Target(.attribute(object, name), expression.span)
    case .list(let items), .tuple(let items):
      return try sequence(items, expression.span, action)
    default:
      throw refused(expression, action)
    }
  }

  private func sequence(
    _ items: [Expression], _ place: Span, _ action: String
  ) throws(SyntaxError) -> Target {
    var targets: [Target] = []
    targets.reserveCapacity(items.count)
    var hasStar = false
    for item in items {
      guard isStarred(item) else {
        targets.append(try plainTarget(item, action))
        continue
      }
      guard action != "delete" else { throw refused(item, action) }
      guard !hasStar else {
        throw error("only one target of a list or tuple can be starred", item.span)
      }
      hasStar = true
      let inner = try plainTarget(item, action)
      targets.append(Target(.starred(inner), item.span))
    }
    return Target(.sequence(targets), place)
  }

  private func refused(_ expression: Expression, _ action: String) -> SyntaxError {
    var help: String?
    switch expression.kind {
    case .comparison, .call: help = kind == .equal ? "to compare, write ==" : nil
    case .binary(_, let left, let right, let place) where kind == .equal:
      if text(place) == "-", case .name = left.kind, case .name = right.kind {
        help = "a name has no '-'; write \(text(left.span))_\(text(right.span))"
      } else {
        help = "to compare, write =="
      }
    default: break
    }
    return error(
      "cannot \(action) \(expression.kind.description)", expression.span, help: help)
  }
}

extension Expression.Kind {
  /// What it is, with its article, for messages.
  var description: String {
    switch self {
    case .none: "None"
    case .ellipsis: "'...'"
    case .bool(let value): value ? "True" : "False"
    case .int, .bigInt, .float: "a number"
    case .string, .formatted: "a string"
    case .bytes: "bytes"
    case .name: "a name"
    case .list: "a list"
    case .tuple: "a tuple"
    case .dict: "a dict"
    case .listComprehension, .dictComprehension: "a comprehension"
    case .lambda: "a lambda"
    case .conditional: "a choice"
    case .not, .and, .or: "a condition"
    case .unary, .binary: "the result of an operator"
    case .comparison: "a comparison"
    case .call: "the result of a call"
    case .attribute: "an attribute"
    case .index: "an element"
    case .slice: "a slice"
    }
  }
}
