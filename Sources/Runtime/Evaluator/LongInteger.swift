import BigInt

/// An integer of any size: its sign, and the words of its magnitude, the lowest first.
///
/// The highest word is never 0, so that 0 has no words. The integer library does what is rare; what
/// programs do in loops is done here, since the library asks for each word where it lies.
struct LongInteger: Equatable {
  /// False for 0.
  let isNegative: Bool
  let words: [UInt]

  /// Takes words whose highest may be 0.
  init(_ words: consuming [UInt], isNegative: Bool = false) {
    while words.last == 0 { words.removeLast() }
    self.isNegative = isNegative && !words.isEmpty
    self.words = words
  }

  init(_ number: Int) { self.init([number.magnitude], isNegative: number < 0) }

  init(_ number: BigInt) {
    self.init(Array(number.magnitude.words), isNegative: number.sign == .minus)
  }

  /// The number that a value is, if it is an integer.
  init?(_ value: Value) {
    switch value {
    case .int(let number): self.init(number)
    case .object(let object):
      guard let long = object.asBigIntObject else { return nil }
      self = long.number
    default: return nil
    }
  }

  /// The number as the integer library has it.
  var bigInt: BigInt { BigInt(sign: isNegative ? .minus : .plus, magnitude: magnitude) }

  var magnitude: BigUInt { BigUInt(words: words) }

  var isZero: Bool { words.isEmpty }

  /// The bits of the magnitude.
  var bitWidth: Int {
    words.count * UInt.bitWidth - (words.last?.leadingZeroBitCount ?? 0)
  }

  /// The number, if it fits.
  var small: Int? {
    guard words.count <= 1 else { return nil }
    let word = words.first ?? 0
    return isNegative
      ? word <= Int.min.magnitude ? Int(truncatingIfNeeded: 0 &- word) : nil : Int(exactly: word)
  }

  /// The value of the language, inline when it fits.
  var value: Value { small.map { .int($0) } ?? .object(BigIntObject(self)) }

  static prefix func - (number: LongInteger) -> LongInteger {
    LongInteger(number.words, isNegative: !number.isNegative)
  }

  static func + (a: LongInteger, b: LongInteger) -> LongInteger {
    if a.isNegative == b.isNegative {
      return LongInteger(sum(a.words, b.words), isNegative: a.isNegative)
    }
    return isLess(a.words, b.words)
      ? LongInteger(difference(b.words, a.words), isNegative: b.isNegative)
      : LongInteger(difference(a.words, b.words), isNegative: a.isNegative)
  }

  static func - (a: LongInteger, b: LongInteger) -> LongInteger { a + -b }

  static func < (a: LongInteger, b: LongInteger) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? isLess(b.words, a.words) : isLess(a.words, b.words)
  }

  // MARK: - Magnitudes

  static func isLess(_ a: [UInt], _ b: [UInt]) -> Bool {
    if a.count != b.count { return a.count < b.count }
    for place in a.indices.reversed() where a[place] != b[place] { return a[place] < b[place] }
    return false
  }

  static func sum(_ a: [UInt], _ b: [UInt]) -> [UInt] {
    var result = a.count < b.count ? b : a
    if add((a.count < b.count ? a : b).span, to: &result, at: 0) { result.append(1) }
    return result
  }

  /// The difference to a magnitude that is not larger.
  static func difference(_ a: [UInt], _ b: [UInt]) -> [UInt] {
    var result = a
    subtract(b.span, from: &result)
    return result
  }

  /// Adds words from a place on; true when a bit is carried out of the result, which is as long.
  @discardableResult
  static func add(_ words: Span<UInt>, to result: inout [UInt], at start: Int) -> Bool {
    var span = result.mutableSpan
    var carry: UInt = 0
    var place = start
    for index in words.indices {
      let (part, overflow) = span[place].addingReportingOverflow(words[index])
      let (sum, overflowsAgain) = part.addingReportingOverflow(carry)
      span[place] = sum
      carry = overflow || overflowsAgain ? 1 : 0
      place &+= 1
    }
    while carry != 0, place < span.count {
      span[place] &+= 1
      carry = span[place] == 0 ? 1 : 0
      place &+= 1
    }
    return carry != 0
  }

  /// Takes away a number that is not larger than the result, nor has more words.
  static func subtract(_ words: Span<UInt>, from result: inout [UInt]) {
    var span = result.mutableSpan
    var borrow: UInt = 0
    for place in words.indices {
      let (part, overflow) = span[place].subtractingReportingOverflow(words[place])
      let (rest, overflowsAgain) = part.subtractingReportingOverflow(borrow)
      span[place] = rest
      borrow = overflow || overflowsAgain ? 1 : 0
    }
    var place = words.count
    while borrow != 0, place < span.count {
      borrow = span[place] == 0 ? 1 : 0
      span[place] &-= 1
      place &+= 1
    }
  }
}

/// Division by a word as multiplication by its reciprocal, from Möller and Granlund, "Improved
/// division by invariant integers", algorithm 4; nothing here overflows but what wraps on purpose.
struct WordDivisor {
  /// How far the divisor is shifted, so that its highest bit is set.
  private let shift: Int
  private let divisor: UInt
  /// ⌊(2^128 - 1) / divisor⌋ - 2^64.
  private let reciprocal: UInt

  /// Takes a divisor that is not 0.
  init(_ divisor: UInt) {
    shift = divisor.leadingZeroBitCount
    self.divisor = divisor << shift
    reciprocal = self.divisor.dividingFullWidth((~self.divisor, UInt.max)).quotient
  }

  /// Divides remainder · 2^64 + word by the shifted divisor; both are replaced.
  ///
  /// The remainder is less than the divisor.
  @inline(__always)
  func divide(_ word: inout UInt, _ remainder: inout UInt) {
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

  /// Divides a magnitude in place; gives what remains.
  func divide(_ words: inout [UInt]) -> UInt {
    var span = words.mutableSpan
    var remainder: UInt = 0
    var above: UInt = 0
    var place = span.count
    // One word later than it is read each is divided, shifted as the divisor is.
    while place > 0 {
      place &-= 1
      let word = span[place]
      var shifted = above &<< shift | (word &>> 1) &>> (63 &- shift)
      if place &+ 1 < span.count {
        divide(&shifted, &remainder)
        span[place &+ 1] = shifted
      } else {
        remainder = shifted
      }
      above = word
    }
    guard span.count > 0 else { return 0 }
    var shifted = above &<< shift
    divide(&shifted, &remainder)
    span[0] = shifted
    return remainder >> shift
  }
}
