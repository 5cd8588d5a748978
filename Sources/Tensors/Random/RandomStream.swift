import Glibc

/// A stream of random numbers of its own for each purpose: a layer's weight, an epoch's shuffle, a
/// step's dropout.
///
/// The key (seed and parts) is hashed with FNV-1a and spread by SplitMix64 into the 256 bits of a
/// xoshiro256** generator (Blackman and Vigna, 2018). Streams do not advance one another, so adding a
/// layer leaves the others' weights as they were.
public struct RandomStream: Sendable {
  /// One part of a key.
  public enum Key: Sendable, Hashable {
    case number(Int)
    case text(String)
  }

  private var state: (UInt64, UInt64, UInt64, UInt64)
  private var spareNormal: Double?

  /// The stream of that key.
  ///
  /// - Parameters:
  ///   - seed: The session's seed.
  ///   - keys: What the stream is for, such as creation index and weight name.
  public init(seed: Int, _ keys: Key...) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    func mix(_ number: Int) {
      for shift in stride(from: 0, to: 64, by: 8) {
        mix(UInt8(truncatingIfNeeded: number >> shift))
      }
    }
    mix(seed)
    for key in keys {
      switch key {
      case .number(let number):
        mix(UInt8(1))
        mix(number)
      case .text(let text):
        mix(UInt8(2))
        for byte in text.utf8 { mix(byte) }
      }
    }
    func split() -> UInt64 {
      hash &+= 0x9e37_79b9_7f4a_7c15
      var word = hash
      word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
      word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
      return word ^ (word >> 31)
    }
    state = (split(), split(), split(), split())
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
      (word << count) | (word >> (64 - count))
    }
    let result = rotated(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotated(state.3, 45)
    return result
  }

  /// A double in [0, 1) of 53 bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A standard normal by the polar method.
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      if square >= 1 || square == 0 { continue }
      let factor = (-2 * log(square) / square).squareRoot()
      spareNormal = factor * x
      return factor * y
    }
  }

  /// That many floats in [low, high).
  public mutating func floats(_ count: Int, from low: Double, to high: Double) -> [Float] {
    (0..<max(count, 0)).map { _ in Float(low + (high - low) * uniform()) }
  }

  /// That many normal floats.
  public mutating func normalFloats(_ count: Int, mean: Double, deviation: Double) -> [Float] {
    (0..<max(count, 0)).map { _ in Float(mean + deviation * normal()) }
  }

  /// The whole numbers below `count` in random order.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<max(count, 0))
    var index = order.count - 1
    while index > 0 {
      // The high word of a product: no division, and a bias below 2⁻⁴⁰ for any list that fits.
      let place = next().multipliedFullWidth(by: UInt64(index + 1)).high
      order.swapAt(index, Int(place))
      index -= 1
    }
    return order
  }
}
