/// Points joined by a line, by steps, or shown by markers alone.
struct LineMark: Mark {
  var x: [Double]
  var y: [Double]
  var style: SeriesStyle
  var cost: Int { x.count }
  /// Where a step rises; nil for straight lines.
  var step: StepPlace?
  var integerX = false
  var integerY = false

  init(
    x: [Double], y: [Double], style: SeriesStyle, step: StepPlace? = nil, integerX: Bool = false,
    integerY: Bool = false
  ) {
    self.x = x
    self.y = y
    self.style = style
    self.integerX = integerX
    self.integerY = integerY
    self.step = step ?? (integerY && style.marker == nil && Self.isClassSeries(y) ? .mid : nil)
  }

  var end: LineEnd? {
    y.indices.last { y[$0].isFinite && $0 < x.count && x[$0].isFinite }
      .map { LineEnd(x: x[$0], y: y[$0]) }
  }

  var swatch: Swatch {
    if style.dash == Dash.none, let marker = style.marker { return .marker(marker) }
    return .line
  }

  /// True for long runs of few whole numbers, such as classes over time: slopes between them would
  /// show values that never were.
  private static func isClassSeries(_ y: [Double]) -> Bool {
    guard y.count >= 16 else { return false }
    var changes = 0
    for index in y.indices.dropFirst() where y[index] != y[index - 1] { changes += 1 }
    return changes > 0 && changes * 4 < y.count
  }

  func extent(_ xKind: ScaleKind, _ yKind: ScaleKind) -> Extent {
    var extent = Extent(x: Span(of: x, xKind), y: Span(of: y, yKind))
    extent.integerX = integerX
    extent.integerY = integerY
    extent.paddingY = 0.05
    if style.marker != nil { extent.radius = markerSize / 2 + 1 }
    return extent
  }

  private var markerSize: Double {
    style.markerSize ?? style.marker?.defaultSize ?? Marker.point.defaultSize
  }

  func shapes(in frame: Frame, _ look: Look) -> [Shape] {
    var points: [Point] = []
    points.reserveCapacity(x.count)
    for (a, b) in zip(x, y) { points.append(frame.point(a, b)) }
    var shapes: [Shape] = []
    let opacity = style.alpha ?? 1
    if look.dash != .none {
      let width = style.lineWidth ?? (points.count > 400 ? 1.25 : 1.75)
      let stroke = Stroke(paint: look.paint, width: width, dash: look.dash, opacity: opacity)
      shapes.append(.line(step.map { $0.path(through: points) } ?? points, stroke))
    }
    if let marker = style.marker {
      shapes.append(.markers(points, marker, size: markerSize, look.paint, opacity: opacity))
    }
    return shapes
  }

  /// The last and least number, for a tooltip.
  var brief: String { SeriesFacts(x: x, y: y).brief }

  func facts() -> MarkFacts {
    MarkFacts(kind: step == nil ? "line" : "step line", text: SeriesFacts(x: x, y: y).text)
  }
}

/// Where between two points a step line changes.
public enum StepPlace: String, Sendable, CaseIterable {
  /// At the earlier point, half way, or at the later point.
  case pre, mid, post

  /// The corners of a step line.
  func path(through points: [Point]) -> [Point] {
    guard points.count > 1 else { return points }
    var path: [Point] = []
    path.reserveCapacity(points.count * 2 + 2)
    var previous: Point?
    for point in points {
      guard point.isFinite else {
        if let previous { path.append(previous) }
        path.append(point)
        previous = nil
        continue
      }
      if let previous {
        switch self {
        case .pre: path.append(Point(previous.x, point.y))
        case .post: path.append(Point(point.x, previous.y))
        case .mid:
          let middle = previous.x + (point.x - previous.x) / 2
          path.append(Point(middle, previous.y))
          path.append(Point(middle, point.y))
        }
      }
      if self != .mid || previous == nil { path.append(point) }
      previous = point
    }
    if self == .mid, let previous { path.append(previous) }
    return path
  }
}

/// The numbers worth saying of a series.
struct SeriesFacts: Sendable {
  var text: String
  /// A short form, for a tooltip.
  var brief: String

  init(x: [Double], y: [Double]) {
    var finite: [Int] = []
    var low: Int?
    var high: Int?
    var first: Int?
    var last: Int?
    var gaps = 0
    for (index, value) in y.enumerated() {
      guard value.isFinite, index < x.count, x[index].isFinite else {
        gaps += 1
        continue
      }
      if value < (low.map { y[$0] } ?? .infinity) { low = index }
      if value > (high.map { y[$0] } ?? -.infinity) { high = index }
      first = first ?? index
      last = index
    }
    finite = [first, last, low, high].compactMap { $0 }
    let count = "\(y.count) \(plural(y.count, "point"))"
    guard finite.count == 4 else {
      text = count + ", no finite data"
      brief = "no finite data"
      return
    }
    let number = finite.map { Numeral.short(y[$0]) }
    let place = finite.map { Numeral.short(x[$0]) }
    text =
      "\(count), first \(number[0]), last \(number[1]), min \(number[2]) at \(place[2]), "
      + "max \(number[3]) at \(place[3])"
    if gaps > 0 { text += ", \(gaps) \(plural(gaps, "gap"))" }
    brief = "last \(number[1]), min \(number[2]) at \(place[2])"
  }
}
