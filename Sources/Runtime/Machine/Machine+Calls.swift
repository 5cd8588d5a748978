import Diagnostics
import Platform

extension Interpreter {
  /// Calls a function whose arguments lie at the beginning of its frame.
  ///
  /// The function takes as many arguments without binding, and its frame overlaps that of the
  /// caller, who makes its own the newest again.
  @inline(never)
  func callInPlace(_ function: Borrowed<FunctionObject>, _ frame: Frame, _ count: Int)
    throws(Fault) -> Value
  {
    try function.with { function throws(Fault) in
      let code = function.code
      guard admitsCall(), stack.enter(frame, code.block.frameSize) else { throw refusal() }
      frame.unbind(from: count, to: code.block.firstTemporary)
      return try run(function, frame)
    }
  }

  /// Calls a function with arguments that need binding.
  ///
  /// They lie at the beginning of its frame: those by position, then those by name. `rest` are
  /// further ones by position.
  @inline(never)
  func callBinding(
    _ function: FunctionObject, _ frame: Frame, _ count: Int, rest: [Value] = [],
    named: NamedArguments?
  ) throws(Fault) -> Value {
    let block = function.code.block
    guard admitsCall() else { throw refusal() }
    let given = count + (named?.names.count ?? 0)
    guard stack.enter(frame, max(block.frameSize, given)) else { throw refusal() }
    // Until they have found their places, the arguments are temporaries of the caller.
    do throws(Fault) {
      let values = named.map { _ in frame.takeAll(count, given - count) } ?? []
      frame.unbind(from: given, to: block.firstTemporary)
      try bind(frame, count, rest, values, named, to: function)
    } catch {
      frame.clear(max(block.firstTemporary, given))
      throw error
    }
    return try run(function, frame)
  }

  /// True when there may be one call more.
  @inline(__always)
  func admitsCall() -> Bool {
    countTurn()
    return !interruption.isRequested && depth < Interpreter.recursionLimit
      && (depth & Interpreter.roomMask != 0 || room.hasRoom)
  }

  /// Why there can be no call now.
  @inline(never)
  func refusal() -> Fault {
    if interruption.isRequested { return interruptionFault() }
    if depth >= Interpreter.recursionLimit || !room.hasRoom { return recursionFault() }
    return Fault.memory("there is no room for as many variables and arguments at once")
  }

  /// Runs a function whose arguments are bound in the newest frame, and lets go of its variables.
  @inline(__always)
  func run(_ function: FunctionObject, _ frame: Frame) throws(Fault) -> Value {
    let code = function.code
    if !code.isFlat { placeCells(function, frame) }
    depth &+= 1
    do throws(Fault) {
      let value = try run(code.block, frame)
      leave(code, frame)
      return value
    } catch {
      leave(code, frame)
      throw leaving(code, error)
    }
  }

  /// Puts what is captured into a new frame: cells of its own are made, the cells and values of
  /// functions around it are lent by the function.
  @inline(never)
  private func placeCells(_ function: FunctionObject, _ frame: Frame) {
    let code = function.code
    for slot in code.cells { frame.fill(slot, .object(CellObject(frame.take(slot)))) }
    frame.lend(function.captures, from: code.captureStart)
  }

  @inline(__always)
  private func leave(_ code: FunctionCode, _ frame: Frame) {
    depth &-= 1
    frame.clear(code.captureStart)
    if !code.isFlat { frame.unbind(from: code.captureStart, to: code.block.firstTemporary) }
  }

  /// Calls what a global name means, which is no function that takes these arguments as they are.
  @inline(never)
  func callGlobal(_ step: Step, _ frame: Frame, _ block: CodeBlock, _ cursor: Cursor)
    throws(Fault) -> Value
  {
    let place = block.globals[step.c].read { $0.meaning }
    guard let object = place.object else {
      guard let value = place.value else { throw block.unbound(global: step.c) }
      throw notCallable(value)
    }
    return try object.with { object throws(Fault) in
      try callAny(object, frame, step.b, step.detail, block, cursor)
    }
  }

  /// Calls any value with the arguments in neighbouring temporaries.
  @inline(never)
  func callAny(
    _ callee: Value, _ frame: Frame, _ first: Int, _ count: Int, _ block: CodeBlock,
    _ cursor: Cursor
  ) throws(Fault) -> Value {
    guard case .object(let object) = callee else { throw notCallable(callee) }
    return try callAny(object, frame, first, count, block, cursor)
  }

  @inline(__always)
  private func callAny(
    _ object: Object, _ frame: Frame, _ first: Int, _ count: Int, _ block: CodeBlock,
    _ cursor: Cursor
  ) throws(Fault) -> Value {
    if let function = object.asFunction {
      defer { stack.leave(to: frame, block.frameSize) }
      return try callBinding(function, frame.window(from: first), count, named: nil)
    }
    if count == 1, let builtin = object.borrowed.builtin?.read({ Borrowed(of: $0.builtin) }),
      let result = try call(builtin, on: first, frame, block)
    {
      return result
    }
    return try callGathered(.object(object), Arguments(frame.takeAll(first, count)), block, cursor)
  }

  /// Calls any value with arguments of which the last have names.
  @inline(never)
  func callNamed(
    _ callee: Value, _ step: Step, _ frame: Frame, _ block: CodeBlock, _ cursor: Cursor
  ) throws(Fault) -> Value {
    let (first, given) = (step.b + 1, step.detail)
    let named = block.namedArguments[step.c]
    let count = given - named.names.count
    if case .object(let object) = callee, let function = object.asFunction {
      defer { stack.leave(to: frame, block.frameSize) }
      return try callBinding(function, frame.window(from: first), count, named: named)
    }
    var arguments = Arguments(frame.takeAll(first, count))
    for (name, value) in zip(named.names, frame.takeAll(first + count, named.names.count)) {
      arguments.named.append((name, value))
    }
    return try callGathered(callee, arguments, block, cursor)
  }

  /// Calls any value with arguments of any kind.
  func callGathered(
    _ callee: Value, _ arguments: Arguments, _ block: CodeBlock, _ cursor: Cursor
  ) throws(Fault) -> Value {
    if callee.kind != .function { callSite = block.label(before: cursor) }
    return try call(callee, arguments)
  }

  // MARK: - Methods

  /// Leaves the slot of a callee unbound when the name is a method of the receiver, or a known
  /// member of a module; else the function that it means is put there.
  @inline(__always)
  func findMethod(_ step: Step, _ frame: Frame, _ block: CodeBlock) throws(Fault) {
    let isKnown = block.methods[step.c].read { methods in
      Receiver(field: step.b).object(frame, block)?.read { object in
        methods.takes(step.detail, object.kind) || methods.knows(object)
      } ?? false
    }
    if isKnown {
      frame.unbind(from: step.a, to: step.a + 1)
    } else {
      try findMember(step, frame, block)
    }
  }

  @inline(never)
  private func findMember(_ step: Step, _ frame: Frame, _ block: CodeBlock) throws(Fault) {
    let receiver = try Receiver(field: step.b).value(frame, block)
    frame[step.a] = try block.methods[step.c].with { methods throws(Fault) in
      try methods.member(receiver, self)
    }
  }

  /// Calls a method, or the function that ``findMethod(_:_:_:)`` found, and lets go of the receiver.
  ///
  /// `extra` tells the receiver and, up to two, the places of the arguments; more lie behind the
  /// callee.
  @inline(never)
  func callMethod(
    _ step: Step, _ extra: Step, _ frame: Frame, _ block: CodeBlock, _ cursor: Cursor
  ) throws(Fault) -> Value {
    let receiver = Receiver(field: extra.a)
    let result: Value
    if let callee = frame.take(step.b) {
      try gather(step, extra, frame, block)
      result = try callAny(callee, frame, step.b + 1, step.detail, block, cursor)
    } else {
      result =
        try block.methods[step.c].with { methods throws(Fault) in
          try receiver.object(frame, block)?.with { object throws(Fault) in
            try callMethod(methods, object, step, extra, frame, block, cursor)
          }
        } ?? Value.none
    }
    receiver.drop(frame, block)
    return result
  }

  /// Puts the arguments of a method behind the callee, where a function wants them.
  private func gather(_ step: Step, _ extra: Step, _ frame: Frame, _ block: CodeBlock)
    throws(Fault)
  {
    guard step.detail == 1 || step.detail == 2 else { return }
    if extra.b != step.b + 1 { frame[step.b + 1] = try block.operand(extra.b, frame) }
    if step.detail == 2, extra.c != step.b + 2 {
      frame[step.b + 2] = try block.operand(extra.c, frame)
    }
  }

  @inline(__always)
  private func callMethod(
    _ methods: MethodSet, _ object: Object, _ step: Step, _ extra: Step, _ frame: Frame,
    _ block: CodeBlock, _ cursor: Cursor
  ) throws(Fault) -> Value {
    let kind = object.kind
    let (first, count) = (step.b + 1, step.detail)
    guard methods.takes(count, kind) else {
      if count == 1, let result = try callMember(methods, object, extra.b, frame, block) {
        return result
      }
      try gather(step, extra, frame, block)
      if kind == .module {
        if let callee = methods.member(of: object) {
          return try callAny(callee, frame, first, count, block, cursor)
        }
        let callee = try attribute(.object(object), methods.name)
        return try callAny(callee, frame, first, count, block, cursor)
      }
      callSite = block.label(before: cursor)
      return try callMethod(methods, .object(object), Arguments(frame.takeAll(first, count)))
    }
    switch count {
    case 0: return try methods.call(.object(object), kind, self)
    case 1:
      return try block.operand(extra.b, frame) { a throws(Fault) in
        try methods.call(.object(object), kind, a, self)
      }
    default:
      return try block.operands(extra.b, extra.c, frame) { a, b throws(Fault) in
        try methods.call(.object(object), kind, a, b, self)
      }
    }
  }

  /// Calls a builtin that is a known member of a module: `math.sin(x)`; nil for all else.
  @inline(__always)
  private func callMember(
    _ methods: MethodSet, _ object: Object, _ slot: Int, _ frame: Frame, _ block: CodeBlock
  ) throws(Fault) -> Value? {
    guard let builtin = methods.builtin(of: object) else { return nil }
    return try call(builtin, on: slot, frame, block)
  }

  /// Calls a builtin with one argument where it lies; nil when it takes others, or when the argument
  /// may bring a function of its own.
  @inline(__always)
  private func call(
    _ builtin: Borrowed<Builtin>, on slot: Int, _ frame: Frame, _ block: CodeBlock
  ) throws(Fault) -> Value? {
    guard frame.kind(slot) != .host else { return nil }
    return try builtin.with { builtin throws(Fault) in
      guard builtin.takesOne else { return nil }
      return try block.operand(slot, frame) { value throws(Fault) in
        try builtin.one(value, self)
      }
    }
  }

  /// Calls a method with arguments of any kind.
  @inline(never)
  func callMethod(_ methods: MethodSet, _ receiver: Value, _ arguments: Arguments) throws(Fault)
    -> Value
  {
    if let kind = receiver.kind, let method = methods[kind] {
      return try call(method, receiver, arguments)
    }
    return try call(try attribute(receiver, methods.name), arguments)
  }

  /// Appends to a list that others may hold; false when that takes more than a store.
  @inline(__always)
  func append(_ extra: Step, _ frame: Frame, _ block: CodeBlock) -> Bool {
    let receiver = Receiver(field: extra.a)
    guard let object = receiver.object(frame, block), let list = object.list else { return false }
    let isDone = list.read { list in
      guard list.isMutable, !list.needsRoom, let value = block.taken(extra.b, frame) else {
        return false
      }
      note(value, putInto: list)
      list.storage.append(value)
      return true
    }
    if isDone { receiver.drop(frame, block) }
    return isDone
  }

  /// Appends an operand to the list that a comprehension makes in a slot; false when that takes more
  /// than a store.
  @inline(__always)
  func append(_ operand: Int, to slot: Int, _ frame: Frame, _ block: CodeBlock) -> Bool {
    frame.withList(slot) { list -> Void? in
      guard !list.needsRoom, let value = block.taken(operand, frame) else { return nil }
      list.storage.append(value)
      return ()
    } != nil
  }
}

/// What a method is called on: a slot, or a global name, of which no copy is made.
struct Receiver {
  private static let isGlobal: UInt32 = 1 << 31
  /// What instructions hold.
  let field: UInt32

  init(field: Int) { self.field = UInt32(truncatingIfNeeded: field) }

  init(slot: Int) { field = UInt32(truncatingIfNeeded: slot) }

  init(global number: Int) { field = UInt32(truncatingIfNeeded: number) | Receiver.isGlobal }

  /// The object; nil for a number, and for a name that is unbound.
  @inline(__always)
  func object(_ frame: Frame, _ block: CodeBlock) -> Borrowed<Object>? {
    if field < Receiver.isGlobal { return frame.object(Int(field)) }
    return block.globals[Int(field ^ Receiver.isGlobal)].read { $0.meaning.object }
  }

  func value(_ frame: Frame, _ block: CodeBlock) throws(Fault) -> Value {
    let slot = Int(field)
    if field < Receiver.isGlobal {
      guard let value = frame[slot] else { throw block.unbound(slot) }
      return value
    }
    let number = Int(field ^ Receiver.isGlobal)
    guard let value = block.globals[number].read({ $0.meaning.value }) else {
      throw block.unbound(global: number)
    }
    return value
  }

  /// Lets go of a temporary.
  @inline(__always)
  func drop(_ frame: Frame, _ block: CodeBlock) {
    if field < Receiver.isGlobal, Int(field) >= block.firstTemporary { frame.drop(Int(field)) }
  }
}
