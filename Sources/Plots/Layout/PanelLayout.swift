/// One panel with everything in its place, in pixels of the figure.
struct PanelLayout {
  var panel: Panel
  var looks: [Look]
  var frame: Frame
  var xAxis: Axis
  var yAxis: Axis
  var lines: GridLines
  /// True for small panels, which have neither ticks nor labels.
  var isCompact: Bool
  /// True if the names under the ticks are turned to fit.
  var turnsNames: Bool
  /// True if a thin line runs round the plot, as around pictures.
  var hasOutline: Bool
  var texts: [PlacedText] = []
  var legend: [LegendEntry] = []
  /// The backing of a legend box, if the legend is one.
  var legendBox: Bar?
  var colorBar: ColorBar?
}

/// A text and where it stands.
struct PlacedText: Sendable {
  /// What a text is, which decides its size and paint.
  enum Role: Sendable, Hashable {
    case title, panelTitle, axisLabel, tick, note
    /// The name of a series, in its colour.
    case name(Paint)
    case legend
  }

  /// Which point of the text its place is.
  enum Anchor: String, Sendable {
    case start, middle, end
  }

  var label: TickLabel
  var x: Double
  var y: Double
  var anchor: Anchor
  var role: Role
  /// True if the text is turned by -35 degrees about its place.
  var isTurned = false
  /// The whole text where `label` is cut.
  var whole: String?

  /// The size in pixels.
  var size: Double {
    switch role {
    case .title: 15
    case .panelTitle: 13
    case .axisLabel, .name, .legend, .note: 12
    case .tick: 11
    }
  }

  var isBold: Bool {
    switch role {
    case .title, .panelTitle, .name: true
    default: false
    }
  }

  /// The width in pixels.
  var width: Double {
    TextMeasure.width(label.text, size: size, bold: isBold)
      + TextMeasure.width(label.exponent, size: size * 0.75, bold: isBold)
  }

  /// The rectangle that the text covers, unless it is turned.
  var box: Bar {
    let left =
      switch anchor {
      case .start: x
      case .middle: x - width / 2
      case .end: x - width
      }
    return Bar(
      left: left, top: y - size * 0.8, right: left + width, bottom: y + size * 0.2,
      title: label.text)
  }
}

/// One sample and name of a legend.
struct LegendEntry: Sendable {
  var look: Look
  var swatch: Swatch
  /// The left end of the sample and the middle of the row.
  var x: Double
  var y: Double
}

/// The bar that explains the colours of a heat map.
struct ColorBar: Sendable {
  var left: Double
  var top: Double
  var bottom: Double
  var map: ColorMap
  var range: Span
  var axis: Axis

  static let width = 10.0

  /// The height of a number on the bar.
  func position(_ value: Double) -> Double {
    guard range.length > 0 else { return bottom }
    return bottom - (value - range.low) / range.length * (bottom - top)
  }
}

extension Panel {
  /// The paint and pattern of each mark: its own, or the next of a cycle that leaves out the inks
  /// that other marks name.
  var looks: [Look] {
    var taken: Set<Ink> = []
    for mark in marks where mark.takesCycleColor {
      if case .ink(let ink) = mark.style.color { taken.insert(ink) }
    }
    let free = Ink.cycle.filter { !taken.contains($0) }
    let cycle = free.isEmpty ? Ink.cycle : free
    var next = 0
    return marks.map { mark in
      var look = Look(paint: .ink(.black), dash: mark.style.dash ?? .solid)
      if let color = mark.style.color {
        look.paint = color
      } else if mark.takesCycleColor {
        look.paint = .ink(cycle[next % cycle.count])
        // The second round of colours is dashed, so that colour is not the only difference.
        if mark.style.dash == nil, next >= cycle.count { look.dash = .dashed }
        next += 1
      }
      return look
    }
  }
}
