import Diagnostics
import Syntax

extension Assembler {
  /// Assembles setting a target to the value of a temporary.
  func store(_ target: Target, from slot: Int) {
    at(target.span) {
      scoped {
        switch target.kind {
        case .name(let name): store(name, from: slot)
        case .index(let container, let key):
          let container = holder(container, before: key)
          emit(.setIndex, container, operand(key), slot)
        case .attribute(let object, let name): setAttribute(object, name, from: slot)
        case .sequence(let targets): unpack(targets, from: slot)
        case .starred(let inner): store(inner, from: slot)
        }
      }
    }
  }

  /// Assembles setting a name to the value of a temporary.
  func store(_ name: Name, from slot: Int) {
    if let variable = localSlot(name) {
      emit(.move, variable, slot)
    } else if let cell = cellSlot(name) {
      emit(.setCaptured, cell, slot)
    } else {
      emit(.setGlobal, global(name.text), slot)
    }
  }

  private func setAttribute(_ object: Expression, _ name: Name, from slot: Int) {
    let object = push(object)
    perform { frame, interpreter throws(Fault) in
      try interpreter.setAttribute(
        frame.take(object) ?? .none, name.text, frame.take(slot) ?? .none)
    }
  }

  /// Assembles `a, b = …` and `a, *rest = …`.
  private func unpack(_ targets: [Target], from slot: Int) {
    let first = temporaries(targets.count)
    if let starred = targets.firstIndex(where: {
      if case .starred = $0.kind { true } else { false }
    }) {
      unpack(targets.count, starred: starred, from: slot, to: first)
    } else {
      emit(.unpack, first, slot, targets.count)
    }
    for (place, target) in targets.enumerated() { store(target, from: first + place) }
  }

  private func unpack(_ count: Int, starred: Int, from slot: Int, to first: Int) {
    perform { frame, interpreter throws(Fault) in
      let value = frame.take(slot) ?? .none
      var elements = try interpreter.unpacked(value, into: count - 1...Int.max)
      // What is no list or tuple gave an array of its own, which ends in portions.
      defer { if value.sequenceElements == nil { release(&elements) } }
      let tail = elements.count - (count - starred - 1)
      for place in 0..<starred { frame[first + place] = elements[place] }
      frame[first + starred] = .list(try interpreter.copy(of: elements[starred..<tail]))
      for place in starred + 1..<max(count, starred + 1) {
        frame[first + place] = elements[tail + place - starred - 1]
      }
    }
  }

  /// The slot of what holds an element that is to be set: `a[0]` of `a[0][1] = 4`, which must not be
  /// a copy that nobody sees.
  private func holder(_ container: Expression, before place: Expression) -> Int {
    guard case .index(let outer, let key) = container.kind else {
      return operand(container, before: [place])
    }
    let (outerSlot, keySlot, element) = (push(outer), push(key), temporary())
    at(container.span) {
      perform { frame, interpreter throws(Fault) in
        let outer = frame.take(outerSlot) ?? .none
        frame[element] = try interpreter.index(outer, frame.take(keySlot) ?? .none)
        if case .object(let object) = outer, object.kind == .host, object.givesCopies {
          throw Fault.type(
            "a part of a '\(object.typeName)' value is a copy, so what is set in it would be lost",
            help: "use one pair of brackets: a[0, 1] = 4")
        }
      }
    }
    return element
  }

  /// Assembles an assignment.
  func assign(_ target: Target, _ value: Expression) {
    switch target.kind {
    case .name(let name):
      if let slot = localSlot(name) { return evaluate(value, to: slot) }
    case .index(let container, let key):
      // As in Python the value is evaluated first.
      let value = operand(value, before: [container, key])
      return at(target.span) {
        let container = holder(container, before: key)
        emit(.setIndex, container, operand(key), value)
      }
    case .sequence(let targets):
      if case .tuple(let values) = value.kind, values.count == targets.count,
        !targets.contains(where: { if case .starred = $0.kind { true } else { false } })
      {
        let first = free
        for value in values { push(value) }
        for (place, target) in targets.enumerated() { store(target, from: first + place) }
        return
      }
    case .attribute, .starred: break
    }
    store(target, from: push(value))
  }

  /// Assembles `target op= value`; the parts of the target are evaluated once.
  func augmented(_ target: Target, _ op: BinaryOperator, _ value: Expression) {
    switch target.kind {
    case .name(let name):
      let read = Expression(.name(name), name.span)
      if let slot = localSlot(name) {
        let left = operand(read, before: [value])
        return operate(op, left, value, to: slot, augments: true)
      }
      let slot = push(read)
      operate(op, slot, value, to: slot, augments: true)
      store(name, from: slot)
    case .index(let container, let key):
      let container = holder(container, before: key)
      let key = operand(key)
      let element = temporary()
      emit(.index, element, container, key, detail: 1)
      operate(op, element, value, to: element, augments: true)
      emit(.setIndex, container, key, element)
    case .attribute(let object, let name):
      let (holder, right) = (push(object), push(value))
      perform { frame, interpreter throws(Fault) in
        let object = frame.take(holder) ?? .none
        let old = try interpreter.attribute(object, name.text)
        let new = try interpreter.augmented(op, old, frame.take(right) ?? .none)
        try interpreter.setAttribute(object, name.text, new)
      }
    case .sequence, .starred:
      perform { _, _ throws(Fault) in
        throw Fault.internal("a list of targets cannot be augmented")
      }
    }
  }

  /// Assembles `del target`.
  func delete(_ target: Target) {
    at(target.span) {
      scoped {
        switch target.kind {
        case .name(let name): delete(name)
        case .index(let container, let key):
          let (object, place) = (push(container), push(key))
          perform { frame, interpreter throws(Fault) in
            try interpreter.delete(frame.take(object) ?? .none, frame.take(place) ?? .none)
          }
        case .sequence(let targets): for target in targets { delete(target) }
        case .attribute, .starred:
          perform { _, _ throws(Fault) in
            throw Fault.type("only names and elements can be deleted")
          }
        }
      }
    }
  }

  private func delete(_ name: Name) {
    // Reading it fails when it has no value.
    let value = push(Expression(.name(name), name.span))
    emit(.drop, value)
    if let slot = localSlot(name) {
      perform { frame, _ throws(Fault) in frame[slot] = nil }
    } else if let slot = cellSlot(name) {
      perform { frame, _ throws(Fault) in frame.cell(slot).value = nil }
    } else {
      let slot = unit.globals.slot(name.text)
      perform { _, _ throws(Fault) in
        guard slot.value != nil else {
          throw Fault("NameError", "'\(name.text)' is built in and cannot be deleted")
        }
        slot.value = nil
      }
    }
  }
}
