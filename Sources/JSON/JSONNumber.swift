/// The text of floating-point numbers.
public enum JSONNumber {
  /// The shortest text that reads back as the same number, laid out as Python's `repr` does.
  ///
  /// Plain digits for magnitudes from 1e-4 to below 1e16, else an exponent of at least two digits.
  /// Infinities and NaN give `inf`, `-inf` and `nan`.
  public static func text(of number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }
    guard number != 0 else { return number.sign == .minus ? "-0.0" : "0.0" }
    let (digits, exponent) = shortestDigits(of: number.magnitude)
    let sign = number < 0 ? "-" : ""
    if exponent < -4 || exponent >= 16 {
      let fraction = digits.utf8.count > 1 ? "." + digits.dropFirst() : ""
      return sign + digits.prefix(1) + fraction + exponentText(exponent)
    }
    let text = placePoint(digits, exponent: exponent)
    return sign + (text.utf8.contains(UInt8(ascii: ".")) ? text : text + ".0")
  }

  /// `e-07`: a sign and at least two digits.
  public static func exponentText(_ exponent: Int) -> String {
    let size = String(exponent.magnitude)
    return (exponent < 0 ? "e-" : "e+") + (size.utf8.count < 2 ? "0" : "") + size
  }

  /// Digits with the decimal point where a first digit of the weight 10^exponent puts it.
  public static func placePoint(_ digits: some StringProtocol, exponent: Int) -> String {
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
    let count = digits.utf8.count
    if count <= exponent + 1 { return digits + String(repeating: "0", count: exponent + 1 - count) }
    return digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
  }

  /// The digits of the shortest round trip, and the decimal exponent of the first of them.
  ///
  /// Swift's own text has the right digits but another rule for the notation. For 0 they are `0`
  /// and 0.
  ///
  /// - Parameter magnitude: A finite number that is not negative.
  /// - Returns: The digits, without zeros at either end, and the exponent.
  public static func shortestDigits(of magnitude: Double) -> (digits: String, exponent: Int) {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    let text = magnitude.description.utf8
    for (index, byte) in zip(text.indices, text) {
      if byte == UInt8(ascii: "e") {
        exponent = Int(String(text[text.index(after: index)...]) ?? "") ?? 0
        break
      }
      if byte == UInt8(ascii: ".") { point = digits.count } else { digits.append(byte) }
    }
    let zero = UInt8(ascii: "0")
    let first = exponent + (point ?? digits.count) - 1
    let leading = digits.prefix { $0 == zero }.count
    while digits.count > leading, digits.last == zero { digits.removeLast() }
    guard digits.count > leading else { return ("0", 0) }
    return (String(decoding: digits[leading...], as: UTF8.self), first - leading)
  }
}
