import Syntax

// What the loop leaves to others: operands that are no numbers.

extension CodeBlock {
  /// The value of a variable, or of a temporary, which is taken out; nil for an unbound variable.
  @inline(__always)
  func taken(_ slot: Int, _ frame: Frame) -> Value? {
    slot >= firstTemporary ? frame.take(slot) : frame.copied(slot)
  }

  /// The value of a variable, or of a temporary, which is taken out.
  @inline(__always)
  func operand(_ slot: Int, _ frame: Frame) throws(Fault) -> Value {
    guard let value = taken(slot, frame) else { throw unbound(slot) }
    return value
  }

  /// Hands an operand to `body`, without counting a reference to it; a temporary is let go of
  /// afterwards.
  @inline(__always)
  func operand<Answer>(
    _ slot: Int, _ frame: Frame, _ body: (Value) throws(Fault) -> Answer
  ) throws(Fault) -> Answer {
    guard let answer = try frame.borrow(slot, body) else { throw unbound(slot) }
    if slot >= firstTemporary { frame.drop(slot) }
    return answer
  }

  /// Hands two operands to `body`, without counting references to them; temporaries are let go of
  /// afterwards.
  @inline(__always)
  func operands<Answer>(
    _ left: Int, _ right: Int, _ frame: Frame, keeps: Bool = false,
    _ body: (Value, Value) throws(Fault) -> Answer
  ) throws(Fault) -> Answer {
    // Each borrowing gives nil when its operand is unbound.
    let borrowed = try frame.borrow(left) { a throws(Fault) in
      try frame.borrow(right) { b throws(Fault) in try body(a, b) }
    }
    guard let leftIsBound = borrowed else { throw unbound(left) }
    guard let answer = leftIsBound else { throw unbound(right) }
    if left >= firstTemporary, !keeps { frame.drop(left) }
    if right >= firstTemporary, !keeps { frame.drop(right) }
    return answer
  }
}

extension Interpreter {
  /// Gives the variable in a cell a value.
  @inline(never)
  func setCaptured(_ step: Step, _ frame: Frame) {
    let cell = frame.cell(step.a)
    let value = frame.take(step.b)
    cell.value = value
    if cell.isCaptured, let value { note(value, putInto: cell) }
  }

  @inline(never)
  func binary(
    _ op: BinaryOperator, _ step: Step, _ frame: Frame, _ block: CodeBlock, augments: Bool
  ) throws(Fault) {
    let result = try block.operands(step.b, step.c, frame) { a, b throws(Fault) in
      try augments ? augmented(op, a, b) : binary(op, a, b)
    }
    frame[step.a] = result
  }

  @inline(never)
  func binary(
    _ op: BinaryOperator, _ step: Step, _ right: Value, _ frame: Frame, _ block: CodeBlock
  ) throws(Fault) {
    let left = try block.operand(step.b, frame)
    frame[step.a] = try step.isFlagged ? augmented(op, left, right) : binary(op, left, right)
  }

  @inline(never)
  func unary(_ step: Step, _ frame: Frame, _ block: CodeBlock) throws(Fault) {
    let op = Instruction.unaries[step.detail]
    if op == .minus, let number = frame.float(step.b) {
      frame[step.a] = .float(-number)
    } else {
      frame[step.a] = try unary(op, try block.operand(step.b, frame))
    }
  }

  @inline(never)
  func compare(_ step: Step, _ frame: Frame, _ block: CodeBlock) throws(Fault) {
    let op = Instruction.comparisons[step.detail]
    let result = try block.operands(step.b, step.c, frame) { a, b throws(Fault) in
      try compare(op, a, b)
    }
    frame[step.a] = result
  }

  @inline(never)
  func isTrue(
    _ op: ComparisonOperator, _ left: Int, _ right: Int, _ frame: Frame, _ block: CodeBlock
  ) throws(Fault) -> Bool {
    try block.operands(left, right, frame) { a, b throws(Fault) in try truth(compare(op, a, b)) }
  }

  @inline(never)
  func isTrue(
    _ op: ComparisonOperator, _ left: Int, number: Int, _ frame: Frame, _ block: CodeBlock
  ) throws(Fault) -> Bool {
    try truth(try compare(op, try block.operand(left, frame), .int(number)))
  }

  /// The truth of an operand.
  @inline(never)
  func truth(_ slot: Int, _ frame: Frame, _ block: CodeBlock) throws(Fault) -> Bool {
    try truth(try block.operand(slot, frame))
  }

  // MARK: - Elements

  @inline(never)
  func index(_ step: Step, _ frame: Frame, _ block: CodeBlock) throws(Fault) {
    let keeps = step.isFlagged
    let element = try block.operands(step.b, step.c, frame, keeps: keeps) {
      container, key throws(Fault) in try index(container, key)
    }
    frame[step.a] = element
  }

  @inline(__always)
  func setIndex(_ step: Step, _ frame: Frame, _ block: CodeBlock) throws(Fault) {
    if let place = frame.int(step.b), let value = frame.scalar(step.c),
      frame.withList(step.a, { $0.replace(at: place, with: value) }) != nil
    {
      if step.a >= block.firstTemporary { frame.drop(step.a) }
      return
    }
    try assign(step, frame, block)
  }

  @inline(never)
  private func assign(_ step: Step, _ frame: Frame, _ block: CodeBlock) throws(Fault) {
    let dict = frame.object(step.a)?.dict
    if let dict, let key = frame.object(step.b)?.string, let value = frame.scalar(step.c),
      dict.read({ $0.replace(key, by: value) })
    {
      if step.a >= block.firstTemporary { frame.drop(step.a) }
      if step.b >= block.firstTemporary { frame.drop(step.b) }
      return
    }
    try block.operand(step.c, frame) { value throws(Fault) in
      try block.operands(step.a, step.b, frame) { container, key throws(Fault) in
        try assign(container, key, value)
      }
    }
  }

  @inline(never)
  func put(_ step: Step, _ frame: Frame, _ block: CodeBlock) throws(Fault) {
    try block.operands(step.b, step.c, frame) { key, value throws(Fault) in
      try frame.object(step.a)?.dict?.with { dict throws(Fault) in try dict.set(key, value, self) }
    }
  }

  @inline(never)
  func unpack(_ step: Step, _ frame: Frame, _ block: CodeBlock) throws(Fault) {
    let count = step.c
    let isDone: Void? = frame.withTuple(step.b) { tuple in
      guard tuple.count == count else { return nil }
      for place in 0..<count { frame[step.a + place] = shared(tuple[place]) }
      return ()
    }
    if isDone != nil {
      if step.b >= block.firstTemporary { frame.drop(step.b) }
      return
    }
    let elements = try unpacked(try block.operand(step.b, frame), into: count...count)
    for place in 0..<count { frame[step.a + place] = elements[place] }
  }

  @inline(never)
  func tuple(_ frame: Frame, _ first: Int, _ count: Int) -> Value {
    if count == 2 {
      return .pair(frame.take(first) ?? .none, frame.take(first + 1) ?? .none)
    }
    return .tuple(frame.takeAll(first, count))
  }
}

extension Frame {
  /// Takes the values out of neighbouring temporaries.
  func takeAll(_ first: Int, _ count: Int) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    for place in 0..<count { values.append(take(first + place) ?? .none) }
    return values
  }
}
