import CKernels
import Platform

extension Kernels {
  /// The product of two matrices, or of two batches of them with equal leading extents.
  ///
  /// `a` is `[..., m, k]` (or `[..., k, m]` when `transposeA`), `b` is `[..., k, n]` (or `[..., n, k]`);
  /// `bias` is `[n]` and is added to every row.
  static func matmul(
    _ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false,
    bias: Tensor? = nil, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    guard a.dtype.isFloating else { throw missing("matmul", a.dtype) }
    let rank = a.rank
    guard rank >= 2, b.rank == rank else {
      throw .shapeMismatch(
        op: "matmul", expected: "two tensors of one rank, at least 2",
        received: [a.shape, b.shape])
    }
    let (aRows, aColumns) = (a.shape.extents[rank - 2], a.shape.extents[rank - 1])
    let (bRows, bColumns) = (b.shape.extents[rank - 2], b.shape.extents[rank - 1])
    let m = transposeA ? aColumns : aRows
    let k = transposeA ? aRows : aColumns
    let n = transposeB ? bRows : bColumns
    let leading = Array(a.shape.extents[..<(rank - 2)])
    let shape = try Shape(leading + [m, n])
    let result = try empty(shape, a.dtype, context)
    if let bias { repeatRow(bias, in: result) }
    let product = Product(
      m: m, n: n, k: k, aRow: transposeA ? 1 : k, aTerm: transposeA ? m : 1,
      bTerm: transposeB ? 1 : n, bColumn: transposeB ? k : 1, accumulates: bias != nil)
    let batches = m &* n == 0 ? 0 : shape.count / (m &* n)
    try product.run(
      batches, result.storage, a.storage, b.storage, isSingle: a.dtype == .float32, context)
    return result
  }

  /// Writes `row` over and over, from the first element of `result` to its last.
  ///
  /// What is written already is copied as a whole, which is cheaper than a strided walk for short rows.
  private static func repeatRow(_ row: Tensor, in result: Tensor) {
    let (bytes, out) = (result.byteCount, unsafe result.storage.address)
    var filled = min(row.byteCount, bytes)
    guard filled > 0 else { return }
    unsafe out.copyMemory(from: row.storage.address, byteCount: filled)
    while filled < bytes {
      // Source and target lie within `bytes` and do not overlap.
      let next = min(filled, bytes &- filled)
      unsafe (out + filled).copyMemory(from: out, byteCount: next)
      filled = filled &+ next
    }
  }

  /// The extents and strides of a product, cut into tiles by them alone.
  private struct Product {
    let m, n, k: Int
    let aRow, aTerm, bTerm, bColumn: Int
    let accumulates: Bool

    /// Rows, columns and terms between two looks at the interruption: 4 ms where vectors are wide.
    static let tile = (rows: 256, columns: 512, terms: 2048)

    func run(
      _ batches: Int, _ c: Storage, _ a: Storage, _ b: Storage, isSingle: Bool,
      _ context: TensorContext
    ) throws(TensorError) {
      let table = unsafe context.workers.table
      let (out, left, right) = unsafe (c.address, a.address, b.address)
      // A product of fewer operations than this takes less than 0.3 ms: one piece.
      let work = 2.0 * Double(m) * Double(n) * Double(max(k, 1)) * Double(batches)
      if work < 3e7 {
        for batch in 0..<batches {
          unsafe multiply(
            table, out, left, right, batch, 0..<m, 0..<n, 0..<k, isSingle: isSingle)
        }
        return
      }
      let rowTiles = (m - 1) / Self.tile.rows + 1
      let columnTiles = (n - 1) / Self.tile.columns + 1
      let perBatch = rowTiles &* columnTiles
      // Small matrices of a large batch go together.
      let group = max(1, Int(3e7 / (work / Double(batches))))
      let groups = (batches - 1) / group + 1
      try divided(groups &* perBatch, context) { piece in
        let (first, tile) = (piece / perBatch &* group, piece % perBatch)
        let row = tile % rowTiles &* Self.tile.rows
        let column = tile / rowTiles &* Self.tile.columns
        for batch in first..<min(first &+ group, batches) {
          var term = 0
          repeat {
            unsafe multiply(
              table, out, left, right, batch, row..<min(row &+ Self.tile.rows, m),
              column..<min(column &+ Self.tile.columns, n),
              term..<min(term &+ Self.tile.terms, k), isSingle: isSingle)
            term &+= Self.tile.terms
          } while term < k && !context.interruption.isRequested
        }
      }
    }

    /// One tile of one matrix.
    ///
    /// The ranges lie within m, n and k, so every address lies within the operands, whose extents the
    /// caller has.
    private func multiply(
      _ table: UnsafePointer<ck_table>, _ c: UnsafeMutableRawPointer, _ a: UnsafeMutableRawPointer,
      _ b: UnsafeMutableRawPointer, _ batch: Int, _ rows: Range<Int>, _ columns: Range<Int>,
      _ terms: Range<Int>, isSingle: Bool
    ) {
      let cAt = batch &* m &* n &+ rows.lowerBound &* n &+ columns.lowerBound
      let aAt = batch &* m &* k &+ rows.lowerBound &* aRow &+ terms.lowerBound &* aTerm
      let bAt = batch &* k &* n &+ columns.lowerBound &* bColumn &+ terms.lowerBound &* bTerm
      let flag: Int32 = accumulates || terms.lowerBound > 0 ? 1 : 0
      if isSingle {
        unsafe table.pointee.matmul_f32(
          c.assumingMemoryBound(to: Float.self) + cAt, n,
          a.assumingMemoryBound(to: Float.self) + aAt, aRow, aTerm,
          b.assumingMemoryBound(to: Float.self) + bAt, bTerm, bColumn, rows.count, columns.count,
          terms.count, flag, 0)
      } else {
        unsafe table.pointee.matmul_f64(
          c.assumingMemoryBound(to: Double.self) + cAt, n,
          a.assumingMemoryBound(to: Double.self) + aAt, aRow, aTerm,
          b.assumingMemoryBound(to: Double.self) + bAt, bTerm, bColumn, rows.count, columns.count,
          terms.count, flag, 0)
      }
    }
  }
}
