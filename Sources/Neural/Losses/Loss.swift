public import Catalog
public import JSON
public import Tensors

/// What there is to know about one loss: its entries and how it is computed.
public struct LossRecord: Sendable {
  /// The function: `binary_crossentropy(y_true, y_pred)`, which gives a value for each sample.
  public let entry: Entry
  /// The maker: `BinaryCrossentropy()`, for `compile`.
  public let classEntry: Entry
  /// Further names that `compile` takes, such as `mse`.
  public let aliases: [String]
  /// Whether labels are class numbers rather than values like the output's.
  let takesClassNumbers: Bool
  let compute: @Sendable (LossCall) throws(NeuralError) -> Tensor

  /// The losses of the last axis, recorded: `[batch, ..., features]` gives `[batch, ...]`.
  ///
  /// - Parameters:
  ///   - target: What is wanted.
  ///   - prediction: What came out.
  ///   - options: Plain arguments by the names of the entry, such as `from_logits`.
  ///   - context: The session's.
  /// - Returns: The losses, without the last axis.
  /// - Throws: ``NeuralError/shape(layer:expected:received:source:help:)`` when the two do not fit.
  public func values(
    _ target: Tensor, _ prediction: Tensor, options: JSONObject = JSONObject(),
    _ context: NeuralContext
  ) throws(NeuralError) -> Tensor {
    try compute(
      LossCall(
        owner: entry.name, target: target, prediction: prediction.asFloat(context),
        options: Settings(entry, options), context: context))
  }
}

/// What the function of a loss gets.
struct LossCall {
  let owner: String
  let target: Tensor
  let prediction: Tensor
  let options: Settings
  let context: NeuralContext
}

/// A loss as `compile` takes it: the mean of a function over the batch.
public struct Loss {
  /// The name in logs and messages.
  public let name: String
  let takesClassNumbers: Bool
  let isBinaryCrossentropyOfProbabilities: Bool
  private let function: (Tensor, Tensor, NeuralContext) throws(NeuralError) -> Tensor

  /// A loss of the table with its options.
  public init(_ record: LossRecord, _ options: JSONObject = JSONObject()) throws(NeuralError) {
    let settings = try Settings(record.entry, options)
    let fromLogits =
      options["from_logits"] == nil ? false : try settings.bool("from_logits", default: false)
    name = record.entry.name
    takesClassNumbers = record.takesClassNumbers
    isBinaryCrossentropyOfProbabilities = record.entry.name == "binary_crossentropy" && !fromLogits
    function = { target, prediction, context throws(NeuralError) in
      try record.compute(
        LossCall(
          owner: record.entry.name, target: target, prediction: prediction, options: settings,
          context: context))
    }
  }

  private init(
    name: String, function: @escaping (Tensor, Tensor, NeuralContext) throws(NeuralError) -> Tensor
  ) {
    self.name = name
    takesClassNumbers = false
    isBinaryCrossentropyOfProbabilities = false
    self.function = function
  }

  /// A function of the user's: targets and predictions to a tensor, whose mean is the loss.
  public static func custom(
    name: String,
    _ function: @escaping (Tensor, Tensor, NeuralContext) throws(NeuralError) -> Tensor
  ) -> Loss {
    Loss(name: name, function: function)
  }

  /// The loss of a name such as `binary_crossentropy`, `bce` or `BinaryCrossentropy`.
  public static func named(_ name: String) throws(NeuralError) -> Loss {
    for record in LossTable.all {
      let names = [record.entry.name, record.classEntry.name] + record.aliases
      if names.contains(name) { return try Loss(record) }
    }
    let known = LossTable.all.map(\.entry.name)
    let aliases = LossTable.all.flatMap { [$0.classEntry.name] + $0.aliases }
    throw .value(
      owner: "compile", expected: "a loss among " + known.joined(separator: ", "),
      received: "\"\(name)\"", help: suggestion(for: name, among: known + aliases))
  }

  /// The mean over the batch, recorded.
  public func callAsFunction(
    _ target: Tensor, _ prediction: Tensor, _ context: NeuralContext
  ) throws(NeuralError) -> Tensor {
    let values = try function(target, prediction, context)
    if values.rank == 0 { return values }
    return try tensorWork { () throws(TensorError) in try Ops.mean(values, context.tensors) }
  }
}

extension Tensor {
  /// Floats stay, everything else becomes float32.
  func asFloat(_ context: NeuralContext) throws(NeuralError) -> Tensor {
    dtype.isFloating ? self : try asFloat32(context)
  }
}
