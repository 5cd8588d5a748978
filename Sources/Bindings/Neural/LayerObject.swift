import Catalog
import Neural
import Runtime
import Syntax
import Tensors

/// A layer or a model as a value: it is called, and its weights can be read.
final class LayerObject: Object {
  let layer: any Layer
  unowned let workbench: Workbench

  init(_ layer: any Layer, _ workbench: Workbench) {
    self.layer = layer
    self.workbench = workbench
    super.init()
  }

  /// The model, when it is one.
  var model: Model? { layer as? Model }

  override var typeName: String { model == nil ? layer.kind : "Model" }

  override var brief: String {
    let count = layer.isBuilt ? ", \(layer.parameterCount) parameters" : ", not built yet"
    return "<\(typeName) \(layer.name)\(count)>"
  }

  override func inspection(detail: Int) -> String? { model?.summary() ?? "  \(brief)" }

  override func representation(_ interpreter: Interpreter) throws(Fault) -> String { brief }

  /// Layers are equal when they are the same layer: attributes make a new object each time.
  override func compare(
    _ op: ComparisonOperator, _ other: Value, reflected: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> Value? {
    guard op == .equal || op == .notEqual, case .object(let object) = other,
      let right = object as? LayerObject
    else { return nil }
    return .bool((layer === right.layer) == (op == .equal))
  }

  override func hash(_ interpreter: Interpreter) throws(Fault) -> Int {
    ObjectIdentifier(layer).hashValue
  }

  override var canBeCalled: Bool { true }

  override func call(_ arguments: Arguments, _ interpreter: Interpreter) throws(Fault) -> Value {
    var inputs: [Flow] = []
    for value in arguments.positional where !value.isNone {
      inputs += try Flows.flows(value, workbench, interpreter)
    }
    var state: [Flow] = []
    for (name, value) in arguments.named {
      switch name {
      case "initial_state":
        if !value.isNone { state += try Flows.flows(value, workbench, interpreter) }
      case "inputs", "x": inputs += try Flows.flows(value, workbench, interpreter)
      case "training":
        _ = try interpreter.truth(value)
      case "mask" where value.isNone: break
      default:
        throw Fault.type(
          "\(layer.name)() got an unexpected keyword argument '\(name)'",
          help: "a layer is called on tensors, with initial_state= for recurrent layers")
      }
    }
    let results = try interpreter.neural { () throws(NeuralError) in
      try layer.call(inputs, initialState: state, workbench.neural)
    }
    return Flows.value(results, workbench)
  }

  override var attributeNames: [String] {
    let properties = ["name", "trainable", "trainable_weights", "weights"]
    let ofModel = ["history", "inputs", "layers", "optimizer", "outputs", "stop_training"]
    return properties + (model == nil ? [] : ofModel) + methods.map(\.entry.name)
  }

  private var methods: [Method] {
    model == nil ? LayerMethods.all : LayerMethods.all + ModelMethods.all
  }

  override func attributeEntry(_ name: String) -> Entry? {
    methods.first { $0.entry.name == name }?.entry
  }

  override func attribute(_ name: String, _ interpreter: Interpreter) throws(Fault) -> Value? {
    switch name {
    case "name": return .string(layer.name)
    case "trainable": return .bool(layer.isTrainable)
    case "weights", "variables": return parameters(layer.weights)
    case "trainable_weights", "trainable_variables": return parameters(layer.trainableWeights)
    default: break
    }
    if let model, let value = attribute(name, of: model) { return value }
    guard let method = methods.first(where: { $0.entry.name == name }) else { return nil }
    return .object(BoundMethodObject(.object(self), method))
  }

  private func attribute(_ name: String, of model: Model) -> Value? {
    switch name {
    case "inputs": .list(model.inputs.map { .object(SymbolObject($0)) })
    case "outputs": .list(model.outputs.map { .object(SymbolObject($0)) })
    case "input": model.inputs.first.map { .object(SymbolObject($0)) }
    case "output": model.outputs.first.map { .object(SymbolObject($0)) }
    case "layers": .list(model.layers.map { .object(LayerObject($0, workbench)) })
    case "history": model.history.map { .object(HistoryObject($0)) } ?? Value.none
    case "optimizer":
      model.compiled.map { .object(OptimizerObject($0.optimizer, workbench)) } ?? Value.none
    case "stop_training": .bool(model.stopTraining)
    default: nil
    }
  }

  override func setAttribute(_ name: String, _ value: Value, _ interpreter: Interpreter)
    throws(Fault) -> Bool
  {
    switch name {
    case "trainable": layer.isTrainable = try interpreter.truth(value)
    case "stop_training":
      guard let model else { return false }
      model.stopTraining = try interpreter.truth(value)
    default: return false
    }
    return true
  }

  /// Whatever leads to a model, and every object of it, keeps the functions that it calls.
  override func visitReferences(_ visit: (Value) -> Void) {
    guard let model else { return }
    CompiledFunctions.visit(
      [model] + Symbol.models(behind: model.inputs + model.outputs), visit)
  }

  private func parameters(_ weights: [Tensors.Parameter]) -> Value {
    .list(weights.map { .object(ParameterObject($0, workbench)) })
  }
}

/// The methods that layers and models share.
enum LayerMethods {
  static let all: [Method] = [countParams, getWeights, setWeights]

  /// The layer that a method was called on.
  static func layer(_ value: Value) throws(Fault) -> LayerObject {
    guard case .object(let object) = value, let layer = object as? LayerObject else {
      throw .internal("a layer method without a layer")
    }
    return layer
  }

  private static let countParams = Method(
    NeuralEntries.named("count_params"),
    .zero { receiver, _ throws(Fault) in .int(try layer(receiver).layer.parameterCount) })

  private static let getWeights = Method(
    NeuralEntries.named("get_weights"),
    .zero { receiver, _ throws(Fault) in
      let object = try layer(receiver)
      return .list(
        object.layer.getWeights().map { .object(TensorObject($0, object.workbench)) })
    })

  private static let setWeights = Method(
    NeuralEntries.named("set_weights"),
    .one { receiver, values, interpreter throws(Fault) in
      let object = try layer(receiver)
      var tensors: [Tensor] = []
      for value in try interpreter.elements(of: values) {
        tensors.append(try TensorConversion.tensor(value, object.workbench, interpreter))
      }
      try interpreter.neural { () throws(NeuralError) in
        try object.layer.setWeights(tensors, object.workbench.neural)
      }
      return .none
    })
}

/// The records of the neural engine by name.
enum NeuralEntries {
  private static let table: [String: Entry] = Dictionary(
    ModelTable.all.map { ($0.name, NamedChoices.filled($0)) }
  ) { first, _ in first }

  /// The record of a name; a bare one for names without.
  static func named(_ name: String) -> Entry { table[name] ?? Entry(name, summary: "") }
}
