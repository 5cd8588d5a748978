/// The decimal digits of a float: the shortest that read back as the same number, or all of them.
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

  /// Every digit of a finite binary value: `significand × 2^exponent`, multiplied out.
  init(exactly value: Double) {
    isNegative = value.sign == .minus
    guard value != 0 else {
      (digits, point) = ([], 0)
      return
    }
    let isSubnormal = value.exponentBitPattern == 0
    let significand = value.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    let exponent = Int(value.exponentBitPattern) - 1075 + (isSubnormal ? 1 : 0)
    // Limbs of nine digits, lowest first. A negative power of two is a power of five over ten.
    var limbs: [UInt64] = [significand % 1_000_000_000, significand / 1_000_000_000]
    var remaining = exponent.magnitude
    while remaining > 0 {
      // 5¹³ and 2³⁰ are the highest powers whose product with a limb and a carry fits.
      let step = min(remaining, exponent < 0 ? 13 : 30)
      var factor: UInt64 = 1
      for _ in 0..<step { factor *= exponent < 0 ? 5 : 2 }
      var carry: UInt64 = 0
      for index in limbs.indices {
        let product = limbs[index] * factor + carry
        limbs[index] = product % 1_000_000_000
        carry = product / 1_000_000_000
      }
      while carry > 0 {
        limbs.append(carry % 1_000_000_000)
        carry /= 1_000_000_000
      }
      remaining -= step
    }
    var digits: [UInt8] = []
    for limb in limbs.reversed() {
      var divisor: UInt64 = 100_000_000
      while divisor > 0 {
        digits.append(UInt8(limb / divisor % 10))
        divisor /= 10
      }
    }
    self.digits = digits
    point = digits.count + min(exponent, 0)
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

  /// The value rounded to that many digits after the point.
  func rounded(toFraction places: Int) -> Decimal { rounded(keeping: point + places) }

  /// The value rounded to its first `count` digits, halves to the even digit.
  func rounded(keeping count: Int) -> Decimal {
    guard count < digits.count else { return self }
    var result = self
    guard count >= 0 else {
      result.digits = []
      result.point = 0
      return result
    }
    let isHalf = digits[count] == 5 && count + 1 == digits.count
    result.digits = Array(digits[..<count])
    let isOdd = (result.digits.last ?? 0) % 2 == 1
    if isHalf ? isOdd : digits[count] >= 5 { result.increment(width: count) }
    result.trim()
    return result
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
