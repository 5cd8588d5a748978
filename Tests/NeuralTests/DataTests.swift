import JSON
import Tensors
import Testing

@testable import Neural

@Suite struct `Data helpers` {
  /// What `pad_sequences` makes of [[1, 2, 3], [4], []].
  struct Padding: Sendable, CustomTestStringConvertible {
    let id: String
    let arguments: JSONObject
    let extents: [Int]
    let values: [Double]
    var testDescription: String { id }
  }

  static let paddings = [
    Padding(
      id: "defaults", arguments: JSONObject(), extents: [3, 3],
      values: [1, 2, 3, 0, 0, 4, 0, 0, 0]),
    Padding(
      id: "at the end", arguments: JSONObject([("padding", "post"), ("value", -1.0)]),
      extents: [3, 3], values: [1, 2, 3, 4, -1, -1, -1, -1, -1]),
    Padding(
      id: "cut at the front", arguments: JSONObject([("maxlen", 2)]), extents: [3, 2],
      values: [2, 3, 0, 4, 0, 0]),
    Padding(
      id: "cut at the end",
      arguments: JSONObject([("maxlen", 2), ("truncating", "post"), ("padding", "post")]),
      extents: [3, 2], values: [1, 2, 4, 0, 0, 0]),
  ]

  @Test(arguments: paddings)
  func `pad and cut as Keras does`(padding: Padding) throws {
    let bench = try Bench()
    let sequences = [[1.0, 2, 3], [4], []].map {
      RaggedSequence(length: $0.count, elementShape: [], values: $0)
    }
    let result = try padSequences(sequences, padding.arguments, bench.context)
    #expect(result.shape.extents == padding.extents)
    #expect(result.doubles() == padding.values)
    #expect(result.dtype == .int32)
  }

  @Test func `pad sequences of rows`() throws {
    let bench = try Bench()
    let sequences = [
      RaggedSequence(length: 2, elementShape: [2], values: [1, 2, 3, 4]),
      RaggedSequence(length: 1, elementShape: [2], values: [5, 6]),
    ]
    let result = try padSequences(
      sequences, JSONObject([("padding", "post"), ("dtype", "float32")]), bench.context)
    #expect(result.shape.extents == [2, 2, 2])
    #expect(result.floats() == [1, 2, 3, 4, 5, 6, 0, 0])
    let mixed = sequences + [RaggedSequence(length: 1, elementShape: [], values: [1])]
    let error = try #require(throws: NeuralError.self) {
      try padSequences(mixed, JSONObject(), bench.context)
    }
    #expect(
      error.message == "pad_sequences: expected elements of shape (2,) in every sequence; "
        + "received () in sequence 2")
  }

  @Test func `refuse lengths that fill the memory`() throws {
    let bench = try Bench()
    let sequence = RaggedSequence(length: 1, elementShape: [], values: [1])
    for length in [Int.max, 1 << 40] {
      let error = try #require(throws: NeuralError.self) {
        try padSequences(
          [sequence, sequence], JSONObject([("maxlen", .int(length))]), bench.context)
      }
      #expect(error.name == "MemoryError")
    }
  }

  @Test func `make rows with a one of class numbers`() throws {
    let bench = try Bench()
    let rows = try toCategorical(bench.labels([0, 2], [2]), bench.context)
    #expect(rows.floats() == [1, 0, 0, 0, 0, 1])
    let error = try #require(throws: NeuralError.self) {
      try toCategorical(bench.labels([0, 2], [2]), classes: 2, bench.context)
    }
    #expect(error.message == "to_categorical: expected class numbers from 0 to 1; received 2")
  }
}

@Suite struct `Losses` {
  @Test func `find class numbers that the output has no unit for`() throws {
    let bench = try Bench()
    let loss = try Loss.named("sparse_categorical_crossentropy")
    let error = try #require(throws: NeuralError.self) {
      try loss(bench.labels([2], [1]), bench.tensor([0.5, 0.5], [1, 2]), bench.context)
    }
    #expect(
      error.message
        == "sparse_categorical_crossentropy: expected class numbers from 0 to 1; received 2")
  }

  @Test func `refuse targets of another shape`() throws {
    let bench = try Bench()
    let loss = try Loss.named("mse")
    let error = try #require(throws: NeuralError.self) {
      try loss(bench.wave([4, 2]), bench.wave([4, 3]), bench.context)
    }
    #expect(
      error.message == "mean_squared_error: expected y_true of the shape of y_pred, (4, 3); "
        + "received 2 axes (4, 2)")
    let column = try loss(bench.tensor([1, 2], [2]), bench.tensor([1, 2], [2, 1]), bench.context)
    #expect(column.doubles() == [0])
  }

  @Test(
    arguments: [
      ("mse", [10, 1], [10, 40, 1], "return_sequences=True"),
      ("mae", [10], [10, 40, 1], "return_sequences=True"),
      ("mse", [10, 3], [10, 40, 3], "return_sequences=True"),
      ("binary_crossentropy", [10, 1], [10, 40, 1], "return_sequences=True"),
      ("mse", [10, 40], [10, 40, 3], nil),
      ("categorical_crossentropy", [10, 40], [10, 40, 3], "class numbers"),
      ("categorical_crossentropy", [4, 1], [4, 3], "class numbers"),
      ("categorical_crossentropy", [4], [4, 3], "class numbers"),
      ("mse", [4], [4, 3], nil),
    ] as [(String, [Int], [Int], String?)])
  func `say what has led to another shape`(
    name: String, target: [Int], prediction: [Int], help: String?
  ) throws {
    let bench = try Bench()
    let loss = try Loss.named(name)
    let error = try #require(throws: NeuralError.self) {
      try loss(bench.wave(target), bench.wave(prediction), bench.context)
    }
    if let help { #expect(error.help?.contains(help) == true) } else { #expect(error.help == nil) }
  }

  @Test(arguments: [
    ([4, 1], [4, 1], "binary"), ([4], [4, 3], "sparse"), ([4, 1], [4, 3], "sparse"),
    ([4, 3], [4, 3], "categorical"), ([4, 10, 5], [4, 10, 5], "categorical"),
  ])
  func `settle accuracy by the shapes`(target: [Int], prediction: [Int], kind: String) throws {
    let bench = try Bench()
    let metric = try RunningMetric(.named("accuracy"))
    let count = target.reduce(1, *)
    let y =
      kind == "sparse"
      ? try bench.labels(Array(repeating: 1, count: count), target) : try bench.wave(target)
    let p = try bench.wave(prediction)
    try metric.update(y, p, bench.context)
    let name = kind == "sparse" ? "sparse_categorical_accuracy" : "\(kind)_accuracy"
    let direct = try bench.metric(name).values(y, p, bench.context)
    let mean = try Ops.mean(direct, bench.tensors).doubles()[0]
    #expect(metric.result == mean)
  }

  @Test func `name what there is for a name that there is not`() throws {
    #expect(throws: NeuralError.self) { try Loss.named("bcee") }
    let error = try #require(throws: NeuralError.self) { try OptimizerTable.named("Adamm") }
    #expect(
      error.message == "compile: expected an optimizer among adam, sgd; received \"Adamm\"")
    #expect(throws: NeuralError.self) { try RunningMetric(.named("acuracy")) }
  }
}
