import CKernels
import Platform

extension Kernels {
  /// The weights of a recurrent layer: kernel `[inputs, gates · units]`, recurrent
  /// `[units, gates · units]`, bias `[gates · units]` or empty.
  struct RecurrentWeights {
    let kernel, recurrent, bias: Tensor
  }

  /// Runs a layer over all steps.
  ///
  /// `x` is `[batch, time, inputs]`, `h` and `c` are `[batch, units]` or empty for zeros.
  ///
  /// - Returns: the outputs of all steps (when wanted), the last states (`c` for an LSTM), and the
  ///   workspace that ``recurrentGradient(_:_:workspace:incoming:needsInput:_:)`` reads.
  static func recurrent(
    _ plan: RecurrentPlan, _ x: Tensor, _ weights: RecurrentWeights, h: Tensor, c: Tensor,
    returnsSequence: Bool, _ context: TensorContext
  ) throws(TensorError) -> (sequence: Tensor?, h: Tensor, c: Tensor?, workspace: Tensor) {
    let states = try Shape([plan.batch, plan.units])
    let workspace = try empty(Shape([plan.workspaceRows, plan.floatsPerRow]), .float32, context)
    let lastH = try empty(states, .float32, context)
    let lastC = plan.cell == .lstm ? try empty(states, .float32, context) : nil
    let sequence =
      returnsSequence
      ? try empty(Shape([plan.batch, plan.time, plan.units]), .float32, context) : nil
    if plan.lanesOverBatch {
      let packed = try weights.packed(plan, context)
      let job = unsafe LanesJob(
        plan: plan, table: context.workers.table, interruption: context.interruption,
        input: x.floatAddress, weights: packed.floatAddress,
        firstH: h.count == 0 ? nil : h.floatAddress, firstC: c.count == 0 ? nil : c.floatAddress,
        workspace: workspace.floatAddress, sequence: sequence?.floatAddress,
        lastH: lastH.floatAddress, lastC: lastC?.floatAddress)
      try withExtendedLifetime(packed) { () throws(TensorError) in
        try divided(plan.shards, context) { shard in job.run(shard) }
      }
      return (sequence, lastH, lastC, workspace)
    }
    let kernel =
      plan.joint
      ? try stacked(weights.kernel, weights.recurrent, width: plan.paddedWidth, context)
      : try forSteps(weights.kernel, plan.panel, width: plan.paddedWidth, context)
    let recurrent =
      plan.joint
      ? kernel : try forSteps(weights.recurrent, plan.panel, width: plan.paddedWidth, context)
    let job = unsafe ForwardJob(
      plan: plan, table: context.workers.table, interruption: context.interruption,
      input: x.floatAddress, kernel: kernel.floatAddress, recurrent: recurrent.floatAddress,
      bias: weights.bias.count == 0 ? nil : weights.bias.floatAddress,
      firstH: h.count == 0 ? nil : h.floatAddress, firstC: c.count == 0 ? nil : c.floatAddress,
      workspace: workspace.floatAddress, sequence: sequence?.floatAddress,
      lastH: lastH.floatAddress, lastC: lastC?.floatAddress)
    // The copies of the weights live until all shards have joined.
    try withExtendedLifetime((kernel, recurrent)) { () throws(TensorError) in
      try divided(plan.shards, context) { shard in job.run(shard) }
    }
    return (sequence, lastH, lastC, workspace)
  }

  /// A matrix as the steps read it: cut into panels of columns, or with rows padded to `width`.
  ///
  /// The columns of a panel divide those of the matrix, or are 0 for none.
  static func forSteps(_ x: Tensor, _ panel: Int, width: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    if panel == 0 { return try padded(x, to: width, context) }
    let (rows, columns) = (x.shape.extents[0], x.shape.extents[1])
    return try strided(
      x, offset: 0, strides: [panel, columns, 1], shape: Shape([columns / panel, rows, panel]),
      context)
  }

  /// The rows of two matrices, one after the other, each with zeros up to `width`.
  private static func stacked(
    _ first: Tensor, _ second: Tensor, width: Int, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    let columns = first.shape.extents[1]
    let rows = first.shape.extents[0] + second.shape.extents[0]
    let result = try empty(Shape([rows, width]), .float32, context)
    var line = unsafe result.floatAddress
    for part in [first, second] {
      let from = unsafe part.floatAddress
      if columns == width {
        unsafe line.update(from: from, count: part.count)
        unsafe line += part.count
        continue
      }
      for row in 0..<part.shape.extents[0] {
        // Both parts have `columns` ≤ `width`; the result has a line for each of their rows.
        unsafe line.update(from: from + row &* columns, count: columns)
        unsafe (line + columns).update(repeating: 0, count: width &- columns)
        unsafe line += width
      }
    }
    return result
  }

  /// Rows of a matrix with zeros up to `width`; itself when it is that wide.
  private static func padded(_ x: Tensor, to width: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    let (rows, columns) = (x.shape.extents[0], x.shape.extents[1])
    if columns == width { return x }
    var result = try zeros(Shape([rows, width]), x.dtype, context)
    try assign(x, into: &result, offset: 0, strides: [width, 1], shape: x.shape, context)
    return result
  }
}

extension Tensor {
  /// The elements of a float32 tensor.
  @inline(__always)
  var floatAddress: UnsafeMutablePointer<Float> {
    // Storage is only ever read as the dtype that it was made for.
    unsafe storage.address.assumingMemoryBound(to: Float.self)
  }
}

/// The forward pass, shard by shard; every pointer has the extents that the plan says.
@safe
private struct ForwardJob {
  let plan: RecurrentPlan
  let table: UnsafePointer<ck_table>
  let interruption: Interruption
  let input, kernel, recurrent: UnsafeMutablePointer<Float>
  let bias, firstH, firstC: UnsafeMutablePointer<Float>?
  let workspace: UnsafeMutablePointer<Float>
  let sequence: UnsafeMutablePointer<Float>?
  let lastH: UnsafeMutablePointer<Float>
  let lastC: UnsafeMutablePointer<Float>?

  func run(_ shard: Int) {
    let rows = plan.rows(of: shard)
    let units = plan.units
    let (start, count) = (rows.lowerBound &* units, rows.count &* units)
    var layer = unsafe plan.layer(rows, workspace: workspace, input: input)
    unsafe layer.wx = UnsafePointer(kernel)
    unsafe layer.wh = UnsafePointer(recurrent)  // Not read where the two are joint.
    unsafe layer.bias = UnsafePointer(bias)
    unsafe layer.width = plan.paddedWidth
    if let sequence = unsafe sequence {
      unsafe layer.sequence = sequence + rows.lowerBound &* plan.time &* units
    }
    unsafe begin(layer.h, layer.h_row, firstH, rows)
    if plan.cell == .lstm { unsafe begin(layer.c, units, firstC, rows) }
    let forward =
      unsafe plan.cell == .lstm ? table.pointee.lstm_forward : table.pointee.elman_forward
    plan.forEachRun(rows: rows.count, interruption) { from, to in
      unsafe forward?(&layer, from, to)
    }
    for row in 0..<rows.count {
      let last = unsafe layer.h + (plan.time &* rows.count &+ row) &* layer.h_row
      unsafe (lastH + start + row &* units).update(from: last, count: units)
    }
    if let lastC = unsafe lastC {
      unsafe (lastC + start).update(from: layer.c + plan.time &* count, count: count)
    }
  }

  /// The state before the first step, each row `stride` behind the one before: given, or zeros.
  private func begin(
    _ slot: UnsafeMutablePointer<Float>, _ stride: Int, _ given: UnsafeMutablePointer<Float>?,
    _ rows: Range<Int>
  ) {
    let units = plan.units
    for row in 0..<rows.count {
      let line = unsafe slot + row &* stride
      if let given = unsafe given {
        unsafe line.update(from: given + (rows.lowerBound &+ row) &* units, count: units)
      } else {
        unsafe line.update(repeating: 0, count: units)
      }
    }
  }
}
