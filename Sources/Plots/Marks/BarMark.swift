/// Rectangles from a base to a value: bars of names or numbers, and histograms.
struct BarMark: Mark {
  /// The middles of the bars along their axis.
  var places: [Double]
  var heights: [Double]
  /// The extents along their axis.
  var widths: [Double]
  var base: [Double]
  /// The names under the bars, when they stand at 0, 1, 2 and so on.
  var names: [String]?
  var isHorizontal = false
  var isHistogram = false
  var integerHeights = false
  var integerPlaces = false
  var style: SeriesStyle
  var cost: Int { heights.count * 20 }

  func extent(_ x: ScaleKind, _ y: ScaleKind) -> Extent {
    let kind = isHorizontal ? x : y
    var edges: [Double] = []
    for (place, width) in zip(places, widths) { edges += [place - width / 2, place + width / 2] }
    var tops = zip(heights, base).map { $0 + $1 }
    if kind == .linear { tops += base }
    let margin = isHistogram ? 0 : 0.02
    var extent = Extent()
    if isHorizontal {
      extent.y = Span(of: edges)
      extent.x = Span(of: tops, kind)
      extent.namesY = names
      extent.reversedY = names != nil
    } else {
      extent.x = Span(of: edges)
      extent.y = Span(of: tops, kind)
      extent.namesX = names
    }
    extent.paddingX = isHorizontal ? 0.05 : margin
    extent.paddingY = isHorizontal ? margin : 0.05
    extent.integerX = isHorizontal ? integerHeights : integerPlaces
    extent.integerY = isHorizontal ? integerPlaces : integerHeights
    extent.zeroX = isHorizontal
    extent.zeroY = !isHorizontal
    return extent
  }

  func shapes(in frame: Frame, _ look: Look) -> [Shape] {
    var bars: [Bar] = []
    // A logarithmic axis has no zero: bars rise from its end.
    let scale = isHorizontal ? frame.x : frame.y
    for index in places.indices {
      let foot = scale.kind == .log ? scale.domain.low : base[index]
      let tip = base[index] + heights[index]
      let near = places[index] - widths[index] / 2
      let far = places[index] + widths[index] / 2
      let a = isHorizontal ? frame.point(foot, near) : frame.point(near, foot)
      let b = isHorizontal ? frame.point(tip, far) : frame.point(far, tip)
      guard a.isFinite, b.isFinite else { continue }
      // The bins of a histogram touch: a gap of a pixel tells them apart.
      let gap = isHistogram && abs(b.x - a.x) > 4 ? 0.5 : 0
      bars.append(
        Bar(
          left: min(a.x, b.x) + gap, top: min(a.y, b.y), right: max(a.x, b.x) - gap,
          bottom: max(a.y, b.y),
          title: "\(name(index)): \(Numeral.short(heights[index]))"))
    }
    return [.bars(bars, look.paint, opacity: style.alpha ?? 1)]
  }

  private func name(_ index: Int) -> String {
    if isHistogram {
      let half = widths[index] / 2
      return "\(Numeral.short(places[index] - half)) to \(Numeral.short(places[index] + half))"
    }
    if let names, index < names.count { return names[index] }
    return Numeral.short(places[index])
  }

  func facts() -> MarkFacts {
    let kind = isHistogram ? "histogram" : isHorizontal ? "horizontal bar chart" : "bar chart"
    guard
      let high = heights.indices.filter({ heights[$0].isFinite }).max(by: {
        heights[$0] < heights[$1]
      }),
      let low = heights.indices.filter({ heights[$0].isFinite }).min(by: {
        heights[$0] < heights[$1]
      })
    else { return MarkFacts(kind: kind, text: "\(heights.count) bars, no finite data") }
    return MarkFacts(
      kind: kind,
      text: "\(heights.count) \(plural(heights.count, "bar")), "
        + "min \(Numeral.short(heights[low])) at \(name(low)), "
        + "max \(Numeral.short(heights[high])) at \(name(high))")
  }
}
