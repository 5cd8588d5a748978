public import JSON
public import Tensors

/// A function with weights: called on tensors it runs at once, called on symbols it makes a node.
///
/// A layer is written in this order: stored configuration (validated in `init`), `build`, `forward`,
/// `outputShapes(for:)`, configuration out. It names its axes in the errors of `outputShapes(for:)`.
public protocol Layer: AnyObject {
  /// The name of the class in the language: `LSTM`.
  var kind: String { get }
  /// Name, weights and whether it is built.
  var core: LayerCore { get }
  /// The arguments that make the same layer again, by the names of its entry.
  var configuration: JSONObject { get }
  /// What its results have been through last, for advice; nil when nobody can say.
  var finalActivation: FinalActivation? { get }
  /// All weights, in the order of Keras.
  var weights: [Tensors.Parameter] { get }
  /// Whether training changes the weights.
  var isTrainable: Bool { get set }

  /// Makes the weights for inputs of these shapes; called once, before the first `forward`.
  func build(_ shapes: [SymbolicShape], _ context: NeuralContext) throws(NeuralError)
  /// Computes; the shapes have been through ``outputShapes(for:)`` and the weights exist.
  func forward(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError) -> [Tensor]
  /// The shapes of the results, and every check that shapes allow.
  func outputShapes(for shapes: [SymbolicShape]) throws(NeuralError) -> [SymbolicShape]
}

/// The activation that a layer's results come out of.
public enum FinalActivation: Sendable, Equatable {
  /// The named function is the last thing done.
  case named(String)
  /// The elements are those of the input, in another shape.
  case passesThrough
}

/// The part that every layer has: a name, a place in the order of creation, weights.
public final class LayerCore {
  /// The name in summaries and files.
  public let name: String
  /// The creation index since the seed was set, which keys the streams of the weights.
  let index: Int
  /// The seed at creation.
  let seed: Int
  /// The weights, in the order of Keras; empty until built.
  public private(set) var weights: [Tensors.Parameter] = []
  /// The shapes that the weights were made for; nil until built.
  var builtShapes: [SymbolicShape]?
  /// The shapes of the last inputs that passed every check: they need no second look.
  private var passed: [Shape] = []
  /// Whether training changes the weights.
  public var isTrainable = true {
    didSet { for weight in weights { weight.isTrainable = isTrainable } }
  }

  /// Names a layer and takes its place in the order of creation.
  init(_ kind: String, name: String?, _ context: NeuralContext) {
    self.name = name ?? context.uniqueName(for: kind)
    self.index = context.tensors.nextLayerIndex()
    self.seed = context.tensors.seed
  }

  /// A layer that never has weights of its own and takes no place in the order.
  init(weightless name: String) {
    self.name = name
    self.index = 0
    self.seed = 0
    self.builtShapes = []
  }

  /// True when inputs of these shapes went through the layer last time and need no conversion.
  func hasPassed(_ inputs: [Tensor]) -> Bool {
    guard inputs.count == passed.count else { return false }
    for index in inputs.indices {
      if inputs[index].dtype != .float32 || inputs[index].shape != passed[index] { return false }
    }
    return true
  }

  /// Remembers inputs that passed every check of a layer that is built.
  func pass(_ inputs: [Tensor]) { passed = inputs.map(\.shape) }

  /// Draws a weight from its own stream and appends it.
  func addWeight(
    _ weight: String, _ extents: [Int], _ initializer: Initializer, _ context: NeuralContext
  ) throws(NeuralError) {
    var stream = RandomStream(seed: seed, .number(index), .text(weight))
    let value = try initializer.draw(extents, &stream, context)
    weights.append(
      try tensorWork { () throws(TensorError) in
        try Tensors.Parameter(value, name: "\(name)/\(weight)", isTrainable: isTrainable)
      })
  }
}

extension Layer {
  /// The name in summaries and files.
  public var name: String { core.name }

  /// All weights, in the order of Keras; empty until built.
  public var weights: [Tensors.Parameter] { core.weights }

  /// The weights that training changes.
  public var trainableWeights: [Tensors.Parameter] { weights.filter(\.isTrainable) }

  /// The number of numbers in the weights.
  public var parameterCount: Int { weights.reduce(0) { $0 + $1.value.count } }

  /// True once the weights exist.
  public var isBuilt: Bool { core.builtShapes != nil }

  /// Nobody can say, unless a layer does.
  public var finalActivation: FinalActivation? { nil }

  /// Calls the layer on tensors alone, which runs it, or on symbols alone, which makes a node.
  ///
  /// - Parameters:
  ///   - inputs: The input, or several; a recurrent layer takes those behind the first as its state.
  ///   - initialState: The state that a recurrent layer starts from.
  ///   - context: The session's.
  /// - Returns: The results, tensors or symbols as the inputs were.
  /// - Throws: ``NeuralError/mixedInputs(layer:)``, ``NeuralError/shape(layer:expected:received:source:help:)``.
  public func call(
    _ inputs: [Flow], initialState: [Flow] = [], _ context: NeuralContext
  ) throws(NeuralError) -> [Flow] {
    var tensors: [Tensor] = []
    var symbols: [Symbol] = []
    for flow in [inputs, initialState].joined() {
      switch flow {
      case .tensor(let tensor): tensors.append(tensor)
      case .symbol(let symbol): symbols.append(symbol)
      }
    }
    if tensors.isEmpty && symbols.isEmpty {
      throw .value(owner: kind, expected: "an input", received: "none")
    }
    if symbols.isEmpty { return try run(tensors, context).map { .tensor($0) } }
    guard tensors.isEmpty else { throw .mixedInputs(layer: kind) }
    return try connect(symbols, context).map { .symbol($0) }
  }

  /// Runs the layer; its weights are made first if this is the first call.
  ///
  /// Numbers that are not float32 or float64 are cast to float32, as weights are.
  public func run(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError) -> [Tensor] {
    // A step of training asks this of every layer: 1 µs each.
    if core.hasPassed(inputs) { return try forward(inputs, context) }
    let numbers = try inputs.map { (input) throws(NeuralError) in
      try input.asFloat32(context)
    }
    let shapes = numbers.map { SymbolicShape($0.shape) }
    _ = try outputShapes(for: shapes)
    if !isBuilt { try makeWeights(shapes, context) }
    core.pass(numbers)
    return try forward(numbers, context)
  }

  private func connect(_ symbols: [Symbol], _ context: NeuralContext) throws(NeuralError)
    -> [Symbol]
  {
    let shapes = symbols.map(\.shape)
    let results: [SymbolicShape]
    do throws(NeuralError) {
      results = try outputShapes(for: shapes)
    } catch {
      let recurrent = symbols.first?.node.layer as? any RecurrentLayer
      throw error.from(
        symbols.first, help: self is any RecurrentLayer ? recurrent?.helpToGiveSteps : nil)
    }
    let depth = (symbols.map(\.node.depth).max() ?? 0) + 1
    guard depth <= GraphNode.depthLimit else {
      throw .value(
        owner: kind, expected: "at most \(GraphNode.depthLimit) layers in a row",
        received: "more")
    }
    if !isBuilt { try makeWeights(shapes, context) }
    let node = GraphNode(
      layer: self, inputs: symbols, depth: depth, sequence: context.nextNodeSequence())
    return results.enumerated().map {
      Symbol(shape: $0.element, dtype: .float32, node: node, slot: $0.offset)
    }
  }

  private func makeWeights(_ shapes: [SymbolicShape], _ context: NeuralContext)
    throws(NeuralError)
  {
    try build(shapes, context)
    core.builtShapes = shapes
  }

  /// Whether training changes the weights.
  public var isTrainable: Bool {
    get { core.isTrainable }
    set { core.isTrainable = newValue }
  }

  /// The present values of the weights, in the order of Keras.
  public func getWeights() -> [Tensor] { weights.map(\.value) }

  /// Replaces the values of all weights, in the order of Keras.
  ///
  /// - Throws: ``NeuralError/value(owner:expected:received:help:)`` for another number of values,
  ///   ``NeuralError/tensor(_:)`` for a shape that does not fit; nothing is changed then.
  public func setWeights(_ values: [Tensor], _ context: NeuralContext) throws(NeuralError) {
    let weights = self.weights
    guard values.count == weights.count else {
      throw .value(
        owner: "set_weights", expected: "\(weights.count) values, one for each weight of \(name)",
        received: "\(values.count)",
        help: isBuilt ? nil : "call the layer once, so that its weights exist")
    }
    for (weight, value) in zip(weights, values) where weight.value.shape != value.shape {
      throw .value(
        owner: "set_weights", expected: "shape \(weight.value.shape.text) for \(weight.name)",
        received: value.shape.text)
    }
    for (weight, value) in zip(weights, values) {
      try tensorWork { () throws(TensorError) in try weight.assign(value, context.tensors) }
    }
  }
}

extension Tensor {
  /// The dtype that weights have; a tensor that has it already is returned as it is.
  func asFloat32(_ context: NeuralContext) throws(NeuralError) -> Tensor {
    if dtype == .float32 { return self }
    return try tensorWork { () throws(TensorError) in
      try Ops.cast(self, to: .float32, context.tensors)
    }
  }
}
