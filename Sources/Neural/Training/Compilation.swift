import Tensors

/// What `compile` settles: the loss, the optimizer and the metrics.
final class Compilation {
  let optimizer: any Optimizer
  let loss: Loss
  let metrics: [RunningMetric]
  var lossMean = RunningMean()

  init(optimizer: any Optimizer, loss: Loss, metrics: [MetricChoice]) throws(NeuralError) {
    self.optimizer = optimizer
    self.loss = loss
    var running: [RunningMetric] = []
    for choice in metrics { running.append(try RunningMetric(choice)) }
    self.metrics = running
  }

  func reset() {
    lossMean = RunningMean()
    for metric in metrics { metric.reset() }
  }

  /// Takes a batch's loss and results into the means.
  func update(
    loss: Double, _ target: Tensor, _ prediction: Tensor, _ context: NeuralContext
  ) throws(NeuralError) {
    lossMean.add(loss, weight: prediction.rank == 0 ? 1 : prediction.shape[0])
    for metric in metrics { try metric.update(target, prediction.detached, context) }
  }

  /// The means so far.
  func logs(prefix: String = "") -> Logs {
    [(name: prefix + "loss", value: lossMean.result)]
      + metrics.map { (name: prefix + $0.name, value: $0.result) }
  }

  /// The names of the logs.
  func names(validation: Bool) -> [String] {
    let names = ["loss"] + metrics.map(\.name)
    return validation ? names + names.map { "val_" + $0 } : names
  }
}

extension Model {
  /// Settles how the model learns.
  ///
  /// - Throws: ``NeuralError/value(owner:expected:received:help:)`` for an unknown metric,
  ///   ``NeuralError/notBuilt(owner:feature:help:)`` for a model of several outputs.
  public func compile(
    optimizer: any Optimizer, loss: Loss, metrics: [MetricChoice] = [], _ context: NeuralContext
  ) throws(NeuralError) {
    guard outputs.count == 1 else {
      throw .notBuilt(
        owner: "compile", feature: "a model of \(outputs.count) outputs",
        help: "make a Model with the one output that the loss is for")
    }
    compilation = try Compilation(optimizer: optimizer, loss: loss, metrics: metrics)
    adviseOn(loss, context)
  }

  /// The optimizer and the loss of the last ``compile(optimizer:loss:metrics:_:)``.
  public var compiled: (optimizer: any Optimizer, loss: Loss)? {
    compilation.map { (optimizer: $0.optimizer, loss: $0.loss) }
  }

  /// Outputs that the loss cannot make sense of are legal, and seldom meant.
  private func adviseOn(_ loss: Loss, _ context: NeuralContext) {
    guard let advise = context.advise, case .named(let activation)? = finalActivation else {
      return
    }
    if loss.isBinaryCrossentropyOfProbabilities,
      ["tanh", "linear", "relu"].contains(activation)
    {
      advise(
        Advice(
          key: "binary-crossentropy-output",
          message: "binary_crossentropy takes probabilities; the last layer has "
            + "activation=\"\(activation)\"",
          note: "outputs below 0 are cut to 1e-7, where the gradient is 0 and nothing is learnt",
          help: "give the last layer activation=\"sigmoid\""))
    }
    if activation == "softmax", outputs[0].shape.last == 1 {
      advise(
        Advice(
          key: "softmax-one-unit", message: "softmax over one unit is always 1",
          note: "the last axis of the output has length 1",
          help: "use activation=\"sigmoid\" for one unit, or give it a unit for each class"))
    }
  }
}
