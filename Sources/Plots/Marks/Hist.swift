import Catalog

extension PlotSpec {
  static let hist = PlotSpec(
    Entry(
      "hist",
      [
        .required("x", .tensor), .optional("bins", default: "\"auto\""),
        .keyword("density", .bool, default: "False"), .keyword("label", .string),
        .keyword("color", .color), .keyword("alpha", .float),
      ],
      group: "Plots",
      summary: """
        Counts numbers in bins of one width and draws the counts as bars. `bins` is a count, the \
        edges, or "auto": round edges, as many as the spread of the data deserves. Numbers that \
        are not finite are left out.
        """,
      examples: [Example("hist([1, 2, 2, 3, 3, 3])")])
  ) { arguments throws(PlotError) in
    guard let data = try arguments.array("x") else {
      throw .missingArgument(function: "hist", name: "x")
    }
    let numbers = data.values.filter(\.isFinite).sorted()
    let edges: [Double]
    switch arguments["bins"] {
    case nil, .some(.text("auto")):
      edges = HistogramEdges.automatic(numbers, isInteger: data.isInteger)
    case .some(.numbers(let array)) where array.shape.count == 1 && array.values.count > 1:
      edges = array.values
      guard zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw .badValue(
          function: "hist", argument: "bins", expected: "edges in rising order",
          received: "others")
      }
    default:
      let count = try arguments.count("bins", in: 1...10_000) ?? 10
      edges = HistogramEdges.equal(numbers, count)
    }
    var counts = HistogramEdges.counts(numbers, edges)
    if try arguments.flag("density") == true, !numbers.isEmpty {
      for index in counts.indices {
        counts[index] /= Double(numbers.count) * (edges[index + 1] - edges[index])
      }
    }
    var style = SeriesStyle()
    style.label = try arguments.label("label")
    style.color = try arguments.paint("color")
    style.alpha = try arguments.number("alpha", in: 0...1, "a share of 0 to 1")
    let pairs = zip(edges, edges.dropFirst())
    return Figure(
      BarMark(
        places: pairs.map { $0 + ($1 - $0) / 2 }, heights: counts, widths: pairs.map { $1 - $0 },
        base: Array(repeating: 0, count: counts.count), isHistogram: true,
        integerHeights: counts.allSatisfy { $0 == $0.rounded() }, style: style))
  }
}

/// Where the bins of a histogram begin and end.
enum HistogramEdges {
  /// Round edges, as many as Freedman and Diaconis or Sturges ask for, whichever gives more.
  static func automatic(_ sorted: [Double], isInteger: Bool) -> [Double] {
    guard let low = sorted.first, let high = sorted.last else { return [0, 1] }
    let span = Span(low, high)
    guard !span.isConstant else { return [span.low - 0.5, span.low + 0.5] }
    let count = Double(sorted.count)
    let quartiles = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
    let width = 2 * quartiles / Numeral.cubeRoot(count)
    let sturges = span.length / (Numeral.logarithm(count) / Numeral.logarithm(2) + 1)
    var wanted = width > 0 ? min(width, sturges) : sturges
    wanted = max(wanted, span.length / 200)
    if isInteger { wanted = max(wanted, 1) }
    let power = Numeral.exponent(of: wanted)
    let scaled = Numeral.scaled(wanted, by: -power)
    let factor = [1, 2, 2.5, 5, 10].first { $0 >= scaled * (1 - 1e-9) } ?? 10
    var step = Numeral.scaled(factor, by: power)
    if isInteger { step = max(1, step.rounded()) }
    // Whole numbers stand in the middle of their bin.
    let shift = isInteger && step == 1 ? 0.5 : 0
    let first = ((span.low + shift) / step).rounded(.down)
    let last = max(first + 1, ((span.high + shift) / step).rounded(.down) + 1)
    let total = min(1000, Int(exactly: last - first) ?? 1)
    return (0...total).map { (first + Double($0)) * step - shift }
  }

  /// A given number of bins from the smallest to the largest number.
  static func equal(_ sorted: [Double], _ count: Int) -> [Double] {
    var span = Span(sorted.first ?? 0, sorted.last ?? 1)
    if span.isConstant { span = Span(span.low - 0.5, span.low + 0.5) }
    return (0...count).map { span.low + span.length * (Double($0) / Double(count)) }
  }

  /// How many numbers lie in each bin; the last bin includes its right edge.
  static func counts(_ sorted: [Double], _ edges: [Double]) -> [Double] {
    var counts = Array(repeating: 0.0, count: max(0, edges.count - 1))
    var bin = 0
    for number in sorted {
      guard let first = edges.first, number >= first else { continue }
      while bin < counts.count - 1, number >= edges[bin + 1] { bin += 1 }
      if !counts.isEmpty, number <= edges[bin + 1] { counts[bin] += 1 }
    }
    return counts
  }
}
