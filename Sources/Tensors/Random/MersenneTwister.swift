/// MT19937 (Matsumoto and Nishimura, 1998): 624 words of state, period 2¹⁹⁹³⁷ − 1.
struct MersenneTwister: Sendable {
  private static let size = 624
  private static let middle = 397

  private var state: [UInt32]
  private var position = MersenneTwister.size

  /// Knuth's linear initialisation, which is what NumPy's `seed(int)` uses.
  init(seed: UInt32) {
    state = [UInt32](repeating: 0, count: Self.size)
    var word = seed
    for index in 0..<Self.size {
      state[index] = word
      word = 1_812_433_253 &* (word ^ (word >> 30)) &+ UInt32(truncatingIfNeeded: index + 1)
    }
  }

  /// The next 32 bits.
  mutating func next() -> UInt32 {
    if position == Self.size { twist() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    word ^= word >> 18
    return word
  }

  /// The next 64 bits, the high word first.
  mutating func next64() -> UInt64 {
    let high = UInt64(next())
    return high << 32 | UInt64(next())
  }

  /// A double in [0, 1) of 53 random bits.
  mutating func nextDouble() -> Double {
    let high = next() >> 5
    let low = next() >> 6
    return (Double(high) * 67_108_864 + Double(low)) / 9_007_199_254_740_992
  }

  private mutating func twist() {
    for index in 0..<Self.size {
      let word =
        (state[index] & 0x8000_0000) | (state[(index + 1) % Self.size] & 0x7fff_ffff)
      let mixed = (word >> 1) ^ (word & 1 == 0 ? 0 : 0x9908_b0df)
      state[index] = state[(index + Self.middle) % Self.size] ^ mixed
    }
    position = 0
  }
}
