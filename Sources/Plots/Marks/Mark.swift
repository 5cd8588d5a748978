/// One kind of drawing: its numbers, the room they need, and the shapes that they become.
///
/// A mark never computes a scale. It states its extent, and is later given a frame whose scales map
/// numbers to pixels. The shapes know nothing of SVG or of terminals, so that a new mark is drawn by
/// both at once.
protocol Mark: Sendable {
  /// How long it takes to draw, in points of a line: 500 000 take some 50 ms.
  var cost: Int { get }
  /// How the mark looks; its label names it.
  var style: SeriesStyle { get }
  /// True if a mark without a colour takes the next of the cycle.
  var takesCycleColor: Bool { get }
  /// The numbers at the right end, where the mark may be named instead of in a legend; a nil `x` is
  /// the end of the plot.
  var end: LineEnd? { get }
  /// How the mark is shown beside its name in a legend.
  var swatch: Swatch { get }
  /// What the mark needs of axes of the given kinds.
  func extent(_ x: ScaleKind, _ y: ScaleKind) -> Extent
  /// The shapes, in the order in which they are drawn.
  func shapes(in frame: Frame, _ look: Look) -> [Shape]
  /// What the mark shows, in words and numbers.
  func facts() -> MarkFacts
}

extension Mark {
  var cost: Int { 1 }
  var takesCycleColor: Bool { true }
  var end: LineEnd? { nil }
  var swatch: Swatch { .box }
}

/// Where a line stops.
struct LineEnd: Sendable, Hashable {
  var x: Double?
  var y: Double
}

/// The sample of a mark in a legend.
enum Swatch: Sendable, Hashable {
  case line, box
  case marker(Marker)
}

/// What a mark is called and what is worth saying of it.
struct MarkFacts: Sendable, Hashable {
  /// The kind in the singular: `line`, `bar chart`.
  var kind: String
  /// Counts and extremes: `130 points, first 1, last 0, ...`.
  var text: String
}

/// The paint and pattern that a mark got, its own or those of the cycle.
struct Look: Sendable, Hashable {
  var paint: Paint
  var dash: Dash
}

/// The plot area in pixels, and the scales that map into it.
struct Frame: Sendable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double
  var x: Scale
  var y: Scale

  var width: Double { right - left }
  var height: Double { bottom - top }

  /// The pixel of a pair of numbers.
  func point(_ xValue: Double, _ yValue: Double) -> Point {
    Point(x.position(xValue), y.position(yValue))
  }

  /// True if a point lies on the plot area, give or take a hundredth of a pixel.
  func contains(_ point: Point) -> Bool {
    point.x >= left - 0.01 && point.x <= right + 0.01 && point.y >= top - 0.01
      && point.y <= bottom + 0.01
  }
}

/// A place in pixels, from the left and from the top; NaN is a gap.
struct Point: Sendable, Hashable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  var isFinite: Bool { x.isFinite && y.isFinite }
}

/// What a mark becomes: a few kinds that every output draws.
enum Shape: Sendable {
  /// A line through points; a point that is not finite breaks it.
  case line([Point], Stroke)
  /// Signs at points; `filled` is 0 for clear and 1 for opaque.
  case markers([Point], Marker, size: Double, Paint, opacity: Double)
  /// Rectangles with one base line.
  case bars([Bar], Paint, opacity: Double)
  /// The ground between two lines through equally many points.
  case area(upper: [Point], lower: [Point], Paint, opacity: Double)
  /// Coloured cells of equal size.
  case cells(Cells)
}

/// How a line is drawn.
struct Stroke: Sendable, Hashable {
  var paint: Paint
  var width: Double
  var dash: Dash = .solid
  var opacity = 1.0
}

/// One rectangle of a bar chart, in pixels, and what it stands for.
struct Bar: Sendable, Hashable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double
  var title: String
}

/// Numbers on a grid, ready to be coloured.
struct Cells: Sendable {
  var rows: Int
  var columns: Int
  /// Row by row, the first row at the top of the picture; NaN is a missing number.
  var values: [Double]
  var map: ColorMap
  /// The numbers of the first and of the last colour.
  var range: Span
  /// The rectangle that the cells fill, in pixels.
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  /// The colour of a number: 0 to 255, or -1 for a missing one.
  func level(_ value: Double) -> Int {
    guard !value.isNaN else { return -1 }
    guard range.length > 0 else { return 128 }
    let share = (max(range.low, min(range.high, value)) - range.low) / range.length
    return Int(exactly: (share * 255).rounded()) ?? 0
  }
}
