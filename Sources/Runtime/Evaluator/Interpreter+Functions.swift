import Diagnostics
import Platform
import Syntax

extension Interpreter {
  /// Calls a function of the language with any arguments.
  func invoke(_ function: FunctionObject, _ arguments: Arguments) throws(Fault) -> Value {
    guard let frame = enter(function.code) else { throw refusal() }
    do throws(Fault) {
      try bind(arguments, to: function, frame)
    } catch {
      leave(function.code, frame)
      throw error
    }
    return try run(function, frame)
  }

  /// The frame of a new call, for the arguments; ``run(_:_:)`` or ``leave(_:_:)`` gives it up.
  ///
  /// Nil when there can be no further call now: see ``refusal()``.
  @inline(__always)
  func enter(_ code: FunctionCode) -> Frame? {
    countTurn()
    guard !interruption.isRequested, depth < Interpreter.recursionLimit,
      depth & Interpreter.roomMask != 0 || room.hasRoom,
      let frame = stack.reserve(code.frameSize)
    else { return nil }
    depth &+= 1
    return frame
  }

  /// Why ``enter(_:)`` gave no frame.
  @inline(never)
  func refusal() -> Fault { interruption.isRequested ? interruptionFault() : recursionFault() }

  /// Ends a call.
  @inline(__always)
  func leave(_ code: FunctionCode, _ frame: Frame) {
    depth &-= 1
    stack.release(frame, code.frameSize)
  }

  /// Runs the body of a function whose parameters are in their places, and ends the call.
  @inline(__always)
  func run(_ function: FunctionObject, _ frame: Frame) throws(Fault) -> Value {
    let code = function.code
    if !code.isFlat { Interpreter.placeCells(function, frame) }
    do throws(Fault) {
      let value = try code.body(frame)
      leave(code, frame)
      return value
    } catch {
      leave(code, frame)
      throw leaving(code, error)
    }
  }

  /// Puts the cells of captured variables, its own and those around it, into a new frame.
  static func placeCells(_ function: FunctionObject, _ frame: Frame) {
    let code = function.code
    var place = 0
    while place < code.cells.count {
      let slot = code.cells[place]
      frame[slot] = .object(CellObject(frame[slot]))
      place &+= 1
    }
    place = 0
    while place < function.captures.count {
      frame.fill(code.captureStart &+ place, .object(function.captures[place]))
      place &+= 1
    }
  }

  /// The fault with the function that it left first; call sites add those around it.
  func leaving(_ code: FunctionCode, _ fault: Fault) -> Fault {
    guard fault.details.frames.isEmpty else { return fault }
    let label = fault.details.primary ?? Diagnostic.Label(code.file, code.span)
    return fault.leaving(Diagnostic.Frame(function: code.name, label: label))
  }

  /// Binds arguments to the parameters of a function, as Python does.
  private func bind(_ arguments: Arguments, to function: FunctionObject, _ frame: Frame)
    throws(Fault)
  {
    let code = function.code
    let parameters = code.parameters
    let positional = parameters.prefix { $0.passing == .positional || $0.passing == .either }
    let given = arguments.positional.count
    let taken = min(given, positional.count)
    for place in 0..<taken { frame[place] = arguments.positional[place] }
    let variadic = parameters.firstIndex { $0.passing == .variadic }
    if let variadic {
      frame[variadic] = .tuple(Array(arguments.positional.dropFirst(taken)))
    } else if given > taken {
      throw BindingFault.tooMany(code.name, accepted: positional.count, received: given)
    }
    let keywordVariadic = parameters.firstIndex { $0.passing == .keywordVariadic }
    let extra = keywordVariadic.map { _ in DictObject() }
    for (name, value) in arguments.named {
      let place = parameters.firstIndex {
        $0.name == name && ($0.passing == .either || $0.passing == .keyword)
      }
      if let place {
        guard frame[place] == nil else { throw BindingFault.repeated(code.name, name) }
        frame[place] = value
      } else if let extra {
        guard extra.get(name) == nil else { throw BindingFault.repeated(code.name, name) }
        extra.put(StringObject(name), value)
      } else {
        throw BindingFault.unexpected(
          code.name, name,
          positionalOnly: parameters.contains { $0.name == name && $0.passing == .positional },
          among: parameters.filter { $0.passing == .either || $0.passing == .keyword }
            .map(\.name))
      }
    }
    if let keywordVariadic, let extra { frame[keywordVariadic] = .object(extra) }
    var missing: [String] = []
    for place in parameters.indices where frame[place] == nil {
      if let value = function.defaults[place] {
        frame[place] = value
      } else {
        missing.append(parameters[place].name)
      }
    }
    if !missing.isEmpty { throw BindingFault.missing(code.name, missing) }
  }
}
