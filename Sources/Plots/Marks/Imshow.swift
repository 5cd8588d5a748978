import Catalog

extension PlotSpec {
  static let imshow = grid(
    "imshow", isImage: true,
    summary: """
      Shows a matrix as a picture: square cells, the first row at the top. Pictures in one figure \
      share one colour scale: a single hue for numbers within 0 to 1, else viridis.
      """)

  static let heatmap = grid(
    "heatmap", isImage: false,
    summary: """
      Shows a matrix as coloured cells that fill the plot, with a colour bar: two hues about zero \
      for numbers of both signs, one hue for numbers within 0 to 1, else viridis.
      """)

  private static func grid(_ name: String, isImage: Bool, summary: String) -> PlotSpec {
    let maps = ColorMap.allCases.map(\.rawValue)
    return PlotSpec(
      Entry(
        name,
        [
          .required("X", .tensor), .optional("cmap", .string, choices: maps),
          .keyword("vmin", .float), .keyword("vmax", .float),
          .keyword(
            "aspect", .string, default: isImage ? "\"equal\"" : "\"auto\"",
            choices: ["equal", "auto"]),
          .keyword("origin", .string, default: "\"upper\"", choices: ["upper", "lower"]),
          .keyword("interpolation", .string, choices: ["nearest", "none"]),
        ],
        group: "Plots", summary: summary, examples: [Example("\(name)([[0, 1], [1, 0]])")])
    ) { arguments throws(PlotError) in
      guard let data = try arguments.array("X") else {
        throw .missingArgument(function: name, name: "X")
      }
      let array = data.shape.count > 2 ? data.trimmed : data
      guard array.shape.count <= 2 else {
        throw .wrongRank(
          function: name, argument: "X", expected: "a matrix", shape: data.shape)
      }
      guard array.values.count <= GridMark.maximumCells else {
        throw .tooLarge(function: name, what: "cells", limit: GridMark.maximumCells)
      }
      let isRow = array.shape.count == 1
      var mark = GridMark(
        rows: isRow ? 1 : array.shape[0], columns: isRow ? array.shape[0] : array.shape[1],
        values: array.values)
      mark.isImage = isImage
      mark.map = try arguments.choice("cmap", maps).flatMap(ColorMap.init)
      mark.limits = Limits(low: try arguments.number("vmin"), high: try arguments.number("vmax"))
      mark.keepsAspect =
        try arguments.choice("aspect", ["equal", "auto"])
        .map { $0 == "equal" } ?? isImage
      mark.originUpper = try arguments.choice("origin", ["upper", "lower"]) != "lower"
      _ = try arguments.choice("interpolation", ["nearest", "none"])
      var attributes = PanelAttributes()
      if !isImage { attributes.colorBar = true }
      return Figure(mark, attributes)
    }
  }
}

extension PlotArray {
  /// The array without leading and trailing axes of extent 1, down to two axes.
  fileprivate var trimmed: PlotArray {
    var shape = shape
    while shape.count > 2, shape.first == 1 { shape.removeFirst() }
    while shape.count > 2, shape.last == 1 { shape.removeLast() }
    return PlotArray(shape: shape, values: values, isInteger: isInteger)
  }
}
