import Insight
import Neural
import Platform
import Plots
import Runtime

extension TrainingDisplay {
  /// The display that `verbose` asks for, where the session's displays end up; nil for 0.
  ///
  /// In notebooks one picture is replaced as training goes on; terminals rewrite a line; elsewhere
  /// few lines go to stderr. `verbose=2` prints a line for every epoch.
  static func make(verbose: Value?, _ workbench: Workbench, _ interpreter: Interpreter)
    throws(Fault) -> TrainingDisplay?
  {
    var level = 1
    if let verbose, verbose.stringText != "auto" {
      level = try interpreter.integer(verbose, what: "fit() verbose")
    }
    guard level > 0 else { return nil }
    workbench.trainings += 1
    let frames = TrainingFrames(id: "fit-\(workbench.trainings)", interpreter.host, level >= 2)
    let place: Place =
      switch interpreter.host.target {
      case .notebook: .notebook
      case .terminal(let terminal): .terminal(columns: terminal.columns)
      case .plain: .plain
      }
    return TrainingDisplay(place, isEachEpoch: level >= 2, clock: Clocks.monotonic) {
      frames.show($0)
    }
  }
}

/// Passes the frames of one training to the front end.
private final class TrainingFrames {
  private let id: String
  private let host: any Host
  private let printsLines: Bool
  private var isShown = false

  init(id: String, _ host: any Host, _ printsLines: Bool) {
    self.id = id
    self.host = host
    self.printsLines = printsLines
  }

  func show(_ frame: TrainingFrame) {
    switch frame {
    case .picture(let figure, let text, _):
      let bundle = MimeBundle(type: "image/svg+xml", figure.svg(), text: text)
      host.display(bundle, id: id, update: isShown)
      isShown = true
    case .status(let text, let isLast):
      host.progress(isLast ? nil : text)
      if isLast { host.write(text + "\n", to: .error) }
    case .line(let text):
      host.write(text + "\n", to: printsLines ? .standard : .error)
    }
  }
}
