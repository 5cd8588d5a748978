/// Signs at points, not joined.
struct ScatterMark: Mark {
  var x: [Double]
  var y: [Double]
  var integerX = false
  var integerY = false
  /// The extent of each sign in pixels.
  var size: Double
  var style: SeriesStyle
  var cost: Int { x.count * 2 }

  var swatch: Swatch { .marker(style.marker ?? .circle) }

  func extent(_ xKind: ScaleKind, _ yKind: ScaleKind) -> Extent {
    var extent = Extent(x: Span(of: x, xKind), y: Span(of: y, yKind))
    extent.integerX = integerX
    extent.integerY = integerY
    extent.paddingX = 0.02
    extent.paddingY = 0.05
    extent.radius = size / 2 + 1
    return extent
  }

  func shapes(in frame: Frame, _ look: Look) -> [Shape] {
    let points = zip(x, y).map { frame.point($0, $1) }
    return [
      .markers(
        points, style.marker ?? .circle, size: size, look.paint, opacity: style.alpha ?? 0.8)
    ]
  }

  func facts() -> MarkFacts {
    let count = "\(x.count) \(plural(x.count, "point"))"
    guard let xs = Span(of: x), let ys = Span(of: y) else {
      return MarkFacts(kind: "scatter plot", text: count + ", no finite data")
    }
    return MarkFacts(
      kind: "scatter plot",
      text: "\(count), x \(Numeral.short(xs.low)) to \(Numeral.short(xs.high)), "
        + "y \(Numeral.short(ys.low)) to \(Numeral.short(ys.high))")
  }
}
