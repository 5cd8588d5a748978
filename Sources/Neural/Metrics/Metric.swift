public import Catalog
public import JSON
public import Tensors

/// What there is to know about one metric: its entry and how it is computed.
public struct MetricRecord: Sendable {
  /// The function: `binary_accuracy(y_true, y_pred)`, which gives a value for each sample.
  public let entry: Entry
  let compute: @Sendable (LossCall) throws(NeuralError) -> Tensor

  /// The values of the last axis: `[batch, ..., features]` gives `[batch, ...]`.
  ///
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

/// What `compile(metrics=[…])` lists.
public enum MetricChoice {
  /// A metric or a loss by name; `accuracy` is settled by the shapes of the first batch.
  case named(String)
  /// A function of the user's: targets and predictions to a tensor, whose mean is shown.
  case custom(
    name: String, function: (Tensor, Tensor, NeuralContext) throws(NeuralError) -> Tensor)

  /// The names of all metrics and of the losses, which can be watched too.
  static var names: [String] {
    ["accuracy"] + MetricTable.all.map(\.entry.name) + LossTable.all.map(\.entry.name)
  }
}

/// A metric at work: its mean over the samples of an epoch.
final class RunningMetric {
  typealias Function = (Tensor, Tensor, NeuralContext) throws(NeuralError) -> Tensor

  let name: String
  private var function: Function?
  private var mean = RunningMean()

  init(_ choice: MetricChoice) throws(NeuralError) {
    switch choice {
    case .custom(let name, let function):
      self.name = name
      self.function = function
    case .named(let name):
      self.name = name
      if RunningMetric.accuracyNames.contains(name) { return }
      function = try RunningMetric.function(named: name)
    }
  }

  private static let accuracyNames = ["accuracy", "acc"]

  private static func function(named name: String) throws(NeuralError) -> Function {
    if let record = MetricTable.all.first(where: { $0.entry.name == name }) {
      return { target, prediction, context throws(NeuralError) in
        try record.values(target, prediction, context)
      }
    }
    for record in LossTable.all where record.entry.name == name || record.aliases.contains(name) {
      return { target, prediction, context throws(NeuralError) in
        try record.values(target, prediction, context)
      }
    }
    throw .value(
      owner: "compile", expected: "metrics among " + MetricChoice.names.joined(separator: ", "),
      received: "\"\(name)\"", help: suggestion(for: name, among: MetricChoice.names))
  }

  /// The value so far; nan before any sample.
  var result: Double { mean.result }

  func reset() { mean = RunningMean() }

  /// Takes in a batch.
  func update(_ target: Tensor, _ prediction: Tensor, _ context: NeuralContext)
    throws(NeuralError)
  {
    let settled: Function
    if let function {
      settled = function
    } else {
      settled = try RunningMetric.accuracy(target.shape, prediction.shape)
      function = settled
    }
    let values = try settled(target, prediction, context)
    let samples = prediction.rank == 0 ? 1 : prediction.shape[0]
    guard samples > 0 else { return }
    let value = try tensorWork { () throws(TensorError) in
      values.count == 1 ? values : try Ops.mean(values, context.tensors)
    }
    mean.add(value.doubles().first ?? .nan, weight: samples)
  }

  /// Which accuracy is meant, as Keras 3 settles it: a single output unit is binary; class numbers
  /// against several units are sparse; everything else compares the largest units.
  static func accuracy(_ target: Shape, _ prediction: Shape) throws(NeuralError) -> Function {
    let units = prediction.extents.last ?? 1
    if units == 1 { return try function(named: "binary_accuracy") }
    if target.rank < prediction.rank || target.extents.last == 1 {
      return try function(named: "sparse_categorical_accuracy")
    }
    return try function(named: "categorical_accuracy")
  }
}

/// A mean over samples that come in batches.
struct RunningMean {
  private var total = 0.0
  private var weight = 0.0

  mutating func add(_ value: Double, weight: Int) {
    total += value * Double(weight)
    self.weight += Double(weight)
  }

  /// nan before any sample.
  var result: Double { total / weight }
}
