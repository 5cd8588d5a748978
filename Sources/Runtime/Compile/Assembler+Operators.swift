import Syntax

extension Assembler {
  /// Assembles `left op right`.
  func binary(_ op: BinaryOperator, _ left: Expression, _ right: Expression, to slot: Int) {
    let left = operand(left, before: [right])
    operate(op, left, right, to: slot, augments: false)
  }

  /// Assembles an operator whose left operand lies in a slot.
  func operate(
    _ op: BinaryOperator, _ left: Int, _ right: Expression, to slot: Int, augments: Bool
  ) {
    if case .int(let number) = right.kind, let number = Int32(exactly: number),
      let operation = op.withNumber
    {
      return emit(operation, slot, left, Int(number), detail: augments ? 1 : 0)
    }
    if case .float(let number) = right.kind, let operation = op.withFloat {
      return emit(operation, slot, left, constant(.float(number)), detail: augments ? 1 : 0)
    }
    let right = operand(right)
    if let operation = op.withSlots {
      return emit(operation, slot, left, right, detail: augments ? 1 : 0)
    }
    emit(
      augments ? .augment : .binary, slot, left, right,
      detail: Instruction.operators.firstIndex(of: op) ?? 0)
  }

  /// Assembles `a < b`, and `a < b <= c`, which evaluates each operand once.
  func comparison(_ first: Expression, _ rest: [ComparisonLink], to slot: Int) {
    guard rest.count > 1 else {
      let left = operand(first, before: rest.map(\.right))
      for link in rest {
        emit(.compare, slot, left, operand(link.right), detail: link.op.number)
      }
      return
    }
    inTemporary(slot) { slot in
      let (left, right, kept) = (push(first), temporary(), temporary())
      let end = Label()
      for (place, link) in rest.enumerated() {
        let isLast = place + 1 == rest.count
        evaluate(link.right, to: right)
        if !isLast { emit(.copy, kept, right) }
        emit(.compare, slot, left, right, detail: link.op.number)
        if !isLast {
          emit(.ifTrueKeeping, slot, detail: 1, to: end)
          emit(.move, left, kept)
        }
      }
      let done = Label()
      emit(.jump, to: done)
      place(end)
      // The comparison that failed has left its right operand, which is not needed.
      emit(.drop, kept)
      place(done)
    }
  }

  /// Assembles a jump that is taken unless the truth of an expression is the expected one.
  func branch(_ test: Expression, unless expected: Bool, to label: Label) {
    at(test.span) { scoped { jump(test, unless: expected, to: label) } }
  }

  private func jump(_ test: Expression, unless expected: Bool, to label: Label) {
    switch test.kind {
    case .bool(let flag):
      if flag != expected { emit(.jump, to: label) }
    case .not(let operand): branch(operand, unless: !expected, to: label)
    case .and(let left, let right): both(left, right, expected, decides: false, to: label)
    case .or(let left, let right): both(left, right, expected, decides: true, to: label)
    case .comparison(let left, let rest) where rest.count == 1 && rest[0].op.withSlots != nil:
      compare(left, rest[0], expected, to: label)
    default:
      emit(.ifTrue, operand(test), detail: expected ? 1 : 0, to: label)
    }
  }

  /// `and` and `or`: the left operand decides when it is false, or true.
  private func both(
    _ left: Expression, _ right: Expression, _ expected: Bool, decides: Bool, to label: Label
  ) {
    if decides != expected {
      branch(left, unless: expected, to: label)
      branch(right, unless: expected, to: label)
    } else {
      let end = Label()
      branch(left, unless: !expected, to: end)
      branch(right, unless: expected, to: label)
      place(end)
    }
  }

  private func compare(
    _ left: Expression, _ link: ComparisonLink, _ expected: Bool, to label: Label
  ) {
    let left = operand(left, before: [link.right])
    let detail = expected ? 1 : 0
    if case .int(let number) = link.right.kind, let number = Int32(exactly: number),
      let operation = link.op.withNumber
    {
      return emit(operation, left, Int(number), detail: detail, to: label)
    }
    guard let operation = link.op.withSlots else { return }
    emit(operation, left, operand(link.right), detail: detail, to: label)
  }
}

extension BinaryOperator {
  /// The operation on two slots.
  fileprivate var withSlots: Operation? {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .modulo: .modulo
    case .power, .matmul, .and, .or, .xor, .shiftLeft, .shiftRight: nil
    }
  }

  /// The operation on a slot and a number of the text.
  fileprivate var withNumber: Operation? {
    switch self {
    case .add: .addNumber
    case .subtract: .subtractNumber
    case .multiply: .multiplyNumber
    case .floorDivide: .floorDivideNumber
    case .modulo: .moduloNumber
    case .divide, .power, .matmul, .and, .or, .xor, .shiftLeft, .shiftRight: nil
    }
  }

  /// The operation on a slot and a float of the text.
  fileprivate var withFloat: Operation? {
    switch self {
    case .add: .addFloat
    case .subtract: .subtractFloat
    case .multiply: .multiplyFloat
    case .divide: .divideFloat
    case .floorDivide, .modulo, .power, .matmul, .and, .or, .xor, .shiftLeft, .shiftRight: nil
    }
  }
}

extension ComparisonOperator {
  /// The place in ``Instruction/comparisons``.
  fileprivate var number: Int { Instruction.comparisons.firstIndex(of: self) ?? 0 }

  /// The jump on two slots.
  fileprivate var withSlots: Operation? {
    switch self {
    case .equal: .ifEqual
    case .notEqual: .ifNotEqual
    case .less: .ifLess
    case .lessEqual: .ifLessOrEqual
    case .greater: .ifGreater
    case .greaterEqual: .ifGreaterOrEqual
    case .in, .notIn, .is, .isNot: nil
    }
  }

  /// The jump on a slot and a number of the text.
  fileprivate var withNumber: Operation? {
    switch self {
    case .equal: .ifEqualNumber
    case .notEqual: .ifNotEqualNumber
    case .less: .ifLessNumber
    case .lessEqual: .ifLessOrEqualNumber
    case .greater: .ifGreaterNumber
    case .greaterEqual: .ifGreaterOrEqualNumber
    case .in, .notIn, .is, .isNot: nil
    }
  }
}
