import BigInt

/// Integers of any size as digits and back.
///
/// Both directions take quadratic time, so each round looks whether to go on; the library's own
/// conversions cannot be stopped.
enum IntegerText {
  /// Appends the decimal digits of a number that fits a word.
  static func write(_ number: Int, to text: inout [UInt8]) {
    if number < 0 { text.append(UInt8(ascii: "-")) }
    write(number.magnitude, to: &text)
  }

  /// Appends the decimal digits of a magnitude.
  static func write(_ magnitude: UInt, to text: inout [UInt8]) {
    var count = 1
    var rest = magnitude / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    let start = text.count
    text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: count))
    rest = magnitude
    for place in stride(from: start + count - 1, through: start, by: -1) {
      text[place] = UInt8(truncatingIfNeeded: rest % 10) &+ UInt8(ascii: "0")
      rest /= 10
    }
  }

  /// The decimal digits of a number.
  static func decimal(_ number: BigInt, _ interpreter: Interpreter) throws(Fault) -> String {
    let digits = try decimal(number.magnitude, interpreter)
    return number.sign == .minus ? "-" + digits : digits
  }

  /// The decimal digits of a number that has no sign.
  ///
  /// Each pass over the words divides by 10^19 four times: a quotient word goes straight on to the
  /// next division. The four chains of remainders overlap in the processor, which is three times as
  /// quick as a pass for each.
  static func decimal(_ magnitude: BigUInt, _ interpreter: Interpreter) throws(Fault) -> String {
    var words = Array(magnitude.words)
    var parts: [UInt] = []
    while let last = words.last {
      guard last != 0 else {
        words.removeLast()
        continue
      }
      try interpreter.checkInterruption()
      var (a, b, c, d): (UInt, UInt, UInt, UInt) = (0, 0, 0, 0)
      for index in words.indices.reversed() {
        var word = words[index]
        DecimalWord.divide(&word, &a)
        DecimalWord.divide(&word, &b)
        DecimalWord.divide(&word, &c)
        DecimalWord.divide(&word, &d)
        words[index] = word
      }
      parts += [a, b, c, d]
    }
    while parts.last == 0 { parts.removeLast() }
    let first = String(parts.popLast() ?? 0)
    return parts.reversed().reduce(into: first) { text, part in
      let digits = String(part)
      text += String(repeating: "0", count: DecimalWord.size - digits.utf8.count) + digits
    }
  }

  /// The integer that digits without a sign stand for; nil when one of them is no digit.
  static func integer(
    _ digits: String, isNegative: Bool, radix: Int, _ interpreter: Interpreter
  ) throws(Fault) -> Value? {
    // Swift's readers, which take a word's worth of digits each, take signs too.
    guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }) else {
      return nil
    }
    if let small = Int((isNegative ? "-" : "") + digits, radix: radix) { return .int(small) }
    guard let magnitude = try magnitude(digits, radix: radix, interpreter) else { return nil }
    return .integer(isNegative ? -BigInt(magnitude) : BigInt(magnitude))
  }

  private static func magnitude(_ digits: String, radix: Int, _ interpreter: Interpreter)
    throws(Fault) -> BigUInt?
  {
    // The most digits that always fit a word.
    var (size, scale) = (1, radix)
    while scale < Int.max / (radix * radix) { (size, scale) = (size + 1, scale * radix) }
    var rest = digits[...]
    var result: [UInt] = []
    var count = (rest.utf8.count - 1) % size + 1
    while !rest.isEmpty {
      try interpreter.checkInterruption()
      guard var carry = UInt(rest.prefix(count), radix: radix) else { return nil }
      for index in result.indices {
        let product = result[index].multipliedFullWidth(by: UInt(scale))
        let (low, overflow) = product.low.addingReportingOverflow(carry)
        result[index] = low
        carry = product.high &+ (overflow ? 1 : 0)
      }
      if carry != 0 { result.append(carry) }
      rest = rest.dropFirst(count)
      count = size
    }
    try IntegerArithmetic.checkBits(result.count.multipliedReportingOverflow(by: UInt.bitWidth))
    return BigUInt(words: result)
  }
}

/// Division by the largest power of ten in a word.
private enum DecimalWord {
  /// The digits that a word holds.
  static let size = 19
  private static let divisor: UInt = 10_000_000_000_000_000_000
  /// ⌊(2^128 - 1) / divisor⌋ - 2^64.
  private static let reciprocal: UInt = 0xD83C_94FB_6D2A_C34A

  /// Divides remainder · 2^64 + word; both are replaced.
  ///
  /// The remainder is less than the divisor. This is division by multiplication, from Möller and
  /// Granlund, "Improved division by invariant integers", algorithm 4; nothing here overflows but
  /// what wraps on purpose.
  @inline(__always)
  static func divide(_ word: inout UInt, _ remainder: inout UInt) {
    let product = reciprocal.multipliedFullWidth(by: remainder)
    let (low, overflow) = product.low.addingReportingOverflow(word)
    var quotient = product.high &+ remainder &+ (overflow ? 2 : 1)
    var rest = word &- quotient &* divisor
    if rest > low {
      quotient &-= 1
      rest &+= divisor
    }
    if rest >= divisor {
      quotient &+= 1
      rest &-= divisor
    }
    (word, remainder) = (quotient, rest)
  }
}
