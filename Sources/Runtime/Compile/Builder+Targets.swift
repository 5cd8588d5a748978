import Diagnostics
import Syntax

extension Builder {
  /// Compiles setting a target.
  func store(_ target: Target) -> Store {
    switch target.kind {
    case .name(let name): return store(name)
    case .index(let container, let key):
      let site = site(target.span)
      let container = expression(container)
      let key = expression(key)
      return Store { frame, value throws(Fault) in
        let container = try container(frame)
        let key = try key(frame)
        try site.store(value, in: container, at: key)
      }
    case .attribute(let object, let name):
      let site = site(target.span)
      let object = expression(object)
      return Store { frame, value throws(Fault) in
        let object = try object(frame)
        do throws(Fault) {
          try site.interpreter.setAttribute(object, name.text, value)
        } catch {
          throw site.called(error)
        }
      }
    case .sequence(let targets): return unpack(targets, target.span)
    case .starred(let inner): return store(inner)
    }
  }

  /// Compiles `a, b = …` and `a, *rest = …`.
  private func unpack(_ targets: [Target], _ span: Span) -> Store {
    let site = site(span)
    let starred = targets.firstIndex { if case .starred = $0.kind { true } else { false } }
    let stores = targets.map(loopTarget)
    let count = stores.count
    guard let starred else {
      return Store { frame, value throws(Fault) in
        if case .object(let object) = value, let tuple = object.asTuple,
          tuple.storage.count == count
        {
          for place in 0..<count { try stores[place](frame, tuple.storage[place]) }
          return
        }
        let elements = try site.unpacked(value)
        guard elements.count == count else {
          throw site.located(
            Fault.value("unpacking expected \(count) values; received \(elements.count)"))
        }
        for place in 0..<count { try stores[place](frame, elements[place]) }
      }
    }
    let after = count - starred - 1
    return Store { frame, value throws(Fault) in
      let elements = try site.unpacked(value)
      guard elements.count >= count - 1 else {
        throw site.located(
          Fault.value(
            "unpacking expected at least \(count - 1) values; received \(elements.count)"))
      }
      let tail = elements.count - after
      for place in 0..<starred { try stores[place](frame, elements[place]) }
      try stores[starred](frame, .list(Array(elements[starred..<tail])))
      for place in 0..<after { try stores[starred + 1 + place](frame, elements[tail + place]) }
    }
  }

  /// Compiles `container[key]`.
  func index(_ container: Expression, _ key: Expression, _ span: Span) -> Code {
    visit(container, key, IndexVisitor(site: site(span)))
  }

  /// Compiles `start:stop:step`.
  func slice(_ start: Expression?, _ stop: Expression?, _ step: Expression?) -> Code {
    let none = Code { (_) throws(Fault) in .none }
    let start = start.map(expression) ?? none
    let stop = stop.map(expression) ?? none
    let step = step.map(expression) ?? none
    return Code { frame throws(Fault) in
      let first = try start(frame)
      let last = try stop(frame)
      return .object(SliceObject(start: first, stop: last, step: try step(frame)))
    }
  }

  /// Compiles `a, b = x, y` without a tuple.
  private func assignPair(_ targets: [Target], _ value: Expression) -> Step? {
    guard targets.count == 2, case .tuple(let elements) = value.kind, elements.count == 2,
      case .name(let first) = targets[0].kind, case .name(let second) = targets[1].kind
    else { return nil }
    let (x, y) = (expression(elements[0]), expression(elements[1]))
    if let a = localSlot(first), let b = localSlot(second) {
      return Step { frame throws(Fault) in
        let (first, second) = (try x(frame), try y(frame))
        frame[a] = first
        frame[b] = second
        return .next
      }
    }
    let (a, b) = (store(first), store(second))
    return Step { frame throws(Fault) in
      let (first, second) = (try x(frame), try y(frame))
      try a(frame, first)
      try b(frame, second)
      return .next
    }
  }

  /// Compiles an assignment.
  func assign(_ target: Target, _ value: Expression) -> Step {
    let code = expression(value)
    switch target.kind {
    case .name(let name):
      if let slot = localSlot(name) {
        return Step { frame throws(Fault) in
          frame[slot] = try code(frame)
          return .next
        }
      }
    case .index(let container, let key):
      return visit(
        container, key, AssignVisitor(site: site(target.span), value: code))
    case .sequence(let targets):
      if let step = assignPair(targets, value) { return step }
    default: break
    }
    let store = store(target)
    return Step { frame throws(Fault) in
      try store(frame, try code(frame))
      return .next
    }
  }

  /// Compiles `target op= value`; the parts of the target are evaluated once.
  func augmented(
    _ target: Target, _ op: BinaryOperator, _ value: Expression, _ span: Span
  ) -> Step {
    let site = site(span)
    switch target.kind {
    case .name(let name):
      let read = Expression(.name(name), name.span)
      if let slot = localSlot(name) {
        return augmentedLocal(op, read, slot: slot, value, site)
      }
      let current = expression(read)
      let code = expression(value)
      let store = store(name)
      return Step { frame throws(Fault) in
        let old = try current(frame)
        try store(frame, try site.augmented(op, old, try code(frame)))
        return .next
      }
    case .index(let container, let key):
      let container = expression(container)
      let key = expression(key)
      let code = expression(value)
      return Step { frame throws(Fault) in
        let container = try container(frame)
        let key = try key(frame)
        let old = try site.index(container, key)
        let new = try site.augmented(op, old, try code(frame))
        try site.store(new, in: container, at: key)
        return .next
      }
    case .attribute(let object, let name):
      let object = expression(object)
      let code = expression(value)
      let interpreter = interpreter
      return Step { frame throws(Fault) in
        let object = try object(frame)
        let value = try code(frame)
        do throws(Fault) {
          let old = try interpreter.attribute(object, name.text)
          try interpreter.setAttribute(
            object, name.text, try interpreter.augmented(op, old, value))
        } catch {
          throw site.called(error)
        }
        return .next
      }
    case .sequence, .starred:
      return Step { (_) throws(Fault) in
        throw site.located(Fault.internal("a list of targets cannot be augmented"))
      }
    }
  }

  /// Compiles `del target`.
  func delete(_ target: Target) -> Step {
    let site = site(target.span)
    switch target.kind {
    case .name(let name):
      let read = expression(Expression(.name(name), name.span))
      let clear: (Frame) -> Void
      switch binding(name) {
      case .local(let slot): clear = { $0[slot] = nil }
      case .cell(let slot): clear = { $0.cell(slot).value = nil }
      case .free(let index):
        let slot = captureSlot(index)
        clear = { $0.cell(slot).value = nil }
      case .global:
        let slot = unit.globals.slot(name.text)
        clear = { _ in slot.value = nil }
      }
      return Step { frame throws(Fault) in
        _ = try read(frame)
        clear(frame)
        return .next
      }
    case .index(let container, let key):
      let container = expression(container)
      let key = expression(key)
      return Step { frame throws(Fault) in
        let container = try container(frame)
        let key = try key(frame)
        do throws(Fault) {
          try site.interpreter.delete(container, key)
        } catch {
          throw site.called(error)
        }
        return .next
      }
    case .sequence(let targets):
      let steps = targets.map(delete)
      return Step { frame throws(Fault) in
        for step in steps { _ = try step(frame) }
        return .next
      }
    case .attribute, .starred:
      return Step { (_) throws(Fault) in
        throw site.located(Fault.type("only names and elements can be deleted"))
      }
    }
  }
}

private struct IndexVisitor: OperandVisitor {
  let site: Site

  func build(_ left: LocalOperand, _ right: some SimpleOperand) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      guard let a = left.value(frame) else { throw site.unbound(slot: left.slot) }
      guard let b = right.value(frame) else { throw site.unbound(slot: right.slot) }
      return try site.element(a, b)
    }
  }

  func build(_ left: LocalOperand, _ right: Code) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      guard let a = left.value(frame) else { throw site.unbound(slot: left.slot) }
      let b = try right(frame)
      return try site.element(a, b)
    }
  }

  func build(_ left: Code, _ right: some SimpleOperand) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      let a = try left(frame)
      guard let b = right.value(frame) else { throw site.unbound(slot: right.slot) }
      return try site.element(a, b)
    }
  }

  func build(_ left: Code, _ right: Code) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      let a = try left(frame)
      let b = try right(frame)
      return try site.element(a, b)
    }
  }
}

/// `container[key] = value`; as in Python the value is evaluated first.
private struct AssignVisitor: OperandVisitor {
  let site: Site
  let value: Code

  func build(_ left: LocalOperand, _ right: some SimpleOperand) -> Step {
    let site = site
    let code = value
    return Step { frame throws(Fault) in
      let value = try code(frame)
      guard let a = left.value(frame) else { throw site.unbound(slot: left.slot) }
      guard let b = right.value(frame) else { throw site.unbound(slot: right.slot) }
      try site.store(value, in: a, at: b)
      return .next
    }
  }

  func build(_ left: LocalOperand, _ right: Code) -> Step {
    let site = site
    let code = value
    return Step { frame throws(Fault) in
      let value = try code(frame)
      guard let a = left.value(frame) else { throw site.unbound(slot: left.slot) }
      let b = try right(frame)
      try site.store(value, in: a, at: b)
      return .next
    }
  }

  func build(_ left: Code, _ right: some SimpleOperand) -> Step {
    let site = site
    let code = value
    return Step { frame throws(Fault) in
      let value = try code(frame)
      let a = try left(frame)
      guard let b = right.value(frame) else { throw site.unbound(slot: right.slot) }
      try site.store(value, in: a, at: b)
      return .next
    }
  }

  func build(_ left: Code, _ right: Code) -> Step {
    let site = site
    let code = value
    return Step { frame throws(Fault) in
      let value = try code(frame)
      let a = try left(frame)
      let b = try right(frame)
      try site.store(value, in: a, at: b)
      return .next
    }
  }
}

extension Site {
  /// `container[key]`, with the common case first.
  @inline(__always)
  func element(_ container: Value, _ key: Value) throws(Fault) -> Value {
    if case .int(let index) = key, case .object(let object) = container,
      let list = object.asList, let place = Interpreter.place(index, list.storage.count)
    {
      return list.storage[place]
    }
    return try index(container, key)
  }

  /// `container[key] = value`, with the common case first.
  @inline(__always)
  func store(_ value: Value, in container: Value, at key: Value) throws(Fault) {
    if case .int(let index) = key, case .object(let object) = container,
      let list = object.asList, !list.isFrozen, list.walkers == 0,
      let place = Interpreter.place(index, list.storage.count)
    {
      list.storage[place] = value
      interpreter.note(value, putInto: list)
      return
    }
    try assign(container, key, value)
  }

  func unpacked(_ value: Value) throws(Fault) -> [Value] {
    do throws(Fault) { return try interpreter.elements(of: value) } catch { throw called(error) }
  }
}
