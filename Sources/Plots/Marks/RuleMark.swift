/// A straight line across the whole plot at one number.
struct RuleMark: Mark {
  var value: Double
  /// True for a line at one y.
  var isHorizontal: Bool
  var style: SeriesStyle

  var takesCycleColor: Bool { false }
  var swatch: Swatch { .line }
  var end: LineEnd? { isHorizontal ? LineEnd(y: value) : nil }

  func extent(_ x: ScaleKind, _ y: ScaleKind) -> Extent {
    var extent = Extent()
    if isHorizontal {
      extent.y = Span(of: [value], y)
      extent.integerY = value == value.rounded()
      extent.paddingY = 0.05
    } else {
      extent.x = Span(of: [value], x)
      extent.integerX = value == value.rounded()
    }
    return extent
  }

  func shapes(in frame: Frame, _ look: Look) -> [Shape] {
    let place = isHorizontal ? frame.y.position(value) : frame.x.position(value)
    guard place.isFinite else { return [] }
    let ends =
      isHorizontal
      ? [Point(frame.left, place), Point(frame.right, place)]
      : [Point(place, frame.top), Point(place, frame.bottom)]
    let stroke = Stroke(
      paint: look.paint, width: style.lineWidth ?? 1, dash: look.dash, opacity: style.alpha ?? 1)
    return [.line(ends, stroke)]
  }

  func facts() -> MarkFacts {
    MarkFacts(
      kind: isHorizontal ? "horizontal rule" : "vertical rule", text: "at \(Numeral.short(value))")
  }
}

/// A band across the whole plot between two numbers.
struct BandMark: Mark {
  var low: Double
  var high: Double
  /// True for a band between two values of y.
  var isHorizontal: Bool
  var style: SeriesStyle

  func extent(_ x: ScaleKind, _ y: ScaleKind) -> Extent {
    var extent = Extent()
    if isHorizontal {
      extent.y = Span(of: [low, high], y)
    } else {
      extent.x = Span(of: [low, high], x)
    }
    return extent
  }

  func shapes(in frame: Frame, _ look: Look) -> [Shape] {
    let scale = isHorizontal ? frame.y : frame.x
    let (a, b) = (scale.position(low), scale.position(high))
    guard a.isFinite, b.isFinite else { return [] }
    let corners =
      isHorizontal
      ? [
        [Point(frame.left, a), Point(frame.right, a)],
        [Point(frame.left, b), Point(frame.right, b)],
      ]
      : [
        [Point(a, frame.top), Point(b, frame.top)],
        [Point(a, frame.bottom), Point(b, frame.bottom)],
      ]
    return [
      .area(upper: corners[0], lower: corners[1], look.paint, opacity: style.alpha ?? 0.2)
    ]
  }

  func facts() -> MarkFacts {
    MarkFacts(
      kind: isHorizontal ? "horizontal band" : "vertical band",
      text: "from \(Numeral.short(low)) to \(Numeral.short(high))")
  }
}
