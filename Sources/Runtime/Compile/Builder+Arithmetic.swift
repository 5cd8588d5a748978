import Diagnostics
import Syntax

/// An operator whose common cases are one machine operation.
protocol Arithmetic {
  static var op: BinaryOperator { get }
  /// The result for two numbers; nil leaves the case to ``Interpreter/binary(_:_:_:)``.
  static func apply(_ a: Int, _ b: Int) -> Value?
  static func apply(_ a: Double, _ b: Double) -> Value?
}

extension Arithmetic {
  /// The result for operands that are read in place.
  @inline(__always)
  static func apply(_ left: LocalOperand, _ right: some SimpleOperand, _ frame: Frame) -> Value? {
    if let a = left.int(frame) {
      if let b = right.int(frame) { return apply(a, b) }
      if let b = right.float(frame) { return apply(Double(a), b) }
    } else if let a = left.float(frame) {
      if let b = right.float(frame) { return apply(a, b) }
      if let b = right.int(frame) { return apply(a, Double(b)) }
    }
    return nil
  }

  @inline(__always)
  static func apply(_ left: LocalOperand, _ b: Value, _ frame: Frame) -> Value? {
    switch b {
    case .int(let y):
      if let x = left.int(frame) { return apply(x, y) }
      if let x = left.float(frame) { return apply(x, Double(y)) }
    case .float(let y):
      if let x = left.float(frame) { return apply(x, y) }
      if let x = left.int(frame) { return apply(Double(x), y) }
    default: break
    }
    return nil
  }

  @inline(__always)
  static func apply(_ a: Value, _ right: some SimpleOperand, _ frame: Frame) -> Value? {
    switch a {
    case .int(let x):
      if let y = right.int(frame) { return apply(x, y) }
      if let y = right.float(frame) { return apply(Double(x), y) }
    case .float(let x):
      if let y = right.float(frame) { return apply(x, y) }
      if let y = right.int(frame) { return apply(x, Double(y)) }
    default: break
    }
    return nil
  }

  @inline(__always)
  static func apply(_ a: Value, _ b: Value) -> Value? {
    switch a {
    case .int(let x):
      if case .int(let y) = b { return apply(x, y) }
      if case .float(let y) = b { return apply(Double(x), y) }
    case .float(let x):
      if case .float(let y) = b { return apply(x, y) }
      if case .int(let y) = b { return apply(x, Double(y)) }
    default: break
    }
    return nil
  }
}

enum Addition: Arithmetic {
  static let op = BinaryOperator.add
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Value? {
    let (result, overflow) = a.addingReportingOverflow(b)
    return overflow ? nil : .int(result)
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Value? { .float(a + b) }
}

enum Subtraction: Arithmetic {
  static let op = BinaryOperator.subtract
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Value? {
    let (result, overflow) = a.subtractingReportingOverflow(b)
    return overflow ? nil : .int(result)
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Value? { .float(a - b) }
}

enum Multiplication: Arithmetic {
  static let op = BinaryOperator.multiply
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Value? {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? nil : .int(result)
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Value? { .float(a * b) }
}

enum Division: Arithmetic {
  static let op = BinaryOperator.divide
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Value? {
    // Within 2⁵³ both are exact as floats, so that the quotient is rounded once.
    guard b != 0, a.magnitude <= 1 << 53, b.magnitude <= 1 << 53 else { return nil }
    return .float(Double(a) / Double(b))
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Value? { b == 0 ? nil : .float(a / b) }
}

enum FloorDivision: Arithmetic {
  static let op = BinaryOperator.floorDivide
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Value? {
    IntegerArithmetic.floorDivide(a, b).map { .int($0) }
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Value? { nil }
}

enum Modulo: Arithmetic {
  static let op = BinaryOperator.modulo
  @inline(__always)
  static func apply(_ a: Int, _ b: Int) -> Value? {
    IntegerArithmetic.modulo(a, b).map { .int($0) }
  }
  @inline(__always)
  static func apply(_ a: Double, _ b: Double) -> Value? { nil }
}

// The closures hold no more than the fast path: what it refuses is left to functions of the site
// that are called last, so that a closure needs no frame of its own.

private struct ArithmeticVisitor<Operation: Arithmetic>: OperandVisitor {
  let site: Site

  func build(_ left: LocalOperand, _ right: some SimpleOperand) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      if let result = Operation.apply(left, right, frame) { return result }
      return try site.binary(Operation.op, left.slot, right.number, right.slot, frame)
    }
  }

  func build(_ left: LocalOperand, _ right: Code) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      guard frame.isBound(left.slot) else { return try site.unboundValue(left.slot) }
      let b = try right(frame)
      if let result = Operation.apply(left, b, frame) { return result }
      return try site.binary(Operation.op, left.slot, b, -1, frame)
    }
  }

  func build(_ left: Code, _ right: some SimpleOperand) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      let a = try left(frame)
      if let result = Operation.apply(a, right, frame) { return result }
      return try site.binary(Operation.op, a, right.number, right.slot, frame)
    }
  }

  func build(_ left: Code, _ right: Code) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      let a = try left(frame)
      let b = try right(frame)
      if let result = Operation.apply(a, b) { return result }
      return try site.binary(Operation.op, a, b)
    }
  }
}

/// `x op= right` for a variable of the frame.
private struct AugmentedVisitor<Operation: Arithmetic>: LocalOperandVisitor {
  let site: Site

  func build(_ left: LocalOperand, _ right: some SimpleOperand) -> Step {
    let site = site
    return Step { frame throws(Fault) in
      if let result = Operation.apply(left, right, frame) {
        frame[left.slot] = result
        return .next
      }
      return try site.augment(Operation.op, left.slot, right.number, right.slot, frame)
    }
  }

  func build(_ left: LocalOperand, _ right: Code) -> Step {
    let site = site
    return Step { frame throws(Fault) in
      guard frame.isBound(left.slot) else { throw site.unbound(slot: left.slot) }
      let b = try right(frame)
      if let result = Operation.apply(left, b, frame) {
        frame[left.slot] = result
        return .next
      }
      return try site.augment(Operation.op, left.slot, b, -1, frame)
    }
  }
}

extension Builder {
  /// Compiles `left op right`.
  func binary(_ op: BinaryOperator, _ left: Expression, _ right: Expression, _ span: Span) -> Code {
    let site = site(span)
    switch op {
    case .add: return visit(left, right, ArithmeticVisitor<Addition>(site: site))
    case .subtract: return visit(left, right, ArithmeticVisitor<Subtraction>(site: site))
    case .multiply: return visit(left, right, ArithmeticVisitor<Multiplication>(site: site))
    case .divide: return visit(left, right, ArithmeticVisitor<Division>(site: site))
    case .floorDivide: return visit(left, right, ArithmeticVisitor<FloorDivision>(site: site))
    case .modulo: return visit(left, right, ArithmeticVisitor<Modulo>(site: site))
    default:
      let left = expression(left)
      let right = expression(right)
      return Code { frame throws(Fault) in
        let a = try left(frame)
        return try site.binary(op, a, try right(frame))
      }
    }
  }

  /// Compiles `target op= right` for a variable of the frame.
  func augmentedLocal(
    _ op: BinaryOperator, _ target: Expression, slot: Int, _ right: Expression, _ site: Site
  ) -> Step {
    switch op {
    case .add:
      return visit(local: slot, right, AugmentedVisitor<Addition>(site: site))
    case .subtract:
      return visit(local: slot, right, AugmentedVisitor<Subtraction>(site: site))
    case .multiply:
      return visit(local: slot, right, AugmentedVisitor<Multiplication>(site: site))
    default:
      let left = expression(target)
      let right = expression(right)
      return Step { frame throws(Fault) in
        let a = try left(frame)
        frame[slot] = try site.augmented(op, a, try right(frame))
        return .next
      }
    }
  }

  /// Compiles `-x`, `+x`, `~x`.
  func unary(_ op: UnaryOperator, _ operand: Expression, _ span: Span) -> Code {
    if let value = constant(Expression(.unary(op, operand), span)) {
      return Code { (_) throws(Fault) in value }
    }
    let code = expression(operand)
    let site = site(span)
    let interpreter = interpreter
    return Code { frame throws(Fault) in
      let value = try code(frame)
      if op == .minus, case .float(let number) = value { return .float(-number) }
      do throws(Fault) { return try interpreter.unary(op, value) } catch {
        throw site.called(error)
      }
    }
  }

  /// Compiles `and` (stops at a false value) and `or` (at a true one).
  func logical(_ left: Expression, _ right: Expression, stopsAt: Bool) -> Code {
    let code = expression(left)
    let site = site(left.span)
    let right = expression(right)
    return Code { frame throws(Fault) in
      let value = try code(frame)
      let truth: Bool
      if case .bool(let flag) = value { truth = flag } else { truth = try site.truth(value) }
      return truth == stopsAt ? value : try right(frame)
    }
  }
}
