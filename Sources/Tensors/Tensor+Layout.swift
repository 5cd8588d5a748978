/// Unrecorded rearrangements that forwards are made of.
extension Tensor {
  /// The same elements under another shape of the same count; no element moves.
  @inline(__always)
  func viewed(as shape: Shape) -> Tensor {
    Tensor(shape: shape, dtype: dtype, storage: storage)
  }

  /// The elements spread to `target`.
  func spread(to target: Shape, _ context: TensorContext) throws(TensorError) -> Tensor {
    if shape == target { return self }
    return try Kernels.strided(
      self, offset: 0, strides: shape.strides(broadcastTo: target), shape: target, context)
  }

  /// The axes in another order: axis `i` of the result is axis `order[i]`.
  func permuted(_ order: [Int], _ context: TensorContext) throws(TensorError) -> Tensor {
    let extents = order.map { shape.extents[$0] }
    let result = Shape(trusted: extents, count: shape.count)
    // Moving axes of length 1 moves no element.
    let moving = order.filter { shape.extents[$0] != 1 }
    if moving == moving.sorted() { return viewed(as: result) }
    let strides = shape.strides
    return try Kernels.strided(
      self, offset: 0, strides: order.map { strides[$0] }, shape: result, context)
  }
}

extension Shape {
  /// The order of axes that swaps two of them.
  func swapping(_ first: Int, _ second: Int) -> [Int] {
    var order = Array(0..<rank)
    order.swapAt(first, second)
    return order
  }
}
