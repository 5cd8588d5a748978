import Diagnostics
import Syntax

extension Assembler {
  /// Assembles a `def` or a lambda: the body once, now; the function is made each time it runs, with
  /// its defaults evaluated and what it captures taken from the frame around it.
  func makeFunction(_ function: Function, to slot: Int) {
    let code = functionCode(function)
    var places: [(parameter: Int, slot: Int)] = []
    for (parameter, value) in function.parameters.enumerated() {
      if let value = value.defaultValue { places.append((parameter, push(value))) }
    }
    let count = places.isEmpty ? 0 : function.parameters.count
    let captures = frameLayout(function).captures.map { capture -> Int in
      switch capture {
      case .cell(let slot), .local(let slot): slot
      case .free(let index), .freeValue(let index): captureSlot(index)
      case .global: 0
      }
    }
    perform { frame, _ throws(Fault) in
      var defaults = [Value?](repeating: nil, count: count)
      for place in places { defaults[place.parameter] = frame.take(place.slot) }
      frame[slot] = .object(
        FunctionObject(code: code, defaults: defaults, captures: frame.captured(captures)))
    }
  }

  private func frameLayout(_ function: Function) -> FrameLayout {
    function.id < unit.resolution.functions.count
      ? unit.resolution.functions[function.id]
      : FrameLayout(slotNames: [], cells: [], captures: [])
  }

  private func functionCode(_ function: Function) -> FunctionCode {
    let layout = frameLayout(function)
    let name = function.name?.text ?? "lambda"
    let inner = Assembler(unit: unit, layout: layout, functionName: name)
    inner.statements(function.body)
    return FunctionCode(
      number: interpreter.newFunctionNumber(), name: name,
      parameters: function.parameters.map {
        FunctionCode.ParameterSlot(name: $0.name.text, passing: $0.passing)
      },
      docstring: function.docstring, file: unit.file, span: function.headerSpan, layout: layout,
      block: inner.block())
  }
}

extension Frame {
  /// The cells and values in slots, for a function to hold.
  fileprivate func captured(_ slots: [Int]) -> [Value?] {
    switch slots.count {
    case 0: []
    case 1: [captured(slots[0])]
    default: slots.map(captured)
    }
  }

  private func captured(_ slot: Int) -> Value? {
    object(slot)?.cell?.read { $0.isCaptured = true }
    return copied(slot)
  }
}
