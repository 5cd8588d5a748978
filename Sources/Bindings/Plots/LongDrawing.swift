import Platform
import Plots
import Runtime

// Drawing is a function of plain numbers, which may run on any thread and changes nothing: a cell
// that is interrupted need not wait for its end.

extension Interpreter {
  /// Draws; what takes long on a thread of its own, which an interrupted cell leaves behind to come
  /// to its end, in a second or two, unheard.
  func drawing<Result: Sendable>(isLong: Bool, _ draw: @escaping @Sendable () -> Result)
    throws(Fault) -> Result
  {
    guard isLong else { return draw() }
    let drawn = Mailbox<Result>()
    guard let thread = WorkerThread(name: "drawing", body: { drawn.post(draw()) }) else {
      return draw()
    }
    while true {
      if let result = drawn.take(timeout: 0.01) {
        thread.join()
        return result
      }
      try checkInterruption()
    }
  }

  /// Writes a figure as SVG.
  func svg(_ figure: Figure, theme: Theme = .auto, file: Bool = false) throws(Fault) -> String {
    try drawing(isLong: !figure.isQuicklyDrawn) { figure.svg(theme: theme, file: file) }
  }
}

extension PlotArgument {
  /// True if making a figure of the value may take longer than an interrupt may wait.
  var isLong: Bool {
    switch self {
    case .numbers(let array): array.values.count > 500_000
    case .texts(let texts): texts.count > 500_000
    case .list(let items): items.count > 500_000 || items.contains(where: \.isLong)
    case .none, .bool, .number, .text, .figure, .other: false
    }
  }
}
