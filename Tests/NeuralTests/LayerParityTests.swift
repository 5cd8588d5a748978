import JSON
import Tensors
import TestSupport
import Testing

@testable import Neural

@Suite struct `Layers against Keras` {
  /// Outputs agree to 1e-5, gradients to 1e-4, with floors for numbers near zero.
  static let outputs = Tolerance(relative: 1e-5, absolute: 1e-5)
  static let gradients = Tolerance(relative: 1e-4, absolute: 1e-5)

  @Test(arguments: Recorded.ids { $0["layer"] != nil })
  func `gives the recorded outputs and gradients`(id: String) throws {
    let bench = try Bench()
    let record = try #require(Recorded.cases[id])
    var settings = try #require(record["config"]?.object)
    if settings["activation"]?.isNull == true { settings["activation"] = nil }
    let layer = try bench.layer(try #require(record["layer"]?.string), settings)

    let names = (record["inputs"]?.strings ?? []) + (record["initial_state"]?.strings ?? [])
    var inputs: [Tensors.Parameter] = []
    for name in names { inputs.append(try Tensors.Parameter(bench.recorded(name), name: name)) }
    _ = try layer.run(inputs.map(\.value), bench.context)
    let weights = try (record["weights"]?.array ?? []).map { pair in
      try bench.recorded(try #require(pair[1]?.string))
    }
    try layer.setWeights(weights, bench.context)

    let results = try layer.run(inputs.map(\.tracked), bench.context)
    let expected = record["outputs"]?.strings ?? []
    #expect(results.count == expected.count)
    var total: Tensor?
    for (index, result) in results.enumerated() {
      #expect(
        Self.outputs.difference(result.doubles(), from: try Recorded.values(expected[index]))
          == nil, "output \(index)")
      let upstream = try bench.recorded(try #require(record["upstream"]?[index]?.string))
      let part = try Ops.sum(
        Ops.multiply(result, upstream, bench.tensors), bench.tensors)
      total = try total.map { try Ops.add($0, part, bench.tensors) } ?? part
    }

    let targets = inputs + layer.weights
    let slopes = try gradient(of: try #require(total), with: targets, bench.tensors)
    let states = names.dropFirst().indices.map { "state\($0 - 1)" }
    let labels =
      ["input0"] + states
      + (record["weights"]?.array ?? []).compactMap { $0[0]?.string }
    for (label, slope) in zip(labels, slopes) {
      let name = try #require(record["grads"]?[label]?.string)
      #expect(
        Self.gradients.difference(slope.doubles(), from: try Recorded.values(name)) == nil,
        "gradient of \(label)")
    }
  }

  @Test func `has all the cases`() {
    let counts = Dictionary(
      grouping: Recorded.ids { $0["layer"] != nil }, by: { $0.prefix { $0 != "/" } }
    ).mapValues(\.count)
    #expect(counts == ["lstm": 7, "simplernn": 7, "dense": 15])
  }
}
