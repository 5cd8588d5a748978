/// The last signatures seen, so that a recorded message cannot be sent again.
struct ReplayWindow {
  private let capacity: Int
  private var seen: Set<UInt64>
  private var order: [UInt64] = []
  private var oldest = 0

  /// Remembers that many signatures.
  init(capacity: Int = 65_536) {
    self.capacity = max(1, capacity)
    // At once, or a session would seem to grow for some ten thousand messages.
    seen = Set(minimumCapacity: self.capacity)
    order.reserveCapacity(self.capacity)
  }

  /// Remembers a signature in hexadecimal digits.
  ///
  /// - Returns: False when it is among those remembered already.
  mutating func insert(_ signature: Frame) -> Bool {
    let digest = Self.digest(of: signature)
    guard seen.insert(digest).inserted else { return false }
    if order.count < capacity {
      order.append(digest)
    } else {
      seen.remove(order[oldest])
      order[oldest] = digest
      oldest = (oldest + 1) % capacity
    }
    return true
  }

  /// The first 64 bits of a signature: among those that are right, two with the same will not come.
  private static func digest(of signature: Frame) -> UInt64 {
    signature.prefix(16).reduce(0) { digest, byte in
      digest << 4 | UInt64(byte & 15) &+ (byte > UInt8(ascii: "9") ? 9 : 0)
    }
  }
}
