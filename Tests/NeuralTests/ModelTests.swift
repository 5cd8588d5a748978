import JSON
import Tensors
import Testing

@testable import Neural

@Suite struct `Models` {
  @Test func `share their weights with the models that they are made of`() throws {
    let bench = try Bench()
    let models = try bench.autoencoder()
    #expect(models.whole.weights.count == 6)
    #expect(models.whole.parameterCount == 2080 + 160)
    #expect(models.whole.weights[0] === models.encoder.weights[0])
    #expect(models.whole.weights[3] === models.decoder.weights[0])
    let data = try bench.wave([7, 10, 5])
    let codes = try models.encoder.predict([data], bench.context)[0]
    #expect(codes.shape.extents == [7, 20])
    let parts = try models.decoder.predict([codes], bench.context)[0].floats()
    #expect(try models.whole.predict([data], bench.context)[0].floats() == parts)
  }

  @Test func `print the table of Keras`() throws {
    let bench = try Bench()
    let whole = try bench.autoencoder().whole
    #expect(
      whole.summary() == """
        Model: "functional_2"
        ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
        ┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
        ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
        │ input_layer (InputLayer)        │ (None, 10, 5)          │             0 │
        ├─────────────────────────────────┼────────────────────────┼───────────────┤
        │ functional (Functional)         │ (None, 20)             │         2,080 │
        ├─────────────────────────────────┼────────────────────────┼───────────────┤
        │ functional_1 (Functional)       │ (None, 10, 5)          │           160 │
        └─────────────────────────────────┴────────────────────────┴───────────────┘
         Total params: 2,240 (8.75 KB)
         Trainable params: 2,240 (8.75 KB)
         Non-trainable params: 0 (0.00 B)
        """)
  }

  @Test func `use a shared layer's weights once`() throws {
    let bench = try Bench()
    let shared = try bench.layer("Dense", [("units", 3)])
    let start = try bench.input(3)
    let end = try bench.connect(shared, bench.connect(shared, start))
    let model = try Model(inputs: [start], outputs: [end], bench.context)
    #expect(model.weights.count == 2)
    #expect(model.layers.count == 2)
    let x = try bench.wave([2, 3])
    let twice = try shared.run(shared.run([x], bench.context), bench.context)[0].floats()
    #expect(try model.run([x], bench.context)[0].floats() == twice)
  }

  @Test func `take several inputs and give several outputs`() throws {
    let bench = try Bench()
    let rnn = try bench.layer("SimpleRNN", [("units", 2), ("return_state", true)])
    let (x, h) = try (bench.input(4, 3), bench.input(2))
    var ends: [Symbol] = []
    for case .symbol(let end) in try rnn.call(
      [.symbol(x)], initialState: [.symbol(h)], bench.context)
    { ends.append(end) }
    let model = try Model(inputs: [x, h], outputs: ends, bench.context)
    let tensors = try [bench.wave([5, 4, 3]), bench.wave([5, 2])]
    let results = try model.predict(tensors, bench.context)
    #expect(results.map(\.shape.extents) == [[5, 2], [5, 2]])
    #expect(results[0].floats() == (try rnn.run(tensors, bench.context))[0].floats())
  }

  @Test func `refuse outputs that need another input`() throws {
    let bench = try Bench()
    let (first, second) = try (bench.input(3), bench.input(3))
    let end = try bench.connect(bench.layer("Dense", [("units", 1)]), first)
    let error = try #require(throws: NeuralError.self) {
      _ = try Model(inputs: [second], outputs: [end], bench.context)
    }
    #expect(
      error.message
        == "Model: expected inputs that lead to every output; input_layer is missing")
  }

  @Test func `say which shape they take`() throws {
    let bench = try Bench()
    let encoder = try bench.autoencoder().encoder
    let error = try #require(throws: NeuralError.self) {
      _ = try encoder.predict([bench.wave([10, 5])], bench.context)
    }
    #expect(
      error.message == "predict: x: expected (None, 10, 5); received (10, 5)")
    #expect(error.help == "give it a batch axis: x[None]")
  }

  @Test func `free a chain of ten thousand layers`() throws {
    let bench = try Bench()
    let layer = try bench.layer("Activation", [("activation", "relu")])
    var symbol = try bench.input(1)
    for _ in 0..<GraphNode.depthLimit { symbol = try bench.connect(layer, symbol) }
    let error = try #require(throws: NeuralError.self) { try bench.connect(layer, symbol) }
    #expect(error.message == "Activation: expected at most 10000 layers in a row; received more")
  }

  @Test func `freeze and thaw all their layers`() throws {
    let bench = try Bench()
    let models = try bench.autoencoder()
    models.encoder.isTrainable = false
    #expect(models.whole.trainableWeights.count == 3)
    models.whole.isTrainable = true
    #expect(models.whole.trainableWeights.count == 6)
  }
}
