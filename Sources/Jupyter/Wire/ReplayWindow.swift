/// The last signatures seen, so that a recorded message cannot be sent again.
struct ReplayWindow {
  private let capacity: Int
  private var seen: Set<Frame> = []
  private var order: [Frame] = []
  private var oldest = 0

  /// Remembers that many signatures.
  init(capacity: Int = 65_536) { self.capacity = max(1, capacity) }

  /// Remembers a signature.
  ///
  /// - Returns: False when it is among those remembered already.
  mutating func insert(_ signature: Frame) -> Bool {
    guard seen.insert(signature).inserted else { return false }
    if order.count < capacity {
      order.append(signature)
    } else {
      seen.remove(order[oldest])
      order[oldest] = signature
      oldest = (oldest + 1) % capacity
    }
    return true
  }
}
