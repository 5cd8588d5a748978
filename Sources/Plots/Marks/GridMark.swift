/// A grid of numbers as coloured cells.
struct GridMark: Mark {
  var rows: Int
  var columns: Int
  /// Row by row.
  var values: [Double]
  /// The colour map; nil chooses by the numbers.
  var map: ColorMap?
  /// Ends of the colour scale; a nil end follows the data.
  var limits = Limits()
  /// True for a picture: square cells, the names of a map only on demand.
  var isImage = true
  /// True if the first row is at the top.
  var originUpper = true
  /// False lets cells fill the frame.
  var keepsAspect = true
  var cost: Int { values.count }
  var style = SeriesStyle()

  /// Pictures and heat maps beyond this many cells are refused.
  static let maximumCells = 64_000_000

  var takesCycleColor: Bool { false }

  func extent(_ x: ScaleKind, _ y: ScaleKind) -> Extent {
    var extent = Extent()
    guard rows > 0, columns > 0 else { return extent }
    extent.x = Span(-0.5, Double(columns) - 0.5)
    extent.y = Span(-0.5, Double(rows) - 0.5)
    extent.reversedY = originUpper
    let ratio = Double(max(rows, columns)) / Double(min(rows, columns))
    if keepsAspect, ratio <= 3 { extent.aspect = Double(rows) / Double(columns) }
    return extent
  }

  /// The span of the numbers, if there are any.
  var span: Span? { Span(of: values) }

  /// The map and the range of numbers that a span of data gets.
  func coloring(_ data: Span?) -> (map: ColorMap, range: Span) {
    let data = data ?? Span(0, 1)
    var range = data
    let map: ColorMap
    if data.low >= 0, data.high <= 1 {
      map = .blues
      range = Span(0, 1)
    } else if !isImage, data.low < 0, data.high > 0 {
      map = .redBlueReversed
      let side = max(-data.low, data.high)
      range = Span(-side, side)
    } else {
      map = .viridis
    }
    return (self.map ?? map, Span(limits.low ?? range.low, limits.high ?? range.high))
  }

  func shapes(in frame: Frame, _ look: Look) -> [Shape] {
    guard rows > 0, columns > 0 else { return [] }
    let coloring = coloring(span)
    let corner = frame.point(-0.5, -0.5)
    let other = frame.point(Double(columns) - 0.5, Double(rows) - 0.5)
    guard corner.isFinite, other.isFinite else { return [] }
    // The first row of cells is the upper one on paper, whichever way the axis runs.
    let isUpright = corner.y <= other.y
    var ordered = values
    if !isUpright {
      ordered = (0..<rows).reversed().flatMap { values[$0 * columns..<($0 + 1) * columns] }
    }
    return [
      .cells(
        Cells(
          rows: rows, columns: columns, values: ordered, map: coloring.map, range: coloring.range,
          left: min(corner.x, other.x), top: min(corner.y, other.y),
          right: max(corner.x, other.x), bottom: max(corner.y, other.y)))
    ]
  }

  func facts() -> MarkFacts {
    var text = "\(rows) x \(columns) cells"
    if let span {
      text += ", min \(Numeral.short(span.low)), max \(Numeral.short(span.high))"
      let missing = values.count { !$0.isFinite }
      if missing > 0 { text += ", \(missing) not finite" }
    } else {
      text += ", no finite data"
    }
    return MarkFacts(kind: isImage ? "image" : "heat map", text: text)
  }
}
