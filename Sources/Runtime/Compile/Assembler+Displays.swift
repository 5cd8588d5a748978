import Diagnostics
import Syntax

extension Assembler {
  /// The most elements that wait in slots for the list that they become.
  private static let mostGathered = 1000

  /// Assembles `[a, b]` and `(a, b)`.
  func gather(_ elements: [Expression], _ operation: Operation, to slot: Int) {
    if operation == .list, elements.count > Assembler.mostGathered {
      return inTemporary(slot) { slot in
        emit(.newList, slot)
        for element in elements { scoped { emit(.append, slot, operand(element)) } }
      }
    }
    let first = free
    for element in elements { push(element) }
    emit(operation, slot, first, elements.count)
  }

  /// Assembles `{key: value, **mapping}`.
  func dict(_ entries: [DictEntry], to slot: Int) {
    inTemporary(slot) { slot in
      emit(.newDict, slot)
      for entry in entries {
        scoped {
          if let key = entry.key {
            let keySlot = operand(key, before: [entry.value])
            let value = operand(entry.value)
            at(key.span) { emit(.put, slot, keySlot, value) }
          } else {
            let mapping = push(entry.value)
            at(entry.value.span) { merge(mapping, into: slot) }
          }
        }
      }
    }
  }

  private func merge(_ mapping: Int, into slot: Int) {
    perform { frame, interpreter throws(Fault) in
      let value = frame.take(mapping) ?? .none
      guard let pairs = value.asDict?.pairs else {
        throw Fault.type("'**' expects a dict; received '\(interpreter.typeName(value))'")
      }
      for (key, value) in pairs { try frame[slot]?.asDict?.set(key, value, interpreter) }
    }
  }

  /// Assembles a comprehension: what `add` puts into the list or dict that grows in a slot.
  func collect(
    _ operation: Operation, _ clauses: [ComprehensionClause], to slot: Int, _ add: (Int) -> Void
  ) {
    inTemporary(slot) { slot in
      emit(operation, slot)
      clause(clauses[...]) { scoped { add(slot) } }
    }
  }

  private func clause(_ clauses: ArraySlice<ComprehensionClause>, _ innermost: () -> Void) {
    guard let first = clauses.first else { return innermost() }
    switch first {
    case .filter(let test):
      let end = Label()
      branch(test, unless: true, to: end)
      clause(clauses.dropFirst(), innermost)
      place(end)
    case .each(let target, let iterable):
      loop(target, iterable) { clause(clauses.dropFirst(), innermost) }
    }
  }

  // MARK: - f-strings

  /// Assembles an f-string: its pieces are written one after the other into an open text.
  func formatted(_ pieces: [FormattedPiece], to slot: Int) {
    emit(.beginText)
    let start = parts.instructions.count
    for piece in pieces { scoped { write(piece) } }
    noteOpening(.text, from: start)
    emit(.endText, slot)
  }

  private func write(_ piece: FormattedPiece) {
    switch piece {
    case .text(let literal): emit(.writeText, constant(.string(literal)))
    case .field(let value, let label, let conversion, let spec, let place):
      if let label { emit(.writeText, constant(.string(label))) }
      let slot = operand(value)
      // As in Python, `{x=}` shows repr unless something else is asked for.
      let conversion = conversion ?? (label != nil && spec.isEmpty ? "r" : nil)
      at(place) { write(slot, conversion, spec) }
    }
  }

  private func write(_ slot: Int, _ conversion: Character?, _ spec: [FormattedPiece]) {
    if spec.isEmpty, conversion == nil { return emit(.write, slot) }
    let value = temporary()
    emit(isVariable(slot) ? .copy : .move, value, slot)
    if case .text(let literal)? = spec.first, spec.count == 1,
      let parsed = try? FormatSpec(literal)
    {
      return perform { frame, interpreter throws(Fault) in
        let value = frame.take(value) ?? .none
        guard conversion == nil, value.kind != .host else {
          return try interpreter.write(value, conversion, literal)
        }
        try Formatting.write(value, parsed, to: interpreter.textBuffer, interpreter)
      }
    }
    guard !spec.isEmpty else {
      return perform { frame, interpreter throws(Fault) in
        try interpreter.write(frame.take(value) ?? .none, conversion, nil)
      }
    }
    let layout = temporary()
    formatted(spec, to: layout)
    perform { frame, interpreter throws(Fault) in
      let spec = frame.take(layout)?.stringText ?? ""
      try interpreter.write(frame.take(value) ?? .none, conversion, spec)
    }
  }
}

extension Interpreter {
  /// Writes a field of an f-string into the open text.
  fileprivate func write(_ value: Value, _ conversion: Character?, _ spec: String?) throws(Fault) {
    var value = value
    if let conversion { value = .string(try Formatting.convert(value, conversion, self)) }
    guard let spec else { return try write(value, to: textBuffer) }
    textBuffer.append(try Formatting.format(value, spec, self))
  }
}
