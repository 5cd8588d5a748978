import Catalog
import Platform
import Plots
import Runtime
import Tensors

/// The plot functions as builtins, made from their records, and those that act on figures.
enum PlotBuiltins {
  static let all: [Builtin] =
    PlotTable.all.flatMap { spec in
      ([spec.entry.name] + spec.aliases).map { name in
        Builtin(
          Entry(
            name, spec.entry.parameters, kind: spec.entry.kind, group: spec.entry.group,
            summary: spec.entry.summary, examples: spec.entry.examples),
          .raw { arguments, interpreter throws(Fault) in
            try draw(spec, arguments, interpreter)
          },
          refuses: { spec.refusal(ofKeyword: $0).map { Fault($0) } })
      }
    } + [show, savefig, describe] + ["ion", "ioff", "tight_layout"].map(nothing)

  private static func draw(_ spec: PlotSpec, _ arguments: Arguments, _ interpreter: Interpreter)
    throws(Fault) -> Value
  {
    var positional: [PlotArgument] = []
    for value in arguments.positional { positional.append(try argument(value, interpreter)) }
    var named: [(name: String, value: PlotArgument)] = []
    for (name, value) in arguments.named {
      named.append((name: name, value: try argument(value, interpreter)))
    }
    let (values, keywords) = (positional, named)
    let isLong = values.contains(where: \.isLong) || keywords.contains { $0.value.isLong }
    let made = try interpreter.drawing(isLong: isLong) { () -> Result<Figure, PlotError> in
      do throws(PlotError) { return .success(try spec.make(values, keywords: keywords)) } catch {
        return .failure(error)
      }
    }
    let figure = try interpreter.plots { () throws(PlotError) in try made.get() }
    return .object(FigureObject(figure))
  }

  /// A value of the language as the plots read it.
  static func argument(_ value: Value, _ interpreter: Interpreter, depth: Int = 0) throws(Fault)
    -> PlotArgument
  {
    guard depth < 32 else { throw Fault.value("a list nests too deeply to be drawn") }
    switch value {
    case .none: return .none
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .number(Double(number), isInteger: true)
    case .float(let number): return .number(number, isInteger: false)
    case .object(let object):
      if let text = value.stringText { return .text(text) }
      if let figure = object as? FigureObject { return .figure(figure.figure) }
      if let tensor = object as? TensorObject { return try array(tensor.tensor, interpreter) }
      if let parameter = object as? ParameterObject {
        return try array(parameter.parameter.value, interpreter)
      }
      if object.kind == .host, let scalar = try object.scalar(interpreter) {
        return try argument(scalar, interpreter, depth: depth + 1)
      }
      if value.sequenceElements != nil || object.kind == .range {
        var items: [PlotArgument] = []
        for (index, element) in try interpreter.elements(of: value).enumerated() {
          if index & 0xFFFF == 0 { try interpreter.checkInterruption() }
          items.append(try argument(element, interpreter, depth: depth + 1))
        }
        return PlotArgument.sequence(items)
      }
      return .other(typeName: interpreter.typeName(value))
    }
  }

  private static func array(_ tensor: Tensor, _ interpreter: Interpreter) throws(Fault)
    -> PlotArgument
  {
    let context = try Workbench.of(interpreter).tensors
    let values = try interpreter.tensors { () throws(TensorError) in try tensor.doubles(context) }
    if tensor.rank == 0, let value = values.first {
      return .number(value, isInteger: !tensor.dtype.isFloating)
    }
    return .numbers(
      PlotArray(
        shape: tensor.shape.extents, values: values, isInteger: !tensor.dtype.isFloating))
  }

  static let show = Builtin(
    Entry(
      "show", [.variadic("figures", .figure)], group: "Plots",
      summary: """
        Shows the given figures, or those that the cell has gathered so far; what is drawn after it \
        starts a new figure.
        """, examples: [Example("f = plot([1, 2])\nshow(f)")]),
    .bound { arguments, interpreter throws(Fault) in
      let workbench = try Workbench.of(interpreter)
      guard !arguments.rest.isEmpty else {
        workbench.figures.show()
        try workbench.showFinished()
        return .none
      }
      for value in arguments.rest {
        guard case .object(let object) = value, object is FigureObject else {
          throw Fault.type("show() expected figures; received '\(interpreter.typeName(value))'")
        }
        interpreter.host.display(try object.bundle(interpreter), id: nil, update: false)
      }
      return .none
    })

  static let savefig = Builtin(
    Entry(
      "savefig",
      [
        .positional("path", .path),
        .keyword("theme", .string, default: "\"light\"", choices: ["light", "dark", "auto"]),
      ],
      group: "Plots",
      summary: "Writes the figure that the cell has gathered so far as an SVG file.",
      examples: [Example("plot([1, 2])\nsavefig(\"line.svg\")")]),
    .bound { arguments, interpreter throws(Fault) in
      var gathered = try Workbench.of(interpreter).figures
      guard let figure = gathered.finish().last else {
        throw Fault.value(
          "savefig(): the cell has drawn nothing yet",
          help: "draw first, or save a figure: f = plot(y); f.save(\"a.svg\")")
      }
      try save(
        figure, to: arguments[0] ?? .none, theme: arguments[1], as: "savefig", interpreter)
      return .none
    })

  static let describe = Builtin(
    Entry(
      "describe", [.positional("figure", .figure)], group: "Plots",
      summary: "What a figure shows, in words.",
      examples: [Example("type(describe(plot([1, 2, 3])))", prints: "\"string\"")]),
    .one { value, interpreter throws(Fault) in
      guard case .object(let object) = value, let figure = object as? FigureObject else {
        throw Fault.type(
          "describe() expected a figure; received '\(interpreter.typeName(value))'")
      }
      let shown = figure.figure
      return .string(
        try interpreter.drawing(isLong: !shown.isQuicklyDrawn) { shown.description })
    })

  private static func nothing(_ name: String) -> Builtin {
    Builtin(
      Entry(
        name, [.variadic("arguments"), .keywordVariadic("options")], group: "Plots",
        summary: "Does nothing: it is there so that code written for matplotlib runs.",
        examples: [Example("plt.\(name)()")]),
      .bound { _, _ in .none })
  }

  /// Writes a figure as an SVG file; faults name the function that was called.
  static func save(
    _ figure: Figure, to path: Value, theme: Value?, as function: String,
    _ interpreter: Interpreter
  ) throws(Fault) {
    guard let path = path.stringText else {
      throw Fault.type(
        "\(function)() expected a path; received '\(interpreter.typeName(path))'")
    }
    guard path.lowercased().hasSuffix(".svg") else {
      throw Fault.value(
        "\(function)(): figures are written as SVG", help: "give a name that ends in .svg")
    }
    let name = theme?.stringText ?? "light"
    guard let theme = Theme(rawValue: name) else {
      throw Fault.value(
        "\(function)() theme: expected light, dark or auto; received '\(name)'")
    }
    let text = try interpreter.svg(figure, theme: theme, file: true)
    do throws(FileError) {
      try interpreter.host.files.write(text, to: path)
    } catch { throw Fault("OSError", error.description, help: error.help) }
  }
}
