import Catalog

/// The functions that say something about a figure: each makes one without marks.
enum DecorationTable {
  static let all: [PlotSpec] = [
    figure, title, xlabel, ylabel, legend, xlim, ylim, xticks, yticks, grid, xscale, yscale,
    colorbar,
  ]

  private static func decoration(
    _ name: String, _ parameters: [Parameter], _ summary: String, _ example: String,
    aliases: [String] = [],
    body: @escaping @Sendable (Arguments, inout PanelAttributes) throws(PlotError) -> Void
  ) -> PlotSpec {
    PlotSpec(
      Entry(name, parameters, group: "Plots", summary: summary, examples: [Example(example)]),
      aliases: aliases
    ) { arguments throws(PlotError) in
      var attributes = PanelAttributes()
      try body(arguments, &attributes)
      return Figure(decoration: attributes)
    }
  }

  static let figure = PlotSpec(
    Entry(
      "figure", [.optional("num"), .keyword("figsize", .tuple)], group: "Plots",
      summary: """
        Starts a new figure in this cell; `figsize` is its width and height in units of 80 pixels.
        """,
      examples: [Example("figure(figsize=(12, 5))\nplot([1, 3, 2])")])
  ) { arguments throws(PlotError) in
    var result = Figure(decoration: PanelAttributes())
    result.startsGroup = true
    if let pair = try arguments.pair("figsize") {
      guard let width = pair.0, let height = pair.1, (1...50).contains(width),
        (1...50).contains(height)
      else {
        throw .badValue(
          function: "figure", argument: "figsize", expected: "two numbers from 1 to 50",
          received: "(\(pair.0.map(Numeral.short) ?? "None"), "
            + "\(pair.1.map(Numeral.short) ?? "None"))")
      }
      result.size = FigureSize(width: width, height: height)
    }
    return result
  }

  static let title = decoration(
    "title", [.required("label", .string)], "Writes a title above the figure.",
    "plot([1, 3, 2]) + title(\"Loss\")"
  ) { arguments, attributes throws(PlotError) in
    attributes.title = try arguments.label("label")
  }

  static let xlabel = decoration(
    "xlabel", [.required("label", .string)], "Names the x axis.",
    "plot([1, 3, 2]) + xlabel(\"epoch\")"
  ) { arguments, attributes throws(PlotError) in
    attributes.xLabel = try arguments.label("label")
  }

  static let ylabel = decoration(
    "ylabel", [.required("label", .string)], "Names the y axis.",
    "plot([1, 3, 2]) + ylabel(\"loss\")"
  ) { arguments, attributes throws(PlotError) in
    attributes.yLabel = try arguments.label("label")
  }

  private static let corners = [
    "best", "upper left", "upper right", "lower left", "lower right",
  ]

  static let legend = decoration(
    "legend", [.keyword("loc", .string, choices: corners)],
    """
    Names the series in a row under the title, or with `loc` in a box in that corner. Without it \
    up to six lines are named at their right ends.
    """,
    "plot([1, 3, 2], label=\"loss\") + legend(loc=\"upper right\")"
  ) { arguments, attributes throws(PlotError) in
    attributes.legend = .automatic
    if let corner = try arguments.choice("loc", corners), corner != "best" {
      attributes.legend = .box(
        top: corner.hasPrefix("upper"), right: corner.hasSuffix("right"))
    }
  }

  static let xlim = limits("xlim", \.xLimits)
  static let ylim = limits("ylim", \.yLimits)

  private static func limits(
    _ name: String, _ path: any WritableKeyPath<PanelAttributes, Limits?> & Sendable
  ) -> PlotSpec {
    decoration(
      name, [.optional("left"), .optional("right")],
      "Sets the ends of the \(name.prefix(1)) axis: \(name)(0, 1) or \(name)((0, 1)).",
      "plot([1, 3, 2]) + \(name)(0, 4)"
    ) { arguments, attributes throws(PlotError) in
      var ends = Limits()
      if case .some(.number) = arguments["left"] {
        ends.low = try arguments.number("left")
      } else if let pair = try arguments.pair("left") {
        ends = Limits(low: pair.0, high: pair.1)
      }
      if let high = try arguments.number("right") { ends.high = high }
      let given = [ends.low, ends.high].compactMap { $0 }
      guard given.allSatisfy(\.isFinite), given.count < 2 || given[0] < given[1] else {
        throw .badValue(
          function: name, argument: "right", expected: "finite ends, the lower one first",
          received: given.map(Numeral.short).joined(separator: " and "))
      }
      attributes[keyPath: path] = ends
    }
  }

  static let xticks = ticks("xticks", \.xTicks)
  static let yticks = ticks("yticks", \.yTicks)

  private static func ticks(
    _ name: String, _ path: any WritableKeyPath<PanelAttributes, TickChoice?> & Sendable
  ) -> PlotSpec {
    decoration(
      name, [.required("ticks", .tensor), .optional("labels", .list)],
      "Puts the ticks of the \(name.prefix(1)) axis at given places; an empty list removes them.",
      "plot([1, 3, 2]) + \(name)([1, 2], [\"one\", \"two\"])"
    ) { arguments, attributes throws(PlotError) in
      let places = try arguments.series("ticks")?.values ?? []
      guard places.count <= 1000 else {
        throw .tooLarge(function: name, what: "ticks", limit: 1000)
      }
      var choice = TickChoice(places: places)
      switch arguments["labels"] {
      case nil: break
      case .some(.texts(let texts)): choice.labels = texts.map(Arguments.bounded)
      case .some(.numbers(let numbers)): choice.labels = numbers.values.map(Numeral.short)
      case .some(let value): throw arguments.wrongType("labels", "a list of strings", value)
      }
      if let labels = choice.labels, labels.count != places.count {
        throw .lengthsDiffer(
          function: name, left: "ticks", leftShape: [places.count], right: "labels",
          rightShape: [labels.count])
      }
      attributes[keyPath: path] = choice
    }
  }

  static let grid = decoration(
    "grid",
    [
      .optional("visible", .bool, default: "True"),
      .keyword("axis", .string, default: "\"both\"", choices: ["both", "x", "y"]),
    ],
    "Draws lines across the plot at the ticks, or with False draws none.",
    "plot([1, 3, 2]) + grid(False)"
  ) { arguments, attributes throws(PlotError) in
    let axis = try arguments.choice("axis", ["both", "x", "y"]) ?? "both"
    let isVisible = try arguments.flag("visible") ?? true
    attributes.grid = !isVisible ? GridLines.none : axis == "x" ? .x : axis == "y" ? .y : .both
  }

  static let xscale = scale("xscale", \.xScale)
  static let yscale = scale("yscale", \.yScale)

  private static func scale(
    _ name: String, _ path: any WritableKeyPath<PanelAttributes, ScaleKind?> & Sendable
  ) -> PlotSpec {
    decoration(
      name, [Parameter("value", .string, choices: ["linear", "log"])],
      "Lays the \(name.prefix(1)) axis out by differences (\"linear\") or by ratios (\"log\").",
      "plot([1, 30, 200]) + \(name)(\"log\")"
    ) { arguments, attributes throws(PlotError) in
      attributes[keyPath: path] = try arguments.choice("value", ["linear", "log"])
        .flatMap(ScaleKind.init)
    }
  }

  static let colorbar = decoration(
    "colorbar", [], "Adds a bar that explains the colours of a picture.",
    "imshow([[1, 2], [3, 4]]) + colorbar()"
  ) { _, attributes in
    attributes.colorBar = true
  }
}
