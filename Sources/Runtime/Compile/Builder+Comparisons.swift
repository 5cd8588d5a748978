import Diagnostics
import Syntax

/// A comparison whose common cases are one machine operation.
protocol Comparison {
  static var op: ComparisonOperator { get }
  static func apply(_ a: Int, _ b: Int) -> Bool
  static func apply(_ a: Double, _ b: Double) -> Bool
  /// The answer for two strings; nil leaves the case to the interpreter.
  static func apply(_ a: StringObject, _ b: StringObject) -> Bool?
}

extension Comparison {
  static func apply(_ a: StringObject, _ b: StringObject) -> Bool? { nil }

  @inline(__always)
  static func apply(_ a: Value, _ b: Value) -> Bool? {
    switch a {
    case .int(let x): if case .int(let y) = b { return apply(x, y) }
    case .float(let x): if case .float(let y) = b { return apply(x, y) }
    case .object(let x):
      if case .object(let y) = b, let left = x.asString, let right = y.asString {
        return apply(left, right)
      }
    default: break
    }
    return nil
  }
}

enum Equal: Comparison {
  static let op = ComparisonOperator.equal
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a == b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a == b }
  static func apply(_ a: StringObject, _ b: StringObject) -> Bool? { a.equals(b) }
}

enum NotEqual: Comparison {
  static let op = ComparisonOperator.notEqual
  @inline(__always) static func apply(_ a: Int, _ b: Int) -> Bool { a != b }
  @inline(__always) static func apply(_ a: Double, _ b: Double) -> Bool { a != b }
  static func apply(_ a: StringObject, _ b: StringObject) -> Bool? { !a.equals(b) }
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
      guard let a = left.value(frame) else { throw site.unbound(slot: left.slot) }
      guard let b = right.value(frame) else { throw site.unbound(slot: right.slot) }
      if let result = Operation.apply(a, b) { return .bool(result) }
      return try site.compare(Operation.op, a, b)
    }
  }

  func build(_ left: LocalOperand, _ right: Code) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      guard let a = left.value(frame) else { throw site.unbound(slot: left.slot) }
      let b = try right(frame)
      if let result = Operation.apply(a, b) { return .bool(result) }
      return try site.compare(Operation.op, a, b)
    }
  }

  func build(_ left: Code, _ right: some SimpleOperand) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      let a = try left(frame)
      guard let b = right.value(frame) else { throw site.unbound(slot: right.slot) }
      if let result = Operation.apply(a, b) { return .bool(result) }
      return try site.compare(Operation.op, a, b)
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
      guard let a = left.value(frame) else { throw site.unbound(slot: left.slot) }
      guard let b = right.value(frame) else { throw site.unbound(slot: right.slot) }
      if let result = Operation.apply(a, b) { return result }
      return try site.truth(try site.compare(Operation.op, a, b))
    }
  }

  func build(_ left: LocalOperand, _ right: Code) -> Condition {
    let site = site
    return Condition { frame throws(Fault) in
      guard let a = left.value(frame) else { throw site.unbound(slot: left.slot) }
      let b = try right(frame)
      if let result = Operation.apply(a, b) { return result }
      return try site.truth(try site.compare(Operation.op, a, b))
    }
  }

  func build(_ left: Code, _ right: some SimpleOperand) -> Condition {
    let site = site
    return Condition { frame throws(Fault) in
      let a = try left(frame)
      guard let b = right.value(frame) else { throw site.unbound(slot: right.slot) }
      if let result = Operation.apply(a, b) { return result }
      return try site.truth(try site.compare(Operation.op, a, b))
    }
  }

  func build(_ left: Code, _ right: Code) -> Condition {
    let site = site
    return Condition { frame throws(Fault) in
      let a = try left(frame)
      let b = try right(frame)
      if let result = Operation.apply(a, b) { return result }
      return try site.truth(try site.compare(Operation.op, a, b))
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
