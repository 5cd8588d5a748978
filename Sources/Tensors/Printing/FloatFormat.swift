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
    let rounded = values.map {
      FloatFormat.decimal($0, isSingle).rounded(toFraction: FloatFormat.precision, of: $0)
    }
    rightWidth = rounded.map(\.fractionDigits).max() ?? 0
    leftWidth =
      rounded.map { $0.wholeText.utf8.count + ($0.isNegative ? 1 : 0) }.max() ?? 0
  }

  private mutating func measureScientific(_ values: [Double], _ isSingle: Bool) {
    let rounded = values.map {
      FloatFormat.decimal($0, isSingle).rounded(keeping: FloatFormat.precision + 1, of: $0)
    }
    let fraction = rounded.map { max($0.digits.count - 1, 0) }.max() ?? 0
    fractionDigits = fraction
    exponentDigits = rounded.map { $0.isZero ? 2 : $0.exponentDigits }.max() ?? 2
    rightWidth = fraction + 2 + exponentDigits
    leftWidth = rounded.contains(where: \.isNegative) ? 2 : 1
  }

  /// One number, padded to the column.
  func text(_ value: Double, _ isSingle: Bool) -> String {
    let width = leftWidth + rightWidth + 1
    if value.isNaN { return FloatFormat.padded("nan", to: width) }
    if value.isInfinite { return FloatFormat.padded(value < 0 ? "-inf" : "inf", to: width) }
    let decimal = FloatFormat.decimal(value, isSingle)
    let sign = decimal.isNegative ? "-" : ""
    if isScientific {
      let rounded = decimal.rounded(keeping: FloatFormat.precision + 1, of: value)
      let body = rounded.scientificText(
        fraction: fractionDigits, exponentDigits: exponentDigits)
      return FloatFormat.padded(sign + body, to: width)
    }
    let rounded = decimal.rounded(toFraction: FloatFormat.precision, of: value)
    let fraction = rounded.fractionDigits
    let blanks = String(repeating: " ", count: max(rightWidth - fraction, 0))
    let whole = FloatFormat.padded(sign + rounded.wholeText, to: leftWidth)
    return whole + "." + rounded.fractionText(fraction) + blanks
  }

  private static func decimal(_ value: Double, _ isSingle: Bool) -> Decimal {
    Decimal(shortest: isSingle ? "\(Float(value))" : "\(value)")
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(width - text.utf8.count, 0)) + text
  }
}
