import Catalog

extension PlotSpec {
  static let plot = lines(
    "plot",
    summary: """
      Draws lines through points: plot(y), plot(x, y), plot(x, y, "r--"), and several series in one \
      call. A matrix draws one line per column. A format is a colour (b r g m y c k w), a marker \
      (. o s ^ v x + * D) and a line (- -- : -.) in any order.
      """,
    example: "plot([1, 3, 2], \"r-\", label=\"loss\")")

  static let semilogy = lines(
    "semilogy",
    summary: """
      Draws lines as plot does, over a logarithmic y axis; values that are not positive are gaps.
      """,
    example: "semilogy([1.0, 0.1, 0.01])", yScale: .log)

  static let semilogx = lines(
    "semilogx",
    summary: """
      Draws lines as plot does, over a logarithmic x axis; values that are not positive are gaps.
      """,
    example: "semilogx([1, 10, 100], [3, 2, 1])", xScale: .log)

  static let loglog = lines(
    "loglog",
    summary: """
      Draws lines as plot does, over two logarithmic axes; values that are not positive are gaps.
      """,
    example: "loglog([1, 10, 100], [1, 100, 10000])", xScale: .log, yScale: .log)

  /// A function of the `plot` family.
  private static func lines(
    _ name: String, summary: String, example: String, xScale: ScaleKind? = nil,
    yScale: ScaleKind? = nil
  ) -> PlotSpec {
    PlotSpec(
      Entry(
        name, [.variadic("args")] + Parameter.lineStyle, group: "Plots", summary: summary,
        examples: [Example(example)])
    ) { arguments throws(PlotError) in
      let marks = try SeriesGroup.marks(of: arguments, step: nil)
      var attributes = PanelAttributes()
      attributes.xScale = xScale
      attributes.yScale = yScale
      return Figure(marks: marks, attributes)
    }
  }
}

/// The `y`, the `x, y` or the `x, y, format` of one group of a call to `plot`.
struct SeriesGroup {
  var x: PlotArray?
  var y: PlotArray
  var format: FormatString?

  /// Splits positional arguments into groups, as matplotlib does.
  static func all(of arguments: Arguments) throws(PlotError) -> [SeriesGroup] {
    var groups: [SeriesGroup] = []
    var rest = arguments.rest[...]
    while let first = rest.popFirst() {
      let leading = try arguments.array(first, groups.isEmpty ? "y" : "x")
      var group = SeriesGroup(y: leading)
      if let next = rest.first {
        if case .text = next {
        } else {
          group = SeriesGroup(x: leading, y: try arguments.array(next, "y"))
          rest.removeFirst()
        }
      }
      if case .some(.text(let text)) = rest.first {
        group.format = try FormatString(text, function: arguments.function)
        rest.removeFirst()
      }
      groups.append(group)
    }
    guard !groups.isEmpty else {
      throw .missingArgument(function: arguments.function, name: "y")
    }
    return groups
  }

  /// The lines of all groups of a call.
  static func marks(of arguments: Arguments, step: StepPlace?) throws(PlotError) -> [any Mark] {
    var marks: [any Mark] = []
    for group in try all(of: arguments) { marks += try group.lines(arguments, step: step) }
    return marks
  }

  /// Columns beyond this are more likely rows by mistake than lines.
  private var maximumColumns: Int { 1000 }

  /// The lines of the group: one, or one for each column of a matrix.
  func lines(_ arguments: Arguments, step: StepPlace?) throws(PlotError) -> [any Mark] {
    let style = try arguments.style(format: format)
    let function = arguments.function
    let y = self.y.shape.count == 2 && self.y.shape[1] > 1 ? self.y : self.y.squeezed
    guard y.shape.count <= 2 else {
      throw .wrongRank(
        function: function, argument: "y", expected: "one or two axes", shape: self.y.shape)
    }
    let columns = y.shape.count == 2 ? y.shape[1] : 1
    let count = y.shape[0]
    guard columns <= maximumColumns else {
      throw .tooLarge(
        function: function, what: "columns, which are drawn as lines", limit: maximumColumns)
    }
    let x =
      self.x?.squeezed
      ?? PlotArray(
        shape: [count], values: (0..<count).map(Double.init), isInteger: true)
    guard x.shape.count == 1 else {
      throw .wrongRank(
        function: function, argument: "x", expected: "one axis of numbers", shape: x.shape)
    }
    guard x.values.count == count else {
      throw .lengthsDiffer(
        function: function, left: "x", leftShape: self.x?.shape ?? x.shape, right: "y",
        rightShape: self.y.shape)
    }
    return (0..<columns).map { column in
      var own = style
      if columns > 1, let label = style.label { own.label = "\(label) \(column)" }
      return LineMark(
        x: x.values, y: columns == 1 ? y.values : y.column(column, of: columns), style: own,
        step: step, integerX: x.isInteger, integerY: y.isInteger)
    }
  }
}
