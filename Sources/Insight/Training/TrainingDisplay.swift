public import Neural
public import Plots

/// What is shown of a training while it runs.
public enum TrainingFrame: Sendable {
  /// A picture with a line that stands for it; later frames replace earlier ones, and the last one
  /// is the one to keep.
  case picture(Figure, text: String, isLast: Bool)
  /// A line of a terminal that the next one overwrites; the last one stays.
  case status(String, isLast: Bool)
  /// A line of its own.
  case line(String)
}

/// Follows a training and tells when there is something new to show.
public final class TrainingDisplay: TrainingObserver {
  /// Where frames are shown.
  public enum Place: Sendable {
    /// A picture that is replaced.
    case notebook
    /// A line that is overwritten, cut to a width in columns.
    case terminal(columns: Int)
    /// Lines, few of them.
    case plain
  }

  private let place: Place
  private let isEachEpoch: Bool
  private let clock: () -> Double
  private let show: (TrainingFrame) -> Void
  private var progress: TrainingProgress?
  private var hasLearnt = false
  private var start = 0.0
  private var nextFrame = 0.0

  /// Makes a display.
  ///
  /// - Parameters:
  ///   - place: Where frames are shown.
  ///   - isEachEpoch: True for `verbose=2`: one plain line for every epoch and nothing else.
  ///   - clock: Seconds that only grow.
  ///   - show: Takes each frame.
  public init(
    _ place: Place, isEachEpoch: Bool = false, clock: @escaping () -> Double,
    show: @escaping (TrainingFrame) -> Void
  ) {
    self.place = place
    self.isEachEpoch = isEachEpoch
    self.clock = clock
    self.show = show
  }

  /// Starts the clock.
  public func began(_ plan: TrainingPlan) throws(NeuralError) {
    // Of no epochs there is nothing to tell.
    guard plan.initialEpoch < plan.epochs else { return }
    progress = TrainingProgress(plan)
    start = clock()
    switch place {
    // What is over before this is shown once, at its end.
    case .notebook: nextFrame = start + 0.3
    case .terminal: nextFrame = start + 0.1
    case .plain:
      nextFrame = start + 10
      if !isEachEpoch {
        let epochs = "\(plan.epochs) \(plan.epochs == 1 ? "epoch" : "epochs")"
        let batches = "\(plan.batches) \(plan.batches == 1 ? "batch" : "batches")"
        show(.line("training \(plan.model): \(epochs) of \(batches)"))
      }
    }
  }

  /// Notes that there is something to tell of.
  public func batch(_ batch: TrainingBatch) throws(NeuralError) { hasLearnt = true }

  /// Shows the epoch if a frame is due.
  public func epoch(_ epoch: TrainingEpoch) throws(NeuralError) {
    let now = clock()
    progress?.add(epoch, at: now)
    guard let progress else { return }
    if isEachEpoch {
      show(.line(progress.line(timed: false)))
      return
    }
    guard now >= nextFrame else { return }
    let line = progress.line(timed: true)
    switch place {
    case .notebook:
      let title = progress.line(timed: true, isShort: true)
      show(.picture(TrainingCurve.figure(progress, line: title), text: line, isLast: false))
      // Drawing may take a twentieth of the time and no more.
      nextFrame = clock() + max(0.2, 20 * (clock() - now))
    case .terminal(let columns):
      show(.status(String(line.prefix(max(1, columns - 1))), isLast: false))
      nextFrame = now + 0.1
    case .plain:
      show(.line(line))
      nextFrame = now + 10
    }
  }

  /// Shows the last frame, which names no time.
  public func ended(_ outcome: TrainingOutcome) throws(NeuralError) {
    guard let progress, !isEachEpoch else { return }
    var line = progress.line(timed: false)
    switch outcome {
    case .finished: break
    case .stopped(let epoch): line += "  (stopped at epoch \(epoch))"
    case .interrupted(let epoch, .interrupted):
      line = "interrupted at epoch \(epoch)/\(progress.epochs), weights and model.history kept"
    case .interrupted(let epoch, _):
      guard hasLearnt else { return }
      line += "  (failed in epoch \(epoch))"
    }
    switch place {
    case .notebook:
      show(.picture(TrainingCurve.figure(progress, line: line), text: line, isLast: true))
    case .terminal(let columns):
      show(.status(String(line.prefix(max(1, columns - 1))), isLast: true))
    case .plain: show(.line(line))
    }
  }
}
