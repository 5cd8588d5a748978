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
    let workspace = try empty(Shape([plan.batch, plan.floatsPerRow]), .float32, context)
    let lastH = try empty(states, .float32, context)
    let lastC = plan.cell == .lstm ? try empty(states, .float32, context) : nil
    let sequence =
      returnsSequence
      ? try empty(Shape([plan.batch, plan.time, plan.units]), .float32, context) : nil
    let kernel = try forSteps(weights.kernel, plan.panel, width: plan.paddedWidth, context)
    let recurrent = try forSteps(weights.recurrent, plan.panel, width: plan.paddedWidth, context)
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
    unsafe layer.wh = UnsafePointer(recurrent)
    unsafe layer.bias = UnsafePointer(bias)
    unsafe layer.width = plan.paddedWidth
    if let sequence = unsafe sequence {
      unsafe layer.sequence = sequence + rows.lowerBound &* plan.time &* units
    }
    unsafe begin(layer.h, firstH, start, count)
    if plan.cell == .lstm { unsafe begin(layer.c, firstC, start, count) }
    let forward =
      unsafe plan.cell == .lstm ? table.pointee.lstm_forward : table.pointee.elman_forward
    let steps = plan.stepsAtOnce(rows: rows.count)
    var from = 0
    while from < plan.time, !interruption.isRequested {
      let to = min(from &+ steps, plan.time)
      unsafe forward?(&layer, from, to)
      from = to
    }
    unsafe (lastH + start).update(from: layer.h + plan.time &* count, count: count)
    if let lastC = unsafe lastC {
      unsafe (lastC + start).update(from: layer.c + plan.time &* count, count: count)
    }
  }

  /// The state before the first step: given, or zeros.
  private func begin(
    _ slot: UnsafeMutablePointer<Float>, _ given: UnsafeMutablePointer<Float>?, _ start: Int,
    _ count: Int
  ) {
    if let given = unsafe given {
      unsafe slot.update(from: given + start, count: count)
    } else {
      unsafe slot.update(repeating: 0, count: count)
    }
  }
}
