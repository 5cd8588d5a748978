import JSON
import Tensors
import TestSupport
import Testing

@testable import Neural

@Suite struct `Losses, metrics and optimizers against Keras` {
  static let close = Tolerance(relative: 1e-5, absolute: 1e-6)

  @Test(arguments: Recorded.ids { $0["loss"]?.string != nil && $0["value"] != nil })
  func `gives the recorded loss and gradient`(id: String) throws {
    let bench = try Bench()
    let record = try #require(Recorded.cases[id])
    let loss = try bench.loss(try #require(record["loss"]?.string))
    let mean = try Loss(loss, record["config"]?.object ?? JSONObject())
    let prediction = try Tensors.Parameter(
      bench.recorded(try #require(record["y_pred"]?.string)), name: "y_pred")
    let name = try #require(record["y_true"]?.string)
    let target =
      loss.takesClassNumbers ? try bench.recordedLabels(name) : try bench.recorded(name)
    let value = try mean(target, prediction.tracked, bench.context)
    let expected = try Recorded.values(try #require(record["value"]?.string))
    #expect(Self.close.difference(value.doubles(), from: expected) == nil)
    let slope = try gradient(of: value, with: [prediction], bench.tensors)[0]
    let slopes = try Recorded.values(try #require(record["grad"]?.string))
    #expect(Self.close.difference(slope.doubles(), from: slopes) == nil, "gradient")
  }

  @Test(arguments: Recorded.ids { $0["metric"] != nil })
  func `gives the recorded metric`(id: String) throws {
    let bench = try Bench()
    let record = try #require(Recorded.cases[id])
    let name = id.replacing("metric_", with: "")
    let targetName = try #require(record["y_true"]?.string)
    let target =
      name.hasPrefix("sparse")
      ? try bench.recordedLabels(targetName) : try bench.recorded(targetName)
    let metric = try RunningMetric(.named(name))
    try metric.update(
      target, bench.recorded(try #require(record["y_pred"]?.string)), bench.context)
    let expected = try #require(record["value"]?.double)
    #expect(Self.close.accepts(metric.result, for: expected))
  }

  @Test(arguments: Recorded.ids { $0["optimizer"] != nil })
  func `follows the recorded trajectory`(id: String) throws {
    let bench = try Bench()
    let record = try #require(Recorded.cases[id])
    let settings = try #require(record["config"]?.object)
    let optimizer = try bench.optimizer(
      try #require(record["optimizer"]?.string), settings.map { ($0.key, $0.value) })
    let weights = try ["a", "b"].map {
      try Tensors.Parameter(bench.recorded($0 + "0"), name: $0)
    }
    var paths: [[Double]] = [[], []]
    for step in 0..<20 {
      let gradients = try ["grad_a", "grad_b"].map { name in
        try bench.recorded(name).indexed([.at(step)], bench.tensors)
      }
      try optimizer.apply(gradients, weights, bench.context)
      for index in 0..<2 { paths[index] += weights[index].value.doubles() }
    }
    for (path, name) in zip(paths, ["traj_a", "traj_b"]) {
      let expected = try Recorded.values(try #require(record[name]?.string))
      #expect(Self.close.difference(path, from: expected) == nil, "\(name)")
    }
    #expect(optimizer.iterations == 20)
  }
}
