import JSON
import Platform
import Tensors
import Testing

@testable import Neural

/// Writes down what it is told.
private final class Listener: TrainingObserver {
  var lines: [String] = []
  var onBatch: (() throws(NeuralError) -> Void)?

  func began(_ plan: TrainingPlan) {
    lines.append(
      "began \(plan.epochs) x \(plan.batches) of \(plan.batchSize), \(plan.names.joined(separator: " "))"
    )
  }
  func batch(_ batch: TrainingBatch) throws(NeuralError) {
    lines.append("batch \(batch.epoch).\(batch.number)")
    try onBatch?()
  }
  func epoch(_ epoch: TrainingEpoch) { lines.append("epoch \(epoch.number)") }
  func ended(_ outcome: TrainingOutcome) {
    switch outcome {
    case .finished: lines.append("finished")
    case .stopped(let epoch): lines.append("stopped \(epoch)")
    case .interrupted(let epoch, let error): lines.append("\(error.name) \(epoch)")
    }
  }
}

@Suite struct `Fit` {
  /// A linear model, compiled, with data that it can learn.
  private func line(_ bench: Bench, metrics: [MetricChoice] = []) throws -> (Model, Tensor, Tensor)
  {
    let start = try bench.input(3)
    let end = try bench.connect(bench.layer("Dense", [("units", 1)]), start)
    let model = try Model(inputs: [start], outputs: [end], bench.context)
    try model.compile(
      optimizer: bench.optimizer("SGD", [("learning_rate", 0.1)]), loss: .named("mse"),
      metrics: metrics, bench.context)
    let x = try bench.wave([10, 3])
    let y = try Ops.sum(x, axes: [1], keepDims: true, bench.tensors)
    return (model, x, y)
  }

  @Test func `tells observers what happens`() throws {
    let bench = try Bench()
    let (model, x, y) = try line(bench, metrics: [.named("mae")])
    var options = FitOptions()
    options.batchSize = 4
    options.epochs = 2
    options.validationSplit = 0.2
    var called: [Int] = []
    options.callbacks = [{ epoch, logs in called.append(epoch) }]
    let listener = Listener()
    let history = try model.fit([x], y, options, observers: [listener], bench.context)
    #expect(
      listener.lines == [
        "began 2 x 2 of 4, loss mae val_loss val_mae", "batch 1.1", "batch 1.2", "epoch 1",
        "batch 2.1", "batch 2.2", "epoch 2", "finished",
      ])
    #expect(called == [0, 1])
    #expect(history.names == ["loss", "mae", "val_loss", "val_mae"])
    #expect(history.epochs == [0, 1])
    #expect(history["val_mae"]?.count == 2)
  }

  @Test func `lowers the loss to where evaluate finds it`() throws {
    let bench = try Bench()
    let (model, x, y) = try line(bench)
    var options = FitOptions()
    options.epochs = 300
    let history = try model.fit([x], y, options, bench.context)
    let losses = try #require(history["loss"])
    #expect(losses[299] < 0.01 * losses[0])
    let after = try model.evaluate([x], y, bench.context)
    #expect(after.count == 1)
    #expect(after[0].value <= losses[299])
    #expect(try model.evaluate([x], y, batchSize: 3, bench.context)[0].value.isFinite)
  }

  @Test func `weighs batches by their samples`() throws {
    let bench = try Bench()
    let (model, x, y) = try line(bench, metrics: [.named("mae")])
    let whole = try model.evaluate([x], y, batchSize: 10, bench.context)
    let parts = try model.evaluate([x], y, batchSize: 4, bench.context)
    for (left, right) in zip(whole, parts) { #expect(abs(left.value - right.value) < 1e-6) }
  }

  @Test func `gives the same weights for the same seed, in one go or in two`() throws {
    func weights(_ parts: [Int]) throws -> [Float] {
      let bench = try Bench(seed: 3)
      let (model, x, y) = try line(bench)
      for epochs in parts {
        var options = FitOptions()
        options.batchSize = 3
        options.epochs = epochs
        _ = try model.fit([x], y, options, bench.context)
      }
      return model.getWeights().flatMap { $0.floats() }
    }
    let once = try weights([4])
    #expect(try weights([4]) == once)
    #expect(try weights([1, 3]) == once)
    #expect(try weights([3]) != once)
  }

  @Test func `keeps weights and history when it is interrupted`() throws {
    let bench = try Bench()
    let (model, x, y) = try line(bench)
    let listener = Listener()
    var batches = 0
    listener.onBatch = {
      batches += 1
      if batches == 5 { bench.tensors.interruption.request(.interrupt) }
    }
    var options = FitOptions()
    options.batchSize = 5
    options.epochs = 10
    let before = model.getWeights()[0].floats()
    let error = try #require(throws: NeuralError.self) {
      _ = try model.fit([x], y, options, observers: [listener], bench.context)
    }
    #expect(error.name == "KeyboardInterrupt")
    #expect(listener.lines.last == "KeyboardInterrupt 3")
    #expect(model.history?["loss"]?.count == 2)
    #expect(model.getWeights()[0].floats() != before)
    #expect(model.epochsTrained == 2)
    bench.tensors.interruption.clear()
    #expect(try model.evaluate([x], y, bench.context)[0].value.isFinite)
  }

  @Test func `stops at a loss that is not a number and says where`() throws {
    let bench = try Bench()
    let (model, x, _) = try line(bench)
    var targets = [Double](repeating: 1, count: 10)
    targets[7] = .nan
    var options = FitOptions()
    options.batchSize = 4
    options.shuffle = false
    options.epochs = 3
    let y = try bench.tensor(targets, [10, 1])
    let error = try #require(throws: NeuralError.self) {
      _ = try model.fit([x], y, options, bench.context)
    }
    #expect(error.message == "fit: the loss became nan at epoch 1/3, batch 2/3")
    #expect(model.getWeights()[0].floats().allSatisfy { $0.isFinite })
  }

  @Test func `lets a callback's error out and a callback stop it`() throws {
    struct Fault: Error {}
    let bench = try Bench()
    let (model, x, y) = try line(bench)
    var options = FitOptions()
    options.epochs = 5
    func fail(epoch: Int, logs: Logs) throws(NeuralError) { throw .foreign(Fault()) }
    options.callbacks = [fail]
    let error = try #require(throws: NeuralError.self) {
      _ = try model.fit([x], y, options, bench.context)
    }
    guard case .foreign(let inner) = error else {
      Issue.record("expected the callback's own error")
      return
    }
    #expect(inner is Fault)
    func stop(epoch: Int, logs: Logs) { model.stopTraining = true }
    options.callbacks = [stop]
    let listener = Listener()
    let history = try model.fit([x], y, options, observers: [listener], bench.context)
    #expect(history["loss"]?.count == 1)
    #expect(listener.lines.last == "stopped 1")
  }

  @Test func `wants a compiled model and as many targets as samples`() throws {
    let bench = try Bench()
    let encoder = try bench.autoencoder().encoder
    let error = try #require(throws: NeuralError.self) {
      _ = try encoder.evaluate([bench.wave([2, 10, 5])], bench.wave([2, 20]), bench.context)
    }
    #expect(
      error.message
        == "evaluate: expected a compiled model; received one without loss and optimizer")
    let (model, x, _) = try line(bench)
    let other = try #require(throws: NeuralError.self) {
      _ = try model.fit([x], bench.wave([9, 1]), FitOptions(), bench.context)
    }
    #expect(other.message == "fit: expected as many samples everywhere; x has 10; received 9")
  }

  @Test func `refuses arguments that nothing acts on`() throws {
    let error = try #require(throws: NeuralError.self) {
      _ = try FitOptions(JSONObject([("class_weight", .object(JSONObject()))]))
    }
    #expect(error.message == "fit: class_weight=a dict is not built yet")
    #expect(throws: NeuralError.self) { try FitOptions(JSONObject([("batch_size", 0)])) }
    #expect(throws: NeuralError.self) { try FitOptions(JSONObject([("epoch", 3)])) }
    let options = try FitOptions(JSONObject([("batch_size", 100), ("epochs", 1500)]))
    #expect(options.batchSize == 100 && options.epochs == 1500 && options.shuffle)
  }

  @Test func `predicts without recording`() throws {
    let bench = try Bench()
    let (model, x, _) = try line(bench)
    #expect(try model.predict([x], bench.context)[0].isTracked == false)
    let whole = try model.predict([x], bench.context)[0].floats()
    #expect(try model.predict([x], batchSize: 3, bench.context)[0].floats() == whole)
  }
}
