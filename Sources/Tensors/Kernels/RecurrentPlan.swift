import CKernels
import Platform

/// The activations that a fused recurrent layer has: those whose slope follows from their value.
public enum RecurrentActivation: String, Sendable, CaseIterable {
  case tanh, sigmoid, relu, linear

  var code: ck_activation {
    switch self {
    case .tanh: CK_ACT_TANH
    case .sigmoid: CK_ACT_SIGMOID
    case .relu: CK_ACT_RELU
    case .linear: CK_ACT_LINEAR
    }
  }
}

/// Which recurrent layer, with its number of gates and of states.
enum RecurrentCell: String, Sendable {
  case lstm, elman

  /// Blocks of `units` columns in the weights.
  var gates: Int { self == .lstm ? 4 : 1 }
}

/// Extents and settings of a fused recurrent layer, and how its batch is cut: by them alone.
///
/// Each shard is a run of rows with its own part of the workspace, laid out time-major as
/// `ck_recurrent` describes. Everything that one row needs has one length, so the part of a shard
/// starts at its first row times that.
struct RecurrentPlan: Sendable {
  let cell: RecurrentCell
  let batch, time, inputs, units: Int
  let activation, gateActivation: RecurrentActivation
  /// True when time runs from the last step to the first.
  let reversed: Bool
  /// Floats of workspace for each row of the batch.
  let floatsPerRow: Int
  let shards: Int
  /// True when the lanes of vectors go over the batch: few units, many rows.
  let lanesOverBatch: Bool

  /// Columns of the weights.
  var width: Int { cell.gates &* units }
  /// Columns of the weights, rounded up to whole vectors.
  var paddedWidth: Int { (width &+ 15) & ~15 }
  var paddedUnits: Int { (units &+ 15) & ~15 }
  var paddedInputs: Int { (inputs &+ 15) & ~15 }
  /// Rows of the weights as one matrix: bias, kernel, recurrent kernel.
  var weightRows: Int { 1 &+ inputs &+ units }
  /// Rows of the workspace: with lanes over the batch, each shard rounds its rows up.
  var workspaceRows: Int { lanesOverBatch ? batch &+ 16 &* shards : batch }
  /// True when a step makes its gates by one product of input and h, which lie side by side.
  ///
  /// 45 instead of 52 µs at 5 x 130 x 1 x 16, 438 instead of 476 at 100 x 10 x 20 x 50. A product of
  /// more than 256 terms would go over the gates twice.
  var joint: Bool { panel == 0 && inputs &+ units <= 256 }
  /// Columns of the panels that large weights are cut into for the steps; 0 for none.
  ///
  /// A product of many rows reads a panel in order; without, each step copied it (an eighth of the
  /// time at 64 x 50 x 128 x 256).
  var panel: Int {
    let pays = width >= 512 && shards > 0 && batch / shards >= 24
    return pays && width % 32 == 0 && units % 32 == 0 ? 32 : 0
  }

  /// - Throws: ``TensorError/tooLarge(extents:)`` when the workspace could not be counted.
  init(
    cell: RecurrentCell, batch: Int, time: Int, inputs: Int, units: Int,
    activation: RecurrentActivation, gateActivation: RecurrentActivation, reversed: Bool
  ) throws(TensorError) {
    self.cell = cell
    self.batch = batch
    self.time = time
    self.inputs = inputs
    self.units = units
    self.activation = activation
    self.gateActivation = gateActivation
    self.reversed = reversed
    lanesOverBatch = batch >= 16 && time > 0 && (1..<16).contains(units) && inputs < 240
    // A one or nothing, input, gates, h, and for an LSTM c and its activation: (time + 1) rows of
    // these at most, and what rounds each of the five up to whole cache lines.
    let perStep = try Shape([inputs + 1, 1]).count + Shape([cell.gates + 3, units]).count
    let packed = try Shape([time + 1, perStep]).count
    floatsPerRow = try Shape([packed + 96, 1]).count & ~15
    _ = try Shape([batch + 128, floatsPerRow])
    // Forward and backward, 6 operations a weight and step; small layers are not worth a thread.
    let work =
      6.0 * Double(batch) * Double(time) * Double(inputs + units) * Double(cell.gates * units)
    let most = batch >= 512 ? 8 : batch >= 128 ? 4 : 2
    let fewest = lanesOverBatch ? 32 : 8
    shards = work < 6e7 ? min(batch, 1) : max(1, min(most, batch / fewest))
  }

  /// The rows of a shard: as equal as they can be, the first ones longer.
  func rows(of shard: Int) -> Range<Int> {
    let (base, extra) = (batch / shards, batch % shards)
    let start = shard &* base &+ min(shard, extra)
    return start..<(start &+ base &+ (shard < extra ? 1 : 0))
  }

  /// Calls `body` with runs of steps, from the first to the last, until an interruption.
  func forEachRun(
    rows: Int, _ interruption: Interruption, _ body: (_ from: Int, _ to: Int) -> Void
  ) {
    let steps = stepsAtOnce(rows: rows)
    var from = 0
    while from < time, !interruption.isRequested {
      let to = min(from &+ steps, time)
      body(from, to)
      from = to
    }
  }

  /// Calls `body` with runs of steps, the last run first, until an interruption.
  func forEachRunBack(
    rows: Int, _ interruption: Interruption, _ body: (_ from: Int, _ to: Int) -> Void
  ) {
    let steps = stepsAtOnce(rows: rows)
    var to = time
    while to > 0, !interruption.isRequested {
      let from = max(0, to &- steps)
      body(from, to)
      to = from
    }
  }

  /// Steps between two looks at the interruption: about 2 ms where vectors are wide.
  private func stepsAtOnce(rows: Int) -> Int {
    let step = 2.0 * Double(rows) * Double(inputs + units) * Double(width)
    return max(1, Int(min(1e8 / max(step, 1), 1e9)))
  }

  /// The C view of a shard within the workspace.
  ///
  /// The workspace has `batch · floatsPerRow` floats; the parts below take no more of them than
  /// `init` has counted.
  func layer(
    _ rows: Range<Int>, workspace: UnsafeMutablePointer<Float>,
    input: UnsafePointer<Float>?
  ) -> ck_recurrent {
    let n = rows.count
    var layer = unsafe ck_recurrent()
    unsafe layer.rows = n
    unsafe layer.time = time
    unsafe layer.inputs = inputs
    unsafe layer.units = units
    unsafe layer.panel = panel
    unsafe layer.activation = activation.code
    unsafe layer.gate_activation = gateActivation.code
    unsafe layer.reversed = reversed ? 1 : 0
    if let input = unsafe input { unsafe layer.input = input + rows.lowerBound &* time &* inputs }
    var next = unsafe workspace + rows.lowerBound &* floatsPerRow
    // Whole cache lines: a vector that straddles two costs twice.
    func part(_ width: Int, steps: Int) -> UnsafeMutablePointer<Float> {
      let start = unsafe next + (0 &- Int(bitPattern: next) / 4) & 15
      unsafe next = unsafe start + steps &* n &* width
      return unsafe start
    }
    unsafe layer.gates = part(width, steps: time)
    unsafe layer.joint = joint ? 1 : 0
    unsafe layer.x_row = joint ? inputs &+ units : inputs
    unsafe layer.h_row = joint ? inputs &+ units : units
    unsafe layer.x = part(layer.x_row, steps: joint ? time &+ 1 : time)
    unsafe layer.h = joint ? layer.x + inputs : part(units, steps: time &+ 1)
    if cell == .lstm {
      unsafe layer.c = part(units, steps: time &+ 1)
      unsafe layer.act_c = part(units, steps: time)
    }
    return unsafe layer
  }
}
