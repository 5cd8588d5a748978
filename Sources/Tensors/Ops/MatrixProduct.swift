import Platform

/// How two operands are laid out for the kernel: as matrices, or batches of equal extents.
struct MatrixProduct {
  /// The left operand as a matrix: 1-d becomes a row.
  let left: Shape
  /// The right operand as a matrix: 1-d becomes a column.
  let right: Shape
  /// The shape of the product, without the axes that 1-d operands lack.
  let result: Shape
  private let batch: Shape
  private let transposes: (left: Bool, right: Bool)

  /// Checks that columns meet rows and that batches broadcast.
  ///
  /// `first` and `second` are the shapes after the transposition that `transposes` names.
  init(
    _ op: String, _ first: Shape, _ second: Shape,
    transposes: (left: Bool, right: Bool) = (false, false)
  ) throws(TensorError) {
    guard first.rank > 0, second.rank > 0 else {
      throw .shapeMismatch(
        op: op, expected: "at least 1 axis on both sides (`*` multiplies by a number)",
        received: [first, second])
    }
    left = first.rank == 1 ? Shape(unchecked: [1, first.extents[0]]) : first
    right = second.rank == 1 ? Shape(unchecked: [second.extents[0], 1]) : second
    let (columns, rows) = (left.extents[left.rank - 1], right.extents[right.rank - 2])
    guard columns == rows else {
      throw .shapeMismatch(
        op: op, expected: "\(columns) columns to meet \(rows) rows", received: [first, second])
    }
    if right.rank == 2 {
      batch = left.rank == 2 ? .scalar : Shape(unchecked: Array(left.extents.dropLast(2)))
    } else {
      batch = try Shape.broadcast(
        op, Shape(unchecked: Array(left.extents.dropLast(2))),
        Shape(unchecked: Array(right.extents.dropLast(2))))
    }
    var extents = batch.extents
    if first.rank > 1 { extents.append(left.extents[left.rank - 2]) }
    if second.rank > 1 { extents.append(right.extents[right.rank - 1]) }
    result = try Shape(extents)
    self.transposes = transposes
  }

  /// The extents of the product with the axes of 1-d operands as 1.
  var matrixResult: [Int] {
    batch.extents + [left.extents[left.rank - 2], right.extents[right.rank - 1]]
  }

  /// Runs the kernel; the result's shape is for the caller to set.
  func run(_ first: Tensor, _ second: Tensor, _ context: TensorContext) throws(TensorError)
    -> Tensor
  {
    let dtype = Promotion.common(first, second)
    let x = try first.converted(to: dtype, context)
    let y = try second.converted(to: dtype, context)
    if result.count == 0 || x.count == 0 {
      return try Kernels.full(result, dtype == .bool ? .int64 : dtype, 0, context)
    }
    if right.rank == 2, !transposes.left {
      // A batch of rows against one matrix is one tall matrix.
      let rows = x.count / left.extents[left.rank - 1]
      let tall = Shape(trusted: [rows, left.extents[left.rank - 1]], count: x.count)
      let flat = second.rank == 1 ? y.viewed(as: right) : y
      return try multiply(x.viewed(as: tall), flat, context)
    }
    return try multiply(
      batched(x.viewed(as: Ops.turned(left, transposes.left)), context),
      batched(y.viewed(as: Ops.turned(right, transposes.right)), context), context)
  }

  private func batched(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try x.spread(to: Shape(batch.extents + x.shape.extents.suffix(2)), context)
  }

  private func multiply(_ x: Tensor, _ y: Tensor, _ context: TensorContext) throws(TensorError)
    -> Tensor
  {
    guard x.dtype.isFloating else { return try multiplyWhole(x, y, context) }
    return try Kernels.matmul(
      x, y, transposeA: transposes.left, transposeB: transposes.right, context)
  }

  /// Whole numbers have no kernel: they are exact here, and wrap as NumPy's do.
  private func multiplyWhole(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    let dtype: DType = x.dtype == .bool ? .int64 : x.dtype
    let (rows, inner) = (x.shape.extents[x.rank - 2], x.shape.extents[x.rank - 1])
    let columns = y.shape.extents[y.rank - 1]
    let (a, b) = (x.integers(), y.integers())
    let batches = x.count / (rows * inner)
    _ = try Kernels.empty(result, .int64, context)
    var sums = [Int](repeating: 0, count: batches * rows * columns)
    for row in 0..<(batches * rows) {
      if context.interruption.isRequested { throw .interrupted }
      let offset = (row / rows) * inner * columns
      for middle in 0..<inner {
        let factor = a[row * inner + middle]
        for column in 0..<columns {
          sums[row * columns + column] &+= factor &* b[offset + middle * columns + column]
        }
      }
    }
    return try Tensor(integers: sums, shape: [sums.count], dtype: dtype, context)
  }
}
