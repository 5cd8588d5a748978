import Tensors

/// A function applied to what a layer has computed, by the name it has in Keras.
public struct ActivationRecord: Sendable {
  /// The name: `tanh`.
  public let name: String
  let function: @Sendable (Tensor, TensorContext) throws(TensorError) -> Tensor

  /// Applies the function, recorded.
  func callAsFunction(_ x: Tensor, _ context: NeuralContext) throws(NeuralError) -> Tensor {
    try tensorWork { () throws(TensorError) in try function(x, context.tensors) }
  }
}

/// The activations there are.
public enum ActivationTable {
  /// All of them, `linear` first.
  public static let all: [ActivationRecord] = [
    .linear, .relu, .sigmoid, .tanh, .softmax, .logSoftmax, .exponential, .softplus, .softsign,
    .silu, .hardSigmoid, .relu6, .leakyRelu,
  ]

  /// The names, for completion and for errors.
  public static var names: [String] { all.map(\.name) }

  /// Reads the argument `name` of a layer; None is `linear`.
  static func read(_ settings: Settings, _ name: String = "activation", default fallback: String)
    throws(NeuralError) -> ActivationRecord
  {
    let text = try settings.choice(name, names, default: fallback)
    return all.first { $0.name == text } ?? .linear
  }
}

extension ActivationRecord {
  static let linear = ActivationRecord(name: "linear") { x, _ in x }

  static let relu = ActivationRecord(name: "relu") { x, context throws(TensorError) in
    try Ops.relu(x, context)
  }

  static let sigmoid = ActivationRecord(name: "sigmoid") { x, context throws(TensorError) in
    try Ops.sigmoid(x, context)
  }

  static let tanh = ActivationRecord(name: "tanh") { x, context throws(TensorError) in
    try Ops.tanh(x, context)
  }

  static let softmax = ActivationRecord(name: "softmax") { x, context throws(TensorError) in
    try Ops.softmax(x, context)
  }

  static let logSoftmax = ActivationRecord(name: "log_softmax") {
    x, context throws(TensorError) in
    try Ops.logSoftmax(x, context)
  }

  static let exponential = ActivationRecord(name: "exponential") {
    x, context throws(TensorError) in
    try Ops.exp(x, context)
  }

  /// max(x, 0) + log(1 + e^-|x|), which overflows nowhere.
  static let softplus = ActivationRecord(name: "softplus") { x, context throws(TensorError) in
    let small = try Ops.exp(Ops.negative(Ops.absolute(x, context), context), context)
    return try Ops.add(
      Ops.relu(x, context), Ops.log(Ops.add(small, .one(context), context), context), context)
  }

  static let softsign = ActivationRecord(name: "softsign") { x, context throws(TensorError) in
    try Ops.divide(x, Ops.add(Ops.absolute(x, context), .one(context), context), context)
  }

  static let silu = ActivationRecord(name: "silu") { x, context throws(TensorError) in
    try Ops.multiply(x, Ops.sigmoid(x, context), context)
  }

  /// relu6(x + 3) / 6.
  static let hardSigmoid = ActivationRecord(name: "hard_sigmoid") {
    x, context throws(TensorError) in
    let shifted = try Ops.add(x, .weak(3, context), context)
    let cut = try Ops.minimum(Ops.relu(shifted, context), .weak(6, context), context)
    return try Ops.divide(cut, .weak(6, context), context)
  }

  static let relu6 = ActivationRecord(name: "relu6") { x, context throws(TensorError) in
    try Ops.minimum(Ops.relu(x, context), .weak(6, context), context)
  }

  static let leakyRelu = ActivationRecord(name: "leaky_relu") { x, context throws(TensorError) in
    try Ops.maximum(x, Ops.multiply(x, .weak(0.2, context), context), context)
  }
}

extension Tensor {
  /// A number that takes the dtype of the tensors it meets.
  static func weak(_ value: Double, _ context: TensorContext) throws(TensorError) -> Tensor {
    try .scalar(value, dtype: nil, weak: true, context)
  }

  static func one(_ context: TensorContext) throws(TensorError) -> Tensor { try weak(1, context) }
}
