import BigInt
import Diagnostics
import Syntax

extension Assembler {
  /// Puts the value of an expression into a slot, which keeps what it has until the value is there.
  func evaluate(_ expression: Expression, to slot: Int) {
    at(expression.span) { scoped { assemble(expression, to: slot) } }
  }

  private func assemble(_ expression: Expression, to slot: Int) {
    if let value = literal(expression) { return emit(.constant, slot, constant(value)) }
    switch expression.kind {
    case .none, .bool, .int, .bigInt, .float, .string, .bytes, .ellipsis: break
    case .formatted(let pieces): formatted(pieces, to: slot)
    case .name(let name): read(name, to: slot)
    case .list(let elements): gather(elements, .list, to: slot)
    case .tuple(let elements): gather(elements, .tuple, to: slot)
    case .dict(let entries): dict(entries, to: slot)
    case .listComprehension(let body, let clauses):
      collect(.newList, clauses, to: slot) { list in
        at(body.span) { emit(.append, list, operand(body)) }
      }
    case .dictComprehension(let key, let value, let clauses):
      collect(.newDict, clauses, to: slot) { dict in
        let keySlot = operand(key, before: [value])
        at(key.span) { emit(.put, dict, keySlot, operand(value)) }
      }
    case .lambda(let function): makeFunction(function, to: slot)
    case .conditional(let test, let then, let otherwise):
      inTemporary(slot) { slot in
        let (other, end) = (Label(), Label())
        branch(test, unless: true, to: other)
        evaluate(then, to: slot)
        emit(.jump, to: end)
        place(other)
        evaluate(otherwise, to: slot)
        place(end)
      }
    case .not(let operand): emit(.not, slot, self.operand(operand))
    case .and(let left, let right): logical(left, right, stopsAt: false, to: slot)
    case .or(let left, let right): logical(left, right, stopsAt: true, to: slot)
    case .unary(let op, let operand):
      let operand = self.operand(operand)
      emit(.unary, slot, operand, detail: Instruction.unaries.firstIndex(of: op) ?? 0)
    case .binary(let op, let left, let right, _): binary(op, left, right, to: slot)
    case .comparison(let first, let rest): comparison(first, rest, to: slot)
    case .call(let callee, let arguments): call(callee, arguments, to: slot)
    case .attribute(let value, let name):
      let value = operand(value)
      at(name.span) { emit(.attribute, slot, value, self.name(name.text)) }
    case .index(let container, let key):
      let container = operand(container, before: [key])
      emit(.index, slot, container, operand(key))
    case .slice(let start, let stop, let step):
      let first = temporaries(3)
      for (place, part) in [start, stop, step].enumerated() {
        if let part {
          evaluate(part, to: first + place)
        } else {
          emit(.constant, first + place, constant(.none))
        }
      }
      perform { frame, _ throws(Fault) in
        frame[slot] = .object(
          SliceObject(
            start: frame.take(first) ?? .none, stop: frame.take(first + 1) ?? .none,
            step: frame.take(first + 2) ?? .none))
      }
    }
  }

  /// Assembles what changes its slot before it is done: in a temporary, when a variable is meant.
  func inTemporary(_ slot: Int, _ body: (Int) -> Void) {
    guard isVariable(slot) else { return body(slot) }
    let result = temporary()
    body(result)
    emit(.move, slot, result)
  }

  /// Assembles `and` (stops at a false value) and `or` (at a true one).
  private func logical(_ left: Expression, _ right: Expression, stopsAt: Bool, to slot: Int) {
    inTemporary(slot) { slot in
      let end = Label()
      evaluate(left, to: slot)
      at(left.span) { emit(.ifTrueKeeping, slot, detail: stopsAt ? 0 : 1, to: end) }
      evaluate(right, to: slot)
      place(end)
    }
  }

  // MARK: - Names and literals

  private func read(_ name: Name, to slot: Int) {
    if let variable = localSlot(name) {
      emit(.copy, slot, variable)
    } else if let cell = cellSlot(name) {
      emit(.captured, slot, cell, self.name(name.text))
    } else {
      emit(.global, slot, global(name.text))
    }
  }

  /// The value of a literal.
  func literal(_ expression: Expression) -> Value? {
    switch expression.kind {
    case .none: Value.none
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .bigInt(let digits, let radix): .integer(BigInt(digits, radix: radix) ?? 0)
    case .float(let number): .float(number)
    case .string(let text): .string(text)
    case .bytes(let bytes): .object(BytesObject(bytes))
    case .ellipsis: .object(interpreter.ellipsis)
    case .unary(.minus, let operand): negated(operand)
    case .tuple(let elements): tupleLiteral(elements)
    default: nil
    }
  }

  private func negated(_ operand: Expression) -> Value? {
    switch operand.kind {
    case .int(let number) where number != Int.min: .int(-number)
    case .float(let number): .float(-number)
    default: nil
    }
  }

  /// A tuple of literals, made once: nothing can change it.
  private func tupleLiteral(_ elements: [Expression]) -> Value? {
    var values: [Value] = []
    for element in elements {
      guard let value = literal(element) else { return nil }
      values.append(value)
    }
    return .tuple(values)
  }
}
