import BigInt
import Diagnostics
import Syntax

extension Site {
  /// The value of a variable.
  @inline(never)
  fileprivate func variable(_ slot: Int, _ frame: Frame) throws(Fault) -> Value {
    if let value = frame[slot] { return value }
    return try unboundValue(slot)
  }

  /// The value of a variable in a cell.
  @inline(never)
  fileprivate func captured(_ slot: Int, _ name: String, _ frame: Frame) throws(Fault) -> Value {
    if let value = frame.cellValue(slot) { return value }
    throw unbound(name)
  }

  /// The value of a global name that the program has not bound.
  @inline(never)
  fileprivate func builtin(_ slot: GlobalSlot, _ globals: Globals) throws(Fault) -> Value {
    if let value = slot.builtin.value { return value }
    throw globals.unbound(slot, variables: variables).located(label)
  }
}

extension Builder {
  /// Compiles the use of a name.
  func name(_ name: Name) -> Code {
    let site = site(name.span)
    let text = name.text
    switch binding(name) {
    case .local(let slot):
      return Code { frame throws(Fault) in
        if let number = frame.int(slot) { return .int(number) }
        return try site.variable(slot, frame)
      }
    case .cell(let slot): return cell(slot, text, site)
    case .free(let index): return cell(captureSlot(index), text, site)
    case .global:
      let globals = unit.globals
      let slot = globals.slot(text)
      return Code { (_) throws(Fault) in
        if let value = slot.value { return value }
        return try site.builtin(slot, globals)
      }
    }
  }

  private func cell(_ slot: Int, _ text: String, _ site: Site) -> Code {
    Code { frame throws(Fault) in try site.captured(slot, text, frame) }
  }

  /// The value of a literal.
  func constant(_ expression: Expression) -> Value? {
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
    case .tuple(let elements): tupleConstant(elements)
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

  /// A tuple of constants, made once: nothing can change it.
  private func tupleConstant(_ elements: [Expression]) -> Value? {
    var values: [Value] = []
    for element in elements {
      guard let value = constant(element) else { return nil }
      values.append(value)
    }
    return .tuple(values)
  }

  /// Compiles setting a name.
  func store(_ name: Name) -> Store {
    switch binding(name) {
    case .local(let slot): return Store { frame, value throws(Fault) in frame[slot] = value }
    case .cell(let slot): return store(cell: slot)
    case .free(let index): return store(cell: captureSlot(index))
    case .global:
      let globals = unit.globals
      let slot = globals.slot(name.text)
      return Store { _, value throws(Fault) in
        slot.value = value
        if !slot.isListed { globals.noteBinding(slot) }
      }
    }
  }

  private func store(cell slot: Int) -> Store {
    let interpreter = interpreter
    return Store { frame, value throws(Fault) in
      let cell = frame.cell(slot)
      cell.value = value
      if cell.isCaptured { interpreter.note(value, putInto: cell) }
    }
  }

  /// The slot of a name that is a plain variable of the frame.
  func localSlot(_ name: Name) -> Int? {
    if case .local(let slot) = binding(name) { slot } else { nil }
  }

  /// Compiles `value.name`.
  func attribute(_ value: Expression, _ name: Name) -> Code {
    let code = expression(value)
    let site = site(name.span)
    let text = name.text
    let interpreter = interpreter
    return Code { frame throws(Fault) in
      let value = try code(frame)
      do throws(Fault) {
        return try interpreter.attribute(value, text)
      } catch {
        throw site.located(error)
      }
    }
  }
}
