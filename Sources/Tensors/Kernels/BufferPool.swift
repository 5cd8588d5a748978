import Glibc

/// Where the bytes of tensors come from: aligned blocks that are kept for the next tensor of their
/// size, counted, and limited.
///
/// One evaluator thread owns it.
@safe
public final class BufferPool {
  /// The most bytes that blocks in use may take together.
  public let byteLimit: Int
  /// The bytes of all blocks in use.
  public private(set) var liveBytes = 0
  /// The most that ``liveBytes`` has been.
  public private(set) var peakBytes = 0

  private var keptBytes = 0
  /// Free blocks by size class.
  private var free: [[UnsafeMutableRawPointer]] = unsafe Array(repeating: [], count: 256)

  /// Vectors and cache lines are this long.
  private static let alignment = 64
  /// More than this is not kept: it would be taken from what other programs need.
  private static let mostKept = 512 << 20

  /// Makes an empty pool.
  ///
  /// - Parameter byteLimit: The most bytes that blocks in use may take together.
  public init(byteLimit: Int) { self.byteLimit = byteLimit }

  deinit { trim() }

  /// Gives the blocks that nothing uses back to the system.
  public func trim() {
    for index in unsafe free.indices {
      while let block = unsafe free[index].popLast() { unsafe Glibc.free(block) }
    }
    keptBytes = 0
  }

  /// A block of at least `bytes`, and its capacity; its contents are undefined.
  ///
  /// - Throws: ``TensorError/outOfMemory(bytes:inUse:limit:)``, before anything is allocated.
  func take(_ bytes: Int) throws(TensorError) -> (UnsafeMutableRawPointer, capacity: Int) {
    guard bytes <= byteLimit, bytes <= byteLimit &- liveBytes else {
      throw .outOfMemory(bytes: bytes, inUse: liveBytes, limit: byteLimit)
    }
    let (capacity, index) = Self.sizeClass(max(bytes, Self.alignment))
    if let block = unsafe free[index].popLast() {
      keptBytes -= capacity
      count(capacity)
      return unsafe (block, capacity)
    }
    var block: UnsafeMutableRawPointer?
    if unsafe posix_memalign(&block, Self.alignment, capacity) != 0 {
      trim()
      unsafe posix_memalign(&block, Self.alignment, capacity)
    }
    guard let block = unsafe block else {
      throw .outOfMemory(bytes: bytes, inUse: liveBytes, limit: byteLimit)
    }
    count(capacity)
    return unsafe (block, capacity)
  }

  /// Takes a block back.
  func give(_ block: UnsafeMutableRawPointer, capacity: Int) {
    liveBytes -= capacity
    if capacity > Self.mostKept - keptBytes {
      unsafe Glibc.free(block)
      return
    }
    keptBytes += capacity
    unsafe free[Self.sizeClass(capacity).index].append(block)
  }

  private func count(_ capacity: Int) {
    liveBytes += capacity
    if liveBytes > peakBytes { peakBytes = liveBytes }
  }

  /// Four sizes to a power of two, so that at most a quarter is wasted.
  ///
  /// `bytes` is at least 64 and, by the limit, far below the largest number.
  @inline(__always)
  private static func sizeClass(_ bytes: Int) -> (capacity: Int, index: Int) {
    let exponent = Int.bitWidth - 1 - bytes.leadingZeroBitCount
    let step = exponent - 2
    let quarters = (bytes &+ (1 &<< step) &- 1) &>> step
    return (quarters &<< step, exponent &* 4 &+ (quarters &- 4))
  }
}
