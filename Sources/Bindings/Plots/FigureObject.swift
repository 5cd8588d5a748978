import Catalog
import Platform
import Plots
import Runtime
import Syntax

/// A figure as a value of the language: immutable, combined with `+`, `|` and `/`.
final class FigureObject: Object {
  let figure: Figure

  init(_ figure: Figure) {
    self.figure = figure
    super.init()
  }

  override var typeName: String { "figure" }

  override func binary(
    _ op: BinaryOperator, _ other: Value, reflected: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> Value? {
    guard case .object(let object) = other, let right = object as? FigureObject, !reflected else {
      return nil
    }
    let (first, second) = (figure, right.figure)
    let result: Figure
    switch op {
    case .add:
      result = try interpreter.plots { () throws(PlotError) in try first.overlaid(with: second) }
    case .or:
      result = try interpreter.plots { () throws(PlotError) in try first.beside(second) }
    case .divide:
      result = try interpreter.plots { () throws(PlotError) in try first.above(second) }
    default: return nil
    }
    return .object(FigureObject(result))
  }

  override func representation(_ interpreter: Interpreter) throws(Fault) -> String {
    try summary(interpreter)
  }

  private func summary(_ interpreter: Interpreter) throws(Fault) -> String {
    let figure = figure
    return try interpreter.drawing(isLong: !figure.isQuicklyDrawn) { figure.summary }
  }

  /// In a terminal the figure is drawn in characters; elsewhere the text is its summary.
  override func bundle(_ interpreter: Interpreter) throws(Fault) -> MimeBundle {
    let figure = figure
    let text: String
    if case .terminal(let terminal) = interpreter.host.target {
      let style = TerminalStyle(terminal)
      text = try interpreter.drawing(isLong: !figure.isQuicklyDrawn) { figure.terminal(style) }
    } else {
      text = try summary(interpreter)
    }
    return MimeBundle(type: "image/svg+xml", try interpreter.svg(figure), text: text)
  }

  /// The cell is the figure: figures that stand alone are gathered and shown when it ends.
  override func stoodAlone(_ interpreter: Interpreter) throws(Fault) -> Bool {
    let workbench = try Workbench.of(interpreter)
    try interpreter.plots { () throws(PlotError) in try workbench.figures.add(figure) }
    return true
  }

  override var attributeNames: [String] { Self.methods.map(\.entry.name).sorted() }

  override func attributeEntry(_ name: String) -> Entry? {
    Self.methods.first { $0.entry.name == name }?.entry
  }

  override func attribute(_ name: String, _ interpreter: Interpreter) throws(Fault) -> Value? {
    Self.methods.first { $0.entry.name == name }.map {
      .object(BoundMethodObject(.object(self), $0))
    }
  }

  static let methods: [Method] = [
    save("save"), save("savefig"),
    Method(
      Entry(
        "svg", kind: .method(of: "figure"), summary: "The figure as SVG text.",
        examples: [Example("plot([1, 2]).svg().startswith(\"<svg\")", prints: "True")]),
      .zero { receiver, interpreter throws(Fault) in
        .string(try interpreter.svg(try figure(receiver)))
      }),
    Method(
      Entry(
        "show", kind: .method(of: "figure"), summary: "Shows the figure now, by itself.",
        examples: [Example("f = plot([1, 2])\nf.show()")]),
      .zero { receiver, interpreter throws(Fault) in
        let bundle = try FigureObject(try figure(receiver)).bundle(interpreter)
        interpreter.host.display(bundle, id: nil, update: false)
        return .none
      }),
  ]

  private static func save(_ name: String) -> Method {
    Method(
      Entry(
        name,
        [
          .positional("path", .path),
          .keyword("theme", .string, default: "\"light\"", choices: ["light", "dark", "auto"]),
        ],
        kind: .method(of: "figure"),
        summary: "Writes the figure as an SVG file below the working directory.",
        examples: [Example("f = plot([1, 2])\nf.\(name)(\"line.svg\")")]),
      .bound { receiver, arguments, interpreter throws(Fault) in
        try PlotBuiltins.save(
          try figure(receiver), to: arguments[0] ?? .none, theme: arguments[1], as: name,
          interpreter)
        return .none
      })
  }

  private static func figure(_ value: Value) throws(Fault) -> Figure {
    guard case .object(let object) = value, let figure = object as? FigureObject else {
      throw .internal("a figure method without a figure")
    }
    return figure.figure
  }
}

extension TerminalStyle {
  /// The style of a display in a terminal.
  init(_ terminal: TerminalDisplay) {
    let colors: Colors =
      switch terminal.colors {
      case .none: .none
      case .sixteen: .ansi16
      case .palette: .ansi256
      case .full: .truecolor
      }
    self.init(
      columns: terminal.columns, rows: terminal.rows, colors: colors, unicode: terminal.unicode)
  }
}
