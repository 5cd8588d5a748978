/// The text of floating-point numbers.
public enum JSONNumber {
  /// The shortest text that reads back as the same number, laid out as Python's `repr` does.
  ///
  /// Plain digits for magnitudes from 1e-4 to below 1e16, else an exponent of at least two digits.
  /// Infinities and NaN give `inf`, `-inf` and `nan`.
  public static func text(of number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }
    guard number != 0 else { return number.sign == .minus ? "-0.0" : "0.0" }
    let (digits, point) = shortestDigits(of: number.magnitude)
    let sign = number < 0 ? "-" : ""
    if point > 16 || point < -3 { return sign + scientific(digits, exponent: point - 1) }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.utf8.count {
      return sign + digits + String(repeating: "0", count: point - digits.utf8.count) + ".0"
    }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  private static func scientific(_ digits: String, exponent: Int) -> String {
    let mantissa = digits.utf8.count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
    let size = String(exponent.magnitude)
    return mantissa + (exponent < 0 ? "e-" : "e+") + (size.utf8.count < 2 ? "0" : "") + size
  }

  /// The significant digits d₁d₂… and the p of 0.d₁d₂… · 10ᵖ.
  ///
  /// Swift's own text has the right digits but another rule for the exponent.
  private static func shortestDigits(of number: Double) -> (digits: String, point: Int) {
    let parts = number.description.split(separator: "e")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = (parts.first ?? "0").split(separator: ".")
    let whole = mantissa.first ?? ""
    let digits = whole + (mantissa.count > 1 ? mantissa[1] : "")
    let leading = digits.prefix { $0 == "0" }.count
    var significant = digits.dropFirst(leading)
    while significant.count > 1, significant.last == "0" { significant.removeLast() }
    return (String(significant), whole.count + exponent - leading)
  }
}
