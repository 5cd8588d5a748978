import Diagnostics
import JSON
import Platform

/// Runs the code cells of a notebook in order, as a front end with a kernel would.
public struct NotebookRunner {
  /// How to run.
  public struct Options: Sendable {
    /// True goes on after a cell that fails.
    public var allowsErrors: Bool
    /// The longest that a cell may run, in seconds.
    public var timeout: Double?

    /// Describes a run.
    public init(allowsErrors: Bool = false, timeout: Double? = nil) {
      self.allowsErrors = allowsErrors
      self.timeout = timeout
    }
  }

  /// What happens during a run.
  public enum Step: Sendable {
    /// The cell with this number, from 1, of so many begins.
    case began(number: Int, of: Int)
    /// The running cell shows something.
    case event(Event)
    /// The running cell has ended after so many seconds.
    case ended(number: Int, of: Int, seconds: Double)
  }

  /// The notebook, with the new outputs once it has run.
  public private(set) var notebook: NotebookFile
  /// The places in the notebook of the cells that have run.
  public private(set) var executed: [Int] = []
  private let options: Options
  /// True when every cell has run.
  public var isComplete: Bool { executed.count == runnable.count }

  /// Makes a runner of a notebook.
  public init(_ notebook: NotebookFile, _ options: Options = Options()) {
    self.notebook = notebook
    self.options = options
  }

  /// The tag of the cell that sets parameters.
  private static let injected = "injected-parameters"

  /// Sets parameters in a cell after the one that is tagged `parameters`, or at the top.
  ///
  /// The cell is tagged `injected-parameters`; one that an earlier run has left is replaced.
  public mutating func inject(_ parameters: [NotebookParameter]) {
    guard !parameters.isEmpty else { return }
    let source = (["# Parameters"] + parameters.map(\.assignment)).joined(separator: "\n")
    if let old = notebook.cells.first(where: { $0.tags.contains(Self.injected) }) {
      notebook.replaceSource(source, at: old.index)
    } else {
      let place = notebook.cells.first { $0.tags.contains("parameters") }.map { $0.index + 1 }
      notebook.insertCode(source, tags: [Self.injected], at: place ?? 0)
    }
  }

  /// What is doubtful about parameters: those that the cell tagged `parameters` does not set, and
  /// that there is no such cell.
  public func warnings(of parameters: [NotebookParameter]) -> [String] {
    guard let cell = notebook.cells.first(where: { $0.tags.contains("parameters") }) else {
      let isFirst = !notebook.cells.contains { $0.tags.contains(Self.injected) }
      guard !parameters.isEmpty, isFirst else { return [] }
      return [
        "-p: no cell is tagged 'parameters', so a new first cell sets them; a cell that sets the "
          + "same names wins"
      ]
    }
    let known = Self.names(setIn: cell.source)
    return parameters.map(\.name).filter { !known.contains($0) }.map { name in
      let near = Spelling.nearest(to: name, among: known)
      return "-p: the parameters cell sets no '\(name)'"
        + (near.map { "; did you mean '\($0)'?" } ?? "")
    }
  }

  /// The words before the last `=` of each line: rather one too many than a warning too many.
  private static func names(setIn source: String) -> [String] {
    source.split(whereSeparator: \.isNewline).flatMap { line -> [String] in
      let code = line.prefix { $0 != "#" }
      guard let equals = code.lastIndex(of: "=") else { return [] }
      return code[..<equals].split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    }
  }

  /// The cells that will run, as the session takes them.
  public var cells: [Cell] {
    runnable.enumerated().map { number, cell in
      Cell(code: cell.source, name: "cell \(number + 1)", allowInput: false)
    }
  }

  /// Code that is not blank and not tagged to be left out.
  private var runnable: [NotebookFile.Cell] {
    notebook.cells.filter { cell in
      cell.isCode && !cell.tags.contains("skip-execution")
        && cell.source.contains { !$0.isWhitespace }
    }
  }

  /// Runs the cells and stores what they show.
  ///
  /// - Parameters:
  ///   - thread: The session; the caller's own until this returns.
  ///   - isWanted: Asked after each step; false ends the run, within a cell too.
  ///   - observe: Told what happens.
  /// - Returns: The error that ended the run; nil when all cells have run, and when the run ended
  ///   between cells: see ``isComplete``.
  public mutating func run(
    on thread: SessionThread, isWanted: () -> Bool = { true }, observe: (Step) -> Void
  ) -> ErrorReport? {
    var recorder = OutputRecorder()
    let places = runnable
    let cells = cells
    // Outputs of cells that are not reached would be mistaken for this run's.
    for place in places { notebook.setOutputs([], count: nil, of: place.index) }
    defer { notebook.setLanguage(.object(LanguageInformation.json())) }
    var failure: ErrorReport?
    for (position, cell) in cells.enumerated() where isWanted() {
      let place = places[position]
      let interrupts = Signals.interruptCount()
      observe(.began(number: position + 1, of: cells.count))
      let started = Clocks.monotonic()
      recorder.begin(cell: place.index)
      let outcome = run(cell, on: thread, into: &recorder) { event in
        observe(.event(event))
        if !isWanted() { thread.interruption.request(.interrupt) }
      }
      recorder.end(count: outcome.count)
      executed.append(place.index)
      observe(
        .ended(
          number: position + 1, of: cells.count, seconds: Clocks.monotonic() - started))
      if case .error(let report) = outcome.status {
        let isExpected = options.allowsErrors || place.tags.contains("raises-exception")
        if !isExpected || Signals.interruptCount() != interrupts || !isWanted() {
          failure = report
          break
        }
      }
    }
    let outputs = recorder.outputs
    for place in executed {
      notebook.setOutputs(outputs[place] ?? [], count: recorder.counts[place], of: place)
    }
    return failure
  }

  private func run(
    _ cell: Cell, on thread: SessionThread, into recorder: inout OutputRecorder,
    _ show: (Event) -> Void
  ) -> Outcome {
    let deadline = options.timeout.map { Clocks.monotonic() + $0 }
    thread.begin(cell)
    while true {
      let rest = deadline.map { max($0 - Clocks.monotonic(), 0) }
      guard let report = thread.next(timeout: rest) else {
        thread.interruption.request(.timeout)
        // The cell ends soon; what it still shows is taken before that.
        if let report = thread.next(timeout: 1) {
          if let outcome = take(report, thread, &recorder, show) { return outcome }
        }
        continue
      }
      if let outcome = take(report, thread, &recorder, show) { return outcome }
    }
  }

  private func take(
    _ report: SessionThread.Report, _ thread: SessionThread, _ recorder: inout OutputRecorder,
    _ show: (Event) -> Void
  ) -> Outcome? {
    switch report {
    case .event(let event):
      recorder.take(event)
      show(event)
    case .question: thread.answer(.failure(.notAllowed))
    case .finished(let outcome): return outcome
    case .findings: break
    }
    return nil
  }
}
