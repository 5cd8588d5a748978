import Platform
import Tensors

/// One step of learning: forward, loss, gradients, update.
struct TrainingStep {
  let model: Model
  let compilation: Compilation
  /// The weights that are changed, each once.
  let weights: [Tensors.Parameter]
  let context: NeuralContext

  init(_ model: Model, call: String, _ context: NeuralContext) throws(NeuralError) {
    guard let compilation = model.compilation else { throw .notCompiled(call: call) }
    self.model = model
    self.compilation = compilation
    self.weights = model.trainableWeights
    self.context = context
  }

  /// Learns from a batch.
  ///
  /// - Returns: The loss before the update, and the prediction that it is for. When the loss is not
  ///   finite, nothing was changed.
  func run(_ x: [Tensor], _ y: Tensor) throws(NeuralError) -> (loss: Double, prediction: Tensor) {
    let prediction = try model.run(x, context)[0]
    let loss = try compilation.loss(y, prediction, context)
    let value = loss.doubles().first ?? .nan
    guard value.isFinite else { return (value, prediction) }
    guard !weights.isEmpty else { return (value, prediction) }
    let own = try tensorWork { () throws(TensorError) in
      try gradient(of: loss, with: weights, context.tensors)
    }
    let gradients = BatchGradients.combined(own)
    // Between here and the end of `apply` nothing stops, so that weights change as a whole.
    if context.tensors.interruption.isRequested { throw .interrupted }
    try compilation.optimizer.apply(gradients, weights, context)
    return (value, prediction)
  }
}

/// The one place where the gradients of a batch come together.
///
/// One process makes them all today. Data-parallel training sums over the processes here, in the
/// order of their ranks, before any optimizer sees them.
enum BatchGradients {
  static func combined(_ own: [Tensor]) -> [Tensor] { own }
}
