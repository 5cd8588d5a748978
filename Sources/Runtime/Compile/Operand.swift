import Syntax

/// An operand that is read in place instead of through a closure.
///
/// Operations are generic over it. Its one requirement does not throw, since the compiler does not
/// inline generic calls that throw typed errors; nil means a variable without a value.
protocol SimpleOperand {
  func value(_ frame: Frame) -> Value?
  /// The slot of the variable, for the fault.
  var slot: Int { get }
}

/// A variable of the frame.
struct LocalOperand: SimpleOperand {
  let slot: Int

  @inline(__always)
  func value(_ frame: Frame) -> Value? { frame[slot] }
}

/// An integer written in the text.
struct IntOperand: SimpleOperand {
  let number: Int
  var slot: Int { -1 }

  @inline(__always)
  func value(_ frame: Frame) -> Value? { .int(number) }
}

/// An operation on two operands, compiled for what is known of them.
protocol OperandVisitor {
  associatedtype Result
  func build(_ left: LocalOperand, _ right: some SimpleOperand) -> Result
  func build(_ left: LocalOperand, _ right: Code) -> Result
  func build(_ left: Code, _ right: some SimpleOperand) -> Result
  func build(_ left: Code, _ right: Code) -> Result
}

extension Builder {
  private func local(_ expression: Expression) -> LocalOperand? {
    guard case .name(let name) = expression.kind, let slot = localSlot(name) else { return nil }
    return LocalOperand(slot: slot)
  }

  /// Builds an operation for the operands at hand.
  func visit<Visitor: OperandVisitor>(
    _ left: Expression, _ right: Expression, _ visitor: Visitor
  ) -> Visitor.Result {
    if let left = local(left) {
      if let right = local(right) { return visitor.build(left, right) }
      if case .int(let number) = right.kind {
        return visitor.build(left, IntOperand(number: number))
      }
      return visitor.build(left, expression(right))
    }
    let left = expression(left)
    if let right = local(right) { return visitor.build(left, right) }
    if case .int(let number) = right.kind {
      return visitor.build(left, IntOperand(number: number))
    }
    return visitor.build(left, expression(right))
  }
}
