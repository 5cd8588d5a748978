import Catalog
import JSON
import Tensors

/// Applies `activation(x · kernel + bias)` along the last axis.
///
/// Input `[batch, ..., features]`, output `[batch, ..., units]`; `kernel` is `[features, units]`.
final class Dense: Layer {
  let kind = "Dense"
  let core: LayerCore
  let units: Int
  let activation: ActivationRecord
  let usesBias: Bool
  let kernelInitializer: Initializer
  let biasInitializer: Initializer

  static let record = LayerRecord(
    Entry(
      "Dense",
      [
        .required("units", .int),
        .optional("activation", .activation, choices: ActivationTable.names),
        .optional("use_bias", .bool, default: "True"),
        .optional("kernel_initializer", .initializer, default: "\"glorot_uniform\""),
        .optional("bias_initializer", .initializer, default: "\"zeros\""),
        .keyword("name", .string),
      ], kind: .type, group: "Layers",
      summary: "Multiplies the last axis by a matrix of weights, adds a bias and applies an "
        + "activation: `activation(x @ kernel + bias)`. Any axes may come before the last.",
      examples: [Example("Dense(2)(ones((5, 130, 16))).shape", prints: "(5, 130, 2)")])
  ) { settings, context throws(NeuralError) in try Dense(settings, context) }

  init(_ settings: Settings, _ context: NeuralContext) throws(NeuralError) {
    units = try settings.requiredInt("units", atLeast: 1)
    activation = try ActivationTable.read(settings, default: "linear")
    usesBias = try settings.bool("use_bias", default: true)
    kernelInitializer = try Initializer(settings, "kernel_initializer", default: .glorotUniform)
    biasInitializer = try Initializer(settings, "bias_initializer", default: .zeros)
    core = LayerCore(kind, name: try settings.text("name"), context)
  }

  func build(_ shapes: [SymbolicShape], _ context: NeuralContext) throws(NeuralError) {
    guard let features = shapes.first?.last else { return }
    try core.addWeight("kernel", [features, units], kernelInitializer, context)
    if usesBias { try core.addWeight("bias", [units], biasInitializer, context) }
  }

  func forward(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError) -> [Tensor] {
    let weights = core.weights
    let sum = try tensorWork { () throws(TensorError) in
      usesBias
        ? try Ops.affine(inputs[0], weights[0].tracked, weights[1].tracked, context.tensors)
        : try Ops.matmul(inputs[0], weights[0].tracked, context.tensors)
    }
    return [try activation(sum, context)]
  }

  func outputShapes(for shapes: [SymbolicShape]) throws(NeuralError) -> [SymbolicShape] {
    let shape = try one(shapes)
    guard shape.rank >= 2 else {
      throw .shape(
        layer: kind, expected: "at least 2 axes [batch, ..., features]", received: [shape],
        help: "give it a batch axis: x.reshape((-1, 1)) or x[None]")
    }
    guard let features = shape.last else {
      throw .shape(
        layer: kind, expected: "a known number of features", received: [shape],
        help: "give the last extent in Input((...))")
    }
    if let built = core.builtShapes?.first?.last, built != features {
      throw .shape(
        layer: kind, expected: "\(built) features, as \(name) was built for", received: [shape],
        help: "make another Dense for this input")
    }
    return [shape.replacingLast(by: units)]
  }

  var finalActivation: FinalActivation? { .named(activation.name) }

  var configuration: JSONObject {
    JSONObject([
      ("units", .int(units)), ("activation", .string(activation.name)),
      ("use_bias", .bool(usesBias)),
      ("kernel_initializer", .string(kernelInitializer.rawValue)),
      ("bias_initializer", .string(biasInitializer.rawValue)), ("name", .string(name)),
    ])
  }
}

extension Layer {
  /// The shape of the only input.
  func one(_ shapes: [SymbolicShape]) throws(NeuralError) -> SymbolicShape {
    guard shapes.count == 1 else {
      throw .shape(layer: kind, expected: "one input", received: shapes)
    }
    return shapes[0]
  }
}
