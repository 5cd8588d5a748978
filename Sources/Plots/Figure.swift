/// A picture: panels of marks, and what is written around them.
///
/// A value that nothing changes: laying figures over each other or beside each other makes a new one.
/// It holds numbers and text only, and may be drawn on any thread.
public struct Figure: Sendable {
  /// The grid on which the panels lie.
  var rows = 1
  var columns = 1
  var panels: [Panel]
  /// Written above all panels.
  var title: String?
  /// The size asked for, in units of 80 pixels.
  var size: FigureSize?
  var shareX: Sharing = .automatic
  var shareY: Sharing = .never
  /// True for `figure(...)`: the group of figures before it is complete.
  public internal(set) var startsGroup = false

  init(panels: [Panel]) { self.panels = panels }

  /// A figure of one panel with one mark.
  init(_ mark: any Mark, _ attributes: PanelAttributes = PanelAttributes()) {
    panels = [Panel(marks: [mark], attributes: attributes)]
  }

  /// A figure of one panel with several marks.
  init(marks: [any Mark], _ attributes: PanelAttributes = PanelAttributes()) {
    panels = [Panel(marks: marks, attributes: attributes)]
  }

  /// A figure without marks: it decorates those that it is laid over.
  init(decoration attributes: PanelAttributes, size: FigureSize? = nil) {
    panels = [Panel(marks: [], attributes: attributes)]
    self.size = size
  }

  /// True if there is anything to see but titles and axes.
  public var hasMarks: Bool { panels.contains { !$0.marks.isEmpty } }

  /// True if drawing it takes some hundredths of a second at most.
  public var isQuicklyDrawn: Bool {
    let marks = panels.flatMap(\.marks)
    return marks.count <= 64 && marks.reduce(0) { $0 + $1.cost } <= 500_000
  }

  /// True for figures of one panel.
  var isSingle: Bool { rows == 1 && columns == 1 }

  /// Marks of this figure, then of the other; where both set an attribute, the other's is kept.
  ///
  /// - Throws: ``PlotError/unequalGrids(leftRows:leftColumns:rightRows:rightColumns:)`` unless the
  ///   panels correspond or one of the two is a decoration of one panel.
  public func overlaid(with other: Figure) throws(PlotError) -> Figure {
    if !other.hasMarks, other.isSingle { return decorated(by: other, over: true) }
    if !hasMarks, isSingle { return other.decorated(by: self, over: false) }
    guard rows == other.rows, columns == other.columns,
      panels.map(\.place) == other.panels.map(\.place)
    else {
      throw .unequalGrids(
        leftRows: rows, leftColumns: columns, rightRows: other.rows, rightColumns: other.columns)
    }
    var both = self
    for index in both.panels.indices {
      both.panels[index].marks += other.panels[index].marks
      both.panels[index].attributes =
        panels[index].attributes.overridden(by: other.panels[index].attributes)
    }
    guard both.panels.reduce(0, { $0 + $1.marks.count }) <= Self.maximumMarks else {
      throw .tooLarge(function: "+", what: "marks in one figure", limit: Self.maximumMarks)
    }
    both.takeFrame(of: other, over: true)
    return both
  }

  /// Marks beyond this are refused: nobody could tell them apart.
  static let maximumMarks = 4000

  /// This figure with the attributes of one without marks; `over` says whose are kept.
  private func decorated(by decoration: Figure, over: Bool) -> Figure {
    guard var attributes = decoration.panels.first?.attributes else { return self }
    var result = self
    if !isSingle, let title = attributes.title {
      if over || result.title == nil { result.title = title }
      attributes.title = nil
    }
    for index in result.panels.indices {
      let place = panels[index].place
      var part = attributes
      if place.row + place.rowSpan < rows { part.xLabel = nil }
      if place.column > 0 { part.yLabel = nil }
      let own = panels[index].attributes
      result.panels[index].attributes =
        over ? own.overridden(by: part) : part.overridden(by: own)
    }
    result.takeFrame(of: decoration, over: over)
    return result
  }

  private mutating func takeFrame(of other: Figure, over: Bool) {
    size = over ? other.size ?? size : size ?? other.size
    title = over ? other.title ?? title : title ?? other.title
    startsGroup = startsGroup || other.startsGroup
  }
}

/// How large a figure is asked to be.
struct FigureSize: Sendable, Hashable {
  /// In units of 80 pixels.
  var width: Double
  var height: Double
}

/// Whether panels of a column (or of a row) have one range.
enum Sharing: Sendable {
  /// If their ranges are nearly the same.
  case automatic
  case always
  case never
}

/// One plot area of a figure.
struct Panel: Sendable {
  var place = Place()
  var marks: [any Mark]
  var attributes = PanelAttributes()

  /// The cells of the figure's grid that a panel takes.
  struct Place: Sendable, Hashable {
    var row = 0
    var column = 0
    var rowSpan = 1
    var columnSpan = 1
  }

  /// The extent of all marks.
  func extent() -> Extent {
    let x = attributes.xScale ?? .linear
    let y = attributes.yScale ?? .linear
    return marks.reduce(nil as Extent?) { sum, mark in
      let next = mark.extent(x, y)
      return sum?.union(next) ?? next
    } ?? Extent()
  }
}

/// What is said about a panel beside its marks; nil where nothing is.
struct PanelAttributes: Sendable {
  var title: String?
  var xLabel: String?
  var yLabel: String?
  var xLimits: Limits?
  var yLimits: Limits?
  var xTicks: TickChoice?
  var yTicks: TickChoice?
  var xScale: ScaleKind?
  var yScale: ScaleKind?
  var grid: GridLines?
  var legend: LegendChoice?
  var colorBar: Bool?

  /// These attributes, with those that the other sets in their place.
  func overridden(by other: PanelAttributes) -> PanelAttributes {
    PanelAttributes(
      title: other.title ?? title, xLabel: other.xLabel ?? xLabel, yLabel: other.yLabel ?? yLabel,
      xLimits: other.xLimits ?? xLimits, yLimits: other.yLimits ?? yLimits,
      xTicks: other.xTicks ?? xTicks, yTicks: other.yTicks ?? yTicks,
      xScale: other.xScale ?? xScale, yScale: other.yScale ?? yScale, grid: other.grid ?? grid,
      legend: other.legend ?? legend, colorBar: other.colorBar ?? colorBar)
  }
}

/// The ends of an axis; a nil end follows the data.
struct Limits: Sendable, Hashable {
  var low: Double?
  var high: Double?
}

/// Ticks at chosen places.
struct TickChoice: Sendable, Hashable {
  var places: [Double]
  var labels: [String]?
}

/// Which ticks have lines across the plot.
enum GridLines: Sendable {
  case none, x, y, both
}

/// How series are named.
enum LegendChoice: Sendable, Hashable {
  /// At the ends of lines where that is clear, else in a row under the title.
  case automatic
  /// In a row under the title.
  case row
  /// In a box in a corner.
  case box(top: Bool, right: Bool)
}
