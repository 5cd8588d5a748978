import Catalog
import Tensors

/// The metrics there are beside the losses; a new one is a record below and its name in the list.
public enum MetricTable {
  /// All of them.
  public static let all: [MetricRecord] = [
    .binaryAccuracy, .categoricalAccuracy, .sparseCategoricalAccuracy,
  ]
}

extension MetricRecord {
  /// The share of elements on the right side of the threshold.
  static let binaryAccuracy = MetricRecord(
    entry: Entry(
      "binary_accuracy",
      [.tensor("y_true"), .tensor("y_pred"), .optional("threshold", .float, default: "0.5")],
      group: "Metrics",
      summary: "The share along the last axis of predictions that are above the threshold where "
        + "the target is 1 and not above it where it is 0.",
      examples: [
        Example("binary_accuracy(tensor([1.0, 0.0]), tensor([0.7, 0.6]))", prints: "0.5")
      ])
  ) { call throws(NeuralError) in
    let threshold = try call.options.number("threshold", default: 0.5, in: -1e30...1e30)
    let call = try call.matched()
    let (target, prediction) = (call.target, call.prediction)
    let context = call.context.tensors
    return try tensorWork { () throws(TensorError) in
      let above = try Ops.greater(prediction, .weak(threshold, context), context)
      let guess = try Ops.cast(above, to: target.dtype, context)
      return try call.meanOfLastAxis(
        .asNumbers(Ops.equal(target, guess, context), context))
    }
  }

  /// Whether the largest unit is the target's largest.
  static let categoricalAccuracy = MetricRecord(
    entry: Entry(
      "categorical_accuracy", [.tensor("y_true"), .tensor("y_pred")], group: "Metrics",
      summary: "1 where the largest element along the last axis is in the same place in both, "
        + "else 0.",
      examples: [
        Example(
          "categorical_accuracy(tensor([[0.0, 1.0]]), tensor([[0.2, 0.8]]))",
          prints: "tensor([1.])")
      ])
  ) { call throws(NeuralError) in
    let call = try call.matched()
    let (target, prediction) = (call.target, call.prediction)
    try call.needsClasses()
    let context = call.context.tensors
    return try tensorWork { () throws(TensorError) in
      let wanted = try Ops.argmax(target, axis: -1, context)
      let guess = try Ops.argmax(prediction, axis: -1, context)
      return try .asNumbers(Ops.equal(wanted, guess, context), context)
    }
  }

  /// Whether the largest unit is the one that the class number names.
  static let sparseCategoricalAccuracy = MetricRecord(
    entry: Entry(
      "sparse_categorical_accuracy", [.tensor("y_true"), .tensor("y_pred")], group: "Metrics",
      summary: "1 where the largest element along the last axis of y_pred is at the class number "
        + "in y_true, else 0.",
      examples: [
        Example(
          "sparse_categorical_accuracy(tensor([1]), tensor([[0.2, 0.8]]))",
          prints: "tensor([1.])")
      ])
  ) { call throws(NeuralError) in
    let labels = try call.classNumbers()
    let context = call.context.tensors
    return try tensorWork { () throws(TensorError) in
      let guess = try Ops.argmax(call.prediction, axis: -1, context)
      return try .asNumbers(Ops.equal(labels, guess, context), context)
    }
  }
}

extension LossCall {
  fileprivate func needsClasses() throws(NeuralError) {
    guard prediction.rank >= 1, prediction.shape[prediction.rank - 1] >= 1 else {
      throw .shape(
        layer: owner, expected: "axes [..., classes]",
        received: [SymbolicShape(prediction.shape)])
    }
  }
}

extension Tensor {
  fileprivate static func asNumbers(_ x: Tensor, _ context: TensorContext) throws(TensorError)
    -> Tensor
  {
    try Ops.cast(x, to: .float32, context)
  }
}
