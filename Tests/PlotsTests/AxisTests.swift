import Testing

@testable import Plots

@Suite struct AxisTests {
  /// Ranges of all sizes and places.
  static let ranges: [Span] = {
    var noise = Noise()
    return (0..<400).map { index in
      let size = Numeral.power(index % 40 - 20)
      let low = (noise.next() - 0.5) * size * (index % 3 == 0 ? 1000 : 1)
      return Span(low, low + (noise.next() + 0.001) * size)
    }
  }()

  @Test func `puts ticks on round numbers within the range`() {
    for range in Self.ranges {
      let axis = Axis.linear(range, atMost: 6, integer: false)
      let slack = range.length * 1e-6
      #expect((2...12).contains(axis.ticks.count), "\(range)")
      #expect(axis.ticks.allSatisfy { $0.value >= range.low - slack })
      #expect(axis.ticks.allSatisfy { $0.value <= range.high + slack })
      let distances = zip(axis.ticks, axis.ticks.dropFirst()).map { $1.value - $0.value }
      let first = distances.first ?? 0
      #expect(distances.allSatisfy { abs($0 - first) <= abs(first) * 1e-6 })
      let power = Numeral.exponent(of: first * (1 + 1e-9))
      let factor = Numeral.scaled(first, by: -power)
      #expect([1, 2, 5, 10].contains { abs($0 - factor) < 1e-4 }, "step \(first)")
    }
  }

  @Test func `labels each tick differently and with as many decimals`() {
    for range in Self.ranges {
      let labels = Axis.linear(range, atMost: 6, integer: false).ticks.map(\.label.text)
      #expect(Set(labels).count == labels.count, "\(labels)")
      let decimals = Set(labels.map { $0.split(separator: ".").dropFirst().first?.count ?? 0 })
      #expect(decimals.count == 1, "\(labels)")
      #expect(!labels.contains("\u{2212}0") && !labels.contains("-0"))
    }
  }

  struct LabelCase: Sendable, CustomTestStringConvertible {
    let low: Double
    let high: Double
    var integer = false
    let labels: [String]
    var power: Int?
    var testDescription: String { "\(low) to \(high)" }
  }

  static let labelCases: [LabelCase] = [
    LabelCase(low: 0, high: 1, labels: ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    LabelCase(low: -0.05, high: 1.05, labels: ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    LabelCase(low: 0, high: 3, integer: true, labels: ["0", "1", "2", "3"]),
    LabelCase(
      low: -20_000, high: 20_000,
      labels: [
        "\u{2212}20\u{202f}000", "\u{2212}10\u{202f}000", "0", "10\u{202f}000", "20\u{202f}000",
      ]),
    LabelCase(low: 0, high: 5e12, labels: ["0", "1", "2", "3", "4", "5"], power: 12),
    LabelCase(
      low: 0, high: 5e-9, labels: ["0", "1", "2", "3", "4", "5"], power: -9),
    LabelCase(low: 1990, high: 2024, labels: ["1990", "2000", "2010", "2020"]),
  ]

  @Test(arguments: labelCases) func `labels as people do`(labelCase: LabelCase) {
    let axis = Axis.linear(
      Span(labelCase.low, labelCase.high), atMost: 5.6, integer: labelCase.integer)
    #expect(axis.ticks.map(\.label.text) == labelCase.labels)
    #expect(axis.power == labelCase.power)
  }

  @Test func `labels a logarithmic axis by 1, 2, 5 or by decades`() throws {
    let narrow = try #require(Axis.logarithmic(Span(0.04, 1.2), pixels: 250, distance: 28))
    #expect(narrow.ticks.map(\.label.text) == ["0.05", "0.1", "0.2", "0.5", "1"])
    #expect(narrow.minor.count == 11)
    let wide = try #require(Axis.logarithmic(Span(1e-9, 10), pixels: 250, distance: 28))
    #expect(
      wide.ticks.allSatisfy {
        $0.label.text == "10" || $0.label.text.hasPrefix("0.") || $0.label.text == "1"
      })
    #expect(wide.ticks.first?.label == TickLabel("10", exponent: "\u{2212}8"))
    #expect(Axis.logarithmic(Span(0.03, 0.035), pixels: 250, distance: 28) == nil)
  }

  @Test(
    arguments: [
      (0.0, "0"), (-0.0, "0"), (1, "1"), (-12.5, "\u{2212}12.5"), (0.00611, "0.00611"),
      (123_456, "123456"), (0.1 + 0.2, "0.3"), (1e-7, "1e-07"), (2.5e20, "2.5e+20"),
      (.nan, "nan"), (-.infinity, "\u{2212}inf"), (0.99996, "1"),
      (.leastNonzeroMagnitude, "4.941e-324"),
      (99_999.6, "100000"), (1e300, "1e+300"),
    ] as [(Double, String)])
  func `writes numbers shortly`(value: Double, text: String) {
    #expect(Numeral.short(value) == text)
  }
}
