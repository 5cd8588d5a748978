import BigInt

/// Integers of any size as digits and back, a word's worth of digits at a time.
///
/// Both directions take quadratic time, up to seconds for the largest integers, so each round looks
/// whether to go on; the library's own conversions cannot be stopped.
enum IntegerText {
  /// The decimal digits of a number.
  static func decimal(_ number: BigInt, _ interpreter: Interpreter) throws(Fault) -> String {
    let (size, divisor) = (18, BigUInt(1_000_000_000_000_000_000))
    var parts: [String] = []
    var rest = number.magnitude
    repeat {
      try interpreter.checkInterruption()
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: divisor)
      parts.append(String(UInt(remainder)))
      rest = quotient
    } while rest != 0
    let first = (number.sign == .minus ? "-" : "") + (parts.popLast() ?? "0")
    return parts.reversed().reduce(into: first) { text, part in
      text += String(repeating: "0", count: size - part.utf8.count) + part
    }
  }

  /// The number that digits without a sign stand for; nil when one of them is no digit.
  static func number(_ digits: String, radix: Int, _ interpreter: Interpreter) throws(Fault)
    -> BigInt?
  {
    // The most digits that always fit a word.
    var (size, scale) = (1, radix)
    while scale < Int.max / (radix * radix) { (size, scale) = (size + 1, scale * radix) }
    guard digits.utf8.first != UInt8(ascii: "-"), digits.utf8.first != UInt8(ascii: "+") else {
      return nil
    }
    var rest = digits[...]
    var result = BigUInt(0)
    var count = (rest.utf8.count - 1) % size + 1
    while !rest.isEmpty {
      try interpreter.checkInterruption()
      guard let part = UInt(rest.prefix(count), radix: radix) else { return nil }
      result = result * BigUInt(scale) + BigUInt(part)
      rest = rest.dropFirst(count)
      count = size
    }
    return BigInt(result)
  }
}
