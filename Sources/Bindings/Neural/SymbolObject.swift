import Neural
import Runtime
import Tensors

/// A symbolic array as a value: what `Input` and calls on symbols give.
final class SymbolObject: Object {
  let symbol: Symbol

  init(_ symbol: Symbol) {
    self.symbol = symbol
    super.init()
  }

  override var typeName: String { "symbol" }

  override func representation(_ interpreter: Interpreter) throws(Fault) -> String {
    "<symbol \(symbol.shape.text) \(symbol.dtype.name) from \(symbol.name)>"
  }

  override var attributeNames: [String] { ["dtype", "name", "shape"] }

  override func attribute(_ name: String, _ interpreter: Interpreter) throws(Fault) -> Value? {
    switch name {
    case "dtype": .object(DTypeObject(symbol.dtype))
    case "name": .string(symbol.name)
    case "shape":
      .tuple(symbol.shape.extents.map { extent in extent.map { .int($0) } ?? .none })
    default: nil
    }
  }

  override func truth(_ interpreter: Interpreter) throws(Fault) -> Bool {
    throw Fault.type(
      "a symbol has no values before the model is called", help: "call the model on a tensor")
  }

  override func visitReferences(_ visit: (Value) -> Void) {
    CompiledFunctions.visit(Symbol.models(behind: [symbol]), visit)
  }

  override func overload(_ name: String) -> Builtin? {
    guard let builtin = OpBuiltins.overloads[name] else { return nil }
    return Builtin(
      builtin.entry,
      .raw { _, _ throws(Fault) in
        throw Fault.type(
          "\(name)() does not take a symbol: it has no values before the model is called",
          help: "use a layer, or compute with the tensors that the model gives")
      })
  }
}

/// Values as what a layer is called on.
enum Flows {
  /// Tensors and symbols, flattened out of lists and tuples.
  static func flows(_ value: Value, _ workbench: Workbench, _ interpreter: Interpreter)
    throws(Fault) -> [Flow]
  {
    if case .object(let object) = value {
      if let symbol = object as? SymbolObject { return [.symbol(symbol.symbol)] }
      if let elements = value.sequenceElements, elements.contains(where: isFlow) {
        var all: [Flow] = []
        for element in elements { all += try flows(element, workbench, interpreter) }
        return all
      }
    }
    return [.tensor(try TensorConversion.tensor(value, workbench, interpreter))]
  }

  /// The tensors that a model is trained or run on: one, or a list of several.
  static func tensors(_ value: Value, _ workbench: Workbench, _ interpreter: Interpreter)
    throws(Fault) -> [Tensor]
  {
    var tensors: [Tensor] = []
    for flow in try flows(value, workbench, interpreter) {
      guard case .tensor(let tensor) = flow else {
        throw Fault.type("expected tensors; received a symbol, which has no values")
      }
      tensors.append(tensor)
    }
    return tensors
  }

  private static func isFlow(_ value: Value) -> Bool {
    guard case .object(let object) = value else { return false }
    return object is TensorObject || object is SymbolObject || object is ParameterObject
      || value.sequenceElements?.contains(where: isFlow) == true
  }

  /// What a call gave: one value by itself, several as a list.
  static func value(_ flows: [Flow], _ workbench: Workbench) -> Value {
    let values = flows.map { flow -> Value in
      switch flow {
      case .tensor(let tensor): .object(TensorObject(tensor, workbench))
      case .symbol(let symbol): .object(SymbolObject(symbol))
      }
    }
    return values.count == 1 ? values[0] : .list(values)
  }
}
