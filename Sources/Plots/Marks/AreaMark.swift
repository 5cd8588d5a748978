/// The ground between two lines over the same places.
struct AreaMark: Mark {
  var x: [Double]
  var upper: [Double]
  var lower: [Double]
  var integerX = false
  var style: SeriesStyle
  var cost: Int { x.count }

  func extent(_ xKind: ScaleKind, _ yKind: ScaleKind) -> Extent {
    var extent = Extent(x: Span(of: x, xKind))
    extent.y =
      Span(of: upper, yKind).map { $0.union(Span(of: lower, yKind)) }
      ?? Span(of: lower, yKind)
    extent.integerX = integerX
    extent.integerY = false
    extent.paddingY = 0.05
    return extent
  }

  func shapes(in frame: Frame, _ look: Look) -> [Shape] {
    [
      .area(
        upper: zip(x, upper).map { frame.point($0, $1) },
        lower: zip(x, lower).map { frame.point($0, $1) }, look.paint,
        opacity: style.alpha ?? 0.2)
    ]
  }

  func facts() -> MarkFacts {
    let low = Span(of: lower).map { Numeral.short($0.low) } ?? "nan"
    let high = Span(of: upper).map { Numeral.short($0.high) } ?? "nan"
    return MarkFacts(
      kind: "area", text: "\(x.count) \(plural(x.count, "point")), from \(low) to \(high)")
  }
}
