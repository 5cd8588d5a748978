import CKernels

extension Kernels {
  /// A copy of elements of `x` by strides, which may be 0 or negative: transpose, slice, flip, spread.
  static func strided(
    _ x: Tensor, offset: Int, strides: [Int], shape: Shape, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    let result = try empty(shape, x.dtype, context)
    let view = try View(extents: shape.extents, strides: strides)
    let size = x.dtype.byteSize
    if shape.count == 0 { return result }
    let out = unsafe result.storage.address
    // The caller has checked that every address lies within `x`.
    let from = unsafe x.storage.address + offset &* size
    try inPieces(of: Piece.cheap, shape.count, context) { start, count in
      var raw = view.raw
      unsafe ck_gather(out + start &* size, from, &raw, start, count, Int32(size))
    }
    return result
  }

  /// Writes `value`, which has the elements of `shape`, into `x` by strides.
  static func assign(
    _ value: Tensor, into x: inout Tensor, offset: Int, strides: [Int], shape: Shape,
    _ context: TensorContext
  ) throws(TensorError) {
    let view = try View(extents: shape.extents, strides: strides)
    try makeUnique(&x, context)
    if shape.count == 0 { return }
    let size = x.dtype.byteSize
    let from = unsafe value.storage.address
    // The caller has checked that every address lies within `x`.
    let out = unsafe x.storage.address + offset &* size
    try inPieces(of: Piece.cheap, shape.count, context) { start, count in
      var raw = view.raw
      unsafe ck_scatter(out, from + start &* size, &raw, start, count, Int32(size))
    }
  }

  /// Tensors of one dtype, equal in all extents but that of `axis`, one after another.
  static func concatenate(_ tensors: [Tensor], axis: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    guard let first = tensors.first else { throw .internal("concatenate of nothing") }
    var extents = first.shape.extents
    extents[axis] = tensors.reduce(0) { $0 + $1.shape.extents[axis] }
    var result = try empty(Shape(extents), first.dtype, context)
    var position = 0
    let strides = result.shape.strides
    for tensor in tensors {
      try assign(
        tensor, into: &result, offset: position &* strides[axis], strides: strides,
        shape: tensor.shape, context)
      position += tensor.shape.extents[axis]
    }
    return result
  }

  /// Slices of `x` along `axis` at `indices` (int64, within the axis).
  static func take(_ x: Tensor, indices: Tensor, axis: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    let extents = x.shape.extents
    let shape = try Shape(
      Array(extents[..<axis]) + indices.shape.extents + Array(extents[(axis + 1)...]))
    let result = try empty(shape, x.dtype, context)
    if shape.count == 0 { return result }
    let outer = x.shape.product(0..<axis)
    let inner = x.shape.product(axis + 1..<extents.count) &* x.dtype.byteSize
    let (count, extent) = (indices.count, extents[axis])
    let out = unsafe result.storage.address
    let from = unsafe x.storage.address
    let at = unsafe indices.storage.address.assumingMemoryBound(to: Int64.self)
    // `result` has outer · count · inner bytes; the caller has checked the indices.
    if outer == 1 {
      try inPieces(of: max(1, Piece.cheap / max(inner, 1)), count, context) { start, length in
        unsafe ck_take(out + start &* inner, from, at + start, 1, length, extent, inner)
      }
    } else {
      try inPieces(of: max(1, Piece.cheap / max(inner &* count, 1)), outer, context) {
        start, length in
        unsafe ck_take(
          out + start &* count &* inner, from + start &* extent &* inner, at, length, count, extent,
          inner)
      }
    }
    return result
  }

  /// Adds `updates` at `indices` along `axis` of zeros of `shape`: the gradient of ``take(_:indices:axis:_:)``.
  static func scatterAdd(
    _ updates: Tensor, indices: Tensor, into shape: Shape, axis: Int, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    let result = try zeros(shape, updates.dtype, context)
    if updates.count == 0 { return result }
    let outer = shape.product(0..<axis)
    let inner = shape.product(axis + 1..<shape.rank)
    let (count, extent, size) = (indices.count, shape.extents[axis], updates.dtype.byteSize)
    let out = unsafe result.storage.address
    let from = unsafe updates.storage.address
    let at = unsafe indices.storage.address.assumingMemoryBound(to: Int64.self)
    try inPieces(of: max(1, Piece.cheap / max(inner &* count, 1)), outer, context) {
      start, length in
      // `updates` has outer · count · inner elements; the caller has checked the indices.
      unsafe ck_scatter_add(
        out + start &* extent &* inner &* size, updates.dtype.code,
        from + start &* count &* inner &* size, at, length, count, extent, inner)
    }
    return result
  }

  /// Indices (int64) with negative ones counted from the end; nil when one is out of range.
  static func normaliseIndices(_ indices: Tensor, extent: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor?
  {
    let result = try empty(indices.shape, .int64, context)
    // Both have the elements of `indices`.
    let bad = unsafe ck_normalise(
      result.storage.address.assumingMemoryBound(to: Int64.self),
      indices.storage.address.assumingMemoryBound(to: Int64.self), indices.count, extent)
    return bad < 0 ? result : nil
  }

  /// Rows of zeros with a one at each index (int64); an index out of range gives zeros alone.
  static func oneHot(_ indices: Tensor, depth: Int, dtype: DType, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    let result = try empty(Shape(indices.shape.extents + [depth]), dtype, context)
    let out = unsafe result.storage.address
    let at = unsafe indices.storage.address.assumingMemoryBound(to: Int64.self)
    let row = depth &* dtype.byteSize
    try inPieces(of: max(1, Piece.cheap / max(depth, 1)), indices.count, context) { start, count in
      // `result` has a row of `depth` for each index.
      unsafe ck_one_hot(out + start &* row, dtype.code, at + start, count, depth)
    }
    return result
  }

  /// Flat positions (int64) where `mask` (bool) is true.
  static func nonzero(_ mask: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    let from = unsafe mask.storage.address.assumingMemoryBound(to: UInt8.self)
    // Counted first, so that the result has room for all.
    let found = unsafe ck_nonzero(nil, from, mask.count)
    let result = try empty(Shape([found]), .int64, context)
    _ = unsafe ck_nonzero(
      result.storage.address.assumingMemoryBound(to: Int64.self), from, mask.count)
    return result
  }
}
