import JSON
public import Notebook
import Platform

extension KernelBackend {
  /// The language itself.
  ///
  /// - Parameters:
  ///   - configuration: How its session is set up; displays must be those of a notebook.
  ///   - history: Where cells are kept that were run.
  /// - Returns: A backend for one kernel.
  public static func notebook(_ configuration: SessionConfiguration, history: HistoryStore)
    -> KernelBackend
  {
    let names = SnapshotBox()
    let files = FileAccess(
      workingDirectory: configuration.workingDirectory, allowed: configuration.allowedFolders)
    return KernelBackend(
      tools: NotebookTools(names: names, store: history, files: files)
    ) { context in
      NotebookSession(configuration, context, names, history, files)
    }
  }
}

/// A session whose cells are kept in the history.
private final class NotebookSession: KernelSession {
  private let session: Session
  private let history: HistoryStore
  private let files: FileAccess
  /// The text of the running cell's result.
  private let result: Monitor<String?>

  init(
    _ configuration: SessionConfiguration, _ context: SessionContext, _ names: SnapshotBox,
    _ history: HistoryStore, _ files: FileAccess
  ) {
    self.files = files
    let result = Monitor<String?>(nil)
    self.history = history
    self.result = result
    session = Session(
      configuration, interruption: context.interruption, snapshot: names,
      emit: { event in
        if case .result(let bundle, _) = event {
          let text = bundle.json["text/plain"]?.string
          result.withLock { $0 = text }
        }
        context.emit(event)
      }, ask: context.ask)
  }

  var executionCount: Int { session.executionCount }

  func run(_ cell: Cell) -> Outcome {
    result.withLock { $0 = nil }
    let outcome = session.run(cell)
    if cell.storeHistory, cell.code.contains(where: { !$0.isWhitespace }) {
      history.note(number: outcome.count, input: cell.code, output: result.withLock { $0 })
    }
    return outcome
  }

  func keepHistory() { history.write() }

  func tidyUp(until shouldStop: @escaping () -> Bool) { session.tidyUp(until: shouldStop) }

  func complete(_ code: String, cursor: Int) -> CompleteReply {
    CompleteReply(session.complete(code, cursor: cursor, files: files))
  }

  func inspect(_ code: String, cursor: Int, detail: Int) -> JSONObject? {
    session.inspect(code, cursor: cursor, detail: detail)?.json
  }

  func evaluate(expressions: [(name: String, source: String)])
    -> [(name: String, result: Result<JSONObject, ErrorReport>)]
  {
    session.evaluate(expressions: expressions).map { ($0.name, $0.result.map(\.json)) }
  }
}

/// Completion, inspection and history of the language.
private struct NotebookTools: CodeTools {
  let names: SnapshotBox
  let store: HistoryStore
  let files: FileAccess

  func completeness(of code: String) -> CellCompleteness { .of(code) }

  func complete(_ code: String, cursor: Int) -> CompleteReply {
    CompleteReply(Completer.complete(code, cursor: cursor, names.current, files: files))
  }

  func inspect(_ code: String, cursor: Int, detail: Int) -> JSONObject? {
    Inspector.inspect(code, cursor: cursor, detail: detail, names.current)?.json
  }

  func keepHistory() { store.write() }

  func history(_ access: HistoryRequest.Access) -> [HistoryLine] {
    let lines =
      switch access {
      case .tail(let count): store.tail(count)
      case .range(let session, let start, let stop):
        store.range(session: session, start: start, stop: stop)
      case .search(let pattern, let count, let unique):
        store.search(pattern, count: count, unique: unique)
      }
    return lines.map {
      HistoryLine(session: $0.session, line: $0.number, input: $0.input, output: $0.output)
    }
  }
}

extension CompleteReply {
  fileprivate init(_ list: CompletionList) {
    self.init(
      matches: list.items.map {
        CompletionMatch(text: $0.text, kind: $0.kind, signature: $0.signature)
      }, start: list.start, end: list.end)
  }
}
