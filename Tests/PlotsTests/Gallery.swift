import Testing

@testable import Plots

/// A figure that tests look at, made as the language makes it.
struct Exhibit: Sendable, CustomTestStringConvertible {
  let id: String
  let make: @Sendable () throws -> Figure
  var testDescription: String { id }

  init(_ id: String, _ make: @escaping @Sendable () throws -> Figure) {
    self.id = id
    self.make = make
  }
}

/// Calls a plot function by its name.
func call(
  _ name: String, _ arguments: PlotArgument..., keywords: KeyValuePairs<String, PlotArgument> = [:]
) throws -> Figure {
  let spec = try #require(PlotTable.spec(named: name))
  return try spec.make(arguments, keywords: keywords.map { (name: $0.key, value: $0.value) })
}

/// Lays figures over each other.
func overlay(_ figures: Figure...) throws -> Figure {
  var result = figures[0]
  for figure in figures.dropFirst() { result = try result.overlaid(with: figure) }
  return result
}

func floats(_ values: [Double]) -> PlotArgument {
  .numbers(PlotArray(shape: [values.count], values: values))
}

func integers(_ values: [Double]) -> PlotArgument {
  .numbers(PlotArray(shape: [values.count], values: values, isInteger: true))
}

func integers(_ range: Range<Int>) -> PlotArgument { integers(range.map(Double.init)) }

func matrix(_ rows: Int, _ columns: Int, _ value: (Int, Int) -> Double) -> PlotArgument {
  let values = (0..<rows).flatMap { row in (0..<columns).map { value(row, $0) } }
  return .numbers(PlotArray(shape: [rows, columns], values: values))
}

/// Numbers between 0 and 1 that look random and are the same everywhere.
struct Noise {
  private var state: UInt64 = 1

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / 9_007_199_254_740_992
  }

  mutating func values(_ count: Int) -> [Double] { (0..<count).map { _ in next() } }
}

enum Gallery {
  /// One for each mark, and what else is worth looking at: these have goldens.
  static let all: [Exhibit] = [
    Exhibit("burst") {
      // A half-sine burst of ten steps, and the state that ends with it.
      let arch = [0, 0.309, 0.588, 0.809, 0.951, 1, 0.951, 0.809, 0.588, 0.309]
      let input = (0..<130).map { (26..<36).contains($0) ? arch[$0 - 26] : 0 }
      let target = (0..<130).map { $0 < 36 ? 1.0 : 0 }
      let prediction = (0..<130).map { $0 < 34 ? 1.0 : 0 }
      let steps = integers(0..<130)
      return try overlay(
        call("figure", keywords: ["figsize": integers([12, 5])]),
        call("plot", steps, integers(target), .text("r-"), keywords: ["label": .text("target")]),
        call(
          "plot", steps, integers(prediction), .text("g-"),
          keywords: ["label": .text("prediction")]),
        call("plot", steps, floats(input), .text("b-"), keywords: ["label": .text("input")]))
    },
    Exhibit("plot") {
      try overlay(
        call("plot", integers([1, 3, 2, 5])),
        call("plot", floats([2, 1.5, 4, 3]), .text("go--"), keywords: ["label": .text("second")]),
        call("title", .text("Two series")), call("xlabel", .text("step")),
        call("ylabel", .text("value")))
    },
    Exhibit("step") {
      try call(
        "step", integers([0, 1, 1, 0, 1]),
        keywords: ["where": .text("post"), "label": .text("class")])
    },
    Exhibit("semilogy") {
      try overlay(
        call(
          "semilogy", floats((0..<30).map { 0.7 / Double(1 + $0 * $0) }),
          keywords: ["label": .text("loss")]),
        call(
          "semilogy", floats((0..<30).map { 0.8 / Double(1 + $0) }),
          keywords: ["label": .text("val_loss")]), call("xlabel", .text("epoch")))
    },
    Exhibit("loglog") {
      try call("loglog", floats([1, 100, 10_000, 1_000_000]), floats([1, 1e-3, 1e-7, 1e-9]))
    },
    Exhibit("scatter") {
      try overlay(
        call("scatter", floats([0.1, 0.4, 0.7]), floats([1.2, 0.3, 0.9])),
        call(
          "scatter", floats([0.2, 0.5]), floats([0.6, 1.1]),
          keywords: ["marker": .text("D"), "label": .text("test")]))
    },
    Exhibit("bar") {
      try overlay(
        call("bar", .texts(["Elman, carried", "Elman", "LSTM"]), floats([0.138, 0.071, 0.004])),
        call("title", .text("Share of wrong steps")))
    },
    Exhibit("barh") {
      try call("barh", .texts(["kernel", "recurrent kernel"]), integers([400, 1600]))
    },
    Exhibit("turned-names") {
      try call(
        "bar", .texts((0..<9).map { "a rather long name \($0)" }), integers(1..<10))
    },
    Exhibit("hist") { try call("hist", floats([0.1, 0.2, 0.2, 0.35, 0.4, 0.41, 0.6, 0.9])) },
    Exhibit("imshow") {
      try overlay(
        call("imshow", matrix(4, 6) { Double($0 * 6 + $1) }), call("colorbar"),
        call("title", .text("Cells")))
    },
    Exhibit("heatmap") {
      try call("heatmap", matrix(3, 12) { Double(($0 + 1) * ($1 - 5)) / 10 })
    },
    Exhibit("rules") {
      try overlay(
        call("plot", integers([1, 3, 2])),
        call(
          "axhline", .number(2, isInteger: true),
          keywords: ["linestyle": .text("--"), "label": .text("limit")]),
        call("axvline", .number(0.5, isInteger: false)),
        call("axhspan", .number(1, isInteger: true), .number(1.5, isInteger: false)),
        call("axvspan", .number(1, isInteger: true), .number(2, isInteger: true)))
    },
    Exhibit("fill_between") {
      try call("fill_between", integers([0, 1, 2]), floats([1, 2, 1]), floats([2, 4, 3]))
    },
    Exhibit("reconstructions") {
      let originals = try (0..<4).map { shift in
        try call("imshow", matrix(5, 3) { ($0 + shift) % 3 == $1 ? 1 : 0 })
      }
      let copies = try (0..<4).map { shift in
        try call("imshow", matrix(5, 3) { ($0 + shift) % 3 == $1 ? 0.8 : 0.1 })
      }
      return try call(
        "subplots", .number(2, isInteger: true), .number(4, isInteger: true),
        .list((originals + copies).map { .figure($0) }))
    },
    Exhibit("stacked") {
      let upper = try call("plot", floats([0, 1, 0.5]), keywords: ["label": .text("input")])
      let lower = try call("step", integers([0, 1, 0]), keywords: ["label": .text("target")])
      return try overlay(upper.above(lower), call("title", .text("One time axis")))
    },
    Exhibit("legend-box") {
      try overlay(
        call("plot", integers([1, 3, 2]), keywords: ["label": .text("a")]),
        call("plot", integers([2, 1, 3]), keywords: ["label": .text("b")]),
        call("legend", keywords: ["loc": .text("upper left")]),
        call("xlim", .number(0, isInteger: true), .number(4, isInteger: true)),
        call("yticks", integers([1, 2, 3]), .texts(["low", "middle", "high"])),
        call("grid", .bool(false)))
    },
    Exhibit("gaps") {
      try call(
        "plot", floats([1, 2, .nan, 3, .nan, 2, .infinity, 4]),
        keywords: ["label": .text("with gaps")])
    },
  ]

  /// Figures at the edges of what there can be: these must hold together, whatever they look like.
  static let edges: [Exhibit] = [
    Exhibit("empty") { try call("plot", floats([])) },
    Exhibit("all NaN") { try call("plot", floats([.nan, .nan])) },
    Exhibit("one point") { try call("plot", integers([5]), .text("o")) },
    Exhibit("constant") { try call("plot", floats([3, 3, 3])) },
    Exhibit("zero") { try call("plot", integers([0, 0])) },
    Exhibit("huge") { try call("plot", floats([1e300, -1e300, 1.7e308, .leastNonzeroMagnitude])) },
    Exhibit("infinite") { try call("plot", floats([.infinity, 1, -.infinity, 2])) },
    Exhibit("tiny") { try call("plot", floats([1e-9, 3e-9])) },
    Exhibit("denormal") {
      try call("plot", floats([0, .leastNonzeroMagnitude, .leastNormalMagnitude]))
    },
    Exhibit("large offset") { try call("plot", floats([1e12, 1e12 + 1, 1e12 + 2])) },
    Exhibit("neighbours") { try call("plot", floats([1, 1.0.nextUp])) },
    Exhibit("negative") { try call("plot", floats([-12_345, -98_765])) },
    Exhibit("log of nothing") { try call("semilogy", floats([0, -1, .nan])) },
    Exhibit("log of one") { try call("semilogy", floats([0.01])) },
    Exhibit("narrow log") { try call("semilogy", floats([0.031, 0.032])) },
    Exhibit("wide log") { try call("semilogy", floats([1e-300, 1e300])) },
    Exhibit("thirty series") {
      try call(
        "plot", matrix(20, 30) { Double($0 * $1) }, keywords: ["label": .text("series")])
    },
    Exhibit("long names") {
      let name = String(repeating: "预测的长标签", count: 7)
      return try overlay(
        call("plot", integers([1, 2]), keywords: ["label": .text(name)]),
        call("title", .text(name + name)), call("xlabel", .text(name + name)),
        call("ylabel", .text(name + name)))
    },
    Exhibit("odd text") {
      let text = "<&\"'> \u{1F642} \u{0}\u{b}\r\u{fffe}\u{85} e\u{301}"
      return try overlay(
        call("bar", .texts([text, text]), integers([1, 2]), keywords: ["label": .text(text)]),
        call("title", .text(text)), call("xlabel", .text(text)))
    },
    Exhibit("many bars") { try call("bar", floats(Array(repeating: 2, count: 5000))) },
    Exhibit("infinite bars") { try call("bar", floats([.infinity, -1, .nan, 1e308])) },
    Exhibit("one cell") { try call("imshow", matrix(1, 1) { _, _ in 5 }) },
    Exhibit("no cells") { try call("imshow", matrix(0, 4) { _, _ in 5 }) },
    Exhibit("cells without numbers") { try call("heatmap", matrix(2, 2) { _, _ in .nan }) },
    Exhibit("tall cells") { try call("imshow", matrix(3000, 2) { Double($0 * $1) }) },
    Exhibit("narrow picture") {
      try overlay(
        call("imshow", matrix(30, 12) { Double($0 * $1) }),
        call("title", .text("Written by the network from its first step")),
        call("ylabel", .text("steps of the sequence, downwards")),
        call("xlabel", .text("letters of the text")))
    },
    Exhibit("narrow picture with a legend") {
      try overlay(
        call("imshow", matrix(30, 12) { Double($0 * $1) }),
        call("plot", integers([1, 2, 3]), keywords: ["label": .text("one line")]),
        call("plot", integers([4, 4, 3]), keywords: ["label": .text("another line")]),
        call("title", .text(String(repeating: "word and ", count: 40))))
    },
    Exhibit("wide cells") { try call("heatmap", matrix(2, 9000) { Double($0 + $1) }) },
    Exhibit("empty scatter") { try call("scatter", floats([]), floats([])) },
    Exhibit("empty histogram") { try call("hist", floats([])) },
    Exhibit("huge histogram") { try call("hist", floats([-1e308, 1e308, 3])) },
    Exhibit("rule alone") { try call("axhline", .number(3, isInteger: true)) },
    Exhibit("smallest size") {
      try overlay(
        call("figure", keywords: ["figsize": integers([1, 1])]),
        call("plot", integers([1, 2]), keywords: ["label": .text("a name")]),
        call("title", .text("title")), call("ylabel", .text("y")), call("xlabel", .text("x")))
    },
    Exhibit("unequal grids") {
      let left = try call("plot", integers([1, 2])).above(call("plot", integers([2, 1])))
      return try left.beside(call("heatmap", matrix(3, 3) { Double($0 - $1) }))
    },
    Exhibit("decorations alone") { try call("title", .text("nothing")) },
  ]
}
