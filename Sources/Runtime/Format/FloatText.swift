import BigInt

/// The text of floats: `repr` as Python writes it, and exact decimal expansions.
///
/// Expansions are computed from the float's integer significand, so that every digit asked for is
/// right and ties go to even, as in C's `printf` (and with no call into the C library's locale).
enum FloatText {
  /// The shortest text that reads back as `value`, in the notation that Python chooses: an exponent
  /// below 1e-4 and from 1e16 on, `1.0` for whole numbers, `inf`, `-inf`, `nan`.
  static func representation(_ value: Double) -> String {
    guard value.isFinite else { return special(value) }
    if value == 0 { return value.sign == .minus ? "-0.0" : "0.0" }
    let (digits, exponent) = shortestDigits(value.magnitude)
    let sign = value < 0 ? "-" : ""
    if exponent < -4 || exponent >= 16 {
      let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
      return sign + digits.prefix(1) + fraction + exponentText(exponent)
    }
    let text = placePoint(digits, exponent: exponent)
    return sign + (text.contains(".") ? text : text + ".0")
  }

  /// `inf`, `-inf` or `nan`.
  static func special(_ value: Double) -> String {
    value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }

  /// `e-07`: a sign and at least two digits.
  static func exponentText(_ exponent: Int) -> String {
    let magnitude = String(exponent.magnitude)
    return (exponent < 0 ? "e-" : "e+") + (magnitude.count < 2 ? "0" + magnitude : magnitude)
  }

  /// The digits of the shortest round trip, and the decimal exponent of the first of them.
  static func shortestDigits(_ magnitude: Double) -> (digits: String, exponent: Int) {
    // Swift prints the shortest round trip; only its notation differs from Python's.
    var digits = ""
    var pointPlace: Int?
    var exponent = 0
    let text = magnitude.description.utf8
    var index = text.startIndex
    while index != text.endIndex {
      let byte = text[index]
      index = text.index(after: index)
      if byte == UInt8(ascii: ".") {
        pointPlace = digits.utf8.count
      } else if byte == UInt8(ascii: "e") {
        exponent = Int(String(decoding: text[index...], as: UTF8.self)) ?? 0
        break
      } else {
        digits.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    var first = exponent + (pointPlace ?? digits.utf8.count) - 1
    let leading = digits.prefix { $0 == "0" }.count
    digits.removeFirst(leading)
    first -= leading
    while digits.last == "0" { digits.removeLast() }
    return digits.isEmpty ? ("0", 0) : (digits, first)
  }

  /// Digits with the decimal point where a first digit of the weight 10^exponent puts it.
  static func placePoint(_ digits: some StringProtocol, exponent: Int) -> String {
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
    if digits.count <= exponent + 1 {
      return digits + String(repeating: "0", count: exponent + 1 - digits.count)
    }
    return digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
  }

  /// `magnitude` with exactly `places` digits after the point, correctly rounded.
  static func fixed(_ magnitude: Double, places: Int) -> String {
    let scaled = roundedScaled(magnitude, powerOfTen: places)
    var digits = scaled.description
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
    let scaled = roundedScaled(value.magnitude, powerOfTen: places)
    let magnitude = Double("\(scaled)e\(-places)") ?? value.magnitude
    return value.sign == .minus ? -magnitude : magnitude
  }

  /// The first `count` significant digits of a positive `magnitude`, correctly rounded, and the
  /// decimal exponent of the first.
  static func significant(_ magnitude: Double, count: Int) -> (digits: String, exponent: Int) {
    if magnitude == 0 { return (String(repeating: "0", count: count), 0) }
    var exponent = shortestDigits(magnitude).exponent
    var digits = roundedScaled(magnitude, powerOfTen: count - 1 - exponent).description
    if digits.count > count {
      // Rounding carried into a new digit: 9.99 at two digits is 1.0e1.
      exponent += 1
      digits = String(digits.prefix(count))
    }
    return (digits, exponent)
  }

  /// `magnitude · 10^powerOfTen` as an integer, ties to even.
  ///
  /// Exact, since a float is an integer
  /// times a power of two.
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
