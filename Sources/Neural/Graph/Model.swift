public import JSON
public import Tensors

/// A graph of layers from inputs to outputs, which is a layer itself.
///
/// Models that share layers share their weights: training the whole trains its parts.
public final class Model: Layer {
  /// What Keras calls a model that is made of a graph.
  public let kind = "Functional"
  /// Name and trainability; the weights belong to the layers.
  public let core: LayerCore
  /// The symbols that the model starts from; call another layer on them to go on from there.
  public let inputs: [Symbol]
  /// The symbols that the model ends in.
  public let outputs: [Symbol]
  /// The history of the last `fit`, kept when that was interrupted.
  public internal(set) var history: History?
  /// Set by a callback to end `fit` after the present epoch.
  public var stopTraining = false
  /// The epochs of all calls of `fit` so far.
  public internal(set) var epochsTrained = 0
  /// What the owner keeps beside the model, for as long as it lives.
  public var companion: AnyObject?
  let plan: GraphPlan
  var compilation: Compilation?

  /// Connects outputs to the inputs that they are computed from.
  ///
  /// - Throws: ``NeuralError/disconnected(model:input:)`` when an output needs another input.
  public init(
    inputs: [Symbol], outputs: [Symbol], name: String? = nil, _ context: NeuralContext
  ) throws(NeuralError) {
    guard !inputs.isEmpty, !outputs.isEmpty else {
      throw .value(
        owner: "Model", expected: "inputs and outputs",
        received: inputs.isEmpty ? "no inputs" : "no outputs")
    }
    self.plan = try GraphPlan(model: name ?? "Model", inputs: inputs, outputs: outputs)
    self.inputs = inputs
    self.outputs = outputs
    self.core = LayerCore(weightless: name ?? context.uniqueName(for: "Functional"))
  }

  /// Each layer once, the inputs' first.
  public var layers: [any Layer] { plan.layers }

  /// The weights of all layers, each once, in the order of the layers.
  public var weights: [Tensors.Parameter] {
    var seen: Set<ObjectIdentifier> = []
    var result: [Tensors.Parameter] = []
    for layer in layers {
      for weight in layer.weights where seen.insert(ObjectIdentifier(weight)).inserted {
        result.append(weight)
      }
    }
    return result
  }

  /// Whether training changes the weights; setting it sets it for every layer.
  public var isTrainable: Bool {
    get { core.isTrainable }
    set {
      core.isTrainable = newValue
      for layer in layers { layer.isTrainable = newValue }
    }
  }

  /// Nothing to do: the layers were built when they were called.
  public func build(_ shapes: [SymbolicShape], _ context: NeuralContext) throws(NeuralError) {}

  /// Runs the graph.
  public func forward(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError)
    -> [Tensor]
  {
    try plan.run(inputs, context)
  }

  /// The shapes of the outputs, with the batch of the inputs.
  public func outputShapes(for shapes: [SymbolicShape]) throws(NeuralError) -> [SymbolicShape] {
    let wanted = inputs.map(\.shape)
    guard shapes.count == wanted.count else {
      throw .shape(
        layer: name, expected: "\(wanted.count) \(wanted.count == 1 ? "input" : "inputs")",
        received: shapes)
    }
    for (shape, wanted) in zip(shapes, wanted) where !fits(shape, wanted) {
      throw .shape(
        layer: name, expected: "\(wanted.rank) axes \(wanted.text)", received: [shape],
        help: missingBatch(shape, wanted) ? "give it a batch axis: x[None]" : nil)
    }
    let batch = shapes.first?.extents.first ?? nil
    return outputs.map { SymbolicShape([batch] + $0.shape.extents.dropFirst()) }
  }

  private func fits(_ shape: SymbolicShape, _ wanted: SymbolicShape) -> Bool {
    guard shape.rank == wanted.rank else { return false }
    return zip(shape.extents, wanted.extents).dropFirst().allSatisfy { given, wanted in
      given == wanted || given == nil || wanted == nil
    }
  }

  /// Looks at the shapes of data before any of it is computed with.
  ///
  /// - Throws: ``NeuralError/data(call:argument:expected:received:help:)``.
  func check(_ x: [Tensor], call: String) throws(NeuralError) {
    guard x.count == inputs.count else {
      throw .value(
        owner: "\(call): x", expected: "\(inputs.count) \(inputs.count == 1 ? "array" : "arrays")",
        received: "\(x.count)")
    }
    for (place, (tensor, input)) in zip(x, inputs).enumerated() {
      let shape = SymbolicShape(tensor.shape)
      if fits(shape, input.shape) { continue }
      let argument = Samples.argument(place, of: x.count)
      let lacksFeatures = fits(SymbolicShape(shape.extents + [1]), input.shape)
      throw .data(
        call: call, argument: argument, expected: input.shape, received: shape,
        help: missingBatch(shape, input.shape)
          ? "give it a batch axis: \(argument)[None]"
          : lacksFeatures ? "give it an axis of features: \(argument)[..., None]" : nil)
    }
  }

  private func missingBatch(_ shape: SymbolicShape, _ wanted: SymbolicShape) -> Bool {
    shape.rank + 1 == wanted.rank && fits(SymbolicShape([nil] + shape.extents), wanted)
  }

  /// Follows reshaping layers back from the first output to the last thing computed.
  public var finalActivation: FinalActivation? {
    var symbol = outputs[0]
    while true {
      guard let activation = symbol.node.layer.finalActivation else { return nil }
      guard activation == .passesThrough, let before = symbol.node.inputs.first else {
        return activation
      }
      symbol = before
    }
  }

  /// The layers' kinds and arguments, in order; enough to show, not yet to make the model again.
  public var configuration: JSONObject {
    let parts = layers.map { layer in
      JSONValue.object(
        JSONObject([
          ("class_name", .string(layer.kind)), ("config", .object(layer.configuration)),
        ]))
    }
    return JSONObject([("name", .string(name)), ("layers", .array(parts))])
  }
}
