import Catalog
import JSON
import Tensors

/// The losses there are; a new one is a file beside this and its name in the list.
public enum LossTable {
  /// All of them.
  public static let all: [LossRecord] = [
    .binaryCrossentropy, .categoricalCrossentropy, .sparseCategoricalCrossentropy,
    .meanSquaredError, .meanAbsoluteError,
  ]
}

extension LossRecord {
  /// A loss whose function and class differ in name and first parameters only.
  init(
    _ name: String, class className: String, aliases: [String] = [],
    options: [Catalog.Parameter] = [], takesClassNumbers: Bool = false, summary: String,
    example: Example,
    compute: @escaping @Sendable (LossCall) throws(NeuralError) -> Tensor
  ) {
    entry = Entry(
      name, [.tensor("y_true"), .tensor("y_pred")] + options, group: "Losses",
      summary: summary, examples: [example])
    classEntry = Entry(
      className, options, kind: .type, group: "Losses",
      summary: "\(summary) For compile(loss=…), which takes its mean over the batch.",
      examples: [Example("\(className)()(\(LossRecord.arguments(example))) >= 0", prints: "True")])
    self.aliases = aliases
    self.takesClassNumbers = takesClassNumbers
    self.compute = compute
  }

  /// What the example's call has between its parentheses.
  private static func arguments(_ example: Example) -> String {
    let source = example.source
    guard let open = source.firstIndex(of: "("), let close = source.lastIndex(of: ")") else {
      return ""
    }
    return String(source[source.index(after: open)..<close])
  }
}

extension LossCall {
  /// Target and prediction in one shape and one dtype, as element-wise losses need them.
  ///
  /// As in Keras, a last axis of 1 that only one of the two has is given to, or taken from, it.
  func matched() throws(NeuralError) -> LossCall {
    var target = target
    if target.dtype != prediction.dtype {
      target = try tensorWork { () throws(TensorError) in
        try Ops.cast(target, to: prediction.dtype, context.tensors)
      }
    }
    if target.shape == prediction.shape { return with(target, prediction) }
    let isTargetShorter = target.rank < prediction.rank
    let shorter = isTargetShorter ? target.shape : prediction.shape
    let longer = isTargetShorter ? prediction.shape : target.shape
    guard shorter.rank + 1 == longer.rank, longer.extents == shorter.extents + [1] else {
      throw .shape(
        layer: owner, expected: "y_true of the shape of y_pred, \(prediction.shape.text)",
        received: [SymbolicShape(target.shape)],
        help: mismatchHelp)
    }
    return with(try reshaped(target, longer.extents), try reshaped(prediction, longer.extents))
  }

  /// What has probably led to shapes that do not fit.
  private var mismatchHelp: String? {
    let (expected, received) = (prediction.shape.extents, target.shape.extents)
    let perClass = Array(expected.dropLast())
    if owner == LossRecord.categoricalCrossentropy.entry.name,
      received == perClass || received == perClass + [1]
    {
      return "class numbers go with sparse_categorical_crossentropy"
    }
    guard expected.count >= 3 else { return nil }
    var perSequence = expected
    perSequence.remove(at: expected.count - 2)
    guard received == perSequence || received + [1] == perSequence else { return nil }
    return "the model answers at every step, y_true has no steps: "
      + "without return_sequences=True a recurrent layer answers once"
  }

  private func with(_ target: Tensor, _ prediction: Tensor) -> LossCall {
    LossCall(
      owner: owner, target: target, prediction: prediction, options: options, context: context)
  }

  private func reshaped(_ x: Tensor, _ extents: [Int]) throws(NeuralError) -> Tensor {
    try tensorWork { () throws(TensorError) in try Ops.reshape(x, extents, context.tensors) }
  }

  /// The mean along the last axis.
  func meanOfLastAxis(_ values: Tensor) throws(TensorError) -> Tensor {
    if values.rank == 0 { return values }
    return try Ops.mean(values, axes: [-1], context.tensors)
  }
}

extension Catalog.Parameter {
  static let fromLogits = Catalog.Parameter.optional("from_logits", .bool, default: "False")
}
