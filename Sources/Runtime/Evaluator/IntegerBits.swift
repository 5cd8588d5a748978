import BigInt

/// Bit operations on integers of any size, as on two's complement with endless sign bits.
///
/// The integer library's own are wrong for some negative numbers: its `>>` cuts towards zero, and
/// `&` and `^` lose a word when a magnitude is close to a power of 2⁶⁴. These work on magnitudes: a
/// negative number x is the complement of |x| - 1, and a complement moves to the outside.
enum IntegerBits {
  static func and(_ a: BigInt, _ b: BigInt) -> BigInt {
    switch (a.sign, b.sign) {
    case (.plus, .plus): return BigInt(a.magnitude & b.magnitude)
    case (.minus, .minus): return complement(bits(a) | bits(b))
    case (.plus, .minus): return BigInt(a.magnitude - (a.magnitude & bits(b)))
    case (.minus, .plus): return and(b, a)
    }
  }

  static func or(_ a: BigInt, _ b: BigInt) -> BigInt {
    switch (a.sign, b.sign) {
    case (.plus, .plus): return BigInt(a.magnitude | b.magnitude)
    case (.minus, .minus): return complement(bits(a) & bits(b))
    case (.plus, .minus): return complement(bits(b) - (bits(b) & a.magnitude))
    case (.minus, .plus): return or(b, a)
    }
  }

  static func xor(_ a: BigInt, _ b: BigInt) -> BigInt {
    let difference = bits(a) ^ bits(b)
    return a.sign == b.sign ? BigInt(difference) : complement(difference)
  }

  /// Rounds towards negative infinity.
  static func shiftRight(_ a: BigInt, _ count: Int) -> BigInt {
    let shifted = bits(a) >> count
    return a.sign == .plus ? BigInt(shifted) : complement(shifted)
  }

  /// The bits that differ from the sign's.
  private static func bits(_ number: BigInt) -> BigUInt {
    number.sign == .plus ? number.magnitude : number.magnitude - 1
  }

  /// The negative number with these bits.
  private static func complement(_ bits: BigUInt) -> BigInt {
    BigInt(sign: .minus, magnitude: bits + 1)
  }
}
