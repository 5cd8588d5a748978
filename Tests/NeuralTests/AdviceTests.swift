import JSON
import Tensors
import Testing

@testable import Neural

@Suite struct `Advice` {
  private func keys(_ body: (Bench) throws -> Void) throws -> [String] {
    let bench = try Bench()
    var keys: [String] = []
    bench.context.advise = { keys.append($0.key) }
    try body(bench)
    return keys
  }

  @Test(arguments: [("tanh", ["binary-crossentropy-output"]), ("sigmoid", [])])
  func `names an output that binary crossentropy cannot use`(activation: String, expected: [String])
    throws
  {
    let found = try keys { bench in
      let whole = try bench.autoencoder(alternative: true, activation: activation).whole
      try whole.compile(
        optimizer: OptimizerTable.named("adam"), loss: .named("binary_crossentropy"),
        bench.context)
    }
    #expect(found == expected)
  }

  @Test func `names softmax over one unit`() throws {
    let found = try keys { bench in
      let start = try bench.input(3)
      let end = try bench.connect(
        bench.layer("Dense", [("units", 1), ("activation", "softmax")]), start)
      let model = try Model(inputs: [start], outputs: [end], bench.context)
      try model.compile(
        optimizer: OptimizerTable.named("adam"), loss: .named("mse"), bench.context)
    }
    #expect(found == ["softmax-one-unit"])
  }

  /// Whether the state is the one that came out, and whether the data are the same again.
  @Test(arguments: [(true, true, 1), (true, false, 0), (false, true, 0)])
  func `names a state carried over to the same sequences`(
    carried: Bool, same: Bool, times: Int
  ) throws {
    let found = try keys { bench in
      let rnn = try bench.layer("SimpleRNN", [("units", 2), ("return_state", true)])
      let x = try bench.wave([3, 4, 1])
      let results = try rnn.run([x], bench.context)
      let state = carried ? results[1].detached : try bench.wave([3, 2])
      _ = try rnn.run([same ? x : bench.wave([3, 4, 1]), state], bench.context)
    }
    #expect(found == Array(repeating: "carried-state", count: times))
  }
}
