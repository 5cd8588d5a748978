import Bindings
import Diagnostics
public import Platform
public import Runtime
import Syntax

/// One conversation with the language: cells go in one after the other, ``Event``s come out, and
/// names stay bound from cell to cell.
///
/// A session lives on the evaluator thread. Kernel, REPL and runner differ only in how they render
/// its events.
public final class Session {
  /// The number of the last cell that counted; 0 at first.
  public private(set) var executionCount = 0
  let interpreter: Interpreter
  let host: SessionHost
  let workbench: Workbench
  private let configuration: SessionConfiguration
  private let interruption: Interruption
  let publisher: SnapshotPublisher
  private var results = ResultMemory()

  /// Sets up the language.
  ///
  /// - Parameters:
  ///   - configuration: Limits, folders and where displays end up.
  ///   - interruption: Set by others to stop a running cell.
  ///   - snapshot: Kept up to date with what is bound, for completion on other threads.
  ///   - emit: Takes what cells show, in order, on this thread.
  ///   - ask: Answers `input`; it may wait.
  public init(
    _ configuration: SessionConfiguration, interruption: Interruption, snapshot: SnapshotBox,
    emit: @escaping @Sendable (Event) -> Void,
    ask: @escaping @Sendable (InputRequest) throws(InputFailure) -> String
  ) {
    self.configuration = configuration
    self.interruption = interruption
    host = SessionHost(configuration, interruption: interruption, emit: emit, ask: ask)
    interpreter = Interpreter(interruption: interruption, host: host)
    interpreter.memoryLimit = configuration.memoryLimit
    workbench = Workbench(
      interpreter,
      WorkbenchConfiguration(
        threads: configuration.threads, memoryLimit: configuration.memoryLimit,
        isHermetic: configuration.isHermetic))
    interpreter.loadFolder = configuration.loadFolder
    SystemModule.install(in: interpreter, arguments: configuration.arguments)
    publisher = SnapshotPublisher(snapshot, interpreter)
    results.install(in: interpreter)
    publisher.publish()
    interpreter.checkPoint = { [publisher] in publisher.publishIfDue() }
  }

  /// Runs a cell; what it shows goes to `emit` before this returns.
  public func run(_ cell: Cell) -> Outcome {
    if cell.storeHistory, !cell.silent {
      executionCount += 1
      results.note(input: cell.code, executionCount)
    }
    host.begin(cell)
    defer { publisher.publish() }
    do throws(Fault) {
      workbench.beginCell()
      let result = try execute(cell)
      try workbench.endCell()
      if let result { try show(result, cell) }
      // A request that came too late to stop this cell must not stop the next one.
      interruption.clear()
      return Outcome(status: .ok, count: executionCount)
    } catch {
      // What was drawn before the fault is shown before its message; the request that ended the
      // cell must not end that too.
      interruption.clear()
      let report = report(error.diagnostic)
      try? workbench.endCell(isInterrupted: report.name == "KeyboardInterrupt")
      host.send(.error(report))
      return Outcome(status: .error(report), count: executionCount)
    }
  }

  /// Frees what interrupted cells have left, until `shouldStop`, asked often, says so.
  ///
  /// A process that has grown then gives back what is free: its limit counts what it holds.
  public func tidyUp(until shouldStop: @escaping () -> Bool) {
    interpreter.tidyUp(until: shouldStop)
    if MachineMemory.resident() > Session.grown { MachineMemory.giveBack() }
  }

  private static var grown: Int { 128 << 20 }

  /// Evaluates each expression by itself; one that fails leaves the others alone.
  public func evaluate(expressions: [(name: String, source: String)])
    -> [(name: String, result: Result<MimeBundle, ErrorReport>)]
  {
    expressions.map { name, source in
      do throws(Fault) {
        let value = try runSource(source, name: "<\(name)>").value ?? .none
        return (name, .success(try interpreter.bundle(value)))
      } catch {
        interruption.clear()
        return (name, .failure(report(error.diagnostic)))
      }
    }
  }

  /// Parts a cell into source and commands of the session, and does them in order.
  private func execute(_ cell: Cell) throws(Fault) -> Program.Outcome? {
    var last: Program.Outcome?
    for part in CellPart.parts(of: cell.code) {
      switch part {
      case .source(let source, let line):
        last = try runSource(source, name: cell.name, firstLine: line)
      case .command(let command):
        try interpreter.checkInterruption()
        last = try run(command, in: cell)
      }
    }
    return last
  }

  /// Runs source text, which begins on a line of the cell, in the session's globals.
  func runSource(_ source: String, name: String, firstLine: Int = 1) throws(Fault)
    -> Program.Outcome
  {
    let program = try prepare(source, name: name, firstLine: firstLine)
    return try located(SourceFile(name: name, text: source, firstLine: firstLine)) {
      () throws(Fault) in try program.run()
    }
  }

  /// What `body` gives; a fault of it that knows no better place gets the first line of the source.
  ///
  /// Such is an interrupt before the first statement, while the text was read.
  func located<T>(_ file: SourceFile, _ body: () throws(Fault) -> T) throws(Fault) -> T {
    do throws(Fault) { return try body() } catch {
      throw error.located(Diagnostic.Label(file, file.firstCode))
    }
  }

  /// Source text, ready to run in the session's globals.
  func prepare(_ source: String, name: String, firstLine: Int = 1) throws(Fault) -> Program {
    let file = SourceFile(name: name, text: source, firstLine: firstLine)
    let module: Module
    let resolution: Resolution
    try located(file) { () throws(Fault) in try interpreter.checkInterruption() }
    do throws(SyntaxError) { module = try Parser.parse(file) } catch {
      throw Fault(error.diagnostic)
    }
    try located(file) { () throws(Fault) in try interpreter.checkInterruption() }
    do throws(SyntaxErrors) { resolution = try Resolver.resolve(module) } catch {
      throw Fault(error.diagnostics[0])
    }
    try located(file) { () throws(Fault) in try interpreter.checkInterruption() }
    if resolution.mentions.mayNeedAdvice {
      let meanings = GlobalMeanings(interpreter, [resolution.mentions], doubtful: [])
      let check = MentionCheck(interpreter: interpreter, meanings: meanings)
      for advice in check.advice(module, resolution) { host.advise(advice) }
    }
    return interpreter.compile(module, resolution)
  }

  private func show(_ result: Program.Outcome, _ cell: Cell) throws(Fault) {
    guard let value = result.shown else { return }
    if cell.storeHistory, !cell.silent {
      results.note(result: workbench.detached(value), executionCount)
    }
    guard cell.showsResult, !cell.silent else { return }
    do throws(Fault) {
      host.send(.result(try interpreter.bundle(value), count: executionCount))
    } catch {
      guard let place = result.place else { throw error }
      throw error.located(place)
    }
  }

  private func report(_ plain: Diagnostic) -> ErrorReport {
    let diagnostic = plain.withHabit
    func lines(_ usesColor: Bool) -> [String] {
      var lines = Renderer(usesColor: usesColor).text(of: diagnostic)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return lines
    }
    return ErrorReport(
      name: diagnostic.name, message: diagnostic.message, plain: lines(false),
      coloured: lines(true), primary: diagnostic.primary)
  }

  /// Unbinds all names and forgets results; the count goes on.
  func reset() {
    interpreter.globals.removeAll()
    results = ResultMemory()
    results.install(in: interpreter)
  }
}

extension SourceFile {
  /// The first line that is neither blank nor a comment, without the blanks around it.
  fileprivate var firstCode: Span {
    for number in lineNumbers {
      let range = byteRange(ofLine: number)
      let isBlank = { (index: Int) in self.bytes[index] <= 0x20 }
      guard let first = range.first(where: { !isBlank($0) }), bytes[first] != UInt8(ascii: "#"),
        let last = range.last(where: { !isBlank($0) })
      else { continue }
      return Span(first, last + 1)
    }
    return .none
  }
}
