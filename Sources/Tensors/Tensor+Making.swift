extension Tensor {
  /// A 0-d tensor; `weak` for a number of the language, which raises no tensor's dtype.
  ///
  /// - Throws: ``TensorError/outOfMemory(bytes:inUse:limit:)``.
  public static func scalar(
    _ value: Double, dtype: DType? = nil, weak: Bool = false, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    if weak {
      let value = try Kernels.full(.scalar, .float64, value, context)
      return Tensor(shape: .scalar, dtype: .float64, storage: value.storage, isWeak: true)
    }
    return try Kernels.full(.scalar, dtype ?? .float32, value, context)
  }

  /// A 0-d tensor of a whole number; see ``scalar(_:dtype:weak:_:)-(Double,_,_,_)``.
  public static func scalar(
    _ value: Int, dtype: DType? = nil, weak: Bool = false, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    let made = try Kernels.full(.scalar, .int64, integer: Int64(value), context)
    if weak {
      return Tensor(shape: .scalar, dtype: .int64, storage: made.storage, isWeak: true)
    }
    return try made.converted(to: dtype ?? .int64, context)
  }

  /// A 0-d tensor of a truth value.
  public static func scalar(_ value: Bool, _ context: TensorContext) throws(TensorError) -> Tensor {
    try Kernels.full(.scalar, .bool, value ? 1 : 0, context)
  }

  /// A tensor of float32 elements in row-major order, or of them cast to `dtype`.
  ///
  /// - Throws: ``TensorError/shapeMismatch(op:expected:received:)`` unless the counts agree.
  public init(floats: [Float], shape: Shape, dtype: DType = .float32, _ context: TensorContext)
    throws(TensorError)
  {
    try self.init(elements: floats, as: .float32, shape, dtype, context)
  }

  /// A tensor of float64 elements in row-major order, or of them cast to `dtype`.
  public init(doubles: [Double], shape: Shape, dtype: DType = .float64, _ context: TensorContext)
    throws(TensorError)
  {
    try self.init(elements: doubles, as: .float64, shape, dtype, context)
  }

  /// A tensor of int64 elements in row-major order, or of them cast to `dtype`.
  public init(integers: [Int], shape: Shape, dtype: DType = .int64, _ context: TensorContext)
    throws(TensorError)
  {
    try self.init(elements: integers, as: .int64, shape, dtype, context)
  }

  /// A tensor of truth values in row-major order, or of them cast to `dtype`.
  public init(booleans: [Bool], shape: Shape, dtype: DType = .bool, _ context: TensorContext)
    throws(TensorError)
  {
    try self.init(
      elements: booleans.map { $0 ? UInt8(1) : UInt8(0) }, as: .bool, shape, dtype, context)
  }

  private init<Element: BitwiseCopyable>(
    elements: [Element], as own: DType, _ shape: Shape, _ dtype: DType, _ context: TensorContext
  ) throws(TensorError) {
    guard elements.count == shape.count else {
      throw .shapeMismatch(
        op: "tensor", expected: "a shape of \(elements.count) elements", received: [shape])
    }
    let made = try Kernels.empty(shape, own, context)
    try made.storage.fill(from: elements, context.interruption)
    self = try made.converted(to: dtype, context)
  }
}
