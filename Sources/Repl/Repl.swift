public import Notebook
public import Platform

/// The read-eval-print loop: lines are gathered until they make a cell, which the session runs.
public struct Repl {
  private var conversation: Conversation
  private let history: HistoryStore
  private let wake: WakeDescriptor
  private let usesColor: Bool
  private var count = 0

  /// Sets the line editor up.
  ///
  /// - Parameters:
  ///   - thread: The session.
  ///   - printer: What prints.
  ///   - history: Earlier cells; new ones are added.
  ///   - wake: Becomes readable when a signal has come.
  ///   - usesColor: True colours the prompt.
  public init(
    _ thread: SessionThread, _ printer: EventPrinter, history: HistoryStore, wake: WakeDescriptor,
    usesColor: Bool
  ) {
    self.history = history
    self.wake = wake
    self.usesColor = usesColor
    conversation = Conversation(thread, printer) { request in
      request.password
        ? Readline.readSecret(prompt: request.prompt)
        : Readline.read(prompt: request.prompt, indent: "", earlier: "", wake: wake)
    }
    let snapshot = thread.snapshot
    Readline.start { code, cursor in
      Completer.complete(code, cursor: cursor, snapshot.current)
    }
    for line in history.tail(Self.historyLimit) { Readline.remember(line.input) }
  }

  /// So many earlier cells can be called back with the arrow keys.
  private static let historyLimit = 2000

  /// Runs what the user types until they leave.
  public mutating func run() {
    while true {
      switch readCell() {
      case .interrupted: continue
      case .endOfFile:
        // The shell's prompt belongs on a line of its own.
        Output.write("\n")
        return
      case .line(let code):
        guard code.contains(where: { !$0.isWhitespace }) else { continue }
        Readline.remember(code)
        if isFarewell(code) { return }
        runCell(code)
        if Signals.isTerminationRequested() { return }
      }
    }
  }

  private mutating func runCell(_ code: String) {
    count += 1
    _ = conversation.run(Cell(code: code, name: "cell \(count)"))
    history.add(number: count, input: code, output: conversation.lastResult)
  }

  /// `exit` and `quit`, called or not, unless the program has given the name a meaning.
  private func isFarewell(_ code: String) -> Bool {
    let text = code.filter { !$0.isWhitespace }
    guard let name = ["exit", "quit"].first(where: { text == $0 || text == $0 + "()" }) else {
      return false
    }
    return conversation.thread.snapshot.current.find(name) == nil
  }

  /// Reads lines until they make a whole cell.
  private func readCell() -> LineResult {
    var code = ""
    var indent = ""
    while true {
      let read = Readline.read(
        prompt: prompt(code.isEmpty ? ">>> " : "... "), indent: indent, earlier: code, wake: wake)
      if read == .endOfFile, !code.isEmpty, !Signals.isTerminationRequested() {
        // What stands there is run, or refused with the reason.
        Output.write("\n")
        return .line(code)
      }
      guard case .line(let line) = read else { return read }
      code += line
      switch CellCompleteness.of(code) {
      case .incomplete(let next) where !code.allSatisfy(\.isWhitespace):
        indent = next
        code += "\n"
      default:
        while code.last?.isNewline == true { code.removeLast() }
        return .line(code)
      }
    }
  }

  private func prompt(_ text: String) -> String {
    usesColor ? "\u{1B}[1;36m\(text.dropLast())\u{1B}[0m " : text
  }
}
