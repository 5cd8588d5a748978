import CKernels

extension Kernels {
  /// Functions of one element.
  enum Unary: UInt32 {
    case negative, absolute, sign, square, squareRoot, reciprocal, exp, log, log1p, expm1, sin, cos
    case tan, tanh, sigmoid, relu, floor, ceil, round, truncate, log2, log10, not
    case isNaN, isInfinite, isFinite

    var isPredicate: Bool { rawValue >= Unary.isNaN.rawValue }

    /// Elements in a piece: what an element costs differs fiftyfold.
    var piece: Int {
      switch self {
      case .exp, .log, .log1p, .expm1, .sin, .cos, .tan, .tanh, .sigmoid, .log2, .log10:
        Piece.costly
      default: Piece.cheap
      }
    }
  }

  /// Functions of two elements of one dtype, giving that dtype.
  ///
  /// The three gradients take the value of the activation first, then what flows in.
  enum Binary: UInt32 {
    case add, subtract, multiply, divide, floorDivide, remainder, power, minimum, maximum
    case and, or, xor, tanhGradient, sigmoidGradient, reluGradient
  }

  /// Functions of two elements of one dtype, giving bool.
  enum Comparison: UInt32 {
    case equal, notEqual, less, lessEqual, greater, greaterEqual
  }

  static func unary(_ op: Unary, _ x: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    guard
      // The table has a place for every case and dtype.
      let kernel = unsafe ck_find_unary(context.workers.table, x.dtype.code, ck_unary(op.rawValue))
    else { throw missing("\(op)", x.dtype) }
    let result = try empty(x.shape, op.isPredicate ? .bool : x.dtype, context)
    let (inSize, outSize) = (x.dtype.byteSize, result.dtype.byteSize)
    let out = unsafe result.storage.address
    let from = unsafe x.storage.address
    try inPieces(of: op.piece, x.count, context) { start, count in
      // Both have the elements of `x`.
      unsafe kernel(out + start &* outSize, from + start &* inSize, count)
    }
    return result
  }

  static func binary(
    _ op: Binary, _ a: Tensor, _ b: Tensor, _ shape: Shape, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    try pairwise(op.rawValue, "\(op)", a, b, shape, a.dtype, context, costly: op == .power)
  }

  static func compare(
    _ op: Comparison, _ a: Tensor, _ b: Tensor, _ shape: Shape, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    try pairwise(
      op.rawValue + CK_EQUAL.rawValue, "\(op)", a, b, shape, .bool, context, costly: false)
  }

  static func select(
    _ condition: Tensor, _ a: Tensor, _ b: Tensor, _ shape: Shape, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    let mask = try spread(condition, shape, context)
    let result = try empty(shape, a.dtype, context)
    let size = a.dtype.byteSize
    let scalars = (a.count == 1 ? 1 : 0) | (b.count == 1 ? 2 : 0)
    let left = a.count == 1 ? a : try spread(a, shape, context)
    let right = b.count == 1 ? b : try spread(b, shape, context)
    let (leftStep, rightStep) = (scalars & 1 == 0 ? size : 0, scalars & 2 == 0 ? size : 0)
    let out = unsafe result.storage.address
    let choice = unsafe mask.storage.address.assumingMemoryBound(to: UInt8.self)
    let p = unsafe left.storage.address
    let q = unsafe right.storage.address
    try inPieces(of: Piece.cheap, shape.count, context) { start, count in
      // Each operand has the elements of `shape`, or one that is not advanced.
      unsafe ck_select(
        out + start &* size, choice + start, p + start &* leftStep, q + start &* rightStep, count,
        Int32(size), Int32(scalars))
    }
    return result
  }

  /// `x` with every element of `shape` in place; itself when it has that shape already.
  static func spread(_ x: Tensor, _ shape: Shape, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    if x.shape == shape { return x }
    return try strided(
      x, offset: 0, strides: View.strides(of: x.shape, spreadTo: shape), shape: shape, context)
  }

  /// Two operands of one dtype, each with the elements of `shape`, one element, or a shape that
  /// spreads to it.
  @inline(__always)
  private static func pairwise(
    _ op: UInt32, _ name: @autoclosure () -> String, _ a: Tensor, _ b: Tensor, _ shape: Shape,
    _ dtype: DType, _ context: TensorContext, costly: Bool
  ) throws(TensorError) -> Tensor {
    guard
      // The table has a place for every case and dtype.
      let kernel = unsafe ck_find_binary(context.workers.table, a.dtype.code, ck_binary(op))
    else { throw missing(name(), a.dtype) }
    let result = try empty(shape, dtype, context)
    let count = shape.count
    let isWholeA = a.count == count, isWholeB = b.count == count
    guard isWholeA || a.count == 1, isWholeB || b.count == 1 else {
      try unsafe pairwiseSpread(kernel, a, b, result, context, costly: costly)
      return result
    }
    let scalars: Int32 = (isWholeA ? 0 : 1) | (isWholeB ? 0 : 2)
    let (size, outSize) = (a.dtype.byteSize, dtype.byteSize)
    let (stepA, stepB) = (isWholeA ? size : 0, isWholeB ? size : 0)
    let out = unsafe result.storage.address
    let p = unsafe a.storage.address
    let q = unsafe b.storage.address
    try inPieces(of: costly ? Piece.costly : Piece.cheap, count, context) { start, length in
      // Each operand has `count` elements, or one that is not advanced.
      unsafe kernel(
        out + start &* outSize, p + start &* stepA, q + start &* stepB, length, scalars)
    }
    return result
  }

  /// Operands that spread along some axes: each is laid out in blocks that fit the first cache.
  private static func pairwiseSpread(
    _ kernel: ck_binary_kernel, _ a: Tensor, _ b: Tensor, _ result: Tensor,
    _ context: TensorContext, costly: Bool
  ) throws(TensorError) {
    let (size, outSize, count) = (a.dtype.byteSize, result.dtype.byteSize, result.count)
    let left = try View(a, spreadTo: result.shape)
    let right = try View(b, spreadTo: result.shape)
    let isWholeA = a.count == count, isWholeB = b.count == count
    let out = unsafe result.storage.address
    let p = unsafe a.storage.address
    let q = unsafe b.storage.address
    let block = 1024
    try inPieces(of: costly ? Piece.costly : Piece.cheap, count, context) { start, length in
      // Two blocks of at most 1024 elements of at most 8 bytes; ranges lie within `result`.
      unsafe withUnsafeTemporaryAllocation(byteCount: 2 * block * 8, alignment: 64) { room in
        guard let first = room.baseAddress else { return }
        let second = unsafe first + block * 8
        var (leftView, rightView) = (left.raw, right.raw)
        var at = start
        while at < start &+ length {
          let n = min(block, start &+ length &- at)
          if !isWholeA { unsafe ck_gather(first, p, &leftView, at, n, Int32(size)) }
          if !isWholeB { unsafe ck_gather(second, q, &rightView, at, n, Int32(size)) }
          unsafe kernel(
            out + at &* outSize, isWholeA ? p + at &* size : first,
            isWholeB ? q + at &* size : second, n, 0)
          at = at &+ n
        }
      }
    }
  }
}
