import JSON
import Tensors
import TestSupport
import Testing

@testable import Neural

@Suite struct `The founding problems against Keras and PyTorch` {
  @Test(arguments: ["seed1_reshape", "seed1_alt"])
  func `trains the autoencoder along the recorded losses`(id: String) throws {
    let bench = try Bench()
    let record = try #require(Recorded.cases[id])
    let models = try bench.autoencoder(alternative: id == "seed1_alt")
    let weights = try (record["weights"]?.array ?? []).map { pair in
      try bench.recorded(try #require(pair[1]?.string))
    }
    try models.whole.setWeights(weights, bench.context)
    let data = try bench.recorded("seed1/data")

    let shown = try #require(record["prediction0"]?.string)
    let few = try data.indexed([.slice(start: 0, stop: 8, step: nil)], bench.tensors)
    let before = try models.whole.predict([few], bench.context)[0].doubles()
    let close = Tolerance(relative: 1e-5, absolute: 1e-5)
    #expect(close.difference(before, from: try Recorded.values(shown)) == nil, "prediction")

    try models.whole.compile(
      optimizer: bench.optimizer("Adam", [("learning_rate", 0.01)]),
      loss: .named("binary_crossentropy"),
      metrics: [.named("accuracy"), .named("binary_accuracy")], bench.context)
    var options = FitOptions()
    options.batchSize = 20
    options.epochs = 20
    options.shuffle = false
    let history = try models.whole.fit([data], data, options, bench.context)
    let losses = try Recorded.values(try #require(record["loss"]?.string))
    let near = Tolerance(relative: 1e-3, absolute: 0)
    let difference = near.difference(try #require(history["loss"]), from: losses)
    #expect(difference == nil)
    // A step more or less of 400 may fall on the other side of a tie.
    let counted = Tolerance(relative: 0, absolute: 0.006)
    for name in ["accuracy", "binary_accuracy"] {
      let expected = try Recorded.values(try #require(record[name]?.string))
      #expect(counted.difference(try #require(history[name]), from: expected) == nil, "\(name)")
    }
  }

  @Test(arguments: ["seed2_rnn_carried", "seed2_rnn_none", "seed2_lstm_none"])
  func `makes the burst detector's first step`(id: String) throws {
    let bench = try Bench()
    let isLSTM = id == "seed2_lstm_none"
    let rnn = try bench.layer(
      isLSTM ? "LSTM" : "SimpleRNN", [("units", 16), ("return_sequences", true)])
    let head = try bench.layer("Dense", [("units", 2)])
    let x = try bench.recorded("seed2/x")
    let y = try bench.recordedLabels("seed2/y")
    _ = try head.run(rnn.run([x], bench.context), bench.context)

    func both(_ prefix: String) throws -> Tensor {
      try Ops.add(
        bench.recorded("\(id)/\(prefix)rnn.bias_ih_l0"),
        bench.recorded("\(id)/\(prefix)rnn.bias_hh_l0"), bench.tensors)
    }
    try rnn.setWeights(
      [
        bench.transposed("\(id)/rnn.weight_ih_l0"), bench.transposed("\(id)/rnn.weight_hh_l0"),
        both(""),
      ], bench.context)
    try head.setWeights(
      [bench.transposed("\(id)/out.weight"), bench.recorded("\(id)/out.bias")], bench.context)

    let prediction = try head.run(rnn.run([x], bench.context), bench.context)[0]
    let values = try bench.loss("sparse_categorical_crossentropy").values(
      y, prediction, options: JSONObject([("from_logits", true)]), bench.context)
    let loss = try Ops.mean(values, bench.tensors)
    let close = Tolerance(relative: 1e-4, absolute: 1e-6)
    let losses = try Recorded.values("\(id)/loss")
    #expect(close.accepts(loss.doubles()[0], for: losses[0]))

    let slopes = try gradient(of: loss, with: rnn.weights + head.weights, bench.tensors)
    // Both of PyTorch's biases have the gradient of their sum.
    let expected = [
      try bench.transposed("\(id)/grad.rnn.weight_ih_l0"),
      try bench.transposed("\(id)/grad.rnn.weight_hh_l0"),
      try bench.recorded("\(id)/grad.rnn.bias_ih_l0"),
      try bench.transposed("\(id)/grad.out.weight"), try bench.recorded("\(id)/grad.out.bias"),
    ]
    for (slope, wanted) in zip(slopes, expected) {
      #expect(close.difference(slope.doubles(), from: wanted.doubles()) == nil)
    }
  }
}
