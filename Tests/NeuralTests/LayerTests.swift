import Catalog
import JSON
import Tensors
import Testing

@testable import Neural

@Suite struct `Layers` {
  /// Arguments and an input shape for every layer of the table.
  static let samples: [String: (JSONObject, [Int])] = [
    "Dense": (JSONObject([("units", 3), ("activation", "relu")]), [4, 6]),
    "LSTM": (JSONObject([("units", 3), ("return_sequences", true)]), [2, 5, 4]),
    "SimpleRNN": (JSONObject([("units", 3), ("use_bias", false)]), [2, 5, 4]),
    "Reshape": (JSONObject([("target_shape", .array([-1, 2]))]), [3, 20]),
    "Flatten": (JSONObject(), [3, 4, 5]),
    "RepeatVector": (JSONObject([("n", 4)]), [3, 5]),
    "Activation": (JSONObject([("activation", "softmax")]), [3, 5]),
  ]

  @Test(arguments: LayerTable.all.map(\.entry.name))
  func `make what their shape rule says`(kind: String) throws {
    let bench = try Bench()
    let (arguments, extents) = try #require(Self.samples[kind])
    let layer = try bench.layer(kind, arguments)
    let results = try layer.run([bench.wave(extents)], bench.context)
    let rule = try layer.outputShapes(for: [SymbolicShape(extents)])
    #expect(results.map { SymbolicShape($0.shape) } == rule)
    let symbols = try layer.call(
      [.symbol(.input(shape: extents.dropFirst().map { $0 }, bench.context))], bench.context)
    guard case .symbol(let symbol) = symbols[0] else {
      Issue.record("a symbol was expected")
      return
    }
    #expect(symbol.shape == SymbolicShape([nil] + rule[0].extents.dropFirst()))
  }

  @Test(arguments: LayerTable.all.map(\.entry.name))
  func `survive a round trip of their configuration`(kind: String) throws {
    let bench = try Bench()
    let (arguments, extents) = try #require(Self.samples[kind])
    let layer = try bench.layer(kind, arguments)
    let copy = try bench.layer(kind, layer.configuration)
    #expect(copy.configuration == layer.configuration)
    let x = try bench.wave(extents)
    let before = try layer.run([x], bench.context)
    _ = try copy.run([x], bench.context)
    try copy.setWeights(layer.getWeights(), bench.context)
    #expect(try copy.run([x], bench.context)[0].floats() == before[0].floats())
  }

  @Test(arguments: ["Dense", "LSTM", "SimpleRNN"])
  func `lower a loss`(kind: String) throws {
    let bench = try Bench()
    let layer = try bench.layer(kind, [("units", 2)])
    let x = try bench.wave(kind == "Dense" ? [8, 4] : [8, 5, 4])
    let y = try bench.wave([8, 2])
    let optimizer = try bench.optimizer("Adam", [("learning_rate", 0.02)])
    let mse = try Loss.named("mse")
    var losses: [Double] = []
    for _ in 0..<60 {
      let out = try layer.run([x], bench.context)[0]
      let loss = try mse(y, out, bench.context)
      losses.append(loss.doubles()[0])
      let slopes = try gradient(of: loss, with: layer.weights, bench.tensors)
      try optimizer.apply(slopes, layer.weights, bench.context)
    }
    #expect(losses[59] < 0.6 * losses[0])
  }

  @Test func `draw weights that depend on seed, order and name alone`() throws {
    func weights(seed: Int, between: Bool) throws -> [[Float]] {
      let bench = try Bench(seed: seed)
      let layers = try [bench.layer("LSTM", [("units", 4)]), bench.layer("Dense", [("units", 4)])]
      if between { _ = try bench.tensor([1, 2], [2]) }
      let x = try bench.wave([2, 3, 4])
      // Built in the other order, which must not matter.
      _ = try layers[1].run([x], bench.context)
      _ = try layers[0].run([x], bench.context)
      return layers.flatMap { $0.getWeights().map { $0.floats() } }
    }
    let first = try weights(seed: 7, between: false)
    #expect(try weights(seed: 7, between: true) == first)
    #expect(try weights(seed: 8, between: false) != first)
    #expect(first[0].prefix(16) != first[3].prefix(16))
  }

  @Test func `draw within the bounds of their initializers`() throws {
    let bench = try Bench()
    let layer = try bench.layer("LSTM", [("units", 6)])
    _ = try layer.run([bench.wave([1, 2, 3])], bench.context)
    let values = layer.getWeights().map { $0.doubles() }
    let limit = (6.0 / (3 + 24)).squareRoot()
    #expect(values[0].allSatisfy { abs($0) <= limit })
    #expect(values[0].contains { abs($0) > 0.8 * limit })
    #expect(values[2] == (0..<24).map { (6..<12).contains($0) ? 1 : 0 })
    for row in 0..<6 {
      for other in 0...row {
        let product = (0..<24).reduce(0) {
          $0 + values[1][row * 24 + $1] * values[1][other * 24 + $1]
        }
        #expect(abs(product - (row == other ? 1 : 0)) < 1e-5)
      }
    }
  }

  /// Where a call is wrong, and what is said about it.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let id: String
    let kind: String
    let arguments: JSONObject
    let input: [Int]
    let message: String
    let help: String?
    var testDescription: String { id }
  }

  static let mistakes = [
    Mistake(
      id: "two axes into an LSTM", kind: "LSTM", arguments: JSONObject([("units", 5)]),
      input: [100, 20],
      message: "LSTM: expected 3 axes [batch, steps, features]; received 2 axes (100, 20)",
      help: "for one sequence of 100 steps, give it a batch axis: x[None]"),
    Mistake(
      id: "one axis into Dense", kind: "Dense", arguments: JSONObject([("units", 5)]),
      input: [4],
      message: "Dense: expected at least 2 axes [batch, ..., features]; received 1 axis (4,)",
      help: "give it a batch axis: x.reshape((-1, 1)) or x[None]"),
    Mistake(
      id: "a shape that does not fit", kind: "Reshape",
      arguments: JSONObject([("target_shape", .array([10, 3]))]), input: [3, 20],
      message: "Reshape: expected 30 elements for each sample, to make (10, 3); "
        + "received 2 axes (3, 20)", help: nil),
    Mistake(
      id: "no units", kind: "Dense", arguments: JSONObject([("units", 0)]), input: [3, 20],
      message: "Dense: expected a whole number of at least 1 for units; received 0", help: nil),
    Mistake(
      id: "an unknown activation", kind: "Dense",
      arguments: JSONObject([("units", 1), ("activation", "tanhh")]), input: [3, 20],
      message: "Dense: expected one of "
        + ActivationTable.names.map { "\"\($0)\"" }.joined(separator: ", ")
        + " for activation; received \"tanhh\"", help: "did you mean \"tanh\"?"),
    Mistake(
      id: "dropout", kind: "LSTM", arguments: JSONObject([("units", 1), ("dropout", 0.5)]),
      input: [3, 20, 1], message: "LSTM: dropout=0.5 is not built yet", help: nil),
    Mistake(
      id: "stateful", kind: "SimpleRNN",
      arguments: JSONObject([("units", 1), ("stateful", true)]),
      input: [3, 20, 1], message: "SimpleRNN: stateful=True is not built yet", help: nil),
  ]

  @Test(arguments: mistakes)
  func `say what was expected and what came`(mistake: Mistake) throws {
    let bench = try Bench()
    let error = try #require(throws: NeuralError.self) {
      let layer = try bench.layer(mistake.kind, mistake.arguments)
      _ = try layer.run([bench.wave(mistake.input)], bench.context)
    }
    #expect(error.message == mistake.message)
    #expect(error.help == mistake.help)
  }

  @Test func `name the layer that a wrong shape came from`() throws {
    let bench = try Bench()
    let code = try bench.connect(bench.layer("Dense", [("units", 20)]), bench.input(4))
    let error = try #require(throws: NeuralError.self) {
      _ = try bench.connect(bench.layer("LSTM", [("units", 5)]), code)
    }
    #expect(
      error.message == "LSTM: expected 3 axes [batch, steps, features]; received 2 axes "
        + "(None, 20) from dense (Dense)")
  }

  @Test func `refuse symbols and tensors at once`() throws {
    let bench = try Bench()
    let layer = try bench.layer("SimpleRNN", [("units", 2)])
    let x = try Flow.tensor(bench.wave([1, 2, 3]))
    let h = try Flow.symbol(bench.input(2))
    let error = try #require(throws: NeuralError.self) {
      _ = try layer.call([x], initialState: [h], bench.context)
    }
    #expect(
      error.message == "SimpleRNN: expected tensors alone or symbols alone; received both")
  }

  @Test func `take whole numbers as inputs`() throws {
    let bench = try Bench()
    let layer = try bench.layer("Dense", [("units", 2)])
    let out = try layer.run([bench.labels([1, 2, 3, 4], [2, 2])], bench.context)
    #expect(out[0].dtype == .float32)
  }

  @Test func `refuse another number of features than they were built for`() throws {
    let bench = try Bench()
    let layer = try bench.layer("Dense", [("units", 2)])
    _ = try layer.run([bench.wave([1, 3])], bench.context)
    let error = try #require(throws: NeuralError.self) {
      _ = try layer.run([bench.wave([1, 4])], bench.context)
    }
    #expect(
      error.message
        == "Dense: expected 3 features, as dense was built for; received 2 axes (1, 4)")
  }
}
