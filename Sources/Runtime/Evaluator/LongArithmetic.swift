import BigInt

/// Products and quotients of long integers, which can be interrupted.
///
/// The integer library's own cannot be, and take seconds for a quotient of a million bits. Here
/// magnitudes are arrays of words, the lowest first, whose highest may be 0.
struct LongArithmetic {
  private let interpreter: Interpreter

  /// Up to so many words each word is multiplied with each; above, halves are.
  private static let shortWords = 40

  init(_ interpreter: Interpreter) { self.interpreter = interpreter }

  // MARK: - Products

  func product(_ a: LongInteger, _ b: LongInteger) throws(Fault) -> LongInteger {
    LongInteger(
      try product(a.words[...], b.words[...]), isNegative: a.isNegative != b.isNegative)
  }

  func product(_ a: BigUInt, _ b: BigUInt) throws(Fault) -> BigUInt {
    BigUInt(words: try product(Array(a.words)[...], Array(b.words)[...]))
  }

  /// The power of an exponent of 1 or more.
  func power(_ base: LongInteger, _ exponent: Int) throws(Fault) -> LongInteger {
    var result = base
    for place in (0..<(Int.bitWidth - 1 - exponent.leadingZeroBitCount)).reversed() {
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
      LongInteger.sum(Array(low), Array(high))[...],
      LongInteger.sum(Array(otherLow), Array(otherHigh))[...])
    LongInteger.subtract(lowest.span, from: &middle)
    LongInteger.subtract(highest.span, from: &middle)
    LongInteger.add(lowest.span, to: &result, at: 0)
    LongInteger.add(highest.span, to: &result, at: 2 * half)
    LongArithmetic.add(middle, to: &result, at: half)
    return result
  }

  /// Adds words from a place on; those beyond the end of the result are 0.
  private static func add(_ words: [UInt], to result: inout [UInt], at start: Int) {
    let part = words.prefix(result.count - start)
    LongInteger.add(part.span, to: &result, at: start)
  }

  /// The product, a row for each word of `short`.
  private func rows(_ long: ArraySlice<UInt>, _ short: ArraySlice<UInt>) throws(Fault) -> [UInt] {
    try interpreter.checkInterruption()
    var result = [UInt](repeating: 0, count: long.count + short.count)
    var span = result.mutableSpan
    let words = long.span
    for (row, factor) in short.enumerated() {
      var carry: UInt = 0
      var place = row
      for index in words.indices {
        let product = factor.multipliedFullWidth(by: words[index])
        let (part, overflow) = product.low.addingReportingOverflow(carry)
        let (sum, overflowsAgain) = part.addingReportingOverflow(span[place])
        span[place] = sum
        carry = product.high &+ (overflow ? 1 : 0) &+ (overflowsAgain ? 1 : 0)
        place &+= 1
      }
      span[place] = carry
    }
    return result
  }

  // MARK: - Quotients

  /// The quotient, rounded towards negative infinity, and what remains; `b` is not 0.
  func floorDivMod(_ a: LongInteger, _ b: LongInteger) throws(Fault) -> (
    quotient: LongInteger, remainder: LongInteger
  ) {
    let (quotient, rest) = try division(a.words, b.words)
    let isNegative = a.isNegative != b.isNegative
    let remainder = LongInteger(rest, isNegative: a.isNegative)
    if isNegative, !remainder.isZero {
      return (LongInteger(LongInteger.sum(quotient, [1]), isNegative: true), remainder + b)
    }
    return (LongInteger(quotient, isNegative: isNegative), remainder)
  }

  /// The quotient and what remains; `b` is not 0.
  func division(_ a: BigUInt, _ b: BigUInt) throws(Fault) -> (quotient: BigUInt, remainder: BigUInt)
  {
    let (quotient, rest) = try division(Array(a.words), Array(b.words))
    return (BigUInt(words: quotient), BigUInt(words: rest))
  }

  /// The quotient and what remains, by the method that is taught at school; `b` is not 0.
  ///
  /// Words take the place of digits: each word of the quotient is guessed from the highest two of
  /// what is left and of the divisor, which is at most one too large, and then put right.
  /// This is algorithm D of Knuth, "The Art of Computer Programming", volume 2.
  private func division(_ a: [UInt], _ b: [UInt]) throws(Fault) -> (
    quotient: [UInt], remainder: [UInt]
  ) {
    if a.count < b.count { return ([], a) }
    guard let highest = b.last, b.count > 1 else {
      var quotient = a
      let rest = WordDivisor(b.first ?? 1).divide(&quotient)
      return (quotient, [rest])
    }
    // With the highest bit of the divisor set, guesses are good.
    let shift = highest.leadingZeroBitCount
    let divisor = Array(IntegerBits.shiftLeft(b, shift).dropLast())
    var rest = IntegerBits.shiftLeft(a, shift)
    let size = b.count
    let first = WordDivisor(divisor[size - 1])
    var quotient = [UInt](repeating: 0, count: rest.count - size)
    for place in quotient.indices.reversed() {
      try interpreter.checkInterruption()
      let guess = LongArithmetic.guess(rest, place + size, divisor, first)
      let isTooLarge = LongArithmetic.subtract(divisor, times: guess, from: &rest, at: place)
      quotient[place] = isTooLarge ? guess - 1 : guess
      if isTooLarge { LongArithmetic.add(divisor, to: &rest, at: place, count: size + 1) }
    }
    return (quotient, IntegerBits.shiftRight(Array(rest.prefix(size)), shift))
  }

  /// The word of a quotient whose highest word is at `top`, or one more.
  ///
  /// `byFirst` divides by the highest word of the divisor.
  private static func guess(
    _ rest: [UInt], _ top: Int, _ divisor: [UInt], _ byFirst: WordDivisor
  ) -> UInt {
    let (first, second) = (divisor[divisor.count - 1], divisor[divisor.count - 2])
    // Never above the divisor's, as what is left is less than the divisor times a word.
    guard rest[top] < first else { return UInt.max }
    var (quotient, remainder) = (rest[top - 1], rest[top])
    byFirst.divide(&quotient, &remainder)
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
    var span = rest.mutableSpan
    var carry: UInt = 0
    var place = start
    for word in divisor {
      let product = factor.multipliedFullWidth(by: word)
      let (low, overflow) = product.low.addingReportingOverflow(carry)
      let (difference, borrows) = span[place].subtractingReportingOverflow(low)
      span[place] = difference
      carry = product.high &+ (overflow ? 1 : 0) &+ (borrows ? 1 : 0)
      place &+= 1
    }
    let (difference, borrows) = span[place].subtractingReportingOverflow(carry)
    span[place] = difference
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
