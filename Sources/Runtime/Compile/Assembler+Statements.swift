import Diagnostics
import Syntax

extension Assembler {
  /// Assembles statements that run one after the other.
  func statements(_ statements: [Statement]) {
    for statement in statements { self.statement(statement) }
  }

  /// Assembles a statement.
  func statement(_ statement: Statement) {
    at(statement.span) { scoped { assemble(statement) } }
    endStatement()
  }

  private func assemble(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression):
      let value = operand(expression)
      at(expression.span) { emit(.discard, value) }
    case .assign(let target, let value): assign(target, value)
    case .augmented(let target, let op, let value, _): augmented(target, op, value)
    case .if(let test, let then, let otherwise): conditional(test, then, otherwise)
    case .for(let target, let iterable, let body):
      loop(target, iterable) { statements(body) }
    case .while(let test, let body): whileLoop(test, body)
    case .def(let function):
      let slot = temporary()
      makeFunction(function, to: slot)
      if let name = function.name { store(name, from: slot) }
    case .return(let value): returnValue(value)
    case .break: if let loop = loops.last { emit(.jump, to: loop.exit) }
    case .continue: if let loop = loops.last { emit(.jump, to: loop.start) }
    case .pass: break
    case .assert(let test, let message): assertion(test, message)
    case .delete(let targets): for target in targets { delete(target) }
    case .load(let path, let pathSpan, let names): load(path, pathSpan, names)
    case .importModule(let path, let pathSpan, let local, let isAlias):
      importModule(path, pathSpan, local, isAlias: isAlias)
    case .importNames(let path, let pathSpan, let names): importNames(path, pathSpan, names)
    }
  }

  /// Assembles an `if`; its `elif`s, which are nested in the tree, follow in a loop.
  private func conditional(_ test: Expression, _ then: [Statement], _ otherwise: [Statement]) {
    let end = Label()
    var arms = [(test: test, then: then)]
    var rest = otherwise
    while rest.count == 1, case .if(let test, let then, let otherwise) = rest[0].kind {
      arms.append((test, then))
      rest = otherwise
    }
    for arm in arms {
      let other = Label()
      branch(arm.test, unless: true, to: other)
      statements(arm.then)
      emit(.jump, to: end)
      place(other)
    }
    statements(rest)
    place(end)
  }

  private func returnValue(_ value: Expression?) {
    guard let value else {
      finishWalks()
      return emit(.returnNone)
    }
    // A variable of its own is handed over; what was captured is only lent.
    let isCaptured = localSlot(value).map { $0 >= layout.slotNames.count } == true
    let slot = isCaptured ? push(value) : operand(value)
    if isVariable(slot) { at(value.span) { emit(.check, slot) } }
    finishWalks()
    emit(.return, slot)
  }

  private func finishWalks() {
    for loop in loops.reversed() { if let walk = loop.walk { emit(.finish, walk) } }
  }

  private func assertion(_ test: Expression, _ message: Expression?) {
    let end = Label()
    branch(test, unless: false, to: end)
    let text = message.map(push)
    at(test.span) {
      perform { frame, interpreter throws(Fault) in
        guard let text else { throw Fault("AssertionError", "the condition is false") }
        throw Fault("AssertionError", try interpreter.text(frame.take(text) ?? .none))
      }
    }
    place(end)
  }

  // MARK: - Loops

  /// Assembles a walk over the elements of an iterable.
  func loop(_ target: Target, _ iterable: Expression, _ body: () -> Void) {
    scoped {
      let pair = pairSlots(target)
      let walk = temporaries(pair == nil ? 3 : 4)
      at(iterable.span) {
        if pair == nil || !walkPairs(iterable, walk) {
          scoped { emit(.walk, walk, operand(iterable)) }
        }
      }
      let loop = Loop(start: Label(), exit: Label(), walk: walk)
      let start = parts.instructions.count
      let round = Label()
      // What is set in each round: variables directly, all else through a temporary.
      let slots = pair ?? (variable(target) ?? temporary(), nil)
      at(iterable.span) { next(.next, .nextPair, walk, slots, target, to: loop.exit) }
      place(round)
      if pair == nil, variable(target) == nil {
        let start = parts.instructions.count
        store(target, from: slots.0)
        noteOpening(.unpacking(walk), from: start)
      }
      loops.append(loop)
      body()
      loops.removeLast()
      place(loop.start)
      at(iterable.span) { next(.loopNext, .loopNextPair, walk, slots, target, to: round) }
      place(loop.exit)
      noteOpening(.walk(walk), from: start)
      emit(.finish, walk)
    }
  }

  private func next(
    _ one: Operation, _ two: Operation, _ walk: Int, _ slots: (Int, Int?),
    _ target: Target, to label: Label
  ) {
    if let second = slots.1 {
      let start = parts.instructions.count
      emit(two, walk, slots.0, second)
      // A pair is unpacked on the way.
      at(target.span) { emit(.extra, to: label) }
      noteOpening(.unpacking(walk), from: start)
    } else {
      emit(one, walk, slots.0, to: label)
    }
  }

  /// The slot of a target that is one variable of the frame.
  private func variable(_ target: Target) -> Int? {
    if case .name(let name) = target.kind { localSlot(name) } else { nil }
  }

  /// The slots of a target that is two variables of the frame.
  private func pairSlots(_ target: Target) -> (Int, Int?)? {
    guard case .sequence(let targets) = target.kind, targets.count == 2,
      case .name(let a) = targets[0].kind, let first = localSlot(a),
      case .name(let b) = targets[1].kind, let second = localSlot(b)
    else { return nil }
    return (first, second)
  }

  /// Starts a walk over `zip(x, y)`, `enumerate(x)` or `x.items()` without the pairs; false for all
  /// else.
  private func walkPairs(_ iterable: Expression, _ walk: Int) -> Bool {
    guard case .call(let callee, let arguments) = iterable.kind,
      arguments.allSatisfy({ if case .positional = $0.passing { true } else { false } })
    else { return false }
    let source: PairSource
    switch callee.kind {
    case .attribute(_, let name) where name.text == "items" && arguments.isEmpty: source = .items
    case .name(let name) where name.text == "zip" && arguments.count == 2: source = .zip
    case .name(let name) where name.text == "enumerate" && arguments.count == 1:
      source = .enumerate
    default: return false
    }
    scoped {
      let first = free
      if case .attribute(let receiver, let name) = callee.kind {
        push(receiver)
        at(name.span) { emit(.method, temporary(), first, methods(name.text)) }
      } else {
        push(callee)
        for argument in arguments { push(argument.value) }
      }
      // All of them lie in slots that are there, whatever the source.
      _ = temporaries(max(0, first + 3 - free))
      emit(.walkPairs, walk, first, detail: Int(source.rawValue))
    }
    return true
  }

  private func whileLoop(_ test: Expression, _ body: [Statement]) {
    let loop = Loop(start: Label(), exit: Label(), walk: nil)
    let head = Label()
    place(head)
    branch(test, unless: true, to: loop.exit)
    loops.append(loop)
    statements(body)
    loops.removeLast()
    place(loop.start)
    at(test.span) { emit(.loop, to: head) }
    place(loop.exit)
  }
}
