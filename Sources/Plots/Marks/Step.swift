import Catalog

extension PlotSpec {
  static let step = PlotSpec(
    Entry(
      "step",
      [.variadic("args"), .keyword("where", .string, default: "\"mid\"", choices: places)]
        + Parameter.lineStyle,
      group: "Plots",
      summary: """
        Draws a line that holds each value and changes at once: half way to the next point \
        ("mid"), at the earlier point ("pre") or at the later one ("post").
        """,
      examples: [Example("step([0, 1, 1, 0], label=\"target\")")])
  ) { arguments throws(PlotError) in
    let place = try arguments.choice("where", places).flatMap(StepPlace.init) ?? .mid
    return Figure(marks: try SeriesGroup.marks(of: arguments, step: place))
  }

  private static let places = StepPlace.allCases.map(\.rawValue)
}
