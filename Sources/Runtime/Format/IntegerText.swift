import BigInt

/// Integers of any size as digits and back.
///
/// Both directions take quadratic time, so each round looks whether to go on; the library's own
/// conversions cannot be stopped.
enum IntegerText {
  /// Appends the decimal digits of a number that fits a word.
  static func write(_ number: Int, to text: TextBuffer) {
    if number < 0 { text.append(UInt8(ascii: "-")) }
    text.append(number.magnitude, digits: digits(of: number.magnitude))
  }

  /// How many decimal digits a number has.
  static func digits(of number: UInt) -> Int {
    var count = 1
    var bound = (partialValue: UInt(10), overflow: false)
    while !bound.overflow, number >= bound.partialValue {
      count += 1
      bound = bound.partialValue.multipliedReportingOverflow(by: 10)
    }
    return count
  }

  /// The digits that a word holds.
  private static let wordDigits = 19

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
    // Its highest bit is set, so that words need not be shifted.
    let tens = WordDivisor(10_000_000_000_000_000_000)
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
        tens.divide(&word, &a)
        tens.divide(&word, &b)
        tens.divide(&word, &c)
        tens.divide(&word, &d)
        words[index] = word
      }
      parts += [a, b, c, d]
    }
    while parts.last == 0 { parts.removeLast() }
    let first = String(parts.popLast() ?? 0)
    return parts.reversed().reduce(into: first) { text, part in
      let digits = String(part)
      text += String(repeating: "0", count: wordDigits - digits.utf8.count) + digits
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
