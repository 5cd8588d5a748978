public import JSON
import Platform
public import Tensors

/// Called at the end of an epoch with its number, from 0 as Keras counts, and its logs.
public typealias EpochCallback = (_ epoch: Int, _ logs: Logs) throws(NeuralError) -> Void

/// The arguments of `fit` beside the data.
public struct FitOptions {
  /// Samples in a step.
  public var batchSize = 32
  /// The number of the last epoch.
  public var epochs = 1
  /// Whether each epoch takes the samples in an order of its own.
  public var shuffle = true
  /// The share of the samples, from the end, that is held back for validation.
  public var validationSplit = 0.0
  /// Data to validate on after each epoch.
  public var validationData: (x: [Tensor], y: Tensor)?
  /// How many epochs count as done already.
  public var initialEpoch = 0
  /// Functions to call after each epoch.
  public var callbacks: [EpochCallback] = []

  /// The defaults of Keras.
  public init() {}

  /// Reads the plain arguments of `fit`, by the names of its entry; data and callbacks are set apart.
  ///
  /// - Throws: ``NeuralError/value(owner:expected:received:help:)`` for one outside its range,
  ///   ``NeuralError/notBuilt(owner:feature:help:)`` for weights of samples or classes.
  public init(_ arguments: JSONObject) throws(NeuralError) {
    let settings = try Settings(ModelTable.fit, arguments)
    batchSize = try settings.int("batch_size", atLeast: 1) ?? 32
    epochs = try settings.int("epochs", atLeast: 0) ?? 1
    initialEpoch = try settings.int("initial_epoch", atLeast: 0) ?? 0
    shuffle = try settings.bool("shuffle", default: true)
    validationSplit = try settings.number("validation_split", default: 0, in: 0...0.999_999)
    for name in ["class_weight", "sample_weight"] { try settings.refuse(name, unless: .null) }
  }
}

extension Model {
  /// Learns from samples and targets.
  ///
  /// Epochs shuffle by (seed, epochs trained so far). On an interrupt or any error the weights are
  /// those of the last whole batch and ``history`` holds the epochs completed.
  ///
  /// - Throws: ``NeuralError/notCompiled(call:)``, ``NeuralError/diverged(loss:epoch:epochs:batch:batches:cause:)``
  ///   when the loss stops being a finite number, ``NeuralError/interrupted``.
  public func fit(
    _ x: [Tensor], _ y: Tensor, _ options: FitOptions,
    observers: [any TrainingObserver] = [], _ context: NeuralContext
  ) throws(NeuralError) -> History {
    let step = try TrainingStep(self, call: "fit", context)
    let all = try Samples(x, y, call: "fit", loss: step.compilation.loss, context)
    try check(x, call: "fit")
    let (training, validation) = try divided(all, options, step.compilation, context)
    var run = FitRun(
      step: step, training: training, validation: validation, options: options,
      observers: observers)
    return try run.train()
  }

  /// Training and validation samples: given, split off the end, or none.
  private func divided(
    _ all: Samples, _ options: FitOptions, _ compilation: Compilation, _ context: NeuralContext
  ) throws(NeuralError) -> (Samples, Samples?) {
    if let data = options.validationData {
      try check(data.x, call: "fit(validation_data)")
      let validation = try Samples(
        data.x, data.y, call: "fit(validation_data)", loss: compilation.loss, context)
      return (all, validation)
    }
    guard options.validationSplit > 0 else { return (all, nil) }
    let kept = Int(exactly: (Double(all.count) * (1 - options.validationSplit)).rounded(.down)) ?? 0
    guard kept > 0, kept < all.count else {
      throw .value(
        owner: "fit",
        expected: "validation_split to leave samples on both sides of \(all.count)",
        received: "\(options.validationSplit)")
    }
    return (try all.slice(0..<kept, context), try all.slice(kept..<all.count, context))
  }

  /// Learns from one batch and gives its loss and metrics.
  public func trainOnBatch(_ x: [Tensor], _ y: Tensor, _ context: NeuralContext)
    throws(NeuralError) -> Logs
  {
    let step = try TrainingStep(self, call: "train_on_batch", context)
    let samples = try Samples(
      x, y, call: "train_on_batch", loss: step.compilation.loss, context)
    try check(x, call: "train_on_batch")
    guard let target = samples.y else { return [] }
    step.compilation.reset()
    let (loss, prediction) = try step.run(samples.x, target)
    guard loss.isFinite else {
      throw .diverged(
        loss: loss, epoch: 1, epochs: 1, batch: 1, batches: 1, cause: samples.unusable)
    }
    try step.compilation.update(loss: loss, target, prediction, context)
    return step.compilation.logs()
  }
}

/// One call of `fit` at work.
private struct FitRun {
  let step: TrainingStep
  let training: Samples
  let validation: Samples?
  let options: FitOptions
  let observers: [any TrainingObserver]
  private let history = History()
  /// The number of the present epoch, from 1.
  private var epoch = 0

  private var model: Model { step.model }
  private var compilation: Compilation { step.compilation }
  private var context: NeuralContext { step.context }
  private var batches: Int { training.batches(of: options.batchSize) }

  init(
    step: TrainingStep, training: Samples, validation: Samples?, options: FitOptions,
    observers: [any TrainingObserver]
  ) {
    self.step = step
    self.training = training
    self.validation = validation
    self.options = options
    self.observers = observers
  }

  mutating func train() throws(NeuralError) -> History {
    model.history = history
    model.stopTraining = false
    let plan = TrainingPlan(
      model: model.name, epochs: options.epochs, initialEpoch: options.initialEpoch,
      earlierEpochs: model.epochsTrained, batches: batches, samples: training.count,
      batchSize: options.batchSize, names: compilation.names(validation: validation != nil))
    epoch = options.initialEpoch
    do throws(NeuralError) {
      for observer in observers { try observer.began(plan) }
      while epoch < options.epochs, !model.stopTraining {
        epoch += 1
        try trainEpoch()
      }
    } catch {
      for observer in observers {
        try observer.ended(.interrupted(epoch: epoch, error: error))
      }
      throw error
    }
    let outcome = model.stopTraining ? TrainingOutcome.stopped(epoch: epoch) : .finished
    for observer in observers { try observer.ended(outcome) }
    return history
  }

  private func trainEpoch() throws(NeuralError) {
    compilation.reset()
    let order = options.shuffle ? shuffled() : []
    for number in 1...max(1, batches) {
      let start = (number - 1) * options.batchSize
      let end = min(start + options.batchSize, training.count)
      let batch =
        options.shuffle
        ? try training.picked(order[start..<end], context)
        : try training.slice(start..<end, context)
      try train(batch, number)
    }
    model.epochsTrained += 1
    var logs = compilation.logs()
    if let validation {
      compilation.reset()
      try model.evaluate(validation, batchSize: nil, compilation, context)
      logs += compilation.logs(prefix: "val_")
    }
    history.append(epoch: epoch - 1, logs)
    let event = TrainingEpoch(number: epoch, epochs: options.epochs, logs: logs)
    for observer in observers { try observer.epoch(event) }
    for callback in options.callbacks { try callback(epoch - 1, logs) }
  }

  private func train(_ batch: Samples, _ number: Int) throws(NeuralError) {
    if context.tensors.interruption.isRequested { throw .interrupted }
    guard let target = batch.y else { throw .internal("a batch without targets") }
    let (loss, prediction) = try step.run(batch.x, target)
    guard loss.isFinite else {
      throw .diverged(
        loss: loss, epoch: epoch, epochs: options.epochs, batch: number, batches: batches,
        cause: batch.unusable)
    }
    try compilation.update(loss: loss, target, prediction, context)
    if observers.isEmpty { return }
    let event = TrainingBatch(
      epoch: epoch, number: number, batches: batches, loss: compilation.lossMean.result)
    for observer in observers { try observer.batch(event) }
  }

  /// The order of this epoch, from a stream of its own.
  private func shuffled() -> [Int] {
    var stream = RandomStream(
      seed: context.tensors.seed, .text("shuffle"), .number(model.epochsTrained))
    return stream.permutation(training.count)
  }
}
