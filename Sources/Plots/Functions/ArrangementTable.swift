import Catalog

/// The functions that put figures beside each other.
enum ArrangementTable {
  static let all: [PlotSpec] = [row, column, subplots]

  static let row = PlotSpec(
    Entry(
      "row", [.variadic("figures", .figure)], group: "Plots",
      summary: "Puts figures side by side, as `f | g` does.",
      examples: [Example("row(plot([1, 2]), plot([2, 1]))")])
  ) { arguments throws(PlotError) in
    try joined(arguments) { left, right throws(PlotError) in try left.beside(right) }
  }

  static let column = PlotSpec(
    Entry(
      "column", [.variadic("figures", .figure)], group: "Plots",
      summary: "Stacks figures, as `f / g` does; equal x axes are labelled once, below.",
      examples: [Example("column(plot([1, 2]), plot([2, 1]))")])
  ) { arguments throws(PlotError) in
    try joined(arguments) { upper, lower throws(PlotError) in try upper.above(lower) }
  }

  static let subplots = PlotSpec(
    Entry(
      "subplots",
      [
        .optional("nrows", .int, default: "1"), .optional("ncols", .int, default: "1"),
        .optional("figures", .list, default: "[]"), .keyword("sharex", .bool, default: "False"),
        .keyword("sharey", .bool, default: "False"), .keyword("figsize", .tuple),
      ],
      group: "Plots",
      summary: """
        Puts figures on a grid of rows and columns, in the order of reading. `sharex` and \
        `sharey` give the panels of a column or of a row one range.
        """,
      examples: [Example("subplots(1, 2, [imshow([[0, 1]]), imshow([[1, 0]])])")])
  ) { arguments throws(PlotError) in
    let bounds = 1...Figure.maximumSide
    let rows = try arguments.count("nrows", in: bounds) ?? 1
    let columns = try arguments.count("ncols", in: bounds) ?? 1
    guard let list = arguments["figures"] else {
      throw .missingArgument(function: "subplots", name: "figures")
    }
    var result = try Figure.grid(
      rows: rows, columns: columns, figures(in: [list], arguments, "figures"))
    result.shareX = try arguments.flag("sharex") == true ? .always : .never
    result.shareY = try arguments.flag("sharey") == true ? .always : .never
    if let pair = try arguments.pair("figsize"), let width = pair.0, let height = pair.1,
      (1...50).contains(width), (1...50).contains(height)
    {
      result.size = FigureSize(width: width, height: height)
    }
    return result
  }

  private static func joined(
    _ arguments: Arguments, _ join: (Figure, Figure) throws(PlotError) -> Figure
  ) throws(PlotError) -> Figure {
    let all = try figures(in: arguments.rest, arguments, "figures")
    guard var result = all.first else {
      throw .missingArgument(function: arguments.function, name: "figures")
    }
    for next in all.dropFirst() { result = try join(result, next) }
    return result
  }

  /// The figures among arguments, those of lists included.
  private static func figures(
    in values: [PlotArgument], _ arguments: Arguments, _ name: String
  ) throws(PlotError) -> [Figure] {
    var figures: [Figure] = []
    for value in values {
      switch value {
      case .figure(let figure): figures.append(figure)
      case .list(let items):
        for item in items {
          guard case .figure(let figure) = item else {
            throw arguments.wrongType(name, "figures", item)
          }
          figures.append(figure)
        }
      case .numbers(let array) where array.values.isEmpty: break
      default: throw arguments.wrongType(name, "figures", value)
      }
    }
    return figures
  }
}
