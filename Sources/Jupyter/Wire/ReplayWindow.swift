/// The last signatures seen, so that a recorded message cannot be sent again.
struct ReplayWindow {
  /// The first 128 bits of a signature, which are enough to tell signatures apart that are right.
  ///
  /// The window fills within some hours of work; whole frames would take four times the memory.
  private struct Digest: Hashable {
    var high: UInt64 = 0
    var low: UInt64 = 0

    init(_ signature: Frame) {
      for (index, byte) in signature.prefix(32).enumerated() {
        let digit = UInt64(byte & 15) &+ (byte > UInt8(ascii: "9") ? 9 : 0)
        if index < 16 { high = high << 4 | digit } else { low = low << 4 | digit }
      }
    }
  }

  private let capacity: Int
  private var seen: Set<Digest> = []
  private var order: [Digest] = []
  private var oldest = 0

  /// Remembers that many signatures.
  init(capacity: Int = 65_536) { self.capacity = max(1, capacity) }

  /// Remembers a signature in hexadecimal digits.
  ///
  /// - Returns: False when it is among those remembered already.
  mutating func insert(_ signature: Frame) -> Bool {
    let digest = Digest(signature)
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
}
