/// How high the trees below an expression are.
extension Expression.Kind {
  /// The height of the highest child; 0 without children.
  var childHeight: Int32 {
    switch self {
    case .none, .ellipsis, .bool, .int, .bigInt, .float, .string, .bytes, .name: 0
    case .formatted(let pieces): FormattedPiece.height(pieces)
    case .list(let items), .tuple(let items): Self.highest(items)
    case .dict(let entries):
      entries.reduce(0) { max($0, $1.key?.height ?? 0, $1.value.height) }
    case .listComprehension(let body, let clauses): max(body.height, Self.highest(clauses))
    case .dictComprehension(let key, let value, let clauses):
      max(key.height, value.height, Self.highest(clauses))
    case .lambda(let function): function.height
    case .conditional(let condition, let then, let otherwise):
      max(condition.height, then.height, otherwise.height)
    case .not(let operand), .unary(_, let operand), .attribute(let operand, _): operand.height
    case .and(let left, let right), .or(let left, let right), .binary(_, let left, let right, _),
      .index(let left, let right):
      max(left.height, right.height)
    case .comparison(let first, let rest): rest.reduce(first.height) { max($0, $1.right.height) }
    case .call(let callee, let arguments):
      arguments.reduce(callee.height) { max($0, $1.value.height) }
    case .slice(let start, let stop, let step):
      max(start?.height ?? 0, stop?.height ?? 0, step?.height ?? 0)
    }
  }

  private static func highest(_ items: [Expression]) -> Int32 {
    items.reduce(0) { max($0, $1.height) }
  }

  private static func highest(_ clauses: [ComprehensionClause]) -> Int32 {
    clauses.reduce(0) {
      switch $1 {
      case .each(let target, let iterable): max($0, iterable.height, target.height)
      case .filter(let condition): max($0, condition.height)
      }
    }
  }
}

extension FormattedPiece {
  static func height(_ pieces: [FormattedPiece]) -> Int32 {
    pieces.reduce(0) {
      switch $1 {
      case .text: $0
      case .field(let expression, _, _, let spec, _): max($0, expression.height, height(spec))
      }
    }
  }
}

extension Target {
  /// The nodes on the longest way down to a leaf.
  var height: Int32 {
    switch kind {
    case .name: 1
    case .index(let object, let index): max(object.height, index.height) &+ 1
    case .attribute(let object, _): object.height &+ 1
    case .sequence(let items): items.reduce(0) { max($0, $1.height) } &+ 1
    case .starred(let inner): inner.height &+ 1
    }
  }
}

extension Function {
  /// The height of the expressions of a lambda; a `def` counts its defaults only.
  var height: Int32 {
    let defaults = parameters.reduce(0) { max($0, $1.defaultValue?.height ?? 0) }
    return body.reduce(defaults) {
      if case .return(let value?) = $1.kind { max($0, value.height) } else { $0 }
    }
  }
}
