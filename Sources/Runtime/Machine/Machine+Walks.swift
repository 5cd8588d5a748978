// Loops. A walk takes three slots: what is walked over, the place, and for ranges the step. A range
// keeps its next number in the first, the rounds that are left in the second.

/// A walk over what is neither a range nor a list nor a tuple.
final class WalkObject: Object {
  fileprivate enum Source {
    case elements, columns, numbered, items
  }

  private let source: Source
  private var place = 0
  // Properties of their own, since reading them out of cases would count references each time.
  private var walk: Walk?
  /// The elements, or the first of two columns that are walked side by side; no pair is made.
  private let first: [Value]
  private let second: [Value]
  private let entries: [HashTable.Entry]

  fileprivate init(
    _ source: Source, walk: Walk? = nil, first: [Value] = [], second: [Value] = [],
    entries: [HashTable.Entry] = []
  ) {
    self.source = source
    self.walk = walk
    self.first = first
    self.second = second
    self.entries = entries
    super.init(kind: .walk)
  }

  override var typeName: String { "iterator" }

  /// The next element; nil when there is none, and for pairs.
  fileprivate func next() throws(Fault) -> Value? { try walk?.next() ?? nil }

  /// Puts the next pair into two slots; nil when there is none, or when the walk has elements.
  fileprivate func nextPair(_ a: Int, _ b: Int, _ frame: Frame) -> Bool? {
    defer { place += 1 }
    switch source {
    case .elements: return nil
    case .columns:
      guard place < first.count, place < second.count else { return false }
      frame[a] = shared(first[place])
      frame[b] = shared(second[place])
    case .numbered:
      guard place < first.count else { return false }
      frame.set(a, place)
      frame[b] = shared(first[place])
    case .items:
      while place < entries.count, case nil = entries[place].key { place += 1 }
      guard place < entries.count else { return false }
      frame[a] = shared(entries[place].key ?? .none)
      frame[b] = shared(entries[place].value)
    }
    return true
  }

  /// True when its elements are the keys of a dict.
  var isOverKeys: Bool { walk?.isOverKeys ?? false }

  /// Lets what is walked over change again.
  fileprivate func finish() { walk?.finish() }
}

/// The calls whose pairs a loop over two variables does without.
enum PairSource: UInt8 {
  case zip, enumerate, items
}

extension Interpreter {
  /// Starts a walk over an operand.
  @inline(never)
  func walk(_ source: Int, _ slot: Int, _ frame: Frame, _ block: CodeBlock) throws(Fault) {
    let object = frame.object(source)
    if let range = object?.range {
      range.read { range in
        frame.set(slot, range.start)
        frame.set(slot + 1, range.count)
        frame.set(slot + 2, range.step)
      }
      if source >= block.firstTemporary { frame.drop(source) }
      return
    }
    if let object, object.kind == .list || object.kind == .tuple {
      object.list?.read { $0.walkers += 1 }
      frame[slot] = block.taken(source, frame)
      frame.set(slot + 1, 0)
      return
    }
    let walk = try walk(try block.operand(source, frame))
    frame[slot] = .object(WalkObject(.elements, walk: walk))
  }

  /// Puts the next element of a walk into a slot; false when there is none.
  @inline(__always)
  func next(_ slot: Int, _ target: Int, _ frame: Frame) throws(Fault) -> Bool {
    if let number = frame.int(slot), let left = frame.int(slot + 1) {
      guard left > 0, let step = frame.int(slot + 2) else { return false }
      // After the last round the sum may leave the range of integers, but is not used.
      frame.set(slot, number &+ step)
      frame.set(slot + 1, left - 1)
      frame.set(target, number)
      return true
    }
    return try nextElement(slot, target, frame)
  }

  @inline(never)
  private func nextElement(_ slot: Int, _ target: Int, _ frame: Frame) throws(Fault) -> Bool {
    switch frame.kind(slot) {
    case .list:
      guard let place = frame.int(slot + 1) else { return false }
      frame.set(slot + 1, place + 1)
      guard let list = frame.object(slot)?.list else { return false }
      return frame.set(target, elementAt: place, of: list)
    case .tuple:
      guard let place = frame.int(slot + 1) else { return false }
      frame.set(slot + 1, place + 1)
      return frame.withTuple(slot) { tuple in
        guard place < tuple.count else { return false }
        frame[target] = shared(tuple[place])
        return true
      } ?? false
    default:
      let element = try frame.object(slot)?.walk?.with { walk throws(Fault) in try walk.next() }
      guard let element else { return false }
      frame[target] = element
      return true
    }
  }

  /// Puts the next element of a walk, which is a pair, into two slots; false when there is none, nil
  /// when it waits behind the walk for ``unpackPair(_:_:)``.
  @inline(never)
  func nextPair(_ step: Step, _ frame: Frame) throws(Fault) -> Bool? {
    let (slot, a, b) = (step.a, step.b, step.c)
    if let answer = frame.object(slot)?.walk?.read({ $0.nextPair(a, b, frame) }) { return answer }
    guard try next(slot, slot + 3, frame) else { return false }
    let isDone: Void? = frame.withTuple(slot + 3) { tuple -> Void? in
      guard tuple.count == 2 else { return nil }
      frame[a] = shared(tuple[0])
      frame[b] = shared(tuple[1])
      return ()
    }
    guard isDone != nil else { return nil }
    frame.drop(slot + 3)
    return true
  }

  /// Unpacks what ``nextPair(_:_:)`` has left.
  @inline(never)
  func unpackPair(_ step: Step, _ frame: Frame) throws(Fault) {
    let elements = try unpacked(frame.take(step.a + 3) ?? .none, into: 2...2)
    frame[step.b] = elements[0]
    frame[step.c] = elements[1]
  }

  /// Starts a walk over the pairs of a call that is not made: `zip(x, y)`, `enumerate(x)`,
  /// `x.items()`; the callee and the arguments, or the receiver and its method, lie from b on.
  ///
  /// When the name means something else, or the arguments are no lists, the call is made after all.
  @inline(never)
  func walkPairs(_ step: Step, _ frame: Frame, _ block: CodeBlock, _ cursor: Cursor)
    throws(Fault)
  {
    let (slot, first) = (step.a, step.b)
    guard let source = PairSource(rawValue: UInt8(truncatingIfNeeded: step.detail)) else {
      throw Fault.internal("there are no such pairs")
    }
    if let pairs = pairs(source, frame, first) {
      for place in first..<first + 3 { frame.drop(place) }
      frame[slot] = .object(pairs)
      return
    }
    switch source {
    case .zip:
      frame[first] = try callAny(frame.take(first) ?? .none, frame, first + 1, 2, block, cursor)
    case .enumerate:
      frame[first] = try callAny(frame.take(first) ?? .none, frame, first + 1, 1, block, cursor)
    case .items:
      let receiver = frame.take(first) ?? .none
      if let callee = frame.take(first + 1) {
        frame[first] = try callGathered(callee, Arguments(), block, cursor)
      } else {
        frame[first] = try callGathered(
          try attribute(receiver, "items"), Arguments(), block, cursor)
      }
    }
    try walk(first, slot, frame, block)
  }

  private func pairs(_ source: PairSource, _ frame: Frame, _ first: Int) -> WalkObject? {
    let subject = frame[first] ?? .none
    switch source {
    case .zip:
      guard subject.isBuiltin(BuiltinTable.zip), let x = frame[first + 1]?.walkable,
        let y = frame[first + 2]?.walkable
      else { return nil }
      return WalkObject(.columns, first: x, second: y)
    case .enumerate:
      guard subject.isBuiltin(BuiltinTable.enumerate), let elements = frame[first + 1]?.walkable
      else { return nil }
      return WalkObject(.numbered, first: elements)
    case .items:
      guard !frame.isBound(first + 1), let entries = subject.asDict?.table.entries,
        entries.count < Interpreter.long
      else { return nil }
      return WalkObject(.items, entries: entries)
    }
  }

  /// Ends a walk, so that what was walked over may change again.
  @inline(never)
  func finish(_ slot: Int, _ frame: Frame) {
    frame.withList(slot) { $0.walkers -= 1 }
    frame.object(slot)?.walk?.read { $0.finish() }
    frame.drop(slot)
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
