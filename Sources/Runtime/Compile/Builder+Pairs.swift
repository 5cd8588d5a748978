import Syntax

/// A loop over two variables of the frame, such as `for a, b in zip(x, y)`, that runs without its
/// pairs: making a tuple and freeing it costs more than most rounds do.
struct PairLoop {
  /// What the loop walks over.
  enum Source {
    case columns([Value], [Value])
    case numbered([Value])
    case items([HashTable.Entry])
    /// A value like any other: the name means something else here, or the arguments are no lists.
    case other(Value)
  }

  fileprivate let slots: (Int, Int)
  fileprivate let target: LoopTarget
  fileprivate let site: Site
  fileprivate let source: (Frame) throws(Fault) -> Source

  /// Runs `body` for each pair.
  ///
  /// The arrays are those of the moment when the loop began, as a list of pairs would be.
  @inline(__always)
  func each(_ frame: Frame, _ body: () throws(Fault) -> Completion) throws(Fault) -> Completion {
    switch try source(frame) {
    case .columns(let x, let y):
      return try run(min(x.count, y.count), frame, { (x[$0], y[$0]) }, body)
    case .numbered(let elements):
      return try run(elements.count, frame, { (.int($0), elements[$0]) }, body)
    case .items(let entries):
      return try run(
        entries.count, frame, { place in entries[place].key.map { ($0, entries[place].value) } },
        body)
    case .other(let value): return try site.each(value, frame, target, body)
    }
  }

  @inline(__always)
  private func run(
    _ count: Int, _ frame: Frame, _ pair: (Int) -> (Value, Value)?,
    _ body: () throws(Fault) -> Completion
  ) throws(Fault) -> Completion {
    for place in 0..<count {
      guard let (a, b) = pair(place) else { continue }
      frame[slots.0] = a
      frame[slots.1] = b
      switch try body() {
      case .next, .continue: break
      case .break: return .next
      case .return(let value): return .return(value)
      }
      try site.tick()
    }
    return .next
  }
}

extension Builder {
  /// The loop of two variables over `zip(x, y)`, `enumerate(x)` or `x.items()`; nil for all others.
  func pairLoop(_ target: Target, _ iterable: Expression) -> PairLoop? {
    guard case .sequence(let targets) = target.kind, targets.count == 2,
      case .name(let a) = targets[0].kind, let first = localSlot(a),
      case .name(let b) = targets[1].kind, let second = localSlot(b),
      case .call(let callee, let arguments) = iterable.kind,
      let source = pairSource(callee, arguments, iterable)
    else { return nil }
    return PairLoop(
      slots: (first, second), target: loopTarget(target), site: site(iterable.span), source: source)
  }

  private func pairSource(_ callee: Expression, _ arguments: [Argument], _ call: Expression)
    -> ((Frame) throws(Fault) -> PairLoop.Source)?
  {
    guard arguments.allSatisfy({ if case .positional = $0.passing { true } else { false } }) else {
      return nil
    }
    let site = site(call.span)
    if case .attribute(let receiver, let name) = callee.kind {
      guard name.text == "items", arguments.isEmpty else { return nil }
      let receiver = expression(receiver)
      let methods = MethodSet(name.text, self.site(name.span))
      return { frame throws(Fault) in
        let value = try receiver(frame)
        if let entries = value.asDict?.table.entries, entries.count < Interpreter.long {
          return .items(entries)
        }
        return .other(try methods.call(value, at: site))
      }
    }
    // Nothing is compiled before this is known: a loop that is none of these compiles it too, and
    // loops in the arguments of loops would be compiled again and again.
    guard case .name(let name) = callee.kind,
      arguments.count == (name.text == "zip" ? 2 : name.text == "enumerate" ? 1 : -1)
    else { return nil }
    let function = expression(callee)
    let first = expression(arguments[0].value)
    guard arguments.count == 2 else {
      return { frame throws(Fault) in
        let callee = try function(frame)
        let a = try first(frame)
        guard callee.isBuiltin(BuiltinTable.enumerate), let elements = a.walkable else {
          return .other(try site.call(callee, a))
        }
        return .numbered(elements)
      }
    }
    let second = expression(arguments[1].value)
    return { frame throws(Fault) in
      let callee = try function(frame)
      let a = try first(frame)
      let b = try second(frame)
      guard callee.isBuiltin(BuiltinTable.zip), let x = a.walkable, let y = b.walkable else {
        return .other(try site.call(callee, a, b))
      }
      return .columns(x, y)
    }
  }
}

extension Value {
  fileprivate func isBuiltin(_ builtin: Builtin) -> Bool {
    object?.asBuiltin?.builtin === builtin
  }

  /// The elements of a list or tuple that is not too long to be held while its owner changes: a
  /// change copies them all at once, and who holds them last frees them at once.
  fileprivate var walkable: [Value]? {
    sequenceElements.flatMap { $0.count < Interpreter.long ? $0 : nil }
  }
}
