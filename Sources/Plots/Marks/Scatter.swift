import Catalog

extension PlotSpec {
  static let scatter = PlotSpec(
    Entry(
      "scatter",
      [
        .required("x", .tensor), .required("y", .tensor), .optional("s", .float),
        .optional("c", .color), .keyword("label", .string), .keyword("color", .color),
        .keyword("marker", .string, choices: Marker.allCases.map(\.rawValue)),
        .keyword("alpha", .float),
      ],
      group: "Plots",
      summary: """
        Draws a sign at each pair of x and y. `s` is the area of a sign in square points, as in \
        matplotlib; `c` or `color` is one colour for all.
        """,
      examples: [Example("scatter([1, 2, 3], [4, 1, 2])")])
  ) { arguments throws(PlotError) in
    guard let x = try arguments.series("x"), let y = try arguments.series("y") else {
      throw .missingArgument(function: "scatter", name: "x")
    }
    guard x.values.count == y.values.count else {
      throw .lengthsDiffer(
        function: "scatter", left: "x", leftShape: x.shape, right: "y", rightShape: y.shape)
    }
    var style = SeriesStyle()
    style.label = try arguments.label("label")
    style.color = try arguments.paint(arguments["color"] == nil ? "c" : "color")
    style.alpha = try arguments.number("alpha", in: 0...1, "a share of 0 to 1")
    if let text = try arguments.choice("marker", Marker.allCases.map(\.rawValue)) {
      style.marker = Marker(rawValue: text)
    }
    // matplotlib's area in square points, 36 unless given, has its root as diameter.
    let area = try arguments.number("s", in: 0...40_000, "an area of 0 to 40000")
    return Figure(
      ScatterMark(
        x: x.values, y: y.values, integerX: x.isInteger, integerY: y.isInteger,
        size: area.map { $0.squareRoot() } ?? style.marker?.defaultSize ?? 6.5, style: style))
  }
}
