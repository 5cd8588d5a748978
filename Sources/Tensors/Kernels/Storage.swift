import Platform

/// The bytes of one or several tensors, from a pool, to which they return.
///
/// Written only while it is uniquely referenced. Whoever reads or writes through ``address`` has the
/// bounds from the shape that the storage was made for.
@safe
public final class Storage {
  /// The bytes asked for.
  public let byteCount: Int
  /// The first byte, aligned to 64.
  @usableFromInline let address: UnsafeMutableRawPointer
  private let capacity: Int
  private let pool: BufferPool

  /// Takes bytes whose contents are undefined.
  ///
  /// - Throws: ``TensorError/outOfMemory(bytes:inUse:limit:)`` when they would exceed the pool's limit.
  init(byteCount: Int, pool: BufferPool) throws(TensorError) {
    let (address, capacity) = try unsafe pool.take(byteCount)
    self.byteCount = byteCount
    unsafe self.address = unsafe address
    self.capacity = capacity
    self.pool = pool
  }

  deinit { unsafe pool.give(address, capacity: capacity) }

  /// How many elements of a type fit.
  @inline(__always)
  private func room<Element: BitwiseCopyable>(for type: Element.Type) -> Int {
    byteCount / MemoryLayout<Element>.stride
  }

  /// A copy of the first `count` elements, or of as many as there are.
  func array<Element: BitwiseCopyable>(of type: Element.Type, count: Int) -> [Element] {
    let count = min(max(count, 0), room(for: type))
    return unsafe Array(unsafeUninitializedCapacity: count) { buffer, filled in
      // `count` is within both: checked above.
      if let to = buffer.baseAddress, count > 0 {
        unsafe UnsafeMutableRawPointer(to).copyMemory(
          from: address, byteCount: count * MemoryLayout<Element>.stride)
      }
      filled = count
    }
  }

  /// Writes `elements` from the start; what does not fit is left out.
  ///
  /// - Throws: ``TensorError/interrupted`` between two portions.
  func fill<Element: BitwiseCopyable>(from elements: [Element], _ interruption: Interruption)
    throws(TensorError)
  {
    let size = min(elements.count, room(for: Element.self)) * MemoryLayout<Element>.stride
    var done = 0
    while done < size {
      if interruption.isRequested { throw .interrupted }
      let portion = min(size - done, 1 << 24)
      unsafe elements.withUnsafeBytes { bytes in
        guard let from = bytes.baseAddress else { return }
        // `size` is within both: checked above.
        unsafe (address + done).copyMemory(from: from + done, byteCount: portion)
      }
      done += portion
    }
  }

  /// One element; the first one when there is no such index, zero when there is none at all.
  @inline(__always)
  func element<Element: BitwiseCopyable & ExpressibleByIntegerLiteral>(
    at index: Int, as type: Element.Type
  ) -> Element {
    let room = room(for: type)
    guard room > 0 else { return 0 }
    // The index is within the bytes: checked here.
    return unsafe address.load(
      fromByteOffset: (index >= 0 && index < room ? index : 0) &* MemoryLayout<Element>.stride,
      as: type)
  }

  /// Writes one element; nothing when there is no such index.
  @inline(__always)
  func set<Element: BitwiseCopyable>(_ index: Int, to value: Element) {
    guard index >= 0, index < room(for: Element.self) else { return }
    unsafe address.storeBytes(
      of: value, toByteOffset: index &* MemoryLayout<Element>.stride, as: Element.self)
  }
}
