import Diagnostics
import Platform
import Syntax

extension Interpreter {
  /// Calls a function of the language with any arguments.
  func invoke(_ function: FunctionObject, _ arguments: Arguments) throws(Fault) -> Value {
    try run(function) { (frame) throws(Fault) in
      try bind(arguments, to: function, frame)
    }
  }

  /// Runs a function's body in a new frame that `fill` has put the arguments in.
  @inline(__always)
  func run(_ function: FunctionObject, _ fill: (Frame) throws(Fault) -> Void) throws(Fault)
    -> Value
  {
    let code = function.code
    try tick()
    if depth >= Interpreter.recursionLimit || !room.hasRoom { throw recursionFault() }
    guard let frame = stack.reserve(code.frameSize) else { throw recursionFault() }
    depth += 1
    defer {
      depth -= 1
      stack.release(frame, code.frameSize)
    }
    try fill(frame)
    if !code.isFlat { Interpreter.placeCells(function, frame) }
    do throws(Fault) {
      return try code.body(frame)
    } catch {
      throw leaving(code, error)
    }
  }

  /// Puts the cells of captured variables, its own and those around it, into a new frame.
  private static func placeCells(_ function: FunctionObject, _ frame: Frame) {
    for slot in function.code.cells { frame[slot] = .object(CellObject(frame[slot])) }
    var slot = function.code.captureStart
    for cell in function.captures {
      frame[slot] = .object(cell)
      slot += 1
    }
  }

  /// The fault with the function that it left first; call sites add those around it.
  private func leaving(_ code: FunctionCode, _ fault: Fault) -> Fault {
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
