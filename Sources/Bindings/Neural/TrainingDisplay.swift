import Neural
import Platform
import Plots
import Runtime

/// Shows how training goes: a curve that is redrawn in notebooks, a line that is rewritten in
/// terminals, plain lines elsewhere.
///
/// What is stored depends on the numbers alone: times and rates appear only in frames and lines
/// that are replaced before `fit` returns, or on stderr.
final class TrainingDisplay: TrainingObserver {
  private let interpreter: Interpreter
  private let style: Style
  private let id: String
  private var plan: TrainingPlan?
  private var columns: [(name: String, values: [Double])] = []
  private var firstEpoch = 0
  private var begun = 0.0
  private var lastFrame = 0.0
  private var frameCost = 0.0
  private var isShown = false

  private enum Style {
    case notebook, terminal, plain, lines
  }

  /// A display as `verbose` asks for it; nil for `verbose=0`.
  init?(verbose: Value?, _ workbench: Workbench, _ interpreter: Interpreter) throws(Fault) {
    self.interpreter = interpreter
    var level = 1
    if let verbose, verbose.stringText != "auto" {
      level = try interpreter.integer(verbose, what: "fit() verbose")
    }
    guard level > 0 else { return nil }
    style =
      if level >= 2 { .lines } else {
        switch interpreter.host.target {
        case .notebook: .notebook
        case .terminal: .terminal
        case .plain: .plain
        }
      }
    workbench.trainings += 1
    id = "fit-\(workbench.trainings)"
  }

  func began(_ plan: TrainingPlan) throws(NeuralError) {
    self.plan = plan
    begun = Clocks.monotonic()
    lastFrame = begun
    firstEpoch = plan.earlierEpochs
  }

  func epoch(_ epoch: TrainingEpoch) throws(NeuralError) {
    if columns.isEmpty { columns = epoch.logs.map { ($0.name, []) } }
    for (index, log) in epoch.logs.enumerated() where index < columns.count {
      columns[index].values.append(log.value)
    }
    if style == .lines {
      interpreter.host.write(line(epoch: epoch.number) + "\n", to: .standard)
      return
    }
    let now = Clocks.monotonic()
    let interval: Double =
      switch style {
      case .notebook: isShown ? max(0.2, 20 * frameCost) : 0.3
      case .terminal: 0.1
      case .plain, .lines: 10
      }
    guard now - lastFrame >= interval, epoch.number < epoch.epochs else { return }
    lastFrame = now
    let text = line(epoch: epoch.number) + "  " + remaining(now)
    switch style {
    case .notebook:
      draw(text)
      frameCost = Clocks.monotonic() - now
    case .terminal: interpreter.host.progress(text)
    case .plain, .lines: interpreter.host.write(text + "\n", to: .error)
    }
  }

  func ended(_ outcome: TrainingOutcome) throws(NeuralError) {
    var text: String
    let count = columns.first?.values.count ?? 0
    switch outcome {
    case .finished: text = line(epoch: firstNumber + count - 1)
    case .stopped(let epoch): text = line(epoch: epoch) + "  stopped"
    case .interrupted(let epoch, _):
      text = "interrupted at epoch \(epoch)/\(plan?.epochs ?? epoch), weights kept"
    }
    switch style {
    case .notebook: draw(text)
    case .terminal:
      interpreter.host.progress(nil)
      interpreter.host.write(text + "\n", to: .error)
    case .plain:
      interpreter.host.write(text + "\n", to: .error)
    case .lines: break
    }
  }

  /// The number of the first epoch of this call.
  private var firstNumber: Int { (plan?.initialEpoch ?? 0) + 1 }

  /// `epoch 12/300  loss 0.0123  val_loss 0.0698`
  private func line(epoch: Int) -> String {
    var text = "epoch \(epoch)/\(plan?.epochs ?? epoch)"
    for column in columns {
      if let last = column.values.last { text += "  \(column.name) \(TensorSummary.short(last))" }
    }
    return text
  }

  /// How long it will take at the rate so far.
  private func remaining(_ now: Double) -> String {
    let done = columns.first?.values.count ?? 0
    let total = (plan?.epochs ?? 0) - (plan?.initialEpoch ?? 0)
    guard done > 0, total > done else { return "" }
    let seconds = (now - begun) / Double(done) * Double(total - done)
    guard seconds >= 2, let whole = Int(exactly: seconds.rounded()) else { return "" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return whole < 3600
      ? "eta \(whole / 60):\(two(whole % 60))"
      : "eta \(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
  }

  /// The curve of the losses, with the line as its text.
  private func draw(_ text: String) {
    let losses = columns.filter { $0.name == "loss" || $0.name == "val_loss" }
    var bundle = MimeBundle(text: text)
    if let figure = LossCurve.figure(losses, title: text, firstEpoch: firstNumber) {
      bundle = MimeBundle(type: "image/svg+xml", figure.svg(), text: text)
    }
    interpreter.host.display(bundle, id: id, update: isShown)
    isShown = true
  }
}

/// Losses over epochs as a figure.
enum LossCurve {
  /// The figure; nil when there is too little to draw. The axis is logarithmic once the largest loss
  /// is more than 20 times the smallest.
  static func figure(
    _ losses: [(name: String, values: [Double])], title: String, firstEpoch: Int
  ) -> Figure? {
    guard let count = losses.first?.values.count, count > 1 else { return nil }
    let all = losses.flatMap(\.values).filter { $0 > 0 && $0.isFinite }
    let isWide = (all.max() ?? 1) > 20 * (all.min() ?? 1)
    let epochs = (0..<count).map { Double(firstEpoch + $0) }
    var figure = Figure.decoration(
      title: title, xLabel: "epoch", yScale: isWide ? .log : .linear, size: (8, 3))
    for (index, loss) in losses.enumerated() {
      var style = SeriesStyle()
      style.label = loss.name
      style.color = Paint(named: index == 0 ? "b" : "r")
      let curve = Figure.plot(loss.values, x: epochs, style)
      // Overlaying a figure of one panel on another cannot fail.
      if let both = try? figure.overlaid(with: curve) { figure = both }
    }
    return figure
  }
}
