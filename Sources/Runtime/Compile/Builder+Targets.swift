import Diagnostics
import Syntax

extension Builder {
  /// Compiles setting a target.
  func store(_ target: Target) -> Store {
    switch target.kind {
    case .name(let name): return store(name)
    case .index(let container, let key):
      let site = site(target.span)
      let container = holder(container)
      let key = expression(key)
      return Store { frame, value throws(Fault) in
        let container = try container(frame)
        let key = try key(frame)
        try site.assign(container, key, value)
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
    if count == 2, case .slot(let a) = stores[0], case .slot(let b) = stores[1] {
      return Store { frame, value throws(Fault) in
        if case .object(let object) = value, let tuple = object.asTuple, tuple.count == 2 {
          frame[a] = tuple[0]
          frame[b] = tuple[1]
          return
        }
        let elements = try site.unpacked(value)
        guard elements.count == 2 else {
          throw site.located(
            Fault.value("unpacking expected 2 values; received \(elements.count)"))
        }
        frame[a] = elements[0]
        frame[b] = elements[1]
      }
    }
    guard let starred else {
      return Store { frame, value throws(Fault) in
        if case .object(let object) = value, let tuple = object.asTuple,
          tuple.count == count
        {
          for place in 0..<count { try stores[place](frame, tuple[place]) }
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

  /// Compiles what holds an element that is to be set: `a[0]` of `a[0][1] = 4`, which must not be a
  /// copy that nobody sees.
  private func holder(_ container: Expression) -> Code {
    guard case .index(let outer, let key) = container.kind else { return expression(container) }
    let site = site(container.span)
    let outerCode = expression(outer)
    let keyCode = expression(key)
    return Code { frame throws(Fault) in
      let outer = try outerCode(frame)
      let element = try site.index(outer, try keyCode(frame))
      if case .object(let object) = outer, object.kind == .host, object.givesCopies {
        throw site.located(
          Fault.type(
            "a part of a '\(object.typeName)' value is a copy, so what is set in it would be lost",
            help: "use one pair of brackets: a[0, 1] = 4"))
      }
      return element
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
      if case .index = container.kind { break }
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
      let container = holder(container)
      let key = expression(key)
      let code = expression(value)
      return Step { frame throws(Fault) in
        let container = try container(frame)
        return try site.augment(op, container, try key(frame), code, frame)
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
      if let index = right.int(frame),
        let element = frame.withList(left.slot, { $0.element(at: index) })
      {
        return element
      }
      return try site.element(left.slot, right.number, right.slot, frame)
    }
  }

  func build(_ left: LocalOperand, _ right: Code) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      guard frame.isBound(left.slot) else { return try site.unboundValue(left.slot) }
      let b = try right(frame)
      if case .int(let index) = b,
        let element = frame.withList(left.slot, { $0.element(at: index) })
      {
        return element
      }
      return try site.element(left.slot, b, -1, frame)
    }
  }

  func build(_ left: Code, _ right: some SimpleOperand) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      let a = try left(frame)
      return try site.element(a, right.number, right.slot, frame)
    }
  }

  func build(_ left: Code, _ right: Code) -> Code {
    let site = site
    return Code { frame throws(Fault) in
      let a = try left(frame)
      return try site.index(a, try right(frame))
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
      if value.kind == nil, let index = right.int(frame),
        frame.withList(left.slot, { $0.replace(at: index, with: value) }) != nil
      {
        return .next
      }
      return try site.store(value, left.slot, right.number, right.slot, frame)
    }
  }

  func build(_ left: LocalOperand, _ right: Code) -> Step {
    let site = site
    let code = value
    return Step { frame throws(Fault) in
      let value = try code(frame)
      guard frame.isBound(left.slot) else { throw site.unbound(slot: left.slot) }
      return try site.store(value, left.slot, try right(frame), -1, frame)
    }
  }

  func build(_ left: Code, _ right: some SimpleOperand) -> Step {
    let site = site
    let code = value
    return Step { frame throws(Fault) in
      let value = try code(frame)
      let a = try left(frame)
      return try site.store(value, a, right.number, right.slot, frame)
    }
  }

  func build(_ left: Code, _ right: Code) -> Step {
    let site = site
    let code = value
    return Step { frame throws(Fault) in
      let value = try code(frame)
      let a = try left(frame)
      return try site.store(value, a, try right(frame), -1, frame)
    }
  }
}

extension Site {
  /// `container[key] op= value`.
  @inline(never)
  fileprivate func augment(
    _ op: BinaryOperator, _ container: Value, _ key: Value, _ code: Code, _ frame: Frame
  ) throws(Fault) -> Completion {
    let old = try index(container, key)
    let new = try augmented(op, old, try code(frame))
    try assign(container, key, new)
    return .next
  }

  /// `container[key]` for a variable.
  @inline(never)
  func element(_ container: Int, _ key: consuming Value, _ slot: Int, _ frame: Frame)
    throws(Fault) -> Value
  {
    let holder = try operand(.none, container, frame)
    return try index(holder, try operand(key, slot, frame))
  }

  /// `container[key]`, the key perhaps a variable.
  @inline(never)
  func element(_ container: consuming Value, _ key: consuming Value, _ slot: Int, _ frame: Frame)
    throws(Fault) -> Value
  {
    try index(container, try operand(key, slot, frame))
  }

  /// `container[key] = value` for a variable.
  @inline(never)
  func store(
    _ value: consuming Value, _ container: Int, _ key: consuming Value, _ slot: Int, _ frame: Frame
  ) throws(Fault) -> Completion {
    guard frame.isBound(container) else { throw unbound(slot: container) }
    let place = try operand(key, slot, frame)
    switch place {
    case .object(let object) where object.kind == .string:
      if frame.withDict(container, { $0.replace(text: object, by: value) }) == true { return .next }
    default: break
    }
    try assign(try operand(.none, container, frame), place, value)
    return .next
  }

  /// `container[key] = value`, the key perhaps a variable.
  @inline(never)
  func store(
    _ value: consuming Value, _ container: consuming Value, _ key: consuming Value, _ slot: Int,
    _ frame: Frame
  ) throws(Fault) -> Completion {
    try assign(container, try operand(key, slot, frame), value)
    return .next
  }

  func unpacked(_ value: Value) throws(Fault) -> [Value] {
    do throws(Fault) { return try interpreter.elements(of: value) } catch { throw called(error) }
  }
}
