import CKernels

extension Kernels {
  /// What is made of the elements along some axes.
  enum Reduction: UInt32 {
    case sum, product, minimum, maximum, any, all
  }

  /// Reduces over `axes` (sorted, distinct); an empty minimum or maximum has been rejected.
  static func reduce(
    _ op: Reduction, _ x: Tensor, axes: [Int], keepDims: Bool, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    guard
      // The table has a place for every case and dtype.
      let kernel = unsafe ck_find_reduce(
        context.workers.table, x.dtype.code, ck_reduction(op.rawValue))
    else { throw missing("\(op)", x.dtype) }
    let layout = Layout(x.shape, reducing: axes)
    let source = layout.order.isEmpty ? x : try x.permuted(layout.order, context)
    let result = try empty(
      Shape(trusted: layout.extents(of: x.shape, axes, keepDims), count: layout.kept), x.dtype,
      context)
    let (outer, n, inner, size) = (layout.outer, layout.n, layout.inner, x.dtype.byteSize)
    let out = unsafe result.storage.address
    let from = unsafe source.storage.address
    if layout.kept == 0 { return result }
    if layout.kept == 1, op == .sum, x.dtype == .float32, n > Piece.cheap {
      try sumInPieces(source, into: result, context)
    } else if outer == 1, inner > 1, op != .sum || x.dtype.isInteger {
      // One tall column each: the rows are one piece, there is no joining of parts.
      unsafe kernel(out, from, 1, n, inner)
    } else {
      let each = max(1, Piece.cheap / max(n &* inner, 1))
      try inPieces(of: each, outer, context) { start, count in
        // `source` is outer x n x inner, `result` outer x inner.
        unsafe kernel(
          out + start &* inner &* size, from + start &* n &* inner &* size, count, n, inner)
      }
    }
    return result
  }

  /// A long sum as partial sums of fixed pieces, joined in order in double precision.
  private static func sumInPieces(_ x: Tensor, into result: Tensor, _ context: TensorContext)
    throws(TensorError)
  {
    let pieces = (x.count - 1) / Piece.cheap + 1
    let partial = try empty(Shape([pieces]), .float64, context)
    let table = unsafe context.workers.table
    let from = unsafe x.storage.address.assumingMemoryBound(to: Float.self)
    let sums = unsafe partial.storage.address.assumingMemoryBound(to: Double.self)
    try divided(pieces, context) { piece in
      let start = piece &* Piece.cheap
      // The pieces make up the elements of `x`; `partial` has a place for each.
      unsafe sums[piece] = table.pointee.sum_f32(from + start, min(Piece.cheap, x.count &- start))
    }
    let total = partial.storage.array(of: Double.self, count: pieces).reduce(0, +)
    result.storage.set(0, to: Float(total))
  }

  /// Index (int64) of the largest or smallest along `axis`: the first of equals, NaN before all.
  static func argReduce(
    largest: Bool, _ x: Tensor, axis: Int, keepDims: Bool, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    let layout = Layout(x.shape, reducing: [axis])
    let result = try empty(
      Shape(trusted: layout.extents(of: x.shape, [axis], keepDims), count: layout.kept), .int64,
      context)
    let (n, inner, size) = (layout.n, layout.inner, x.dtype.byteSize)
    let out = unsafe result.storage.address.assumingMemoryBound(to: Int64.self)
    let from = unsafe x.storage.address
    try inPieces(of: max(1, Piece.cheap / max(n &* inner, 1)), layout.outer, context) {
      start, count in
      // `x` is outer x n x inner, `result` outer x inner.
      unsafe ck_arg(
        out + start &* inner, x.dtype.code, from + start &* n &* inner &* size, count, n, inner,
        largest ? 1 : 0)
    }
    return result
  }

  /// Softmax, or its logarithm, along the last axis.
  static func softmax(_ x: Tensor, log: Bool, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    let result = try empty(x.shape, x.dtype, context)
    guard let n = x.shape.extents.last, x.count > 0 else { return result }
    let table = unsafe context.workers.table
    let out = unsafe result.storage.address
    let from = unsafe x.storage.address
    let (flag, isSingle) = (Int32(log ? 1 : 0), x.dtype == .float32)
    guard x.dtype.isFloating else { throw missing("softmax", x.dtype) }
    try inPieces(of: max(1, Piece.costly / n), x.count / n, context) { start, rows in
      let at = start &* n
      // Both have rows of `n`.
      if isSingle {
        unsafe table.pointee.softmax_f32(
          out.assumingMemoryBound(to: Float.self) + at,
          from.assumingMemoryBound(to: Float.self) + at, rows, n, flag)
      } else {
        unsafe table.pointee.softmax_f64(
          out.assumingMemoryBound(to: Double.self) + at,
          from.assumingMemoryBound(to: Double.self) + at, rows, n, flag)
      }
    }
    return result
  }

  /// The gradient of ``softmax(_:log:_:)`` from its value and what flows in.
  static func softmaxGradient(_ y: Tensor, _ incoming: Tensor, log: Bool, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    let result = try empty(y.shape, y.dtype, context)
    guard let n = y.shape.extents.last, y.count > 0 else { return result }
    let table = unsafe context.workers.table
    let out = unsafe result.storage.address
    let value = unsafe y.storage.address
    let flow = unsafe incoming.storage.address
    let (flag, isSingle) = (Int32(log ? 1 : 0), y.dtype == .float32)
    guard y.dtype.isFloating else { throw missing("softmax", y.dtype) }
    try inPieces(of: max(1, Piece.costly / n), y.count / n, context) { start, rows in
      let at = start &* n
      // All three have rows of `n`.
      if isSingle {
        unsafe table.pointee.softmax_gradient_f32(
          out.assumingMemoryBound(to: Float.self) + at,
          value.assumingMemoryBound(to: Float.self) + at,
          flow.assumingMemoryBound(to: Float.self) + at, rows, n, flag)
      } else {
        unsafe table.pointee.softmax_gradient_f64(
          out.assumingMemoryBound(to: Double.self) + at,
          value.assumingMemoryBound(to: Double.self) + at,
          flow.assumingMemoryBound(to: Double.self) + at, rows, n, flag)
      }
    }
    return result
  }

  /// A shape as outer x n x inner, where n is reduced; axes are moved first when they are scattered.
  private struct Layout {
    var outer = 1
    var n = 1
    var inner = 1
    /// The order of axes that brings the reduced ones to the end; empty when nothing must move.
    var order: [Int] = []

    /// The number of results.
    var kept: Int { outer &* inner }

    init(_ shape: Shape, reducing axes: [Int]) {
      n = axes.reduce(1) { $0 &* shape.extents[$1] }
      guard let first = axes.first, let last = axes.last else {
        outer = shape.count
        return
      }
      outer = shape.product(0..<first)
      inner = shape.product(last + 1..<shape.rank)
      // Axes of length 1 between them do not scatter them.
      let between = (first...last).filter { !axes.contains($0) && shape.extents[$0] != 1 }
      if !between.isEmpty {
        order = (0..<shape.rank).filter { !axes.contains($0) } + axes
        outer = shape.count == 0 ? 0 : shape.count / max(n, 1)
        if shape.count == 0 {
          outer = (0..<shape.rank).filter { !axes.contains($0) }
            .reduce(1) { $0 &* shape.extents[$1] }
        }
        inner = 1
      }
    }

    func extents(of shape: Shape, _ axes: [Int], _ keepDims: Bool) -> [Int] {
      var extents: [Int] = []
      for axis in 0..<shape.rank {
        if !axes.contains(axis) {
          extents.append(shape.extents[axis])
        } else if keepDims {
          extents.append(1)
        }
      }
      return extents
    }
  }
}
