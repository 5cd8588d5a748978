import Testing

@testable import Plots

@Suite struct LimitTests {
  static let heavy: [Exhibit] = [
    Exhibit("a million points of noise") {
      var noise = Noise()
      return try call("plot", floats(noise.values(1_000_000)))
    },
    Exhibit("thirty dense lines") {
      var noise = Noise()
      let values = noise.values(60_000)
      return try call("plot", .numbers(PlotArray(shape: [2000, 30], values: values)))
    },
    Exhibit("a thousand lines") {
      var noise = Noise()
      let values = noise.values(50_000)
      return try call(
        "plot", .numbers(PlotArray(shape: [50, 1000], values: values)),
        keywords: ["label": .text("unit")])
    },
    Exhibit("a cloud of points") {
      var noise = Noise()
      return try call("scatter", floats(noise.values(100_000)), floats(noise.values(100_000)))
    },
    Exhibit("squares without order") {
      var noise = Noise()
      return try call(
        "plot", floats(noise.values(30_000)), floats(noise.values(30_000)), .text("s-"))
    },
    Exhibit("cells of noise") {
      var noise = Noise()
      return try call(
        "heatmap", .numbers(PlotArray(shape: [100, 100], values: noise.values(10_000))))
    },
    Exhibit("a fine grid") {
      var noise = Noise()
      return try call(
        "heatmap", .numbers(PlotArray(shape: [400, 500], values: noise.values(200_000))))
    },
    Exhibit("a hundred pictures") {
      var noise = Noise()
      var figures: [PlotArgument] = []
      for _ in 0..<100 {
        let values = noise.values(784)
        figures.append(
          .figure(try call("imshow", .numbers(PlotArray(shape: [28, 28], values: values)))))
      }
      return try call(
        "subplots", .number(10, isInteger: true), .number(10, isInteger: true), .list(figures))
    },
    Exhibit("bars beyond pixels") {
      var noise = Noise()
      return try call("bar", floats(noise.values(40_000)))
    },
    Exhibit("a ragged area") {
      var noise = Noise()
      return try call(
        "fill_between", integers(0..<50_000), floats(noise.values(50_000)),
        floats(noise.values(50_000)))
    },
  ]

  @Test(arguments: heavy) func `stays below 200 kB`(exhibit: Exhibit) throws {
    let figure = try exhibit.make()
    #expect(figure.svg().utf8.count <= 200_000)
    #expect(figure.description.utf8.count <= 20_000)
    #expect(!figure.terminal(TerminalStyle(columns: 80, rows: 24)).isEmpty)
  }

  @Test func `keeps the spikes of a long line`() throws {
    var values = Array(repeating: 0.0, count: 100_000)
    values[54_321] = 7
    values[77_777] = -3
    let points = values.enumerated().map { Point(Double($0) / 200, $1) }
    let thin = Decimation.line(points, left: 0, perPixel: 2)
    #expect(thin.count < 5000)
    #expect(thin.contains { $0.y == 7 } && thin.contains { $0.y == -3 })
    #expect(thin.first == points.first && thin.last == points.last)
  }

  @Test func `refuses what nobody could read`() {
    #expect(throws: PlotError.self) {
      try call("plot", matrix(2, 1001) { Double($0 + $1) })
    }
    #expect(throws: PlotError.self) {
      try call(
        "subplots", .number(11, isInteger: true), .number(11, isInteger: true), .list([]))
    }
  }

  @Test func `writes pictures that are whole files`() {
    let bytes = IndexedPNG.bytes(
      width: 2, pixels: [0, 1, 1, 0], palette: [RGB(0x000000), RGB(0xffffff)])
    #expect(Array(bytes.prefix(4)) == [0x89, 0x50, 0x4e, 0x47])
    // The check sum of an empty IEND chunk is known to everyone.
    #expect(Array(bytes.suffix(8)) == [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82])
    // Adler-32 of the two rows 0 0 1 and 0 1 0 is 0x000c0003.
    #expect(bytes.suffix(20).prefix(4) == [0x00, 0x0c, 0x00, 0x03])
    #expect(IndexedPNG.base64(Array("any carnal".utf8)) == "YW55IGNhcm5hbA==")
  }
}
