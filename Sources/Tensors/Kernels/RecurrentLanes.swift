import CKernels
import Platform

extension Kernels.RecurrentWeights {
  /// Bias (or zeros), kernel and recurrent kernel as one matrix, as the kernels with lanes over the
  /// batch read them.
  func packed(_ plan: RecurrentPlan, _ context: TensorContext) throws(TensorError) -> Tensor {
    let width = plan.width
    let result = try Kernels.empty(Shape([plan.weightRows, width]), .float32, context)
    // One row, `inputs` rows and `units` rows: as many as the result has.
    let out = unsafe result.floatAddress
    if bias.count == 0 {
      unsafe out.update(repeating: 0, count: width)
    } else {
      unsafe out.update(from: bias.floatAddress, count: width)
    }
    unsafe (out + width).update(from: kernel.floatAddress, count: plan.inputs &* width)
    unsafe (out + (1 &+ plan.inputs) &* width).update(
      from: recurrent.floatAddress, count: plan.units &* width)
    return result
  }
}

/// The forward pass with lanes over the batch, shard by shard; every pointer has the extents that
/// the plan says.
@safe
struct LanesJob {
  let plan: RecurrentPlan
  let table: UnsafePointer<ck_table>
  let interruption: Interruption
  let input, weights: UnsafeMutablePointer<Float>
  let firstH, firstC: UnsafeMutablePointer<Float>?
  let workspace: UnsafeMutablePointer<Float>
  let sequence: UnsafeMutablePointer<Float>?
  let lastH: UnsafeMutablePointer<Float>
  let lastC: UnsafeMutablePointer<Float>?

  func run(_ shard: Int) {
    let rows = plan.rows(of: shard)
    let start = rows.lowerBound &* plan.units
    var layer = unsafe plan.lanes(shard, weights: weights, workspace: workspace)
    unsafe layer.input = UnsafePointer(input + rows.lowerBound &* plan.time &* plan.inputs)
    if let firstH = unsafe firstH { unsafe layer.first_h = UnsafePointer(firstH + start) }
    if let firstC = unsafe firstC { unsafe layer.first_c = UnsafePointer(firstC + start) }
    if let sequence = unsafe sequence { unsafe layer.sequence = sequence + start &* plan.time }
    unsafe layer.last_h = lastH + start
    if let lastC = unsafe lastC { unsafe layer.last_c = lastC + start }
    let forward =
      unsafe plan.cell == .lstm
      ? table.pointee.lstm_lanes_forward : table.pointee.elman_lanes_forward
    plan.forEachRun(rows: rows.count, interruption) { from, to in
      unsafe forward?(&layer, from, to)
    }
  }
}

/// The way back of ``LanesJob``.
@safe
struct LanesBackJob {
  let plan: RecurrentPlan
  let table: UnsafePointer<ck_table>
  let interruption: Interruption
  let weights, workspace: UnsafeMutablePointer<Float>
  let dSequence: UnsafeMutablePointer<Float>?
  let dh: UnsafeMutablePointer<Float>
  let dc, dx: UnsafeMutablePointer<Float>?
  let parts, scratch: UnsafeMutablePointer<Float>
  let scratchPerShard: Int

  func run(_ shard: Int) {
    let rows = plan.rows(of: shard)
    let start = rows.lowerBound &* plan.units
    let backward =
      unsafe plan.cell == .lstm
      ? table.pointee.lstm_lanes_backward : table.pointee.elman_lanes_backward
    var layer = unsafe plan.lanes(shard, weights: weights, workspace: workspace)
    unsafe withUnsafePointer(to: &layer) { layer in
      var gradient = unsafe ck_lanes_gradient()
      unsafe gradient.forward = unsafe layer
      if let dSequence = unsafe dSequence {
        unsafe gradient.d_sequence = UnsafePointer(dSequence + start &* plan.time)
      }
      unsafe gradient.dh = dh + start
      if let dc = unsafe dc { unsafe gradient.dc = dc + start }
      if let dx = unsafe dx {
        unsafe gradient.d_input = dx + rows.lowerBound &* plan.time &* plan.inputs
      }
      unsafe gradient.scratch = scratch + shard &* scratchPerShard
      unsafe gradient.flow = gradient.scratch + 64 &* plan.paddedWidth
      unsafe gradient.d_weights = parts + shard &* plan.weightRows &* plan.width
      plan.forEachRunBack(rows: rows.count, interruption) { from, to in
        unsafe backward?(&gradient, from, to)
      }
    }
  }
}

extension RecurrentPlan {
  /// The C view of a shard with lanes over the batch; input, states and results are yet to be set.
  fileprivate func lanes(
    _ shard: Int, weights: UnsafeMutablePointer<Float>, workspace: UnsafeMutablePointer<Float>
  ) -> ck_lanes {
    let rows = rows(of: shard)
    var layer = unsafe ck_lanes()
    unsafe layer.rows = rows.count
    unsafe layer.time = time
    unsafe layer.inputs = inputs
    unsafe layer.units = units
    unsafe layer.floats_per_row = floatsPerRow
    unsafe layer.activation = activation.code
    unsafe layer.gate_activation = gateActivation.code
    unsafe layer.reversed = reversed ? 1 : 0
    unsafe layer.weights = UnsafePointer(weights)
    // `workspaceRows` has 16 more rows for each shard.
    unsafe layer.saved = workspace + (rows.lowerBound &+ 16 &* shard) &* floatsPerRow
    return unsafe layer
  }
}
