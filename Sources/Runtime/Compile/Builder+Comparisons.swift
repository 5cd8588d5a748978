import Diagnostics
import Syntax

/// A comparison whose common cases are one machine operation.
protocol Comparison {
  static var op: ComparisonOperator { get }
  static func apply(_ a: Int, _ b: Int) -> Bool
  static func apply(_ a: Double, _ b: Double) -> Bool
}

extension Comparison {
  /// The answer for operands that are read in place.
  @inline(__always)
  static func apply(_ left: LocalOperand, _ right: some SimpleOperand, _ frame: Frame) -> Bool? {
    if let a = left.int(frame) {
      if let b = right.int(frame) { return apply(a, b) }
    } else if let a = left.float(frame) {
      if let b = right.float(frame) { return apply(a, b) }
    }
    return nil
  }

  @inline(__always)
  static func apply(_ a: Value, _ right: some SimpleOperand, _ frame: Frame) -> Bool? {
    switch a {
    case .int(let x): if let y = right.int(frame) { return apply(x, y) }
    case .float(let x): if let y = right.float(frame) { return apply(x, y) }
    default: break
    }
    return nil
  }

  @inline(__always)
  static func apply(_ left: LocalOperand, _ b: Value, _ frame: Frame) -> Bool? {
    switch b {
    case .int(let y): if let x = left.int(frame) { return apply(x, y) }
    case .float(let y): if let x = left.float(frame) { return apply(x, y) }
    default: break
    }
    return nil
  }

  @inline(__always)
  static func apply(_ a: Value, _ b: Value) -> Bool? {
    switch a {
    case .int(let x): if case .int(let y) = b { return apply(x, y) }
    case .float(let x): if case .float(let y) = b { return apply(x, y) }
    default: break
    }
    return nil
  }
}

enum Equal: Comparison {
  static let op = ComparisonOperator.equal
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a == b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a == b }
}

enum NotEqual: Comparison {
  static let op = ComparisonOperator.notEqual
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a != b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a != b }
}

enum Less: Comparison {
  static let op = ComparisonOperator.less
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a < b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a < b }
}

enum LessEqual: Comparison {
  static let op = ComparisonOperator.lessEqual
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a <= b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a <= b }
}

enum Greater: Comparison {
  static let op = ComparisonOperator.greater
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a > b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a > b }
}

enum GreaterEqual: Comparison {
  static let op = ComparisonOperator.greaterEqual
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a >= b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a >= b }
}

/// A comparison as a value; tensors answer with tensors.
private struct ComparisonVisitor<Operation: Comparison>: OperandVisitor {
  let site: Site

  func build(_ left: LocalOperand, _ right: some SimpleOperand) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      if let result = Operation.apply(left, right, frame) { return .bool(result) }
      return try site.compare(Operation.op, left.slot, right.number, right.slot, frame)
    }
  }

  func build(_ left: LocalOperand, _ right: Code) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      guard frame.isBound(left.slot) else { throw site.unbound(slot: left.slot) }
      let b = try right(frame)
      if let result = Operation.apply(left, b, frame) { return .bool(result) }
      return try site.compare(Operation.op, left.slot, b, -1, frame)
    }
  }

  func build(_ left: Code, _ right: some SimpleOperand) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      let a = try left(frame)
      if let result = Operation.apply(a, right, frame) { return .bool(result) }
      return try site.compare(Operation.op, a, right.number, right.slot, frame)
    }
  }

  func build(_ left: Code, _ right: Code) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      let a = try left(frame)
      let b = try right(frame)
      if let result = Operation.apply(a, b) { return .bool(result) }
      return try site.compare(Operation.op, a, b)
    }
  }
}

/// A comparison of which only the truth is wanted.
private struct ConditionVisitor<Operation: Comparison>: OperandVisitor {
  let site: Site

  func build(_ left: LocalOperand, _ right: some SimpleOperand) -> Condition {
    let site = site
    return Condition { frame throws(Fault) in
      if let result = Operation.apply(left, right, frame) { return result }
      return try site.isTrue(Operation.op, left.slot, right.number, right.slot, frame)
    }
  }

  func build(_ left: LocalOperand, _ right: Code) -> Condition {
    let site = site
    return Condition { frame throws(Fault) in
      guard frame.isBound(left.slot) else { throw site.unbound(slot: left.slot) }
      let b = try right(frame)
      if let result = Operation.apply(left, b, frame) { return result }
      return try site.isTrue(Operation.op, left.slot, b, -1, frame)
    }
  }

  func build(_ left: Code, _ right: some SimpleOperand) -> Condition {
    let site = site
    return Condition { frame throws(Fault) in
      let a = try left(frame)
      if let result = Operation.apply(a, right, frame) { return result }
      return try site.isTrue(Operation.op, a, right.number, right.slot, frame)
    }
  }

  func build(_ left: Code, _ right: Code) -> Condition {
    let site = site
    return Condition { frame throws(Fault) in
      let a = try left(frame)
      let b = try right(frame)
      if let result = Operation.apply(a, b) { return result }
      return try site.isTrue(Operation.op, a, b)
    }
  }
}

extension Builder {
  /// Compiles an expression of which only the truth is wanted.
  func condition(_ expression: Expression) -> Condition {
    switch expression.kind {
    case .bool(let flag): return Condition { (_) throws(Fault) in flag }
    case .not(let operand):
      let condition = condition(operand)
      return Condition { frame throws(Fault) in !(try condition(frame)) }
    case .and(let left, let right):
      let left = condition(left)
      let right = condition(right)
      return Condition { frame throws(Fault) in try left(frame) ? try right(frame) : false }
    case .or(let left, let right):
      let left = condition(left)
      let right = condition(right)
      return Condition { frame throws(Fault) in try left(frame) ? true : try right(frame) }
    case .comparison(let left, let rest) where rest.count == 1:
      let site = site(expression.span)
      let right = rest[0].right
      switch rest[0].op {
      case .equal: return visit(left, right, ConditionVisitor<Equal>(site: site))
      case .notEqual: return visit(left, right, ConditionVisitor<NotEqual>(site: site))
      case .less: return visit(left, right, ConditionVisitor<Less>(site: site))
      case .lessEqual: return visit(left, right, ConditionVisitor<LessEqual>(site: site))
      case .greater: return visit(left, right, ConditionVisitor<Greater>(site: site))
      case .greaterEqual: return visit(left, right, ConditionVisitor<GreaterEqual>(site: site))
      case .in, .notIn, .is, .isNot: break
      }
    default: break
    }
    let code = self.expression(expression)
    let site = site(expression.span)
    return Condition { frame throws(Fault) in
      let value = try code(frame)
      if case .bool(let flag) = value { return flag }
      return try site.truth(value)
    }
  }

  /// Compiles `a < b`, and `a < b <= c`, which evaluates each operand once.
  func comparison(_ first: Expression, _ rest: [ComparisonLink], _ span: Span) -> Code {
    guard let link = rest.first else { return expression(first) }
    if rest.count == 1 { return comparison(first, link.op, link.right, span) }
    let head = expression(first)
    let links = rest.map { link in
      (op: link.op, code: expression(link.right), site: site(span))
    }
    return Code { frame throws(Fault) in
      var left = try head(frame)
      var answer = Value.bool(true)
      for (place, link) in links.enumerated() {
        let right = try link.code(frame)
        answer = try link.site.compare(link.op, left, right)
        if place + 1 < links.count, !(try link.site.truth(answer)) { return answer }
        left = right
      }
      return answer
    }
  }

  private func comparison(
    _ left: Expression, _ op: ComparisonOperator, _ right: Expression, _ span: Span
  ) -> Code {
    let site = site(span)
    switch op {
    case .equal: return visit(left, right, ComparisonVisitor<Equal>(site: site))
    case .notEqual: return visit(left, right, ComparisonVisitor<NotEqual>(site: site))
    case .less: return visit(left, right, ComparisonVisitor<Less>(site: site))
    case .lessEqual: return visit(left, right, ComparisonVisitor<LessEqual>(site: site))
    case .greater: return visit(left, right, ComparisonVisitor<Greater>(site: site))
    case .greaterEqual: return visit(left, right, ComparisonVisitor<GreaterEqual>(site: site))
    case .in, .notIn, .is, .isNot:
      let left = expression(left)
      let right = expression(right)
      return Code { frame throws(Fault) in
        let a = try left(frame)
        return try site.compare(op, a, try right(frame))
      }
    }
  }
}
