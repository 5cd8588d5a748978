import BigInt

/// Products and quotients of long integers, which can be interrupted.
///
/// The integer library's own cannot be, and take seconds for a quotient of a million bits. Here
/// magnitudes are arrays of words, the lowest first, whose highest may be 0.
struct LongArithmetic {
  private let interpreter: Interpreter

  /// Up to so many bits the library is left to do it.
  private static let shortBits = 8192
  /// Up to so many words each word is multiplied with each; above, halves are.
  private static let shortWords = 40

  init(_ interpreter: Interpreter) { self.interpreter = interpreter }

  // MARK: - Products

  func product(_ a: BigInt, _ b: BigInt) throws(Fault) -> BigInt {
    let magnitude = try product(a.magnitude, b.magnitude)
    return BigInt(sign: a.sign == b.sign ? .plus : .minus, magnitude: magnitude)
  }

  func product(_ a: BigUInt, _ b: BigUInt) throws(Fault) -> BigUInt {
    if min(a.bitWidth, b.bitWidth) <= LongArithmetic.shortBits / 2,
      max(a.bitWidth, b.bitWidth) <= LongArithmetic.shortBits
    {
      return a * b
    }
    return BigUInt(words: try product(Array(a.words)[...], Array(b.words)[...]))
  }

  /// The power of an exponent of 1 or more.
  func power(_ base: BigInt, _ exponent: Int) throws(Fault) -> BigInt {
    var result = BigInt(1)
    for place in (0..<(Int.bitWidth - exponent.leadingZeroBitCount)).reversed() {
      result = try product(result, result)
      if exponent >> place & 1 == 1 { result = try product(result, base) }
    }
    return result
  }

  /// The product by Karatsuba's method: three products of halves in place of four.
  private func product(_ a: ArraySlice<UInt>, _ b: ArraySlice<UInt>) throws(Fault) -> [UInt] {
    let (long, short) = a.count < b.count ? (b, a) : (a, b)
    if short.count <= LongArithmetic.shortWords { return try rows(long, short) }
    let half = (long.count + 1) / 2
    let (low, high) = (long.prefix(half), long.dropFirst(half))
    var result = [UInt](repeating: 0, count: long.count + short.count)
    guard short.count > half else {
      LongArithmetic.add(try product(low, short), to: &result, at: 0)
      LongArithmetic.add(try product(high, short), to: &result, at: half)
      return result
    }
    let (otherLow, otherHigh) = (short.prefix(half), short.dropFirst(half))
    let lowest = try product(low, otherLow)
    let highest = try product(high, otherHigh)
    var middle = try product(
      LongArithmetic.sum(low, high)[...], LongArithmetic.sum(otherLow, otherHigh)[...])
    LongArithmetic.subtract(lowest, from: &middle)
    LongArithmetic.subtract(highest, from: &middle)
    LongArithmetic.add(lowest, to: &result, at: 0)
    LongArithmetic.add(highest, to: &result, at: 2 * half)
    LongArithmetic.add(middle, to: &result, at: half)
    return result
  }

  /// The product, a row for each word of `short`.
  private func rows(_ long: ArraySlice<UInt>, _ short: ArraySlice<UInt>) throws(Fault) -> [UInt] {
    try interpreter.checkInterruption()
    var result = [UInt](repeating: 0, count: long.count + short.count)
    for (row, factor) in short.enumerated() {
      var carry: UInt = 0
      var place = row
      for word in long {
        let product = factor.multipliedFullWidth(by: word)
        let (part, overflow) = product.low.addingReportingOverflow(carry)
        let (sum, overflowsAgain) = part.addingReportingOverflow(result[place])
        result[place] = sum
        carry = product.high &+ (overflow ? 1 : 0) &+ (overflowsAgain ? 1 : 0)
        place += 1
      }
      result[place] = carry
    }
    return result
  }

  private static func sum(_ a: ArraySlice<UInt>, _ b: ArraySlice<UInt>) -> [UInt] {
    var result = a.count < b.count ? Array(b) : Array(a)
    result.append(0)
    add(Array(a.count < b.count ? a : b), to: &result, at: 0)
    return result
  }

  /// Adds words from a place on; the result has room for the sum, `words` may end in zeros.
  private static func add(_ words: [UInt], to result: inout [UInt], at start: Int) {
    var carry = false
    var place = start
    for word in words {
      if place == result.count { return }
      let (part, overflow) = result[place].addingReportingOverflow(word)
      let (sum, overflowsAgain) = part.addingReportingOverflow(carry ? 1 : 0)
      result[place] = sum
      carry = overflow || overflowsAgain
      place += 1
    }
    while carry, place < result.count {
      (result[place], carry) = result[place].addingReportingOverflow(1)
      place += 1
    }
  }

  /// Takes away a number that is not larger than the result; it may have more words, which are 0.
  private static func subtract(_ words: [UInt], from result: inout [UInt]) {
    var borrow = false
    var place = 0
    while place < result.count, borrow || place < words.count {
      let word = place < words.count ? words[place] : 0
      let (part, overflow) = result[place].subtractingReportingOverflow(word)
      let (rest, overflowsAgain) = part.subtractingReportingOverflow(borrow ? 1 : 0)
      result[place] = rest
      borrow = overflow || overflowsAgain
      place += 1
    }
  }

  // MARK: - Quotients

  /// The quotient, rounded towards negative infinity, and what remains; `b` is not 0.
  func floorDivMod(_ a: BigInt, _ b: BigInt) throws(Fault) -> (quotient: BigInt, remainder: BigInt)
  {
    let (quotient, rest) = try division(a.magnitude, b.magnitude)
    let isNegative = a.sign != b.sign
    let remainder = BigInt(sign: a.sign, magnitude: rest)
    if remainder != 0, isNegative { return (-BigInt(quotient) - 1, remainder + b) }
    return (BigInt(sign: isNegative ? .minus : .plus, magnitude: quotient), remainder)
  }

  /// The quotient and what remains, by the method that is taught at school; `b` is not 0.
  ///
  /// Words take the place of digits: each word of the quotient is guessed from the highest two of
  /// what is left and of the divisor, which is at most one too large, and then put right.
  /// This is algorithm D of Knuth, "The Art of Computer Programming", volume 2.
  func division(_ a: BigUInt, _ b: BigUInt) throws(Fault) -> (quotient: BigUInt, remainder: BigUInt)
  {
    if a.bitWidth <= LongArithmetic.shortBits || b.bitWidth <= 2 * UInt.bitWidth || a < b {
      return a.quotientAndRemainder(dividingBy: b)
    }
    // With the highest bit of the divisor set, guesses are good.
    let shift = (UInt.bitWidth - b.bitWidth % UInt.bitWidth) % UInt.bitWidth
    let divisor = Array((b << shift).words)
    var rest = Array((a << shift).words)
    rest.append(0)
    let size = divisor.count
    var quotient = [UInt](repeating: 0, count: rest.count - size)
    for place in quotient.indices.reversed() {
      try interpreter.checkInterruption()
      let guess = LongArithmetic.guess(rest, place + size, divisor)
      let isTooLarge = LongArithmetic.subtract(divisor, times: guess, from: &rest, at: place)
      quotient[place] = isTooLarge ? guess - 1 : guess
      if isTooLarge { LongArithmetic.add(divisor, to: &rest, at: place, count: size + 1) }
    }
    return (BigUInt(words: quotient), BigUInt(words: rest.prefix(size)) >> shift)
  }

  /// The word of a quotient whose highest word is at `top`, or one more.
  private static func guess(_ rest: [UInt], _ top: Int, _ divisor: [UInt]) -> UInt {
    let (first, second) = (divisor[divisor.count - 1], divisor[divisor.count - 2])
    // Never above the divisor's, as what is left is less than the divisor times a word.
    guard rest[top] < first else { return UInt.max }
    var (quotient, remainder) = first.dividingFullWidth((rest[top], rest[top - 1]))
    while true {
      let product = quotient.multipliedFullWidth(by: second)
      guard (product.high, product.low) > (remainder, rest[top - 2]) else { return quotient }
      quotient -= 1
      let (sum, overflow) = remainder.addingReportingOverflow(first)
      if overflow { return quotient }
      remainder = sum
    }
  }

  /// Takes a multiple of the divisor away; true when it was too large.
  private static func subtract(
    _ divisor: [UInt], times factor: UInt, from rest: inout [UInt], at start: Int
  ) -> Bool {
    var carry: UInt = 0
    var place = start
    for word in divisor {
      let product = factor.multipliedFullWidth(by: word)
      let (low, overflow) = product.low.addingReportingOverflow(carry)
      let (difference, borrows) = rest[place].subtractingReportingOverflow(low)
      rest[place] = difference
      carry = product.high &+ (overflow ? 1 : 0) &+ (borrows ? 1 : 0)
      place += 1
    }
    let (difference, borrows) = rest[place].subtractingReportingOverflow(carry)
    rest[place] = difference
    return borrows
  }

  /// Adds the divisor within `count` words, what is carried out of them being lost.
  private static func add(_ divisor: [UInt], to rest: inout [UInt], at start: Int, count: Int) {
    var carry = false
    for place in 0..<count {
      let word = place < divisor.count ? divisor[place] : 0
      let (part, overflow) = rest[start + place].addingReportingOverflow(word)
      let (sum, overflowsAgain) = part.addingReportingOverflow(carry ? 1 : 0)
      rest[start + place] = sum
      carry = overflow || overflowsAgain
    }
  }
}
