/// The decimal digits of a float: the shortest that read back as the same number of its own width.
///
/// `0.d₁d₂d₃… × 10^point`, without trailing zeros; no digits for zero.
struct Decimal {
  var digits: [UInt8]
  var point: Int
  let isNegative: Bool

  /// Takes the digits out of Swift's shortest round-trip text, such as `1.5e-07` or `120.25`.
  init(shortest text: String) {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    var negative = false
    var bytes = text.utf8.makeIterator()
    while let byte = bytes.next() {
      switch byte {
      case UInt8(ascii: "-"): negative = true
      case UInt8(ascii: "."): point = digits.count
      case UInt8(ascii: "e"):
        var sign = 1
        while let next = bytes.next() {
          if next == UInt8(ascii: "-") { sign = -1 }
          if next >= 48, next <= 57 { exponent = exponent * 10 + Int(next - 48) }
        }
        exponent *= sign
      default: digits.append(byte - 48)
      }
    }
    self.point = (point ?? digits.count) + exponent
    self.digits = digits
    isNegative = negative
    trim()
  }

  var isZero: Bool { digits.isEmpty }

  private mutating func trim() {
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    point -= leading
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  /// Digits after the decimal point in positional notation.
  var fractionDigits: Int { max(digits.count - point, 0) }

  /// The value rounded to that many digits after the point; see ``rounded(keeping:of:)``.
  func rounded(toFraction places: Int, of exact: Double) -> Decimal {
    rounded(keeping: point + places, of: exact)
  }

  /// The value rounded to its first `count` digits.
  ///
  /// The shortest digits lie on the same side of a half as the binary value does, unless they end on
  /// the half itself: then `exact`, the binary value, decides, and an even digit if it is there too.
  func rounded(keeping count: Int, of exact: Double) -> Decimal {
    guard count < digits.count else { return self }
    var result = self
    guard count >= 0 else {
      result.digits = []
      result.point = 0
      return result
    }
    let first = digits[count]
    result.digits = Array(digits[..<count])
    var goesUp = first >= 5
    if first == 5, count + 1 == digits.count {
      let side = sideOfExact(exact.magnitude)
      goesUp = side > 0 || (side == 0 && (result.digits.last ?? 0) % 2 == 1)
    }
    if goesUp { result.increment(width: count) }
    result.trim()
    return result
  }

  /// Whether the binary value lies above (1), below (-1) or at (0) these digits.
  private func sideOfExact(_ exact: Double) -> Int {
    guard digits.count <= 18 else { return 0 }
    let whole = digits.reduce(0) { $0 * 10 + Int($1) }
    let power = point - digits.count
    guard power.magnitude <= 22 else { return 0 }
    // Powers of ten up to 10²² are exact, and a fused multiply-add tells the rounding error.
    var scale = 1.0
    for _ in 0..<power.magnitude { scale *= 10 }
    if power > 0 {
      let error = (-Double(whole)).addingProduct(exact / scale, 1)
      return error > 0 ? 1 : error < 0 ? -1 : 0
    }
    let product = exact * scale
    guard product < 4e18 else { return 0 }
    let error = (-product).addingProduct(exact, scale)
    let floor = product.rounded(.down)
    let difference = Double(Int(exactly: floor).map { $0 - whole } ?? 0) + (product - floor) + error
    return difference > 0 ? 1 : difference < 0 ? -1 : 0
  }

  private mutating func increment(width: Int) {
    var index = width - 1
    while index >= 0 {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
      index -= 1
    }
    digits.insert(1, at: 0)
    point += 1
  }

  /// The digits before the point, at least `0`.
  var wholeText: String {
    guard point > 0 else { return "0" }
    return text(of: 0..<point)
  }

  /// `count` digits after the point.
  func fractionText(_ count: Int) -> String { text(of: point..<point + count) }

  /// The digits at those positions, with zeros where there are none.
  private func text(of range: Range<Int>) -> String {
    String(
      decoding: range.map { digits.indices.contains($0) ? digits[$0] + 48 : 48 }, as: UTF8.self)
  }

  /// Scientific notation with `fraction` digits after the point, an exponent of at least two digits.
  func scientificText(fraction: Int, exponentDigits: Int) -> String {
    let exponent = isZero ? 0 : point - 1
    let lead = digits.first.map { String($0) } ?? "0"
    var shifted = self
    shifted.point = 1
    var power = String(exponent.magnitude)
    while power.count < exponentDigits { power = "0" + power }
    return lead + "." + shifted.fractionText(fraction) + "e" + (exponent < 0 ? "-" : "+") + power
  }

  /// Digits of the exponent, at least 2.
  var exponentDigits: Int { max(String((point - 1).magnitude).count, 2) }
}
