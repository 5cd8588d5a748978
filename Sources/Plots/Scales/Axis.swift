/// The ticks of one axis, and how they are labelled.
struct Axis: Sendable {
  /// One place along an axis.
  struct Tick: Sendable, Hashable {
    var value: Double
    var label: TickLabel
  }

  var ticks: [Tick] = []
  /// Places marked without label or grid line, on logarithmic axes.
  var minor: [Double] = []
  /// The power of ten that all labels lack, written once at the end of the axis.
  var power: Int?
}

/// A label, with an exponent set higher and smaller.
struct TickLabel: Sendable, Hashable {
  var text: String
  var exponent: String = ""

  init(_ text: String, exponent: String = "") {
    self.text = text
    self.exponent = exponent
  }

  /// Ten to a power, as a label.
  init(power: Int, times factor: Int = 1) {
    text = factor == 1 ? "10" : "\(factor)\u{d7}10"
    exponent = (power < 0 ? Numeral.minus : "") + String(power.magnitude)
  }
}

extension Axis {
  /// A tick distance: a factor of 1, 2 or 5 and a power of ten, numbered in order of size.
  struct Step: Sendable {
    var index: Int

    var exponent: Int { index >= 0 ? index / 3 : (index - 2) / 3 }
    var factor: Int { [1, 2, 5][index - 3 * exponent] }
    var value: Double { multiple(1) }

    /// `count` steps, with one rounding.
    func multiple(_ count: Int) -> Double { Numeral.scaled(Double(factor * count), by: exponent) }

    init(index: Int) { self.index = index }

    /// The smallest step of which at most `count` fit into a range.
    init(range: Double, atMost count: Double) {
      index = 3 * Numeral.exponent(of: range / max(count, 1)) - 1
      while range / value > max(count, 1) * (1 + 1e-12) { index += 1 }
    }
  }

  /// Ticks at whole multiples of a round step.
  ///
  /// - Parameters:
  ///   - domain: The range to cover.
  ///   - count: The most steps to fit in.
  ///   - integer: True if ticks between whole numbers would be idle.
  ///   - wanting: With fewer ticks than this the next finer step is taken,
  ///   - mostIfScarce: if at most this many of it fit.
  ///   - coarser: How many steps to go beyond the one that fits, for labels that would touch.
  /// - Returns: The ticks; none for an empty range.
  static func linear(
    _ domain: Span, atMost count: Double, integer: Bool, wanting: Int = 2,
    mostIfScarce: Double = .infinity, coarser: Int = 0
  ) -> Axis {
    guard domain.length > 0 else { return Axis() }
    var step = Step(range: domain.length, atMost: count)
    step.index += coarser
    if integer, step.index < 0 { step.index = 0 }
    var places = multiples(of: step, in: domain)
    let found = places?.count ?? 0
    if found < wanting, coarser == 0, !(integer && step.index == 0) {
      let finer = Step(index: step.index - 1)
      if found < 2 || domain.length / finer.value <= mostIfScarce {
        step = finer
        places = multiples(of: step, in: domain)
      }
    }
    return places.map { labelled($0, step) } ?? Axis()
  }

  private static func multiples(of step: Step, in domain: Span) -> ClosedRange<Int>? {
    let slack = 1e-9
    guard
      let first = Int(exactly: (domain.low / step.value - slack).rounded(.up)),
      let last = Int(exactly: (domain.high / step.value + slack).rounded(.down)),
      first <= last, last - first < 1000, first.magnitude < 1 << 55, last.magnitude < 1 << 55
    else { return nil }
    return first...last
  }

  private static func labelled(_ places: ClosedRange<Int>, _ step: Step) -> Axis {
    let largest = max(abs(step.multiple(places.lowerBound)), abs(step.multiple(places.upperBound)))
    var axis = Axis()
    if largest >= 1e6 || step.exponent < -4 { axis.power = Numeral.exponent(of: largest) }
    let decimals = (axis.power ?? 0) - step.exponent
    axis.ticks = places.map { place in
      Tick(
        value: step.multiple(place),
        label: TickLabel(Numeral.fixed(place * step.factor, decimals: decimals)))
    }
    return axis
  }

  /// Ticks of a logarithmic axis: 1, 2 and 5 of each decade, or decades alone when there are many.
  ///
  /// - Parameters:
  ///   - domain: The range to cover, positive.
  ///   - pixels: The length of the axis.
  ///   - distance: The least distance of labels in pixels.
  /// - Returns: Nil if fewer than three labels would lie in the range.
  static func logarithmic(_ domain: Span, pixels: Double, distance: Double) -> Axis? {
    guard domain.low > 0 else { return nil }
    let first = Numeral.exponent(of: domain.low)
    let last = Numeral.exponent(of: domain.high)
    let decades = Numeral.logarithm(domain.high) - Numeral.logarithm(domain.low)
    let narrow = decades <= 3.2
    guard decades > 0 else { return nil }
    let every = narrow ? 1 : max(1, Int(exactly: (distance * decades / pixels).rounded(.up)) ?? 1)
    var axis = Axis()
    let low = domain.low * (1 - 1e-12)
    let high = domain.high * (1 + 1e-12)
    // With little room 2 and 5 give way to the decades.
    let room = pixels / max(decades, 0.1) * 0.3
    for exponent in first...last {
      for factor in 1...9 {
        let value = Numeral.scaled(Double(factor), by: exponent)
        guard value >= low, value <= high else { continue }
        let isLabelled =
          factor == 1
          ? exponent % every == 0
          : narrow && (factor == 2 || factor == 5) && room >= distance * 0.5
        if isLabelled {
          axis.ticks.append(Tick(value: value, label: label(factor, exponent)))
        } else if every == 1 || factor == 1 {
          axis.minor.append(value)
        }
      }
    }
    return axis.ticks.count >= 3 ? axis : nil
  }

  private static func label(_ factor: Int, _ exponent: Int) -> TickLabel {
    guard (-4...4).contains(exponent) else { return TickLabel(power: exponent, times: factor) }
    return TickLabel(Numeral.fixed(factor, decimals: -exponent))
  }

  /// Names at 0, 1, 2 and so on.
  static func names(_ names: [String]) -> Axis {
    Axis(ticks: names.enumerated().map { Tick(value: Double($0), label: TickLabel($1)) })
  }

  /// Ticks at given places, labelled by given texts or by the numbers.
  static func chosen(_ choice: TickChoice, _ domain: Span) -> Axis {
    var axis = Axis()
    for (index, value) in choice.places.enumerated() where value.isFinite {
      guard value >= domain.low - 1e-9 * domain.length,
        value <= domain.high + 1e-9 * domain.length
      else { continue }
      let text =
        choice.labels.map { index < $0.count ? $0[index] : "" } ?? Numeral.short(value)
      axis.ticks.append(Tick(value: value, label: TickLabel(text)))
    }
    return axis
  }
}
