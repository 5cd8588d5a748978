/// A figure laid out: every panel has its frame, its ticks and the places of its texts.
///
/// The order matters. Sizes of text above and below a plot give its height, the height gives the
/// ticks of y, their labels give the left margin, names of series the right one, and what is left
/// is the width, which gives the ticks of x. Margins are computed for all panels first and the
/// largest of a column (or row) of panels holds for all of it, so that plot areas align.
struct FigureLayout {
  var width: Double
  var height: Double
  var title: String?
  var panels: [PanelLayout] = []

  init(_ original: Figure) {
    let figure = original.withSharedColors()
    let size = figure.pixelSize
    (width, height) = size
    title = figure.title
    var domains = figure.panels.map { PanelDomain($0) }
    let shared = figure.shareDomains(&domains)
    let heading = figure.title == nil ? 0.0 : 30.0

    // Rows first: margins above and below do not depend on the width of labels.
    let cellWidth = width / Double(max(1, figure.columns))
    let cellHeight = (height - heading) / Double(max(1, figure.rows))
    var drafts: [PanelDraft] = []
    for (index, panel) in figure.panels.enumerated() {
      drafts.append(
        PanelDraft(
          panel, domains[index], hidesX: shared.hiddenX.contains(index),
          hidesY: shared.hiddenY.contains(index),
          width: cellWidth * Double(panel.place.columnSpan),
          height: cellHeight * Double(panel.place.rowSpan), figure: figure))
    }
    var rows = Tracks(count: figure.rows, length: height - heading, offset: heading)
    for draft in drafts {
      rows.require(
        draft.panel.place.row, draft.panel.place.rowSpan, before: draft.top, after: draft.bottom)
    }
    rows.settle()
    var columns = Tracks(count: figure.columns, length: width, offset: 0)
    for index in drafts.indices {
      let place = drafts[index].panel.place
      let vertical = rows.content(place.row, place.rowSpan)
      drafts[index].measureSides(top: vertical.start, bottom: vertical.end)
      columns.require(
        place.column, place.columnSpan, before: drafts[index].left, after: drafts[index].right)
    }
    columns.settle()
    // A single picture of square cells gets no wider a card than it needs.
    if figure.isSingle, figure.size == nil, let aspect = drafts.first?.aspect {
      let vertical = rows.content(0, 1)
      let wanted = (vertical.end - vertical.start) / aspect
      let available = columns.content(0, 1)
      if wanted < available.end - available.start {
        width -= ((available.end - available.start) - wanted).rounded(.down)
        let narrow = drafts[0].narrow(to: max(width, 160))
        width = narrow.width
        height += narrow.growth
        rows = Tracks(count: 1, length: height - heading, offset: heading)
        rows.require(0, 1, before: drafts[0].top, after: drafts[0].bottom)
        rows.settle()
        columns = Tracks(count: 1, length: width, offset: 0)
        columns.require(0, 1, before: drafts[0].left, after: drafts[0].right)
        columns.settle()
      }
    }
    panels = drafts.map { draft in
      let place = draft.panel.place
      return draft.placed(
        horizontal: columns.content(place.column, place.columnSpan),
        vertical: rows.content(place.row, place.rowSpan))
    }
  }
}

/// Columns or rows of equal plot areas, with the largest margins that any panel asks for.
private struct Tracks {
  let length: Double
  let offset: Double
  private var before: [Double]
  private var after: [Double]
  private var share = 0.0

  init(count: Int, length: Double, offset: Double) {
    self.length = length
    self.offset = offset
    before = Array(repeating: 0, count: max(1, count))
    after = before
  }

  mutating func require(_ index: Int, _ span: Int, before left: Double, after right: Double) {
    let last = index + span - 1
    guard before.indices.contains(index), after.indices.contains(last) else { return }
    before[index] = max(before[index], left)
    after[last] = max(after[last], right)
  }

  mutating func settle() {
    let margins = before.reduce(0, +) + after.reduce(0, +)
    share = max(2, (length - margins) / Double(before.count))
  }

  /// Where the plot areas of a range of tracks begin and end, on whole pixels.
  func content(_ index: Int, _ span: Int) -> (start: Double, end: Double) {
    var position = offset
    var start = offset
    for track in before.indices {
      position += before[track]
      if track == index { start = position }
      position += share
      if track == index + span - 1 { return (start.rounded(), max(start + 2, position).rounded()) }
      position += after[track]
    }
    return (start.rounded(), (start + share).rounded())
  }
}

extension Figure {
  /// The size in pixels: what was asked for, or what suits the panels.
  var pixelSize: (width: Double, height: Double) {
    if let size { return ((size.width * 80).rounded(), (size.height * 80).rounded()) }
    let grids = panels.flatMap(\.marks).compactMap { $0 as? GridMark }
    if isSingle {
      guard let grid = grids.first else { return (640, 320) }
      return grid.isImage && grid.extent(.linear, .linear).aspect != nil ? (640, 320) : (720, 240)
    }
    let width = columns == 1 ? 640.0 : 720.0
    let cell = width / Double(columns)
    let heading = title == nil ? 0.0 : 30.0
    let isPictures = !grids.isEmpty && panels.allSatisfy { $0.marks.allSatisfy { $0 is GridMark } }
    var part = columns == 1 ? 150.0 : min(240, max(90, cell * 0.7))
    if isPictures {
      let tallest = grids.compactMap { $0.extent(.linear, .linear).aspect }.max() ?? 0.4
      let isSmall = cell < PanelDraft.smallWidth
      part = (isSmall ? (cell - 8) * tallest + 6 : (cell - 50) * tallest + 44).rounded()
      part = min(400, max(24, part))
      if panels.contains(where: { $0.attributes.title != nil }) { part += isSmall ? 20 : 26 }
    } else if columns == 1, panels.contains(where: { $0.marks.contains { $0 is GridMark } }) {
      part = 180
    }
    return (width, min(4000, (part * Double(rows) + heading + (isPictures ? 18 : 24)).rounded()))
  }

  /// The figure with one colour scale for all pictures that leave theirs open, so that equal colours
  /// mean equal numbers.
  func withSharedColors() -> Figure {
    let open = panels.flatMap(\.marks).compactMap { $0 as? GridMark }.filter {
      $0.isImage && $0.map == nil && $0.limits == Limits()
    }
    guard open.count > 1 else { return self }
    let span = open.compactMap(\.span).reduce(nil as Span?) { $0?.union($1) ?? $1 }
    var result = self
    for index in result.panels.indices {
      result.panels[index].marks = result.panels[index].marks.map { mark in
        guard var grid = mark as? GridMark, grid.isImage, grid.map == nil, grid.limits == Limits()
        else { return mark }
        let coloring = grid.coloring(span)
        grid.map = coloring.map
        grid.limits = Limits(low: coloring.range.low, high: coloring.range.high)
        return grid
      }
    }
    return result
  }

  /// Gives panels that share an axis one domain.
  ///
  /// - Returns: The panels whose x or y labels another panel shows.
  func shareDomains(_ domains: inout [PanelDomain]) -> (hiddenX: Set<Int>, hiddenY: Set<Int>) {
    var hiddenX: Set<Int> = []
    var hiddenY: Set<Int> = []
    for column in 0..<max(1, columns) where shareX != .never {
      let group = panels.indices.filter { panels[$0].place.column == column }
      guard group.count > 1, let first = group.first else { continue }
      let span = Set(group.map { panels[$0].place.columnSpan })
      let fits = group.allSatisfy {
        domains[$0].extent.namesX == nil && domains[$0].extent.aspect == nil
          && domains[$0].xKind == domains[first].xKind
      }
      guard span.count == 1, fits else { continue }
      let union = group.dropFirst().reduce(domains[first].x) { $0.union(domains[$1].x) }
      let isNear = group.allSatisfy { domains[$0].x.length >= 0.9 * union.length }
      guard shareX == .always || isNear else { continue }
      for index in group { domains[index].x = union }
      let lowest = group.max { panels[$0].place.row < panels[$1].place.row }
      hiddenX.formUnion(group.filter { $0 != lowest && panels[$0].attributes.xTicks == nil })
    }
    for row in 0..<max(1, rows) where shareY == .always {
      let group = panels.indices.filter { panels[$0].place.row == row }
      guard group.count > 1, let first = group.first else { continue }
      let union = group.dropFirst().reduce(domains[first].y) { $0.union(domains[$1].y) }
      for index in group { domains[index].y = union }
      let leftmost = group.min { panels[$0].place.column < panels[$1].place.column }
      hiddenY.formUnion(group.filter { $0 != leftmost && panels[$0].attributes.yTicks == nil })
    }
    return (hiddenX, hiddenY)
  }
}

/// The ranges of one panel's axes.
struct PanelDomain {
  var extent: Extent
  var x: Span
  var y: Span
  var xKind: ScaleKind
  var yKind: ScaleKind

  init(_ panel: Panel) {
    extent = panel.extent()
    // A rough size: radii are a few pixels of several hundred.
    xKind = panel.attributes.xScale ?? .linear
    yKind = panel.attributes.yScale ?? .linear
    if extent.x == nil { xKind = .linear }
    if extent.y == nil { yKind = .linear }
    x = Self.domain(
      extent.x, xKind, padding: extent.paddingX, zero: extent.zeroX, pixels: 560,
      radius: extent.radius, panel.attributes.xLimits)
    y = Self.domain(
      extent.y, yKind, padding: extent.paddingY, zero: extent.zeroY, pixels: 260,
      radius: extent.radius, panel.attributes.yLimits)
  }

  private static func domain(
    _ data: Span?, _ kind: ScaleKind, padding: Double, zero: Bool, pixels: Double, radius: Double,
    _ limits: Limits?
  ) -> Span {
    var span =
      data?.domain(kind, padding: padding, zero: zero, pixels: pixels, radius: radius)
      ?? Span(0, 1)
    let low = limits?.low ?? span.low
    let high = limits?.high ?? span.high
    guard kind == .linear || (low > 0 && high > 0) else { return span }
    span = Span(low, high)
    // One given end may lie beyond the data: keep it, and leave room on its other side.
    if span.isConstant { span = Span(low - 0.5, low + 0.5) }
    return span
  }
}
