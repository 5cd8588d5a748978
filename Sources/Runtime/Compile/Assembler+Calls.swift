import Diagnostics
import Syntax

extension Assembler {
  /// The most arguments that a call tells in one byte, and what stands there for all others.
  private static let (mostArguments, otherArguments) = (254, 255)

  /// Assembles a call.
  func call(_ callee: Expression, _ arguments: [Argument], to slot: Int) {
    let isPlain =
      arguments.count <= Assembler.mostArguments
      && arguments.allSatisfy { if case .positional = $0.passing { true } else { false } }
    if case .attribute(let receiver, let name) = callee.kind {
      return callMethod(receiver, name, arguments, isPlain: isPlain, to: slot)
    }
    guard isPlain else {
      let base = push(callee)
      if let named = namedArguments(arguments) {
        for argument in arguments { push(argument.value) }
        return emit(.callNamed, slot, base, named, detail: arguments.count)
      }
      return spread(arguments, to: slot) { frame, arguments, interpreter throws(Fault) in
        try interpreter.call(frame.take(base) ?? .none, arguments)
      }
    }
    if case .name(let name) = callee.kind, case .global = binding(name) {
      let number = global(name.text)
      let first = free
      // That the callee is unbound counts more than what is wrong with its arguments. Those that
      // run no code are evaluated first all the same, since a fault of theirs can be replaced.
      let start = parts.instructions.count
      let runsNoCode = arguments.allSatisfy { self.runsNoCode($0.value) }
      if !runsNoCode { at(callee.span) { emit(.checkGlobal, number) } }
      for argument in arguments { push(argument.value) }
      emit(.callGlobal, slot, first, number, detail: arguments.count)
      if runsNoCode { noteOpening(.callee(number, callee.span), from: start) }
      return
    }
    if case .name(let name) = callee.kind, let cell = cellSlot(name) {
      at(callee.span) { emit(.checkCaptured, cell, self.name(name.text)) }
      let first = free
      for argument in arguments { push(argument.value) }
      return emit(.callCaptured, slot, first, cell, detail: arguments.count)
    }
    if let variable = localSlot(callee) {
      // What was captured has a value.
      if variable < layout.slotNames.count { at(callee.span) { emit(.check, operand(callee)) } }
      let first = free
      for argument in arguments { push(argument.value) }
      return emit(.callVariable, slot, first, variable, detail: arguments.count)
    }
    let base = push(callee)
    for argument in arguments { push(argument.value) }
    emit(.call, slot, base, detail: arguments.count)
  }

  /// The number of the names of arguments of which the last have names, and no others.
  private func namedArguments(_ arguments: [Argument]) -> Int? {
    var names: [String] = []
    for argument in arguments {
      switch argument.passing {
      case .positional: if !names.isEmpty { return nil }
      case .named(let name, _): names.append(name)
      case .unpackedList, .unpackedDict: return nil
      }
    }
    guard arguments.count <= Assembler.mostArguments else { return nil }
    return self.names(NamedArguments(names))
  }

  /// True when evaluating an expression cannot run code of the language.
  private func runsNoCode(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .none, .bool, .int, .float, .string, .name: true
    case .binary(_, let left, let right, _): runsNoCode(left) && runsNoCode(right)
    case .index(let container, let key): runsNoCode(container) && runsNoCode(key)
    default: false
    }
  }

  /// Assembles `receiver.name(arguments)`, which makes no bound method.
  private func callMethod(
    _ receiver: Expression, _ name: Name, _ arguments: [Argument], isPlain: Bool, to slot: Int
  ) {
    let receiver = isPlain ? self.receiver(receiver) : Receiver(slot: operand(receiver))
    let base = temporary()
    let number = methods(name.text)
    let count = isPlain ? arguments.count : Assembler.otherArguments
    at(name.span) { emit(.method, base, Int(receiver.field), number, detail: count) }
    guard isPlain else {
      let holder = Int(receiver.field)
      let isVariable = isVariable(holder)
      let methods = parts.methods[number]
      return spread(arguments, to: slot) { frame, arguments, interpreter throws(Fault) in
        let callee = frame.take(base)
        let value = isVariable ? frame[holder] : frame.take(holder)
        if let callee { return try interpreter.call(callee, arguments) }
        return try interpreter.callMethod(methods, value ?? .none, arguments)
      }
    }
    guard arguments.count <= 2 else {
      for argument in arguments { push(argument.value) }
      emit(.callMethod, slot, base, number, detail: arguments.count)
      return emit(.extra, Int(receiver.field))
    }
    // One or two arguments are used where they lie: variables in place, all else behind the callee.
    let first = temporaries(arguments.count)
    let places = arguments.enumerated().map { place, argument in
      let others = arguments[(place + 1)...].map(\.value)
      if localSlot(argument.value) != nil { return operand(argument.value, before: others) }
      evaluate(argument.value, to: first + place)
      return first + place
    }
    let appends = name.text == "append" && arguments.count == 1
    emit(appends ? .callAppend : .callMethod, slot, base, number, detail: arguments.count)
    emit(.extra, Int(receiver.field), places.first ?? -1, places.last ?? -1)
  }

  private func receiver(_ expression: Expression) -> Receiver {
    guard case .name(let name) = expression.kind, case .global = binding(name) else {
      return Receiver(slot: operand(expression))
    }
    let number = global(name.text)
    at(name.span) { emit(.checkGlobal, number) }
    return Receiver(global: number)
  }

  /// Assembles a call with arguments by name, `*` or `**`.
  private func spread(
    _ arguments: [Argument], to slot: Int,
    _ call: @escaping (Frame, Arguments, Interpreter) throws(Fault) -> Value
  ) {
    let first = free
    for argument in arguments {
      let place = push(argument.value)
      at(argument.value.span) { checkUnpacked(argument.passing, place) }
    }
    let passings = arguments.map(\.passing)
    let label = Diagnostic.Label(unit.file, span)
    perform { frame, interpreter throws(Fault) in
      var gathered = Arguments()
      gathered.positional.reserveCapacity(passings.count)
      for (place, passing) in passings.enumerated() {
        let value = frame.take(first + place) ?? .none
        switch passing {
        case .positional: gathered.positional.append(value)
        case .named(let name, _): gathered.named.append((name, value))
        case .unpackedList:
          try interpreter.extend(&gathered.positional, by: value.asList?.storage ?? [])
        case .unpackedDict:
          if let dict = value.asDict { try interpreter.unpack(dict, into: &gathered) }
        }
      }
      interpreter.callSite = label
      frame[slot] = try call(frame, gathered, interpreter)
    }
  }

  /// Assembles the look at what `*` and `**` unpack: before the arguments behind are evaluated.
  private func checkUnpacked(_ passing: Argument.Passing, _ slot: Int) {
    switch passing {
    case .positional, .named: break
    case .unpackedList:
      perform { frame, interpreter throws(Fault) in
        frame[slot] = .list(try interpreter.elements(of: frame.take(slot) ?? .none))
      }
    case .unpackedDict:
      perform { frame, interpreter throws(Fault) in
        let value = frame[slot] ?? .none
        guard value.asDict != nil else {
          throw Fault.type("'**' expects a dict; received '\(interpreter.typeName(value))'")
        }
        try interpreter.forEach(value) { key throws(Fault) in
          guard key.stringText != nil else {
            throw Fault.type("'**' expects string keys; received '\(interpreter.typeName(key))'")
          }
        }
      }
    }
  }
}
