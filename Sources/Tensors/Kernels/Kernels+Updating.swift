import CKernels

extension Kernels {
  /// One step of Adam, in place: `m += (g - m)(1 - β₁)`, `v += (g² - v)(1 - β₂)`,
  /// `w -= rate · m / (√v + ε)`; `rate` carries the correction for the first steps.
  static func adam(
    _ w: inout Tensor, _ m: inout Tensor, _ v: inout Tensor, gradient: Tensor, rate: Double,
    beta1: Double, beta2: Double, epsilon: Double, _ context: TensorContext
  ) throws(TensorError) {
    guard w.dtype.isFloating, m.dtype == w.dtype, v.dtype == w.dtype, gradient.dtype == w.dtype
    else {
      throw .dtype(
        op: "adam", expected: "one float dtype", received: [w.dtype, m.dtype, gradient.dtype])
    }
    guard m.count == w.count, v.count == w.count, gradient.count == w.count else {
      throw .shapeMismatch(
        op: "adam", expected: "one shape", received: [w.shape, m.shape, gradient.shape])
    }
    try makeUnique(&w, context)
    try makeUnique(&m, context)
    try makeUnique(&v, context)
    let table = unsafe context.workers.table
    let (pw, pm) = unsafe (w.storage.address, m.storage.address)
    let (pv, pg) = unsafe (v.storage.address, gradient.storage.address)
    let isSingle = w.dtype == .float32
    try inPieces(of: Piece.cheap, w.count, context) { start, count in
      // All four have `w.count` elements: checked above.
      if isSingle {
        unsafe table.pointee.adam_f32(
          pw.assumingMemoryBound(to: Float.self) + start,
          pm.assumingMemoryBound(to: Float.self) + start,
          pv.assumingMemoryBound(to: Float.self) + start,
          pg.assumingMemoryBound(to: Float.self) + start, count, Float(rate), Float(1 - beta1),
          Float(1 - beta2), Float(epsilon))
      } else {
        unsafe table.pointee.adam_f64(
          pw.assumingMemoryBound(to: Double.self) + start,
          pm.assumingMemoryBound(to: Double.self) + start,
          pv.assumingMemoryBound(to: Double.self) + start,
          pg.assumingMemoryBound(to: Double.self) + start, count, rate, 1 - beta1, 1 - beta2,
          epsilon)
      }
    }
  }

  /// One step of gradient descent: `w -= rate · g`, or with momentum `m = μm - rate · g`, `w += m`
  /// (with Nesterov's look ahead `w += μm - rate · g`).
  static func sgd(
    _ w: inout Tensor, _ momentum: inout Tensor?, gradient: Tensor, rate: Double,
    momentumFactor: Double, nesterov: Bool, _ context: TensorContext
  ) throws(TensorError) {
    let step = try scaled(gradient, by: rate, context)
    guard let velocity = momentum else {
      w = try binary(.subtract, w, step, w.shape, context)
      return
    }
    let kept = try scaled(velocity, by: momentumFactor, context)
    let next = try binary(.subtract, kept, step, w.shape, context)
    momentum = next
    var change = next
    if nesterov {
      change = try binary(
        .subtract, scaled(next, by: momentumFactor, context), step, w.shape, context)
    }
    w = try binary(.add, w, change, w.shape, context)
  }

  private static func scaled(_ x: Tensor, by factor: Double, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    try binary(.multiply, x, full(.scalar, x.dtype, factor, context), x.shape, context)
  }
}
