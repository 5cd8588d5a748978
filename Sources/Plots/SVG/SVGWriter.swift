/// Writes a laid-out figure as SVG.
///
/// The text depends on the figure alone. Every shape is complete without CSS; the one style element
/// holds only what changes on dark paper. There are no identifiers, references or clip paths, so
/// that figures stay whole when a page holds several or when a sanitiser has been at them.
struct SVGWriter {
  var palette: Palette
  var body = ""
  /// The lines of a panel of many marks, those of one look as one path; nil elsewhere.
  var merged: [(stroke: Stroke, path: PathBuilder)]?
  /// What each line, each set of markers and each grid may take, so that the whole stays small.
  let budget: SVGBudget

  /// Font families with equal metrics first; those after them hold what the first lack.
  static let fonts =
    "Helvetica Neue,Helvetica,Arial,Liberation Sans,Noto Sans CJK SC,PingFang SC,Microsoft YaHei,"
    + "sans-serif"

  init(_ figure: Figure, _ layout: FigureLayout, theme: Theme) {
    palette = Palette(theme)
    budget = SVGBudget(figure)
    for panel in layout.panels { write(panel) }
    if let title = layout.title {
      let short = TextMeasure.shortened(title, to: layout.width - 24, size: 15, bold: true)
      write(
        PlacedText(
          label: TickLabel(short), x: 12, y: 23, anchor: .start, role: .title,
          whole: short == title ? nil : title))
    }
  }

  private mutating func write(_ panel: PanelLayout) {
    let frame = panel.frame
    writeGrid(panel)
    // Pictures lie under their axis lines; everything else over them.
    let marks = zip(panel.panel.marks, panel.looks)
    let many = panel.panel.marks.count > 40
    merged = many ? [] : nil
    for (mark, look) in marks where mark is GridMark {
      for shape in mark.shapes(in: frame, look) { write(shape, frame, title: nil) }
    }
    writeAxes(panel)
    for (mark, look) in marks where !(mark is GridMark) {
      var title: String?
      if !many, let label = mark.style.label {
        title = label
        if let line = mark as? LineMark { title = label + ": " + line.brief }
      }
      for shape in mark.shapes(in: frame, look) {
        write(shape, frame, title: title)
        title = nil
      }
    }
    for (stroke, path) in merged ?? [] {
      var path = path
      writeStroke(path.finish(), stroke, nil)
    }
    merged = nil
    if let bar = panel.colorBar { write(bar) }
    writeLegend(panel)
    writeTexts(panel.texts)
  }

  private mutating func writeGrid(_ panel: PanelLayout) {
    let frame = panel.frame
    var path = PathBuilder()
    if panel.lines == .y || panel.lines == .both {
      for tick in panel.yAxis.ticks {
        let y = Self.crisp(frame.y.position(tick.value))
        guard y > frame.top - 1, y < frame.bottom - 1 else { continue }
        path.move(to: Point(frame.left, y))
        path.line(to: Point(frame.right, y))
      }
    }
    if panel.lines == .x || panel.lines == .both {
      for tick in panel.xAxis.ticks {
        let x = Self.crisp(frame.x.position(tick.value))
        guard x > frame.left - 1, x < frame.right + 1 else { continue }
        path.move(to: Point(x, frame.top))
        path.line(to: Point(x, frame.bottom))
      }
    }
    let text = path.finish()
    if !text.isEmpty { body += "<path\(palette.attributes(.grid)) fill=\"none\" d=\"\(text)\"/>" }
  }

  /// The middle of the nearest pixel, where a line of one pixel is sharp.
  private static func crisp(_ position: Double) -> Double { position.rounded(.down) + 0.5 }

  private mutating func writeAxes(_ panel: PanelLayout) {
    let frame = panel.frame
    var path = PathBuilder()
    let base = frame.bottom + 0.5
    if panel.hasOutline {
      path.rectangle(
        left: frame.left - 0.5, top: frame.top - 0.5, right: frame.right + 0.5, bottom: base)
      body += "<path\(palette.attributes(.grid)) fill=\"none\" d=\"\(path.finish())\"/>"
      path = PathBuilder()
    } else {
      path.move(to: Point(frame.left, base))
      path.line(to: Point(frame.right, base))
    }
    func mark(_ values: [Double], length: Double) {
      for value in values {
        let x = Self.crisp(frame.x.position(value))
        guard x > frame.left - 1, x < frame.right + 1 else { continue }
        path.move(to: Point(x, base))
        path.line(to: Point(x, base + length))
      }
    }
    if panel.panel.marks.contains(where: { !($0 is BarMark) }), !panel.turnsNames {
      mark(panel.xAxis.ticks.map(\.value), length: 4)
    }
    mark(panel.xAxis.minor, length: 3)
    for value in panel.yAxis.minor {
      let y = Self.crisp(frame.y.position(value))
      guard y > frame.top - 1, y < frame.bottom + 1 else { continue }
      path.move(to: Point(frame.left - 3, y))
      path.line(to: Point(frame.left, y))
    }
    let text = path.finish()
    if !text.isEmpty { body += "<path\(palette.attributes(.axis)) fill=\"none\" d=\"\(text)\"/>" }
  }

  private mutating func write(_ bar: ColorBar) {
    let table = bar.map.table
    let height = bar.bottom - bar.top
    let steps = max(1, min(48, Int(exactly: (height / 3).rounded(.down)) ?? 1))
    body += "<g shape-rendering=\"crispEdges\">"
    // Each step reaches down to the end, so that no seam shows between two.
    for step in 0..<steps {
      let top = (bar.top + height * Double(step) / Double(steps)).rounded()
      let color = table[255 - (step * 255 + 127) / max(1, steps)]
      var path = PathBuilder()
      path.rectangle(
        left: bar.left, top: top, right: bar.left + ColorBar.width, bottom: bar.bottom)
      body += "<path fill=\"\(color.svg)\" d=\"\(path.finish())\"/>"
    }
    body += "</g>"
  }

  // MARK: Words

  private mutating func writeLegend(_ panel: PanelLayout) {
    if let box = panel.legendBox {
      body +=
        "<rect\(palette.attributes(.paper)) fill-opacity=\".88\" x=\"\(Markup.pixels(box.left))\" "
        + "y=\"\(Markup.pixels(box.top))\" width=\"\(Markup.pixels(box.right - box.left))\" "
        + "height=\"\(Markup.pixels(box.bottom - box.top))\" rx=\"3\"/>"
    }
    for entry in panel.legend {
      let middle = Point(entry.x + 9, entry.y)
      switch entry.swatch {
      case .line:
        var path = PathBuilder()
        path.move(to: Point(entry.x, entry.y))
        path.line(to: Point(entry.x + 18, entry.y))
        writeStroke(
          path.finish(), Stroke(paint: entry.look.paint, width: 2, dash: entry.look.dash), nil)
      case .box:
        var path = PathBuilder()
        path.rectangle(
          left: entry.x + 4, top: entry.y - 5, right: entry.x + 14, bottom: entry.y + 5)
        body += "<path\(palette.fill(entry.look.paint)) d=\"\(path.finish())\"/>"
      case .marker(let marker):
        writeMarkers([middle], marker, size: 7, entry.look.paint, opacity: 1, nil)
      }
    }
  }

  /// Writes texts, those of one look as one group.
  private mutating func writeTexts(_ texts: [PlacedText]) {
    var rest = texts[...]
    while let first = rest.first {
      let run = rest.prefix { $0.role == first.role && $0.anchor == first.anchor }
      rest = rest.dropFirst(run.count)
      let isGroup = run.count > 1
      if isGroup { body += "<g\(look(first))>" }
      for text in run { write(text, inGroup: isGroup) }
      if isGroup { body += "</g>" }
    }
  }

  private mutating func look(_ text: PlacedText) -> String {
    var look =
      switch text.role {
      case .title, .panelTitle, .legend: palette.attributes(.text)
      case .axisLabel, .tick, .note: palette.attributes(.muted)
      case .name(let paint): palette.fill(paint)
      }
    if text.size != 11 { look += " font-size=\"\(Markup.pixels(text.size))\"" }
    if text.isBold { look += " font-weight=\"600\"" }
    if text.anchor != .start { look += " text-anchor=\"\(text.anchor.rawValue)\"" }
    return look
  }

  private mutating func write(_ text: PlacedText, inGroup: Bool = false) {
    guard !text.label.text.isEmpty else { return }
    let x = Markup.pixels(text.x)
    let y = Markup.pixels(text.y)
    body += "<text\(inGroup ? "" : look(text)) x=\"\(x)\" y=\"\(y)\""
    if text.isTurned { body += " transform=\"rotate(-35 \(x) \(y))\"" }
    body += ">"
    if let whole = text.whole { body += "<title>\(Markup.escaped(whole))</title>" }
    body += Markup.escaped(text.label.text)
    if !text.label.exponent.isEmpty {
      body += "<tspan dy=\"-4\" font-size=\"\(Markup.pixels(text.size * 0.75))\">"
      body += "\(text.label.exponent)</tspan>"
    }
    body += "</text>"
  }

  // MARK: The whole

  /// The document around what has been written.
  mutating func document(_ figure: Figure, _ layout: FigureLayout, file: Bool) -> String {
    let width = Markup.pixels(layout.width)
    let height = Markup.pixels(layout.height)
    let paper = palette.attributes(.paper)
    let name = Markup.escaped(figure.name)
    var text = file ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" : ""
    text += "<svg xmlns=\"http://www.w3.org/2000/svg\""
    if body.contains("xlink:") { text += " xmlns:xlink=\"http://www.w3.org/1999/xlink\"" }
    text += " viewBox=\"0 0 \(width) \(height)\""
    // JupyterLab cuts wide pictures off unless their size is left to it.
    if file || layout.width <= 720 { text += " width=\"\(width)\" height=\"\(height)\"" }
    text += " role=\"img\" aria-label=\"\(name)\" class=\"ln\""
    text += " font-family=\"\(Self.fonts)\" font-size=\"11\">"
    text += "<title>\(name)</title><desc>\(Markup.escaped(figure.description))</desc>"
    text += palette.style
    text += "<rect\(paper) width=\"\(width)\" height=\"\(height)\"/>"
    return text + body + "</svg>\n"
  }
}

extension Figure {
  /// The width in pixels at which the figure is drawn.
  public var width: Int { Int(exactly: FigureLayout(self).width.rounded()) ?? 0 }

  /// The height in pixels at which the figure is drawn.
  public var height: Int { Int(exactly: FigureLayout(self).height.rounded()) ?? 0 }

  /// The figure as SVG.
  ///
  /// - Parameters:
  ///   - theme: The paper; `.auto` follows the reader.
  ///   - file: True for a file of its own: with an XML declaration and a size of its own.
  /// - Returns: A document that depends on the figure and the arguments alone, at most 200 kB.
  public func svg(theme: Theme = .auto, file: Bool = false) -> String {
    let layout = FigureLayout(self)
    var writer = SVGWriter(withSharedColors(), layout, theme: theme)
    return writer.document(self, layout, file: file)
  }
}
