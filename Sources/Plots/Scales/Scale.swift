/// How numbers are laid along an axis.
public enum ScaleKind: String, Sendable {
  /// Equal differences are equally long.
  case linear
  /// Equal ratios are equally long; numbers that are not positive have no place.
  case log
}

/// The range of numbers from a low to a high one, both finite.
struct Span: Sendable, Hashable {
  var low: Double
  var high: Double

  /// Numbers beyond this are drawn at it, so that differences stay finite.
  static let bound = 1e300

  init(_ low: Double, _ high: Double) {
    let first = low.isNaN ? 0 : max(-Self.bound, min(Self.bound, low))
    let second = high.isNaN ? 0 : max(-Self.bound, min(Self.bound, high))
    self.low = min(first, second)
    self.high = max(first, second)
  }

  /// The least span of the finite numbers (of the positive ones for a logarithmic scale).
  init?(of values: some Sequence<Double>, _ kind: ScaleKind = .linear) {
    var low = Double.infinity
    var high = -Double.infinity
    // Drawing reads every number some ten times here: NaN fails both comparisons by itself.
    let floor = kind == .linear ? -Double.infinity : 0
    for value in values where value > floor && value < .infinity {
      if value < low { low = value }
      if value > high { high = value }
    }
    guard low <= high else { return nil }
    self.init(low, high)
  }

  var length: Double { high - low }

  /// True if the ends cannot be told apart on a picture.
  var isConstant: Bool { length <= 1e-10 * max(abs(low), abs(high)) }

  /// The least span that holds both.
  func union(_ other: Span?) -> Span {
    guard let other else { return self }
    return Span(min(low, other.low), max(high, other.high))
  }
}

/// Maps numbers to pixels along one axis.
struct Scale: Sendable {
  let kind: ScaleKind
  /// The numbers at the two ends.
  let domain: Span
  /// The pixel of `domain.low` and of `domain.high`.
  let start: Double
  let end: Double
  private let low: Double
  private let factor: Double

  init(_ kind: ScaleKind, _ domain: Span, from start: Double, to end: Double) {
    self.kind = kind
    self.domain = domain
    self.start = start
    self.end = end
    low = kind == .log ? Numeral.logarithm(domain.low) : domain.low
    let high = kind == .log ? Numeral.logarithm(domain.high) : domain.high
    factor = high > low ? 1 / (high - low) : 0
  }

  /// The pixel of a number; NaN for one that has no place.
  func position(_ value: Double) -> Double {
    let place = kind == .log ? Numeral.logarithm(value) : value
    return start + (place - low) * factor * (end - start)
  }
}

/// What a mark needs of the two axes.
struct Extent: Sendable {
  var x: Span?
  var y: Span?
  /// True if all numbers along the axis are whole.
  var integerX = true
  var integerY = true
  /// The share of the range left free at each end.
  var paddingX = 0.0
  var paddingY = 0.0
  /// True if an end at zero is a base that stays at the edge.
  var zeroX = false
  var zeroY = false
  /// Pixels that signs at the ends need.
  var radius = 0.0
  /// Names in the place of numbers, at 0, 1, 2 and so on.
  var namesX: [String]?
  var namesY: [String]?
  /// True if the first row is at the top.
  var reversedY = false
  /// Height by width of a cell, if the picture must keep it.
  var aspect: Double?

  /// The extent of marks laid over each other.
  func union(_ other: Extent) -> Extent {
    var both = self
    both.x = x?.union(other.x) ?? other.x
    both.y = y?.union(other.y) ?? other.y
    // A rule across the plot says nothing about the numbers along the other axis.
    both.integerX = (x == nil || integerX) && (other.x == nil || other.integerX)
    both.integerY = (y == nil || integerY) && (other.y == nil || other.integerY)
    both.paddingX = max(paddingX, other.paddingX)
    both.paddingY = max(paddingY, other.paddingY)
    both.zeroX = zeroX || other.zeroX
    both.zeroY = zeroY || other.zeroY
    both.radius = max(radius, other.radius)
    both.namesX = namesX ?? other.namesX
    both.namesY = namesY ?? other.namesY
    both.reversedY = reversedY || other.reversedY
    both.aspect = aspect ?? other.aspect
    return both
  }
}

extension Span {
  /// The domain of an axis: padded, or widened about a constant.
  func domain(
    _ kind: ScaleKind, padding: Double, zero: Bool, pixels: Double, radius: Double
  ) -> Span {
    if kind == .log {
      let low = Numeral.logarithm(low)
      let high = Numeral.logarithm(high)
      let spread = high - low < 1e-9 ? 0.3 : (high - low) * padding
      return Span(exponential(low - spread), exponential(high + spread))
    }
    guard !isConstant else {
      let spread = zero ? max(abs(low), 0.5) : low == 0 ? 0.5 : max(abs(low) * 0.05, 1e-290)
      if zero, low >= 0 { return Span(0, low == 0 ? 1 : high * 1.05) }
      if zero { return Span(low * 1.05, 0) }
      return Span(
        low - (abs(low) < 10 ? max(spread, 0.5 * unit) : spread),
        high + (abs(low) < 10 ? max(spread, 0.5 * unit) : spread))
    }
    let share = padding + (pixels > 4 * radius ? radius / pixels : 0)
    let spread = min(length * share, Span.bound)
    return Span(
      zero && low == 0 ? 0 : low - spread, zero && high == 0 ? 0 : high + spread)
  }

  /// 1 where half a unit about the number shows it well, else 0.
  private var unit: Double { abs(low) >= 0.1 || low == 0 ? 1 : 0 }

  private func exponential(_ power: Double) -> Double {
    let whole = power.rounded(.down)
    let exponent = Int(exactly: whole) ?? 0
    return Numeral.scaled(Numeral.tenToThe(power - whole), by: exponent)
  }
}
