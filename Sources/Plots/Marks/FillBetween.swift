import Catalog

extension PlotSpec {
  static let fillBetween = PlotSpec(
    Entry(
      "fill_between",
      [
        .required("x", .tensor), .required("y1", .tensor),
        .optional("y2", .tensor, default: "0"), .keyword("label", .string),
        .keyword("color", .color), .keyword("alpha", .float, default: "0.2"),
      ],
      group: "Plots", summary: "Tints the ground between two lines over the same x.",
      examples: [Example("fill_between([0, 1, 2], [1, 2, 1], [2, 4, 3])")])
  ) { arguments throws(PlotError) in
    guard let x = try arguments.series("x"), let first = try arguments.series("y1") else {
      throw .missingArgument(function: "fill_between", name: "y1")
    }
    let second = try arguments.series("y2") ?? PlotArray(shape: [1], values: [0])
    func spread(_ array: PlotArray, _ name: String) throws(PlotError) -> [Double] {
      if array.values.count == x.values.count { return array.values }
      guard array.values.count == 1 else {
        throw .lengthsDiffer(
          function: "fill_between", left: "x", leftShape: x.shape, right: name,
          rightShape: array.shape)
      }
      return Array(repeating: array.values[0], count: x.values.count)
    }
    var style = SeriesStyle()
    style.label = try arguments.label("label")
    style.color = try arguments.paint("color")
    style.alpha = try arguments.number("alpha", in: 0...1, "a share of 0 to 1")
    return Figure(
      AreaMark(
        x: x.values, upper: try spread(first, "y1"), lower: try spread(second, "y2"),
        integerX: x.isInteger, style: style))
  }
}
