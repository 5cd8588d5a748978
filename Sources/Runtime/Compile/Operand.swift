import Syntax

/// An operand that the compiler knows more about than that it is an expression.
///
/// Operations are generic over their operands, so that variables and small constants are read in
/// place instead of through a closure.
protocol Operand {
  /// The value; `site` is the operation's, which knows the names of variables.
  func load(_ frame: Frame, _ site: Site) throws(Fault) -> Value
}

/// A variable of the frame. It holds the slot alone, so that closures copy it for nothing.
struct LocalOperand: Operand {
  let slot: Int

  @inline(__always)
  func load(_ frame: Frame, _ site: Site) throws(Fault) -> Value {
    guard let value = frame[slot] else { throw site.unbound(slot: slot) }
    return value
  }
}

/// An integer written in the text.
struct IntOperand: Operand {
  let number: Int

  @inline(__always)
  func load(_ frame: Frame, _ site: Site) throws(Fault) -> Value { .int(number) }
}

/// Any expression.
struct CodeOperand: Operand {
  let code: Code

  @inline(__always)
  func load(_ frame: Frame, _ site: Site) throws(Fault) -> Value { try code(frame) }
}

/// An operation on two operands, whatever they are; `build` gets them with their types.
protocol OperandVisitor {
  associatedtype Result
  func build<Left: Operand, Right: Operand>(_ left: Left, _ right: Right) -> Result
}

extension Builder {
  func local(_ expression: Expression) -> LocalOperand? {
    guard case .name(let name) = expression.kind, let slot = localSlot(name) else { return nil }
    return LocalOperand(slot: slot)
  }

  /// Builds an operation for the operands at hand.
  func visit<Visitor: OperandVisitor>(
    _ left: Expression, _ right: Expression, _ visitor: Visitor
  ) -> Visitor.Result {
    if let left = local(left) { return visitRight(left, right, visitor) }
    return visitRight(CodeOperand(code: expression(left)), right, visitor)
  }

  private func visitRight<Left: Operand, Visitor: OperandVisitor>(
    _ left: Left, _ right: Expression, _ visitor: Visitor
  ) -> Visitor.Result {
    if let right = local(right) { return visitor.build(left, right) }
    if case .int(let number) = right.kind {
      return visitor.build(left, IntOperand(number: number))
    }
    return visitor.build(left, CodeOperand(code: expression(right)))
  }
}
