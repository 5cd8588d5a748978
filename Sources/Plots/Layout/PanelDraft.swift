/// A panel while its margins are being measured.
struct PanelDraft {
  let panel: Panel
  let domain: PanelDomain
  let looks: [Look]
  private let hidesX: Bool
  private let hidesY: Bool
  private var width: Double
  private let height: Double
  private let isCompact: Bool
  private let isAtTop: Bool
  private let isAtLeft: Bool
  private let isAtRight: Bool
  private let isAtBottom: Bool
  /// The marks that have names, by place in the panel.
  private let named: [Int]
  /// How many more there are than a legend holds.
  private let unnamed: Int
  private let naming: Naming
  /// The title in one line or two.
  private var titleLines: [String] = []
  private var legendRows: [[Int]] = []
  private var turnsNames = false
  private var yAxis = Axis()
  private(set) var top = 0.0
  private(set) var bottom = 0.0
  private(set) var left = 0.0
  private(set) var right = 0.0

  /// How the series of a panel are named.
  private enum Naming {
    case none, ends, rows
    case box(top: Bool, right: Bool)
  }

  /// Panels narrower than this show no ticks.
  static let smallWidth = 116.0
  private static let legendHeight = 18.0
  private static let titleHeight = 19.0
  /// Panels lower than this have no room for a second line of the title.
  private static let heightOfLongTitle = 150.0
  private static let mostNames = 24

  init(
    _ panel: Panel, _ domain: PanelDomain, hidesX: Bool, hidesY: Bool, width: Double,
    height: Double, figure: Figure
  ) {
    let place = panel.place
    isAtTop = place.row == 0 && figure.title == nil
    isAtLeft = place.column == 0
    isAtRight = place.column + place.columnSpan == figure.columns
    isAtBottom = place.row + place.rowSpan == figure.rows
    self.panel = panel
    self.domain = domain
    self.hidesX = hidesX
    self.hidesY = hidesY
    self.width = width
    self.height = height
    looks = panel.looks
    isCompact = width < Self.smallWidth || height < 60
    let all = panel.marks.indices.filter {
      panel.marks[$0].style.label.map { !$0.isEmpty && !$0.hasPrefix("_") } ?? false
    }
    named = Array(all.prefix(Self.mostNames))
    unnamed = all.count - named.count
    naming = Self.naming(panel, domain, named, isCompact: isCompact, height: height)
    if let title = panel.attributes.title {
      titleLines =
        height < Self.heightOfLongTitle
        ? [title] : TextMeasure.lines(title, width: width - 20, size: 15, bold: true)
    }
    measureTop()
    measureBottom()
  }

  private static func naming(
    _ panel: Panel, _ domain: PanelDomain, _ named: [Int], isCompact: Bool, height: Double
  ) -> Naming {
    guard !named.isEmpty, !isCompact else { return .none }
    switch panel.attributes.legend {
    case .some(.row): return .rows
    case .some(.box(let top, let right)): return .box(top: top, right: right)
    default: break
    }
    guard named.count <= 6, Double(named.count) * EndNames.distance < height - 60 else {
      return .rows
    }
    let x = Scale(domain.xKind, domain.x, from: 0, to: 1)
    let y = Scale(domain.yKind, domain.y, from: 0, to: 1)
    let reachesEnd = named.allSatisfy { index in
      guard let end = panel.marks[index].end, (-0.001...1.001).contains(y.position(end.y)) else {
        return false
      }
      return end.x.map { (0.9...1.001).contains(x.position($0)) } ?? true
    }
    return reachesEnd ? .ends : .rows
  }

  var aspect: Double? { panel.attributes.xLimits == nil ? domain.extent.aspect : nil }

  /// True if there is no number to draw, and no rule that needs none.
  private var isVoid: Bool {
    (domain.extent.x == nil || domain.extent.y == nil)
      && !panel.marks.contains { $0 is RuleMark || $0 is BandMark }
  }

  private var hasGrid: Bool { panel.marks.contains { $0 is GridMark } }

  // MARK: Heights

  private mutating func measureTop() {
    let attributes = panel.attributes
    if isCompact {
      top = (attributes.title == nil ? 3 : 20) + (isAtTop ? 9 : 0)
      return
    }
    top = attributes.title == nil ? 14 : 40 + Double(titleLines.count - 1) * Self.titleHeight
    if case .rows = naming {
      legendRows = wrapped(named, width - (unnamed > 0 ? 140 : 40))
      top += Double(legendRows.count) * Self.legendHeight + 4
    }
    if attributes.yLabel != nil || roughPowerY != nil { top += 16 }
  }

  /// The power of ten that is factored out of y, as far as the height tells before margins.
  private var roughPowerY: Int? { yTicks(pixels: height - 70).power }

  private mutating func measureBottom() {
    let attributes = panel.attributes
    if isCompact {
      bottom = isAtBottom ? 12 : 3
      return
    }
    let roughWidth = max(40, width - 80)
    bottom = 24
    if hidesX || attributes.xTicks?.places.isEmpty == true {
      bottom = 10
    } else if let names = xNames {
      let widths = names.map { TextMeasure.width($0, size: 11) }
      let room = roughWidth / Double(max(1, names.count))
      if (widths.max() ?? 0) + 8 > room {
        turnsNames = true
        bottom = 18 + min(Self.longestTurned, widths.max() ?? 0) * 0.574 + 4
      }
    }
    let roughX = xTicks(pixels: roughWidth)
    if attributes.xLabel != nil || (roughX.power != nil && !hidesX) { bottom += 18 }
  }

  private static let longestTurned = 120.0

  /// Makes the panel of a single picture narrower, but not so that words above it are cut.
  ///
  /// - Returns: How much higher the panel has to be, for the picture to keep its size.
  mutating func narrow(to picture: Double) -> (width: Double, growth: Double) {
    let (whole, before) = (width, top)
    // A card that is a little wider looks better than a second line.
    let fits = { (text: String) in TextMeasure.width(text, size: 15, bold: true) <= picture + 20 }
    if let title = panel.attributes.title, !fits(title) {
      titleLines = TextMeasure.evenLines(title, width: whole - 20, size: 15, bold: true)
    }
    // What another font adds to the measure has room in the margins.
    let words =
      titleLines.map { TextMeasure.width($0, size: 15, bold: true) }
      + [panel.attributes.yLabel.map { TextMeasure.width($0, size: 12) + 52 } ?? 0]
    width = min(whole, max(picture, ((words.max() ?? 0) + 28).rounded(.up)))
    measureTop()
    return (width, top - before)
  }

  private var xNames: [String]? {
    panel.attributes.xTicks == nil ? domain.extent.namesX : panel.attributes.xTicks?.labels
  }

  /// Names in rows that fit a width.
  private func wrapped(_ marks: [Int], _ limit: Double) -> [[Int]] {
    var rows: [[Int]] = []
    var used = Double.infinity
    for index in marks {
      let needed = legendWidth(index)
      if used + needed > limit {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(index)
      used += needed
    }
    return rows
  }

  private func legendWidth(_ index: Int) -> Double {
    24 + TextMeasure.width(legendText(index), size: 12) + 18
  }

  private func legendText(_ index: Int) -> String {
    TextMeasure.shortened(panel.marks[index].style.label ?? "", to: width * 0.6, size: 12)
  }

  // MARK: Widths

  /// Measures the margins at the sides, once the plot's height is known.
  mutating func measureSides(top plotTop: Double, bottom plotBottom: Double) {
    guard !isCompact else {
      left = isAtLeft ? 12 : 3
      right = isAtRight ? 12 : 3
      return
    }
    yAxis = yTicks(pixels: plotBottom - plotTop)
    let widest = yAxis.ticks.map { tickWidth($0.label) }.max() ?? 0
    left = yAxis.ticks.isEmpty ? 16 : min(12 + widest + 6, width * 0.4)
    right = 16
    if case .ends = naming {
      let longest =
        named.map {
          TextMeasure.width(panel.marks[$0].style.label ?? "", size: 12, bold: true)
        }.max() ?? 0
      right = min(16 + longest + 8, width * 0.4)
    }
    if let bar = colorBar(left: 0, top: plotTop, bottom: plotBottom) {
      let longest = bar.axis.ticks.map { tickWidth($0.label) }.max() ?? 0
      right += ColorBar.width + 4 + longest + 4
    }
    guard !hidesX else { return }
    // The outer tick labels reach beyond the plot by half of their width.
    let ticks = xTicks(pixels: max(40, width - left - right)).ticks
    if turnsNames, let first = ticks.first {
      let reach = min(Self.longestTurned, tickWidth(first.label)) * 0.82
      let inset = width / Double(max(2, ticks.count)) / 2
      left = max(left, min(width * 0.4, reach - inset + 8))
    } else if let last = ticks.last {
      right = max(right, tickWidth(last.label) / 2 + 6)
    }
  }

  private func tickWidth(_ label: TickLabel) -> Double {
    TextMeasure.width(label.text, size: 11) + TextMeasure.width(label.exponent, size: 8.25)
  }

  // MARK: Ticks

  private func yTicks(pixels: Double) -> Axis {
    if isCompact || hidesY || isVoid { return Axis() }
    if let choice = panel.attributes.yTicks { return .chosen(choice, domain.y) }
    if let names = domain.extent.namesY {
      return Self.thinned(.names(names), every: 13 * Double(names.count) / max(1, pixels))
    }
    if domain.yKind == .log,
      let axis = Axis.logarithmic(domain.y, pixels: pixels, distance: 28)
    {
      return axis
    }
    return .linear(
      domain.y, atMost: max(1, pixels / (hasGrid ? 24 : 45)), integer: domain.extent.integerY,
      wanting: 3, mostIfScarce: pixels / 26)
  }

  private func xTicks(pixels: Double) -> Axis {
    if isCompact || hidesX || isVoid { return Axis() }
    if let choice = panel.attributes.xTicks { return .chosen(choice, domain.x) }
    if let names = domain.extent.namesX {
      return Self.thinned(.names(names), every: 14 * Double(names.count) / max(1, pixels))
    }
    if domain.xKind == .log, let axis = Axis.logarithmic(domain.x, pixels: pixels, distance: 40) {
      return axis
    }
    var axis = Axis()
    for coarser in 0..<4 {
      axis = .linear(
        domain.x, atMost: max(1, pixels / 70), integer: domain.extent.integerX, wanting: 4,
        mostIfScarce: pixels / 50, coarser: coarser)
      let scale = Scale(domain.xKind, domain.x, from: 0, to: pixels)
      let touches = zip(axis.ticks, axis.ticks.dropFirst()).contains { first, second in
        let gap = scale.position(second.value) - scale.position(first.value)
        return gap - (tickWidth(first.label) + tickWidth(second.label)) / 2 < 14
      }
      if !touches { break }
    }
    return axis
  }

  private static func thinned(_ axis: Axis, every: Double) -> Axis {
    guard every > 1, let step = Int(exactly: every.rounded(.up)) else { return axis }
    var result = axis
    result.ticks = axis.ticks.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    return result
  }

  // MARK: Placing

  private func colorBar(left: Double, top: Double, bottom: Double) -> ColorBar? {
    guard panel.attributes.colorBar == true, !isCompact,
      let grid = panel.marks.lazy.compactMap({ $0 as? GridMark }).first
    else { return nil }
    let coloring = grid.coloring(grid.span)
    let axis = Axis.linear(
      coloring.range, atMost: max(1, (bottom - top) / 45), integer: false)
    return ColorBar(
      left: left, top: top, bottom: bottom, map: coloring.map, range: coloring.range, axis: axis)
  }

  /// The panel between the ends that its row and column of plots have.
  func placed(
    horizontal: (start: Double, end: Double), vertical: (start: Double, end: Double)
  ) -> PanelLayout {
    var (x0, x1) = horizontal
    var (y0, y1) = vertical
    if let aspect {
      let wanted = (y1 - y0) / max(1, x1 - x0)
      if wanted > aspect {
        let spare = ((y1 - y0) - (x1 - x0) * aspect).rounded(.down)
        y0 += (spare / 2).rounded(.down)
        y1 -= (spare / 2).rounded(.up)
      } else {
        x1 -= ((x1 - x0) - (y1 - y0) / aspect).rounded(.down)
      }
      y1 = max(y1, y0 + 2)
      x1 = max(x1, x0 + 2)
    }
    let isDown = domain.extent.reversedY
    let frame = Frame(
      left: x0, top: y0, right: x1, bottom: y1,
      x: Scale(domain.xKind, domain.x, from: x0, to: x1),
      y: Scale(domain.yKind, domain.y, from: isDown ? y0 : y1, to: isDown ? y1 : y0))
    var layout = PanelLayout(
      panel: panel, looks: looks, frame: frame, xAxis: xTicks(pixels: x1 - x0),
      yAxis: yTicks(pixels: y1 - y0), lines: lines, isCompact: isCompact,
      turnsNames: turnsNames, hasOutline: hasGrid)
    layout.colorBar = colorBar(left: x1 + 12, top: y0, bottom: y1)
    placeHeadings(&layout)
    placeTicks(&layout)
    if isVoid, !panel.marks.isEmpty {
      layout.texts.append(
        PlacedText(
          label: TickLabel("no finite data"), x: (x0 + x1) / 2, y: (y0 + y1) / 2 + 4,
          anchor: .middle, role: .note))
    }
    return layout
  }

  private var lines: GridLines {
    if let chosen = panel.attributes.grid { return chosen }
    if hasGrid || isCompact { return .none }
    let isSideways = panel.marks.contains { ($0 as? BarMark)?.isHorizontal == true }
    return isSideways ? .x : .y
  }

  /// Where words above a plot begin.
  private func headingEdge(_ frame: Frame) -> Double {
    isCompact ? frame.left : max(2, frame.left - left + 12)
  }

  private func placeHeadings(_ layout: inout PanelLayout) {
    let frame = layout.frame
    let edge = headingEdge(frame)
    var y = frame.top
    let attributes = panel.attributes
    if isCompact {
      if let title = attributes.title {
        layout.texts.append(
          text(title, edge, y - 7, .start, .axisLabel, limit: frame.width + 4))
      }
      return
    }
    let space = width - 20
    if attributes.yLabel != nil || layout.yAxis.power != nil {
      if let label = attributes.yLabel {
        layout.texts.append(text(label, edge, y - 10, .start, .axisLabel, limit: space - 60))
      }
      if let power = layout.yAxis.power {
        let offset = attributes.yLabel.map {
          min(space - 60, TextMeasure.width($0, size: 12)) + 10
        }
        var note = TickLabel(power: power)
        note.text = "\u{d7}" + note.text
        layout.texts.append(
          PlacedText(
            label: note, x: edge + (offset ?? 0), y: y - 10, anchor: .start, role: .tick))
      }
      y -= 16
    }
    placeLegend(&layout, bottom: &y, edge: edge)
    for line in titleLines.reversed() {
      var placed = text(line, edge, y - 19, .start, .title, limit: space)
      if placed.whole != nil { placed.whole = attributes.title }
      layout.texts.append(placed)
      y -= Self.titleHeight
    }
  }

  private func text(
    _ string: String, _ x: Double, _ y: Double, _ anchor: PlacedText.Anchor,
    _ role: PlacedText.Role, limit: Double
  ) -> PlacedText {
    var placed = PlacedText(label: TickLabel(string), x: x, y: y, anchor: anchor, role: role)
    let short = TextMeasure.shortened(
      string, to: limit, size: placed.size, bold: placed.isBold)
    if short != string { placed.whole = string }
    placed.label.text = short
    return placed
  }

  private func placeTicks(_ layout: inout PanelLayout) {
    let frame = layout.frame
    for tick in layout.yAxis.ticks {
      let y = frame.y.position(tick.value)
      guard y >= frame.top - 1, y <= frame.bottom + 1 else { continue }
      var placed = text(
        tick.label.text, frame.left - 6, y + 4, .end, .tick, limit: max(10, left - 16))
      placed.label.exponent = tick.label.exponent
      layout.texts.append(placed)
    }
    for tick in layout.xAxis.ticks {
      let x = frame.x.position(tick.value)
      guard x >= frame.left - 1, x <= frame.right + 1 else { continue }
      if turnsNames {
        var placed = text(
          tick.label.text, x + 4, frame.bottom + 14, .end, .tick, limit: Self.longestTurned)
        placed.isTurned = true
        layout.texts.append(placed)
      } else {
        layout.texts.append(
          PlacedText(
            label: tick.label, x: x, y: frame.bottom + 17, anchor: .middle, role: .tick))
      }
    }
    let below = frame.bottom + bottom - 8
    // The label may reach to the left of the plot, but leaves room for a power of ten.
    let room =
      layout.xAxis.power == nil ? frame.right - headingEdge(frame) : frame.width - 50
    if !isCompact, let label = panel.attributes.xLabel {
      layout.texts.append(
        text(label, frame.right, below, .end, .axisLabel, limit: room))
    }
    if let power = layout.xAxis.power {
      var note = TickLabel(power: power)
      note.text = "\u{d7}" + note.text
      let offset = panel.attributes.xLabel.map {
        min(room, TextMeasure.width($0, size: 12)) + 10
      }
      layout.texts.append(
        PlacedText(
          label: note, x: frame.right - (offset ?? 0), y: below, anchor: .end, role: .tick))
    }
    guard let bar = layout.colorBar else { return }
    for tick in bar.axis.ticks {
      layout.texts.append(
        PlacedText(
          label: tick.label, x: bar.left + ColorBar.width + 4, y: bar.position(tick.value) + 4,
          anchor: .start, role: .tick))
    }
  }

  private func placeLegend(_ layout: inout PanelLayout, bottom y: inout Double, edge: Double) {
    let frame = layout.frame
    switch naming {
    case .none: break
    case .ends:
      let ends = named.map { index in
        EndNames.End(
          name: panel.marks[index].style.label ?? "",
          y: frame.y.position(panel.marks[index].end?.y ?? 0), paint: looks[index].paint)
      }
      for end in EndNames.spread(ends, top: frame.top, bottom: frame.bottom) {
        layout.texts.append(
          text(
            end.name, frame.right + 8, end.y + 4, .start, .name(end.paint),
            limit: max(20, right - 16)))
      }
    case .rows:
      let first = y - 4 - Double(legendRows.count) * Self.legendHeight
      for (row, marks) in legendRows.enumerated() {
        addRow(marks, &layout, x: edge, y: first + (Double(row) + 0.5) * Self.legendHeight - 7)
      }
      if unnamed > 0, let last = layout.texts.last {
        layout.texts.append(
          PlacedText(
            label: TickLabel("and \(unnamed) more"), x: last.x + last.width + 18, y: last.y,
            anchor: .start, role: .legend))
      }
      y = first
    case .box(let isTop, let isRight):
      let boxWidth = (named.map { legendWidth($0) }.max() ?? 0) + 2
      let boxHeight = Double(named.count) * Self.legendHeight + 8
      let x = isRight ? frame.right - boxWidth - 8 : frame.left + 8
      let boxTop = isTop ? frame.top + 6 : frame.bottom - boxHeight - 6
      layout.legendBox = Bar(
        left: x, top: boxTop, right: x + boxWidth, bottom: boxTop + boxHeight, title: "")
      for (row, mark) in named.enumerated() {
        addRow(
          [mark], &layout, x: x + 8, y: boxTop + 4 + (Double(row) + 0.5) * Self.legendHeight)
      }
    }
  }

  private func addRow(_ marks: [Int], _ layout: inout PanelLayout, x: Double, y: Double) {
    var x = x
    for index in marks {
      layout.legend.append(
        LegendEntry(look: looks[index], swatch: panel.marks[index].swatch, x: x, y: y))
      var placed = PlacedText(
        label: TickLabel(legendText(index)), x: x + 24, y: y + 4, anchor: .start, role: .legend)
      if placed.label.text != panel.marks[index].style.label {
        placed.whole = panel.marks[index].style.label
      }
      layout.texts.append(placed)
      x += legendWidth(index)
    }
  }
}
