import Diagnostics

/// One panel drawn with characters.
///
/// The marks are asked for the same shapes as for SVG, in a frame whose pixels are braille dots (or
/// whole characters in ASCII), so that a new mark is drawn without a word about terminals.
struct TerminalPanel {
  private let panel: Panel
  private let style: TerminalStyle
  private let domain: PanelDomain
  private let looks: [Look]
  private var canvas: TerminalCanvas
  private var plotLeft = 0
  private var plotTop = 0
  private var plotWidth = 0
  private var plotHeight = 0

  /// Dots in a character.
  private var dotsAcross: Int { style.unicode ? 2 : 1 }
  private var dotsDown: Int { style.unicode ? 4 : 1 }

  /// The panel on a canvas of its own.
  static func drawn(
    _ panel: Panel, columns: Int, rows: Int, style: TerminalStyle
  ) -> TerminalCanvas {
    var drawing = TerminalPanel(panel, columns: columns, rows: rows, style: style)
    drawing.draw()
    return drawing.canvas
  }

  private init(_ panel: Panel, columns: Int, rows: Int, style: TerminalStyle) {
    self.panel = panel
    self.style = style
    domain = PanelDomain(panel)
    looks = panel.looks
    canvas = TerminalCanvas(columns: columns, rows: rows, style: style)
  }

  private mutating func draw() {
    let named = panel.marks.indices.filter { panel.marks[$0].style.label?.isEmpty == false }
    let isSmall = canvas.columns < 24 || canvas.rows < 7
    var header: [() -> (inout TerminalCanvas, Int) -> Void] = []
    if let title = panel.attributes.title {
      header.append { { canvas, row in canvas.write(title, column: 0, row: row) } }
    }
    plotTop = header.count
    let legend = isSmall ? [] : legendRows(named)
    plotTop += legend.count
    let yName = isSmall ? nil : panel.attributes.yLabel
    plotHeight = max(1, canvas.rows - plotTop - (isSmall ? 0 : 2))
    let yAxis = isSmall ? Axis() : yTicks()
    let yNote = yAxis.power.map { "x1e\($0)" }
    if yName != nil || yNote != nil {
      plotTop += 1
      plotHeight = max(1, plotHeight - 1)
    }
    if !isSmall, panel.attributes.xLabel != nil { plotHeight = max(1, plotHeight - 1) }
    for (row, write) in header.enumerated() { write()(&canvas, row) }
    for (offset, row) in legend.enumerated() { drawLegend(row, row: header.count + offset) }
    if yName != nil || yNote != nil {
      let text = [yName, yNote].compactMap { $0 }.joined(separator: "  ")
      canvas.write(text, column: 0, row: plotTop - 1)
    }
    let widest = yAxis.ticks.map { TextWidth.columns(of: Self.text($0.label)) }.max() ?? 0
    plotLeft = isSmall ? 0 : min(widest, canvas.columns / 3) + 2
    let letters = usesLetters ? 1 + min(6, named.count) : 0
    plotWidth = max(1, canvas.columns - plotLeft - letters - (isSmall ? 1 : 0))
    fitAspect()
    if !isSmall { drawAxes(yAxis) }
    drawMarks()
    if usesLetters { drawLetters(named) }
  }

  private static func text(_ label: TickLabel) -> String {
    guard !label.exponent.isEmpty else { return label.text }
    let factor = label.text == "10" ? "1" : String(label.text.dropLast(3))
    return factor + "e" + label.exponent
  }

  // MARK: Frame

  /// Without colour the series are told apart by letters at their ends.
  private var usesLetters: Bool {
    style.colors == .none && panel.marks.count { $0.end != nil && $0.style.label != nil } > 1
  }

  /// Narrows the plot so that square cells are about square: a character is twice as high as wide.
  private mutating func fitAspect() {
    guard let aspect = domain.extent.aspect else { return }
    let wanted = Double(plotHeight * 2) / aspect
    if wanted < Double(plotWidth) {
      plotWidth = max(1, Int(exactly: wanted.rounded()) ?? plotWidth)
    }
  }

  private var frame: Frame {
    let right = Double(plotWidth * dotsAcross - 1)
    let bottom = Double(plotHeight * dotsDown - 1)
    let isDown = domain.extent.reversedY
    return Frame(
      left: 0, top: 0, right: right, bottom: bottom,
      x: Scale(domain.xKind, domain.x, from: 0, to: right),
      y: Scale(domain.yKind, domain.y, from: isDown ? 0 : bottom, to: isDown ? bottom : 0))
  }

  private func yTicks() -> Axis {
    if let choice = panel.attributes.yTicks { return .chosen(choice, domain.y) }
    if let names = domain.extent.namesY { return .names(names) }
    if domain.yKind == .log,
      let axis = Axis.logarithmic(domain.y, pixels: Double(plotHeight), distance: 2)
    {
      return axis
    }
    return .linear(
      domain.y, atMost: max(1, Double(plotHeight) / 3), integer: domain.extent.integerY)
  }

  private func xTicks() -> Axis {
    if let choice = panel.attributes.xTicks { return .chosen(choice, domain.x) }
    if let names = domain.extent.namesX { return .names(names) }
    if domain.xKind == .log,
      let axis = Axis.logarithmic(domain.x, pixels: Double(plotWidth), distance: 8)
    {
      return axis
    }
    return .linear(
      domain.x, atMost: max(1, Double(plotWidth) / 10), integer: domain.extent.integerX)
  }

  private mutating func drawAxes(_ yAxis: Axis) {
    let frame = frame
    let (bar, tick, corner, base, mark): (Character, Character, Character, Character, Character) =
      style.unicode ? ("│", "┤", "└", "─", "┬") : ("|", "+", "+", "-", "+")
    for row in 0..<plotHeight { canvas.put(bar, column: plotLeft - 1, row: plotTop + row) }
    var lastRow = -1
    for item in yAxis.ticks {
      let place = frame.y.position(item.value) / Double(dotsDown)
      guard let row = Int(exactly: place.rounded(.down)), (0..<plotHeight).contains(row),
        row != lastRow
      else { continue }
      lastRow = row
      let text = Self.text(item.label)
      let column = max(0, plotLeft - 1 - TextWidth.columns(of: text))
      canvas.write(String(text.prefix(plotLeft - 1)), column: column, row: plotTop + row)
      canvas.put(tick, column: plotLeft - 1, row: plotTop + row)
    }
    let below = plotTop + plotHeight
    canvas.put(corner, column: plotLeft - 1, row: below)
    for column in 0..<plotWidth { canvas.put(base, column: plotLeft + column, row: below) }
    var free = 0
    let xAxis = xTicks()
    for item in xAxis.ticks {
      let place = frame.x.position(item.value) / Double(dotsAcross)
      guard let column = Int(exactly: place.rounded(.down)), (0..<plotWidth).contains(column)
      else { continue }
      let text = Self.text(item.label)
      let width = TextWidth.columns(of: text)
      let start = max(0, min(canvas.columns - width, plotLeft + column - (width - 1) / 2))
      canvas.put(mark, column: plotLeft + column, row: below)
      guard start >= free else { continue }
      canvas.write(text, column: start, row: below + 1)
      free = start + width + 1
    }
    let name = [xAxis.power.map { "x1e\($0)" }, panel.attributes.xLabel].compactMap { $0 }
      .joined(separator: "  ")
    if !name.isEmpty {
      let start = max(0, plotLeft + plotWidth - TextWidth.columns(of: name))
      canvas.write(name, column: start, row: below + (panel.attributes.xLabel == nil ? 1 : 2))
    }
  }

  // MARK: Names

  private func color(_ paint: Paint) -> RGB? {
    switch paint {
    // The foreground of the terminal is the ink of its theme.
    case .ink(.black), .ink(.white): nil
    default: paint.color(dark: false)
    }
  }

  private func letter(_ index: Int) -> Character {
    Character(Unicode.Scalar(UInt8(97 + index % 26)))
  }

  private func sign(_ index: Int) -> Character { ["*", "+", "o", "x"][index % 4] }

  private func sample(_ index: Int) -> String {
    if usesLetters { return String(letter(index)) }
    if !style.unicode { return String(sign(index)) }
    switch panel.marks[index].swatch {
    case .line: return looks[index].dash == .solid ? "━━" : "╍╍"
    case .box: return "■"
    case .marker: return "●"
    }
  }

  private func legendRows(_ named: [Int]) -> [[Int]] {
    var rows: [[Int]] = []
    var used = Int.max / 2
    for index in named.prefix(24) {
      let width =
        TextWidth.columns(of: sample(index)) + 3
        + TextWidth.columns(of: panel.marks[index].style.label ?? "")
      if used + width > canvas.columns {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(index)
      used += width
    }
    return Array(rows.prefix(3))
  }

  private mutating func drawLegend(_ marks: [Int], row: Int) {
    var column = 0
    for index in marks {
      let sample = sample(index)
      canvas.write(sample, column: column, row: row, foreground: color(looks[index].paint))
      column += TextWidth.columns(of: sample) + 1
      let label = panel.marks[index].style.label ?? ""
      canvas.write(label, column: column, row: row)
      column += TextWidth.columns(of: label) + 2
    }
  }

  private mutating func drawLetters(_ named: [Int]) {
    let frame = frame
    for index in named {
      guard let end = panel.marks[index].end else { continue }
      let place = frame.y.position(end.y) / Double(dotsDown)
      guard let row = Int(exactly: place.rounded(.down)), (0..<plotHeight).contains(row) else {
        continue
      }
      var column = plotLeft + plotWidth + 1
      while column < canvas.columns, !canvas.isFree(column: column, row: plotTop + row) {
        column += 1
      }
      canvas.put(letter(index), column: column, row: plotTop + row)
    }
  }

  // MARK: Marks

  private mutating func drawMarks() {
    let frame = frame
    for (index, mark) in panel.marks.enumerated() {
      for shape in mark.shapes(in: frame, looks[index]) { draw(shape, index, frame) }
    }
  }

  private mutating func draw(_ shape: Shape, _ index: Int, _ frame: Frame) {
    let color = color(looks[index].paint)
    switch shape {
    case .line(let points, let stroke):
      let thinned =
        Decimation.isSorted(points)
        ? Decimation.line(points, left: 0, perPixel: 1) : points
      for part in Clip.line(thinned, to: frame) {
        if part.count == 1 { dot(part[0], index, color) }
        var phase = 0
        for (a, b) in zip(part, part.dropFirst()) {
          segment(a, b, index, color, stroke.dash, &phase)
        }
      }
    case .markers(let points, _, _, _, _):
      for point in points where point.isFinite && frame.contains(point) {
        dot(point, index, color)
        // Two dots a sign: one alone is easily missed.
        if style.unicode { dot(Point(point.x + 1, point.y), index, color) }
      }
    case .bars(let bars, _, _): for bar in bars { fill(bar, color) }
    case .area(let upper, let lower, _, _): shade(upper, lower, color, frame)
    case .cells(let cells): draw(cells)
    }
  }

  private func whole(_ value: Double) -> Int { Int(exactly: value.rounded()) ?? 0 }

  private mutating func dot(_ point: Point, _ index: Int, _ color: RGB?) {
    let (x, y) = (whole(point.x), whole(point.y))
    guard x >= 0, y >= 0, x < plotWidth * dotsAcross, y < plotHeight * dotsDown else { return }
    if style.unicode {
      canvas.dot(x: plotLeft * 2 + x, y: plotTop * 4 + y, color: color)
    } else {
      canvas.put(sign(index), column: plotLeft + x, row: plotTop + y, foreground: color)
    }
  }

  private mutating func segment(
    _ a: Point, _ b: Point, _ index: Int, _ color: RGB?, _ dash: Dash, _ phase: inout Int
  ) {
    let steps = max(1, whole(max(abs(b.x - a.x), abs(b.y - a.y))))
    // Gaps in dots: of the line's own pattern, or of its number where there is no colour.
    let isPlain = style.colors == .none && style.unicode && dash == .solid
    let period = dash != .solid ? 5 : isPlain ? [1, 6, 3, 9][index % 4] : 1
    let drawn = dash != .solid ? 3 : isPlain ? [1, 4, 1, 7][index % 4] : 1
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      if phase % period < drawn {
        dot(Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share), index, color)
      }
      if step < steps { phase += 1 }
    }
  }

  /// Fills whole characters, and the end of a bar by eighths.
  private mutating func fill(_ bar: Bar, _ color: RGB?) {
    let across = Double(dotsAcross)
    let down = Double(dotsDown)
    let isSideways = panel.marks.contains { ($0 as? BarMark)?.isHorizontal == true }
    let left = max(0, whole(bar.left / across))
    let right = min(plotWidth, max(left + 1, whole((bar.right + 1) / across)))
    let top = max(0, bar.top / down)
    let bottom = min(Double(plotHeight), (bar.bottom + 1) / down)
    guard left < right, top < bottom else { return }
    if isSideways {
      let end = min(Double(plotWidth), (bar.right + 1) / across)
      for row in max(0, whole(top))..<max(whole(top) + 1, min(plotHeight, whole(bottom))) {
        fillRow(row, from: left, to: end, color)
      }
      return
    }
    let blocks = Array("▁▂▃▄▅▆▇█")
    for column in left..<right {
      for row in 0..<plotHeight {
        let part = min(1, Double(row + 1) - top)
        guard part > 0, Double(row) < bottom else { continue }
        let eighths = max(0, min(8, whole(part * 8)))
        guard eighths > 0 else { continue }
        let glyph: Character = style.unicode ? blocks[eighths - 1] : eighths > 3 ? "#" : "_"
        canvas.put(glyph, column: plotLeft + column, row: plotTop + row, foreground: color)
      }
    }
  }

  private mutating func fillRow(_ row: Int, from left: Int, to end: Double, _ color: RGB?) {
    let blocks = Array("▏▎▍▌▋▊▉█")
    for column in left..<max(left + 1, plotWidth) {
      let eighths = min(8, whole((end - Double(column)) * 8))
      guard eighths > 0 else { break }
      let glyph: Character = style.unicode ? blocks[eighths - 1] : "#"
      canvas.put(glyph, column: plotLeft + column, row: plotTop + row, foreground: color)
    }
  }

  /// Strews dots between two lines, under what is drawn already.
  private mutating func shade(
    _ upper: [Point], _ lower: [Point], _ color: RGB?, _ frame: Frame
  ) {
    guard style.unicode else { return }
    for (first, second) in zip(zip(upper, lower), zip(upper.dropFirst(), lower.dropFirst())) {
      let points = [first.0, first.1, second.0, second.1]
      guard points.allSatisfy(\.isFinite), second.0.x > first.0.x else { continue }
      let start = max(0, whole(first.0.x))
      let end = min(plotWidth * 2 - 1, whole(second.0.x))
      guard start <= end else { continue }
      for x in start...end where x % 2 == 0 {
        let share = max(0, min(1, (Double(x) - first.0.x) / (second.0.x - first.0.x)))
        let a = first.0.y + (second.0.y - first.0.y) * share
        let b = first.1.y + (second.1.y - first.1.y) * share
        let low = max(0, min(frame.bottom, min(a, b)))
        let high = max(0, min(frame.bottom, max(a, b)))
        for y in whole(low)...whole(high) where (x / 2 + y) % 4 == 0 {
          canvas.dot(x: plotLeft * 2 + x, y: plotTop * 4 + y, color: color)
        }
      }
    }
  }

  /// Half blocks with two colours, or shades of one character.
  private mutating func draw(_ cells: Cells) {
    guard cells.rows > 0, cells.columns > 0 else { return }
    let table = cells.map.table
    let isColored = style.unicode && (style.colors == .truecolor || style.colors == .ansi256)
    func level(_ column: Int, _ part: Int, of parts: Int) -> Int {
      let x = min(cells.columns - 1, (2 * column + 1) * cells.columns / (2 * plotWidth))
      let y = min(cells.rows - 1, (2 * part + 1) * cells.rows / (2 * parts))
      return cells.level(cells.values[y * cells.columns + x])
    }
    func rgb(_ level: Int) -> RGB { level < 0 ? ColorMap.missing : table[level] }
    let shades = Array(style.unicode ? " ░▒▓█" : " .:-=+*#%@")
    for row in 0..<plotHeight {
      for column in 0..<plotWidth {
        let place = (plotLeft + column, plotTop + row)
        if isColored {
          canvas.put(
            "▀", column: place.0, row: place.1,
            foreground: rgb(level(column, 2 * row, of: 2 * plotHeight)),
            background: rgb(level(column, 2 * row + 1, of: 2 * plotHeight)))
        } else {
          let share = level(column, row, of: plotHeight)
          let glyph: Character = share < 0 ? "?" : shades[share * (shades.count - 1) / 255]
          canvas.put(glyph, column: place.0, row: place.1)
        }
      }
    }
  }
}
