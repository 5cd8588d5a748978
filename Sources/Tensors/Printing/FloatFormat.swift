/// How the floats of one tensor are written, chosen from all that are shown: NumPy's rules with
/// precision 8, shortest digits, trailing zeros kept as blanks so that the points stand in one
/// column.
struct FloatFormat {
  static let precision = 8

  private var isScientific = false
  private var leftWidth = 0
  private var rightWidth = 0
  private var fractionDigits = 0
  private var exponentDigits = 2

  /// Looks at every number that will be written.
  init(_ values: [Double], isSingle: Bool) {
    let finite = values.filter(\.isFinite)
    let magnitudes = finite.map(\.magnitude).filter { $0 != 0 }
    if let largest = magnitudes.max(), let smallest = magnitudes.min() {
      // Compared in the dtype's own arithmetic, as NumPy does; float32 has no 8 whole digits.
      isScientific =
        isSingle
        ? largest >= 1e6 || Float(smallest) < 0.0001 || Float(largest) / Float(smallest) > 1000
        : largest >= 1e8 || smallest < 0.0001 || largest / smallest > 1000
    }
    if isScientific {
      measureScientific(finite, isSingle)
    } else {
      measurePositional(finite, isSingle)
    }
    if finite.count < values.count {
      // "nan" and "inf" end in the last column of the numbers.
      let word = values.contains(-Double.infinity) ? 4 : 3
      leftWidth = max(leftWidth, word - rightWidth - 1)
    }
  }

  private mutating func measurePositional(_ values: [Double], _ isSingle: Bool) {
    let shown = values.map { FloatFormat.positional($0, isSingle) }
    rightWidth = shown.map(\.fractionDigits).max() ?? 0
    leftWidth = shown.map { $0.wholeText.utf8.count + ($0.isNegative ? 1 : 0) }.max() ?? 0
  }

  private mutating func measureScientific(_ values: [Double], _ isSingle: Bool) {
    let shown = values.map { FloatFormat.scientific($0, isSingle, digits: 0) }
    fractionDigits = shown.map { max($0.digits.count - 1, 0) }.max() ?? 0
    exponentDigits = shown.map { $0.isZero ? 2 : $0.exponentDigits }.max() ?? 2
    rightWidth = fractionDigits + 2 + exponentDigits
    leftWidth = shown.contains(where: \.isNegative) ? 2 : 1
  }

  /// One number, padded to the column.
  func text(_ value: Double, _ isSingle: Bool) -> String {
    let width = leftWidth + rightWidth + 1
    if value.isNaN { return FloatFormat.padded("nan", to: width) }
    if value.isInfinite { return FloatFormat.padded(value < 0 ? "-inf" : "inf", to: width) }
    if isScientific {
      let decimal = FloatFormat.scientific(value, isSingle, digits: fractionDigits + 1)
      let body = decimal.scientificText(fraction: fractionDigits, exponentDigits: exponentDigits)
      return FloatFormat.padded((decimal.isNegative ? "-" : "") + body, to: width)
    }
    let decimal = FloatFormat.positional(value, isSingle)
    let whole = (decimal.isNegative ? "-" : "") + decimal.wholeText
    let fraction = decimal.fractionDigits
    return FloatFormat.padded(whole, to: leftWidth) + "." + decimal.fractionText(fraction)
      + String(repeating: " ", count: max(rightWidth - fraction, 0))
  }

  /// The shortest digits; where these are too many, the exact value rounded.
  private static func positional(_ value: Double, _ isSingle: Bool) -> Decimal {
    let decimal = shortest(value, isSingle)
    if decimal.fractionDigits <= precision { return decimal }
    return Decimal(exactly: value).rounded(toFraction: precision)
  }

  /// The shortest digits; where these are too many or fewer than `digits`, the exact value rounded.
  private static func scientific(_ value: Double, _ isSingle: Bool, digits: Int) -> Decimal {
    let decimal = shortest(value, isSingle)
    let count = decimal.digits.count
    if count <= precision + 1, count >= digits { return decimal }
    return Decimal(exactly: value).rounded(keeping: max(digits, min(count, precision + 1)))
  }

  private static func shortest(_ value: Double, _ isSingle: Bool) -> Decimal {
    Decimal(shortest: isSingle ? "\(Float(value))" : "\(value)")
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(width - text.utf8.count, 0)) + text
  }
}
