import CKernels
import Platform

/// The losses that every training step of the founding problems takes, each in one pass over rows.
///
/// Rows are short (2 to 50 numbers), so vectors go over many rows at once where they can. Sums run
/// along a row in order: the bits depend on nothing.
extension Kernels {
  /// The first class number outside 0 ..< `classes`; nil when all are inside.
  static func strayLabel(_ labels: Tensor, classes: Int, _ context: TensorContext)
    throws(TensorError) -> Int?
  {
    // `labels` is int64 with `count` elements.
    let pointer = unsafe labels.storage.address.assumingMemoryBound(to: Int64.self)
    for row in 0..<labels.count {
      if row & 0xFFFF == 0, context.interruption.isRequested { throw .interrupted }
      let label = unsafe pointer[row]
      if label < 0 || label >= Int64(classes) { return Int(label) }
    }
    return nil
  }

  /// `log Σ eˣ - x[label]` of each row, and the shares `eˣ / Σ eˣ`; float32, labels checked.
  static func sparseCrossentropy(_ logits: Tensor, labels: Tensor, _ context: TensorContext)
    throws(TensorError) -> (losses: Tensor, shares: Tensor)
  {
    let (rows, classes) = (labels.count, logits.shape[logits.rank - 1])
    let shifted = try empty(logits.shape, .float32, context)
    let totals = try empty(labels.shape, .float32, context)
    let perPiece = max(1, Piece.costly / max(1, classes))
    // Every pointer below has `rows · classes` elements, or `rows`.
    let x = unsafe logits.storage.address.assumingMemoryBound(to: Float.self)
    let moved = unsafe shifted.storage.address.assumingMemoryBound(to: Float.self)
    let sums = unsafe totals.storage.address.assumingMemoryBound(to: Float.self)
    try inPieces(of: perPiece, rows, context) { start, count in
      for row in start..<(start &+ count) {
        let first = row &* classes
        var largest = unsafe x[first]
        for place in first..<(first &+ classes) where unsafe x[place] > largest {
          largest = unsafe x[place]
        }
        for place in first..<(first &+ classes) { unsafe moved[place] = x[place] - largest }
      }
    }
    let shares = try unary(.exp, shifted, context)
    let parts = unsafe shares.storage.address.assumingMemoryBound(to: Float.self)
    try inPieces(of: perPiece, rows, context) { start, count in
      for row in start..<(start &+ count) {
        let first = row &* classes
        var total: Float = 0
        for place in first..<(first &+ classes) { total += unsafe parts[place] }
        unsafe sums[row] = total
        let scale = 1 / total
        for place in first..<(first &+ classes) { unsafe parts[place] *= scale }
      }
    }
    let losses = try unary(.log, totals, context)
    let results = unsafe losses.storage.address.assumingMemoryBound(to: Float.self)
    let names = unsafe labels.storage.address.assumingMemoryBound(to: Int64.self)
    try inPieces(of: Piece.cheap, rows, context) { start, count in
      for row in start..<(start &+ count) {
        unsafe results[row] -= moved[row &* classes &+ Int(names[row])]
      }
    }
    return (losses, shares)
  }

  /// The mean of `-t·log q - (1 - t)·log(1 - q)` of each row, q being p cut to [ε, 1 - ε], and its
  /// slope by p: zero where p was cut; float32, equal shapes.
  static func binaryCrossentropy(
    _ target: Tensor, _ prediction: Tensor, epsilon: Float, rows shape: Shape,
    _ context: TensorContext
  ) throws(TensorError) -> (losses: Tensor, slopes: Tensor) {
    let count = prediction.count
    let width = shape.count == 0 ? 0 : count / shape.count
    let slopes = try empty(prediction.shape, .float32, context)
    let losses = try empty(shape, .float32, context)
    let table = unsafe context.workers.table
    // Every pointer below has `count` elements, but `means`, which has one for each row.
    let p = unsafe prediction.floatAddress
    let t = unsafe target.floatAddress
    let slope = unsafe slopes.floatAddress
    let means = unsafe losses.floatAddress
    try inPieces(of: max(1, Piece.costly / max(1, width)), shape.count, context) { start, rows in
      let first = start &* width
      unsafe table.pointee.binary_crossentropy_f32(
        means + start, slope + first, t + first, p + first, rows, width, epsilon, 1 - epsilon)
    }
    return (losses, slopes)
  }

  /// Each row of `x` times its number in `factors`, less that number at its label if there are
  /// labels: what flows back through both losses; float32, labels checked.
  static func rows(
    of x: Tensor, times factors: Tensor, lessAt labels: Tensor? = nil, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    let result = try empty(x.shape, .float32, context)
    let width = factors.count == 0 ? 0 : x.count / factors.count
    // `x` and `result` have `width` elements for each of `factors` and of `labels`.
    let table = unsafe context.workers.table
    let out = unsafe result.floatAddress
    let from = unsafe x.floatAddress
    let by = unsafe factors.floatAddress
    let names = unsafe labels?.storage.address.assumingMemoryBound(to: Int64.self)
    try inPieces(of: max(1, Piece.cheap / max(1, width)), factors.count, context) { start, count in
      let first = start &* width
      unsafe table.pointee.scale_rows_f32(out + first, from + first, by + start, count, width)
      guard let names = unsafe names else { return }
      for row in start..<(start &+ count) {
        unsafe out[row &* width &+ Int(names[row])] -= by[row]
      }
    }
    return result
  }
}
