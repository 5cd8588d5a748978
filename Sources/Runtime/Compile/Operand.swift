import Syntax

/// An operand that is read in place instead of through a closure: a variable, or a number.
///
/// Operations are generic over it. Its requirements do not throw, since the compiler does not
/// inline generic calls that throw typed errors, and give numbers only, which count no references.
protocol SimpleOperand {
  /// The number when it is an integer.
  func int(_ frame: Frame) -> Int?
  /// The number when it is a float.
  func float(_ frame: Frame) -> Double?
  /// The slot of a variable, -1 for a number.
  var slot: Int { get }
  /// The number; None for a variable.
  var number: Value { get }
}

/// A variable of the frame.
struct LocalOperand: SimpleOperand {
  let slot: Int
  var number: Value { .none }

  @inline(__always)
  func int(_ frame: Frame) -> Int? { frame.int(slot) }

  @inline(__always)
  func float(_ frame: Frame) -> Double? { frame.float(slot) }
}

/// An integer written in the text.
struct IntOperand: SimpleOperand {
  let integer: Int
  var slot: Int { -1 }
  var number: Value { .int(integer) }

  @inline(__always)
  func int(_ frame: Frame) -> Int? { integer }

  @inline(__always)
  func float(_ frame: Frame) -> Double? { nil }
}

/// A float written in the text.
struct FloatOperand: SimpleOperand {
  let float: Double
  var slot: Int { -1 }
  var number: Value { .float(float) }

  @inline(__always)
  func int(_ frame: Frame) -> Int? { nil }

  @inline(__always)
  func float(_ frame: Frame) -> Double? { float }
}

/// An operation on a variable and an operand, compiled for what is known of the latter.
protocol LocalOperandVisitor {
  associatedtype Result
  func build(_ left: LocalOperand, _ right: some SimpleOperand) -> Result
  func build(_ left: LocalOperand, _ right: Code) -> Result
}

/// An operation on two operands, compiled for what is known of them.
protocol OperandVisitor: LocalOperandVisitor {
  func build(_ left: Code, _ right: some SimpleOperand) -> Result
  func build(_ left: Code, _ right: Code) -> Result
}

extension Builder {
  private func local(_ expression: Expression) -> LocalOperand? {
    guard case .name(let name) = expression.kind, let slot = localSlot(name) else { return nil }
    return LocalOperand(slot: slot)
  }

  /// Builds an operation on a variable and the operand at hand.
  func visit<Visitor: LocalOperandVisitor>(
    local slot: Int, _ right: Expression, _ visitor: Visitor
  ) -> Visitor.Result {
    let left = LocalOperand(slot: slot)
    if let right = local(right) { return visitor.build(left, right) }
    return switch right.kind {
    case .int(let number): visitor.build(left, IntOperand(integer: number))
    case .float(let number): visitor.build(left, FloatOperand(float: number))
    default: visitor.build(left, expression(right))
    }
  }

  /// Builds an operation for the operands at hand.
  func visit<Visitor: OperandVisitor>(
    _ left: Expression, _ right: Expression, _ visitor: Visitor
  ) -> Visitor.Result {
    if let left = local(left) { return visit(local: left.slot, right, visitor) }
    let left = expression(left)
    if let right = local(right) { return visitor.build(left, right) }
    return switch right.kind {
    case .int(let number): visitor.build(left, IntOperand(integer: number))
    case .float(let number): visitor.build(left, FloatOperand(float: number))
    default: visitor.build(left, expression(right))
    }
  }
}
