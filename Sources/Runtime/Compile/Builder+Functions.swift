import Diagnostics
import Syntax

extension Builder {
  /// Compiles a `def` or a lambda: the body once, now; the function each time it runs, with its
  /// defaults evaluated and its captured cells taken from the frame around it.
  func makeFunction(_ function: Function) -> Code {
    let code = functionCode(function)
    let defaults = function.parameters.map { $0.defaultValue.map(expression) }
    let hasDefaults = defaults.contains { $0 != nil }
    let noDefaults = [Value?](repeating: nil, count: defaults.count)
    let captures = frameLayout(function).captures.map { capture -> Int in
      switch capture {
      case .cell(let slot), .local(let slot): slot
      case .free(let index): captureSlot(index)
      case .global: 0
      }
    }
    return Code { frame throws(Fault) in
      var values = noDefaults
      if hasDefaults {
        for (place, code) in defaults.enumerated() {
          if let code { values[place] = try code(frame) }
        }
      }
      return .object(
        FunctionObject(
          code: code, defaults: values,
          captures: Builder.cells(captures, frame)))
    }
  }

  /// The cells in slots of a frame, for a function to hold.
  private static func cells(_ slots: [Int], _ frame: Frame) -> [CellObject] {
    // Most functions capture one variable or none.
    switch slots.count {
    case 0: []
    case 1: [frame.cell(slots[0]).captured()]
    default: slots.map { frame.cell($0).captured() }
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
    let inner = Builder(unit: unit, layout: layout, functionName: name)
    return FunctionCode(
      name: name,
      parameters: function.parameters.map {
        FunctionCode.ParameterSlot(name: $0.name.text, passing: $0.passing)
      },
      docstring: function.docstring, file: unit.file, span: function.headerSpan, layout: layout,
      body: inner.body(function.body))
  }

  /// Compiles the body of a function to a closure that gives what the call gives.
  private func body(_ statements: [Statement]) -> Code {
    if statements.count == 1, case .return(let value?) = statements[0].kind {
      return expression(value)
    }
    let block = block(statements)
    return Code { frame throws(Fault) in
      if case .return(let value) = try block(frame) { return value }
      return .none
    }
  }
}
