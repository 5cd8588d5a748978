/// An array of numbers of one dtype: a value, contiguous and row-major, over shared storage.
///
/// Copying is cheap and independent: writing goes to uniquely referenced storage only. A tensor that
/// depends on a ``Parameter`` also carries the node that recorded its making.
public struct Tensor {
  /// The extents of the axes.
  public let shape: Shape
  var storage: Storage
  /// What made this value; nil unless it depends on a parameter.
  var node: Node?
  /// The kind of number held.
  public let dtype: DType
  /// True for a number of the language, which does not raise the dtype of the tensors it meets.
  public let isWeak: Bool
  /// Which of the node's outputs this is.
  let slot: UInt16

  /// A value that nothing recorded.
  @inline(__always)
  init(shape: Shape, dtype: DType, storage: Storage, isWeak: Bool = false) {
    self.shape = shape
    self.storage = storage
    self.node = nil
    self.dtype = dtype
    self.isWeak = isWeak
    self.slot = 0
  }

  /// The same value as output `slot` of `node`.
  @inline(__always)
  init(_ value: Tensor, node: Node?, slot: Int = 0) {
    self.shape = value.shape
    self.storage = value.storage
    self.node = node
    self.dtype = value.dtype
    self.isWeak = false
    self.slot = UInt16(truncatingIfNeeded: slot)
  }

  /// The number of axes.
  public var rank: Int { shape.rank }

  /// The number of elements.
  public var count: Int { shape.count }

  /// Bytes of the elements.
  public var byteCount: Int { shape.count &* dtype.byteSize }

  /// True when gradients flow through this value.
  public var isTracked: Bool { node.map { !$0.isBlocker } ?? false }

  /// The same value without its history: no gradient flows through it.
  public var detached: Tensor {
    node == nil && !isWeak ? self : Tensor(shape: shape, dtype: dtype, storage: storage)
  }
}
