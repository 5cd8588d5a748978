import CKernels
import Platform

extension Kernels {
  /// What flows into a recurrent layer from its three results; nil where nothing does.
  struct RecurrentIncoming {
    let sequence, h, c: Tensor?
  }

  /// The gradients of a recurrent layer by its inputs.
  struct RecurrentGradients {
    let x: Tensor?
    let kernel, recurrent, bias, h: Tensor
    let c: Tensor?
  }

  /// The way back through a layer that ``recurrent(_:_:_:h:c:returnsSequence:_:)`` ran.
  ///
  /// Shards make their own weight gradients, which are added in the order of the shards.
  static func recurrentGradient(
    _ plan: RecurrentPlan, _ weights: RecurrentWeights, workspace: Tensor,
    incoming: RecurrentIncoming, needsInput: Bool, _ context: TensorContext
  ) throws(TensorError) -> RecurrentGradients {
    let (width, units) = (plan.width, plan.units)
    let dh = try start(incoming.h, plan, context)
    let dc = plan.cell == .lstm ? try start(incoming.c, plan, context) : nil
    let dx =
      needsInput ? try empty(Shape([plan.batch, plan.time, plan.inputs]), .float32, context) : nil
    // Each shard's own: bias, kernel and recurrent, one after the other.
    let perShard = try Shape([plan.weightRows, width]).count
    let parts = try empty(Shape([max(plan.shards, 1), perShard]), .float32, context)
    let flows = Flows(sequence: incoming.sequence, dh: dh, dc: dc, dx: dx, parts: parts)
    if plan.lanesOverBatch {
      try lanesBack(plan, weights, workspace: workspace, flows, context)
    } else {
      try rowsBack(plan, weights, workspace: workspace, flows, context)
    }
    // Of an empty batch there are no shards, and the gradients are zeros.
    if plan.shards == 0 { unsafe parts.floatAddress.update(repeating: 0, count: perShard) }
    let inputs = plan.inputs
    return RecurrentGradients(
      x: dx,
      kernel: try joined(parts, width, Shape([inputs, width]), perShard, context),
      recurrent: try joined(parts, (1 + inputs) * width, Shape([units, width]), perShard, context),
      bias: try joined(parts, 0, Shape([width]), perShard, context),
      h: dh, c: dc)
  }

  /// What flows in from behind, and where what flows out goes.
  private struct Flows {
    let sequence: Tensor?
    let dh: Tensor
    let dc, dx: Tensor?
    let parts: Tensor
  }

  private static func rowsBack(
    _ plan: RecurrentPlan, _ weights: RecurrentWeights, workspace: Tensor, _ flows: Flows,
    _ context: TensorContext
  ) throws(TensorError) {
    let scratch = try empty(Shape([plan.batch, plan.time, plan.width]), .float32, context)
    let recurrentT = try turned(weights.recurrent, plan.panel, width: plan.paddedUnits, context)
    let kernelT =
      flows.dx == nil
      ? recurrentT : try turned(weights.kernel, 0, width: plan.paddedInputs, context)
    let job = unsafe BackwardJob(
      plan: plan, table: context.workers.table, interruption: context.interruption,
      workspace: workspace.floatAddress, recurrentT: recurrentT.floatAddress,
      kernelT: kernelT.floatAddress, dSequence: flows.sequence?.floatAddress,
      dh: flows.dh.floatAddress, dc: flows.dc?.floatAddress, dx: flows.dx?.floatAddress,
      dGates: scratch.floatAddress, parts: flows.parts.floatAddress)
    try withExtendedLifetime((scratch, recurrentT, kernelT)) { () throws(TensorError) in
      try divided(plan.shards, context) { shard in job.run(shard) }
    }
  }

  /// The transpose of a matrix as the steps read it; see ``forSteps(_:_:width:_:)``.
  private static func turned(_ x: Tensor, _ panel: Int, width: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    if panel > 0 || x.count > 1 << 14 {
      return try forSteps(x.permuted([1, 0], context), panel, width: width, context)
    }
    // A small matrix fits the first cache, whatever the order.
    let (rows, columns) = (x.shape.extents[0], x.shape.extents[1])
    let result = try empty(Shape([columns, width]), .float32, context)
    let out = unsafe result.floatAddress
    let from = unsafe x.floatAddress
    for column in 0..<columns {
      // `width` is `rows` rounded up.
      let line = unsafe out + column &* width
      for row in 0..<rows { unsafe line[row] = from[row &* columns &+ column] }
      for row in rows..<max(rows, width) { unsafe line[row] = 0 }
    }
    return result
  }

  private static func lanesBack(
    _ plan: RecurrentPlan, _ weights: RecurrentWeights, workspace: Tensor, _ flows: Flows,
    _ context: TensorContext
  ) throws(TensorError) {
    let packed = try weights.packed(plan, context)
    // For each shard, what flows between steps, and the gates of a step twice.
    let flow = (plan.rows(of: 0).count + 16) * (plan.inputs + 2 * plan.units)
    let perShard = ((flow + 15) & ~15) + 64 * plan.paddedWidth
    let scratch = try empty(Shape([plan.shards, perShard]), .float32, context)
    let job = unsafe LanesBackJob(
      plan: plan, table: context.workers.table, interruption: context.interruption,
      weights: packed.floatAddress, workspace: workspace.floatAddress,
      dSequence: flows.sequence?.floatAddress, dh: flows.dh.floatAddress,
      dc: flows.dc?.floatAddress, dx: flows.dx?.floatAddress, parts: flows.parts.floatAddress,
      scratch: scratch.floatAddress, scratchPerShard: perShard)
    try withExtendedLifetime((scratch, packed)) { () throws(TensorError) in
      try divided(plan.shards, context) { shard in job.run(shard) }
    }
  }

  /// The gradient by a last state, in memory of its own: it becomes the gradient by the first one.
  private static func start(_ given: Tensor?, _ plan: RecurrentPlan, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    if let given { return try copy(given, context) }
    return try zeros(Shape([plan.batch, plan.units]), .float32, context)
  }

  /// The sum over the shards of one part, in their order.
  private static func joined(
    _ parts: Tensor, _ offset: Int, _ shape: Shape, _ perShard: Int, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    func part(_ shard: Int) throws(TensorError) -> Tensor {
      let part = try empty(shape, .float32, context)
      // A part has `shape.count` of the `perShard` floats of its shard.
      unsafe part.floatAddress.update(
        from: parts.floatAddress + (shard &* perShard &+ offset), count: shape.count)
      return part
    }
    var total = try part(0)
    for shard in 1..<max(parts.shape.extents[0], 1) {
      total = try binary(.add, total, part(shard), shape, context)
    }
    return total
  }
}

/// The backward pass, shard by shard; every pointer has the extents that the plan says.
@safe
private struct BackwardJob {
  let plan: RecurrentPlan
  let table: UnsafePointer<ck_table>
  let interruption: Interruption
  let workspace, recurrentT, kernelT: UnsafeMutablePointer<Float>
  let dSequence: UnsafeMutablePointer<Float>?
  let dh: UnsafeMutablePointer<Float>
  let dc, dx: UnsafeMutablePointer<Float>?
  let dGates, parts: UnsafeMutablePointer<Float>

  func run(_ shard: Int) {
    let rows = plan.rows(of: shard)
    var layer = unsafe plan.layer(rows, workspace: workspace, input: nil)
    let first = rows.lowerBound
    let gates = unsafe dGates + first &* plan.time &* plan.width
    unsafe throughTime(&layer, rows, gates)
    unsafe weightGradients(layer, rows.count, gates, parts + shard &* plan.weightRows &* plan.width)
    if let dx = unsafe dx {
      unsafe inputGradient(rows, gates, dx + first &* plan.time &* plan.inputs)
    }
  }

  private func throughTime(
    _ layer: inout ck_recurrent, _ rows: Range<Int>, _ gates: UnsafeMutablePointer<Float>
  ) {
    let backward =
      unsafe plan.cell == .lstm ? table.pointee.lstm_backward : table.pointee.elman_backward
    let start = rows.lowerBound &* plan.units
    unsafe withUnsafePointer(to: &layer) { layer in
      var gradient = unsafe ck_recurrent_gradient()
      unsafe gradient.forward = unsafe layer
      unsafe gradient.wh_t = UnsafePointer(recurrentT)
      unsafe gradient.wh_t_width = plan.paddedUnits
      unsafe gradient.panel = plan.panel
      if let dSequence = unsafe dSequence {
        unsafe gradient.d_sequence = UnsafePointer(dSequence + start &* plan.time)
      }
      unsafe gradient.dh = dh + start
      if let dc = unsafe dc { unsafe gradient.dc = dc + start }
      unsafe gradient.d_gates = unsafe gates
      plan.forEachRunBack(rows: rows.count, interruption) { from, to in
        unsafe backward?(&gradient, from, to)
      }
    }
  }

  /// Two products over all rows and steps, and a sum of columns.
  private func weightGradients(
    _ layer: ck_recurrent, _ rows: Int, _ gates: UnsafeMutablePointer<Float>,
    _ part: UnsafeMutablePointer<Float>
  ) {
    let (width, units, inputs, terms) = (plan.width, plan.units, plan.inputs, plan.time &* rows)
    let sum = unsafe ck_find_reduce(table, CK_F32, CK_SUM)
    unsafe sum?(part, gates, 1, terms, width)
    if plan.joint {
      unsafe product(part + width, layer.x, inputs &+ units, gates, terms)
      return
    }
    unsafe product(part + width, layer.x, inputs, gates, terms)
    unsafe product(part + (1 &+ inputs) &* width, layer.h, units, gates, terms)
  }

  /// `out[columns][width] = leftᵀ · gates`, some terms at a time.
  private func product(
    _ out: UnsafeMutablePointer<Float>, _ left: UnsafeMutablePointer<Float>, _ columns: Int,
    _ gates: UnsafeMutablePointer<Float>, _ terms: Int
  ) {
    let width = plan.width
    let each = max(64, Int(min(2e8 / max(2.0 * Double(columns) * Double(width), 1), 1e9)))
    var from = 0
    repeat {
      let count = min(each, terms &- from)
      unsafe table.pointee.matmul_f32(
        out, width, left + from &* columns, 1, columns, gates + from &* width, width, 1, columns,
        width, count, from > 0 ? 1 : 0, 0)
      from = from &+ each
    } while from < terms && !interruption.isRequested
  }

  /// `dx = dG · kernelᵀ`, step by step into rows of the batch.
  private func inputGradient(
    _ rows: Range<Int>, _ gates: UnsafeMutablePointer<Float>, _ dx: UnsafeMutablePointer<Float>
  ) {
    let (width, inputs, count) = (plan.width, plan.inputs, rows.count)
    for step in 0..<plan.time where !interruption.isRequested {
      let time = plan.reversed ? plan.time &- 1 &- step : step
      unsafe table.pointee.matmul_f32(
        dx + time &* inputs, plan.time &* inputs, gates + step &* count &* width, width, 1,
        kernelT, plan.paddedInputs, 1, count, inputs, width, 0, 1)
    }
  }
}
