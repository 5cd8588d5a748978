import Catalog

extension PlotSpec {
  static let bar = bars("bar", horizontal: false, example: "bar([\"a\", \"b\"], [3, 5])")
  static let barh = bars("barh", horizontal: true, example: "barh([\"a\", \"b\"], [3, 5])")

  private static func bars(_ name: String, horizontal: Bool, example: String) -> PlotSpec {
    let (place, length) = horizontal ? ("y", "width") : ("x", "height")
    let (thickness, foot) = horizontal ? ("height", "left") : ("width", "bottom")
    return PlotSpec(
      Entry(
        name,
        [
          .required(place), .optional(length, .tensor),
          .optional(thickness, .float, default: "0.8"),
          .optional(foot, .tensor, default: "0"), .keyword("label", .string),
          .keyword("color", .color), .keyword("alpha", .float),
        ],
        group: "Plots",
        summary: """
          Draws \(horizontal ? "horizontal bars" : "bars") from zero: \(name)(names, values), \
          \(name)(\(place), values) or \(name)(values).
          """,
        examples: [Example(example)])
    ) { arguments throws(PlotError) in
      var names: [String]?
      var places: PlotArray?
      var lengths = try arguments.series(length)
      if case .some(.texts(let texts)) = arguments[place] {
        names = texts.map(Arguments.bounded)
      } else if lengths == nil {
        lengths = try arguments.series(place)
      } else {
        places = try arguments.series(place)
      }
      guard let lengths else { throw .missingArgument(function: name, name: length) }
      let count = lengths.values.count
      let given = names?.count ?? places?.values.count ?? count
      guard given == count else {
        throw .lengthsDiffer(
          function: name, left: place, leftShape: [given], right: length,
          rightShape: lengths.shape)
      }
      let thick = try arguments.number(thickness, in: 0...1e12, "a positive number") ?? 0.8
      let base = try arguments.series(foot)?.values ?? [0]
      guard base.count == 1 || base.count == count else {
        throw .lengthsDiffer(
          function: name, left: foot, leftShape: [base.count], right: length,
          rightShape: lengths.shape)
      }
      var style = SeriesStyle()
      style.label = try arguments.label("label")
      style.color = try arguments.paint("color")
      style.alpha = try arguments.number("alpha", in: 0...1, "a share of 0 to 1")
      return Figure(
        BarMark(
          places: places?.values ?? (0..<count).map(Double.init), heights: lengths.values,
          widths: Array(repeating: thick, count: count),
          base: base.count == count ? base : Array(repeating: base[0], count: count),
          names: names, isHorizontal: horizontal, integerHeights: lengths.isInteger,
          integerPlaces: places?.isInteger ?? true, style: style))
    }
  }
}
