import BigInt
import JSON

/// The text of floats: `repr` as Python writes it, and exact decimal expansions.
///
/// Expansions are computed from the float's integer significand, so that every digit asked for is
/// right and ties go to even, as in C's `printf` (and with no call into the C library's locale).
enum FloatText {
  /// No float has more decimals than this: further ones are zeros.
  private static let mostPlaces = 1_100

  /// The text of `repr(value)`; JSON text has the same one.
  static func representation(_ value: Double) -> String { JSONNumber.text(of: value) }

  /// `magnitude` with exactly `places` digits after the point, correctly rounded.
  static func fixed(_ magnitude: Double, places: Int) -> String {
    if places > mostPlaces {
      return fixed(magnitude, places: mostPlaces)
        + String(repeating: "0", count: places - mostPlaces)
    }
    var digits =
      quicklyScaled(magnitude, powerOfTen: places).map { String($0) }
      ?? roundedScaled(magnitude, powerOfTen: places).description
    if places == 0 { return digits }
    if digits.count <= places {
      digits = String(repeating: "0", count: places + 1 - digits.count) + digits
    }
    return digits.dropLast(places) + "." + digits.suffix(places)
  }

  /// `value` with `places` decimals, ties to even on its exact decimal expansion.
  ///
  /// Negative places round to tens, hundreds and so on. Infinities and NaN stay as they are.
  static func rounded(_ value: Double, places: Int) -> Double {
    // A float has no decimals beyond these, and none of its digits stand before the others.
    guard value.isFinite, places < 324 else { return value }
    guard places > -309 else { return 0 * value }
    let scaled =
      quicklyScaled(value.magnitude, powerOfTen: places).map { String($0) }
      ?? roundedScaled(value.magnitude, powerOfTen: places).description
    let magnitude = Double("\(scaled)e\(-places)") ?? value.magnitude
    return value.sign == .minus ? -magnitude : magnitude
  }

  /// The first `count` significant digits of a positive `magnitude`, correctly rounded, and the
  /// decimal exponent of the first.
  static func significant(_ magnitude: Double, count: Int) -> (digits: String, exponent: Int) {
    if magnitude == 0 { return (String(repeating: "0", count: count), 0) }
    if count > mostPlaces {
      let (digits, exponent) = significant(magnitude, count: mostPlaces)
      return (digits + String(repeating: "0", count: count - mostPlaces), exponent)
    }
    var exponent = JSONNumber.shortestDigits(of: magnitude).exponent
    var digits = roundedScaled(magnitude, powerOfTen: count - 1 - exponent).description
    if digits.count < count {
      // The shortest text may stand above a power of ten that the float is below: 1e23 is 9.99…e22.
      exponent -= 1
      digits = roundedScaled(magnitude, powerOfTen: count - 1 - exponent).description
    }
    if digits.count > count {
      // Rounding carried into a new digit: 9.99 at two digits is 1.0e1.
      exponent += 1
      digits = String(digits.prefix(count))
    }
    return (digits, exponent)
  }

  /// What ``roundedScaled(_:powerOfTen:)`` gives, when words of the machine have the room for it.
  private static func quicklyScaled(_ magnitude: Double, powerOfTen: Int) -> UInt64? {
    guard magnitude != 0 else { return 0 }
    let halves = 1075 - Int(magnitude.exponentBitPattern)
    guard 0...19 ~= powerOfTen, 1...127 ~= halves else { return nil }
    var scaled = UInt128(magnitude.significandBitPattern | 1 << 52)
    for _ in 0..<powerOfTen { scaled *= 10 }
    let quotient = scaled >> UInt128(halves)
    let (rest, half) = (scaled - quotient << UInt128(halves), UInt128(1) << UInt128(halves - 1))
    let roundsUp = rest > half || (rest == half && quotient & 1 == 1)
    return UInt64(exactly: roundsUp ? quotient + 1 : quotient)
  }

  /// `magnitude · 10^powerOfTen` as an integer, ties to even.
  ///
  /// Exact, since a float is an integer times a power of two.
  private static func roundedScaled(_ magnitude: Double, powerOfTen: Int) -> BigInt {
    var numerator = BigInt(magnitude.significandBitPattern)
    var twos = Int(magnitude.exponentBitPattern)
    if twos == 0 { twos = 1 } else { numerator += BigInt(1) << 52 }
    twos -= 1075
    var denominator = BigInt(1)
    if powerOfTen >= 0 {
      numerator *= BigInt(10).power(powerOfTen)
    } else {
      denominator = BigInt(10).power(-powerOfTen)
    }
    if twos >= 0 { numerator <<= twos } else { denominator <<= -twos }
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let twice = remainder * 2
    let roundsUp =
      twice > denominator || (twice == denominator && !quotient.isMultiple(of: BigInt(2)))
    return roundsUp ? quotient + 1 : quotient
  }
}
