public import Notebook
import Platform

/// Runs cells on a session's thread and prints what they show, answering questions from the
/// terminal.
public struct Conversation {
  /// The session.
  public let thread: SessionThread
  /// What prints.
  public private(set) var printer: EventPrinter
  /// The plain text of the last cell's result.
  public private(set) var lastResult: String?
  private let answer: (InputRequest) -> LineResult

  /// Starts a conversation.
  ///
  /// - Parameters:
  ///   - thread: The session.
  ///   - printer: What prints.
  ///   - answer: Answers `input`; on the calling thread, which must be the main one.
  public init(
    _ thread: SessionThread, _ printer: EventPrinter,
    answer: @escaping (InputRequest) -> LineResult
  ) {
    self.thread = thread
    self.printer = printer
    self.answer = answer
  }

  /// Answers `input` by reading standard input, after printing the prompt.
  public static func answerPlainly(_ request: InputRequest) -> LineResult {
    if request.password, Terminal.isInteractive(0) {
      return Readline.readSecret(prompt: request.prompt)
    }
    Output.write(request.prompt)
    return PlainInput.readLine()
  }

  /// Runs a cell to its end.
  ///
  /// - Parameters:
  ///   - cell: The cell.
  ///   - timeout: The longest that it may run, in seconds.
  /// - Returns: How it ended.
  public mutating func run(_ cell: Cell, timeout: Double? = nil) -> Outcome {
    lastResult = nil
    thread.begin(cell)
    var deadline = timeout.map { Clocks.monotonic() + $0 }
    while true {
      let reports = thread.nextReports(timeout: deadline.map { max($0 - Clocks.monotonic(), 0) })
      if reports.isEmpty {
        thread.interruption.request(.timeout)
        deadline = nil
      }
      for report in reports {
        switch report {
        case .event(let event):
          if case .result(let bundle, _) = event { lastResult = bundle.plainText }
          printer.print(event)
        case .question(let request):
          printer.flush()
          thread.answer(result(of: answer(request)))
        case .finished(let outcome):
          printer.finish()
          return outcome
        case .findings: break
        }
      }
      printer.flush()
      // Nobody gets what the program writes: as with SIGPIPE, it need not go on.
      if printer.isBroken { thread.interruption.request(.interrupt) }
    }
  }

  /// What is wrong with cells, without running them.
  public func findings(in cells: [Cell]) -> SourceCheck.Findings {
    thread.check(cells)
    while let report = thread.next() {
      if case .findings(let findings) = report { return findings }
    }
    return SourceCheck.Findings()
  }

  private func result(of line: LineResult) -> Result<String, InputFailure> {
    switch line {
    case .line(let text): .success(text)
    case .endOfFile: .failure(.endOfFile)
    case .interrupted: .failure(.interrupted)
    }
  }
}
