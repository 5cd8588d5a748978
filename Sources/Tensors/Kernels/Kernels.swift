import CKernels

/// The Swift face of the C kernels: functions on tensors that record nothing.
///
/// Arguments are contiguous and have been checked by the operation: shapes agree, axes and indices
/// exist. What is thrown is about memory, interruption, or a dtype that a kernel does not have.
/// Large work is cut into pieces by shape alone, divided among the workers, and stops between pieces
/// when asked to.
enum Kernels {
  /// Elements in a piece of cheap work (a few bytes moved), and of costly work (an `exp`).
  enum Piece {
    static let cheap = 1 << 18
    static let costly = 1 << 15
  }

  /// Runs `body` over ranges that make up 0 ..< `count`.
  @inline(__always)
  static func inPieces(
    of size: Int, _ count: Int, _ context: TensorContext, _ body: (Int, Int) -> Void
  ) throws(TensorError) {
    if count <= size {
      if count > 0 { body(0, count) }
      return
    }
    let pieces = (count - 1) / size + 1
    try divided(pieces, context) { piece in
      let start = piece &* size
      body(start, min(size, count &- start))
    }
  }

  /// Runs `body` for each piece, among the workers.
  static func divided(
    _ pieces: Int, _ context: TensorContext, _ body: (Int) -> Void
  ) throws(TensorError) {
    let result: Result<Void, TensorError> = withoutActuallyEscaping(body) { body in
      Result { () throws(TensorError) in
        try context.workers.run(pieces: pieces, context.interruption, body)
      }
    }
    try result.get()
  }

  // MARK: Making

  /// A tensor whose elements are undefined.
  @inline(__always)
  static func empty(_ shape: Shape, _ dtype: DType, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    let (bytes, overflow) = shape.count.multipliedReportingOverflow(by: dtype.byteSize)
    if overflow { throw .tooLarge(extents: shape.extents) }
    return Tensor(
      shape: shape, dtype: dtype, storage: try Storage(byteCount: bytes, pool: context.pool))
  }

  static func zeros(_ shape: Shape, _ dtype: DType, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    try full(shape, dtype, integer: 0, context)
  }

  static func full(_ shape: Shape, _ dtype: DType, _ value: Double, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    let result = try empty(shape, dtype, context)
    var source = value
    var converted: UInt64 = 0
    // Both are eight bytes, the widest element.
    unsafe ck_cast(&converted, dtype.code, &source, CK_F64, 1)
    try fill(result, pattern: converted, context)
    return result
  }

  static func full(_ shape: Shape, _ dtype: DType, integer: Int64, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    let result = try empty(shape, dtype, context)
    var source = integer
    var converted: UInt64 = 0
    unsafe ck_cast(&converted, dtype.code, &source, CK_I64, 1)
    try fill(result, pattern: converted, context)
    return result
  }

  private static func fill(_ x: Tensor, pattern: UInt64, _ context: TensorContext)
    throws(TensorError)
  {
    let size = x.dtype.byteSize
    let out = unsafe x.storage.address
    try inPieces(of: Piece.cheap, x.count, context) { start, count in
      var pattern = pattern
      // The ranges make up the elements of `x`.
      unsafe ck_fill(out + start &* size, &pattern, count, Int32(size))
    }
  }

  static func copy(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    let result = try empty(x.shape, x.dtype, context)
    let size = x.dtype.byteSize
    let out = unsafe result.storage.address
    let from = unsafe x.storage.address
    try inPieces(of: Piece.cheap, x.count, context) { start, count in
      // Both have the elements of `x`.
      unsafe (out + start &* size).copyMemory(from: from + start &* size, byteCount: count &* size)
    }
    return result
  }

  static func cast(_ x: Tensor, to dtype: DType, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    let result = try empty(x.shape, dtype, context)
    let out = unsafe result.storage.address
    let from = unsafe x.storage.address
    try inPieces(of: Piece.cheap, x.count, context) { start, count in
      // Both have the elements of `x`.
      unsafe ck_cast(
        out + start &* dtype.byteSize, dtype.code, from + start &* x.dtype.byteSize, x.dtype.code,
        count)
    }
    return result
  }

  /// Makes `x` the only owner of its elements, so that they may be written.
  static func makeUnique(_ x: inout Tensor, _ context: TensorContext) throws(TensorError) {
    if isKnownUniquelyReferenced(&x.storage) { return }
    x.storage = try copy(x, context).storage
  }

  static func missing(_ name: String, _ dtype: DType) -> TensorError {
    .dtype(op: name, expected: "a dtype that it is defined for", received: [dtype])
  }
}

extension DType {
  /// The same type on the C side, whose raw values agree.
  @inline(__always)
  var code: ck_type { ck_type(UInt32(rawValue)) }
}
