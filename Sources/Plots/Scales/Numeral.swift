import Glibc

/// Numbers as text for axes and descriptions, by integers so that they are the same everywhere.
enum Numeral {
  /// The minus sign of typography, as wide as a plus.
  static let minus = "\u{2212}"

  /// `digits` with a decimal point before the last `decimals`, grouped from 10 000.
  static func fixed(_ digits: Int, decimals: Int, grouped: Bool = true) -> String {
    var text = String(digits.magnitude)
    if decimals > 0 {
      text = String(repeating: "0", count: max(0, decimals + 1 - text.count)) + text
      let whole = String(text.dropLast(decimals))
      text = (grouped ? group(whole) : whole) + "." + text.suffix(decimals)
    } else if digits != 0 {
      text += String(repeating: "0", count: min(-decimals, 400))
      if grouped { text = group(text) }
    }
    return (digits < 0 ? minus : "") + text
  }

  private static func group(_ whole: String) -> String {
    guard whole.count > 4 else { return whole }
    var groups: [Substring] = []
    var rest = Substring(whole)
    while rest.count > 3 {
      groups.append(rest.suffix(3))
      rest = rest.dropLast(3)
    }
    groups.append(rest)
    return groups.reversed().joined(separator: "\u{202f}")
  }

  /// At most four significant digits: `0`, `12.5`, `−0.0061`, `1.2e-07`.
  static func short(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? minus + "inf" : "inf" }
    if let whole = Int(exactly: value), whole.magnitude < 10_000_000 {
      return fixed(whole, decimals: 0, grouped: false)
    }
    let size = abs(value)
    var power = exponent(of: size)
    var digits = Int(exactly: scaled(size, by: 3 - power).rounded()) ?? 0
    if digits >= 10_000 {
      digits /= 10
      power += 1
    }
    var decimals = 3 - power
    let isFixed = (-5...6).contains(power)
    if !isFixed { decimals = 3 }
    while decimals > 0, digits % 10 == 0 {
      digits /= 10
      decimals -= 1
    }
    let text = fixed(digits, decimals: decimals, grouped: false)
    let tail = isFixed ? "" : "e\(power < 0 ? "-" : "+")\(abs(power) < 10 ? "0" : "")\(abs(power))"
    return (value < 0 ? minus : "") + text + tail
  }

  /// Ten to a whole power, correctly rounded; 0 or infinity beyond the range of a double.
  static func power(_ exponent: Int) -> Double {
    Double("1e\(exponent)") ?? (exponent > 0 ? .infinity : 0)
  }

  /// `value` times ten to a power, in two steps where one factor would leave the range.
  static func scaled(_ value: Double, by exponent: Int) -> Double {
    switch exponent {
    case ...(-301): value / power(300) / power(-exponent - 300)
    case ..<0: value / power(-exponent)
    case ...300: value * power(exponent)
    default: value * power(300) * power(exponent - 300)
    }
  }

  /// The largest `k` with 10^k ≤ `size`; 0 for what is not a positive number.
  static func exponent(of size: Double) -> Int {
    guard size > 0, size.isFinite else { return 0 }
    var guess = Int(exactly: log10(size).rounded(.down)) ?? 0
    if scaled(1, by: guess + 1) <= size { guess += 1 }
    if scaled(1, by: guess) > size { guess -= 1 }
    return guess
  }

  /// The decimal logarithm; NaN where there is none.
  static func logarithm(_ value: Double) -> Double { value > 0 ? log10(value) : .nan }
}

extension Numeral {
  /// Ten to a power between 0 and 1.
  static func tenToThe(_ share: Double) -> Double { pow(10, share) }
}

extension Numeral {
  /// The cube root.
  static func cubeRoot(_ value: Double) -> Double { cbrt(value) }
}
