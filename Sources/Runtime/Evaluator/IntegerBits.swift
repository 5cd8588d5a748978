/// Bit operations on integers of any size, as on two's complement with endless sign bits.
///
/// They work on magnitudes: a negative number x is the complement of |x| - 1, and a complement moves
/// to the outside.
enum IntegerBits {
  static func and(_ a: LongInteger, _ b: LongInteger) -> LongInteger {
    switch (a.isNegative, b.isNegative) {
    case (false, false): return LongInteger(zip(a.words, b.words).map { $0 & $1 })
    case (true, true): return complement(either(bits(a), bits(b)) { $0 | $1 })
    case (false, true): return LongInteger(cut(a.words, bits(b)))
    case (true, false): return and(b, a)
    }
  }

  static func or(_ a: LongInteger, _ b: LongInteger) -> LongInteger {
    switch (a.isNegative, b.isNegative) {
    case (false, false): return LongInteger(either(a.words, b.words) { $0 | $1 })
    case (true, true): return complement(zip(bits(a), bits(b)).map { $0 & $1 })
    case (false, true): return complement(cut(bits(b), a.words))
    case (true, false): return or(b, a)
    }
  }

  static func xor(_ a: LongInteger, _ b: LongInteger) -> LongInteger {
    let difference = either(bits(a), bits(b)) { $0 ^ $1 }
    return a.isNegative == b.isNegative ? LongInteger(difference) : complement(difference)
  }

  /// Rounds towards negative infinity.
  static func shiftRight(_ a: LongInteger, _ count: Int) -> LongInteger {
    let shifted = shiftRight(bits(a), count)
    return a.isNegative ? complement(shifted) : LongInteger(shifted)
  }

  static func shiftRight(_ words: [UInt], _ count: Int) -> [UInt] {
    let (skipped, shift) = count.quotientAndRemainder(dividingBy: UInt.bitWidth)
    var result = Array(words.dropFirst(skipped))
    for place in result.indices {
      let above = place + 1 < result.count ? result[place + 1] : 0
      result[place] = result[place] &>> shift | (above &<< 1) &<< (63 &- shift)
    }
    return result
  }

  static func shiftLeft(_ words: [UInt], _ count: Int) -> [UInt] {
    let (added, shift) = count.quotientAndRemainder(dividingBy: UInt.bitWidth)
    var result = [UInt](repeating: 0, count: added)
    result.reserveCapacity(added + words.count + 1)
    var below: UInt = 0
    for word in words {
      result.append(word &<< shift | (below &>> 1) &>> (63 &- shift))
      below = word
    }
    result.append((below &>> 1) &>> (63 &- shift))
    return result
  }

  /// The bits that differ from the sign's.
  private static func bits(_ number: LongInteger) -> [UInt] {
    number.isNegative ? LongInteger.difference(number.words, [1]) : number.words
  }

  /// The negative number with these bits.
  private static func complement(_ bits: [UInt]) -> LongInteger {
    LongInteger(LongInteger.sum(bits, [1]), isNegative: true)
  }

  /// Joins each two words; what only one of both has stays.
  private static func either(_ a: [UInt], _ b: [UInt], _ join: (UInt, UInt) -> UInt) -> [UInt] {
    if a.count < b.count { return either(b, a, join) }
    var result = a
    for place in b.indices { result[place] = join(result[place], b[place]) }
    return result
  }

  /// The bits of the first that the second has not.
  private static func cut(_ a: [UInt], _ b: [UInt]) -> [UInt] {
    var result = a
    for place in 0..<min(a.count, b.count) { result[place] &= ~b[place] }
    return result
  }
}
