import Catalog

extension PlotSpec {
  static let axhline = rule("axhline", "y", horizontal: true)
  static let axvline = rule("axvline", "x", horizontal: false)
  static let axhspan = band("axhspan", "y", horizontal: true)
  static let axvspan = band("axvspan", "x", horizontal: false)

  private static func rule(_ name: String, _ axis: String, horizontal: Bool) -> PlotSpec {
    PlotSpec(
      Entry(
        name, [.optional(axis, .float, default: "0")] + Parameter.lineStyle, group: "Plots",
        summary: "Draws a thin line across the whole plot at one \(axis).",
        examples: [Example("plot([1, 3, 2]) + \(name)(2, linestyle=\"--\")")])
    ) { arguments throws(PlotError) in
      var style = try arguments.style()
      style.color = style.color ?? .ink(.black)
      return Figure(
        RuleMark(
          value: try arguments.number(axis) ?? 0, isHorizontal: horizontal, style: style))
    }
  }

  private static func band(_ name: String, _ axis: String, horizontal: Bool) -> PlotSpec {
    let (low, high) = (axis + "min", axis + "max")
    return PlotSpec(
      Entry(
        name,
        [
          .required(low, .float), .required(high, .float), .keyword("label", .string),
          .keyword("color", .color), .keyword("alpha", .float, default: "0.2"),
        ], group: "Plots",
        summary: "Tints the whole plot between two values of \(axis).",
        examples: [Example("plot([1, 3, 2]) + \(name)(1, 2)")])
    ) { arguments throws(PlotError) in
      var style = SeriesStyle()
      style.label = try arguments.label("label")
      style.color = try arguments.paint("color")
      style.alpha = try arguments.number("alpha", in: 0...1, "a share of 0 to 1")
      return Figure(
        BandMark(
          low: try arguments.number(low) ?? 0, high: try arguments.number(high) ?? 0,
          isHorizontal: horizontal, style: style))
    }
  }
}
