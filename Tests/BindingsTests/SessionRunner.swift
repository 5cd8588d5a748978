import Notebook
import Platform
import Runtime
import Synchronization

/// Runs cells in a fresh session, as the three ways in do, and keeps what they show.
enum SessionRunner {
  /// What one cell showed, in order.
  struct Record: Sendable {
    /// All texts that were written, displayed or the result; not those of figures.
    var text = ""
    /// The error that ended the cell.
    var error: ErrorReport?
    /// Everything in the order shown, each with a word for its kind.
    var transcript = ""

    /// The line on which the error came up in the cell, and its rendering.
    var fault: (line: Int, text: String)? {
      error.map { error in
        let place = error.plain.first { $0.contains("--> ") } ?? ""
        let numbers = place.split(separator: ":")
        return (
          numbers.dropLast().last.flatMap { Int($0) } ?? 0, error.plain.joined(separator: "\n")
        )
      }
    }
  }

  /// Runs cells one after the other.
  ///
  /// - Parameter cells: The sources.
  /// - Returns: A record for each cell; fewer when there is no thread to run on.
  static func run(_ cells: [String]) async -> [Record] {
    await withCheckedContinuation { continuation in
      let thread = WorkerThread(name: "evaluator", stackBytes: 256 << 20) {
        continuation.resume(returning: evaluate(cells))
      }
      if thread == nil { continuation.resume(returning: []) }
    }
  }

  /// Runs one cell.
  static func run(_ cell: String) async -> Record { await run([cell]).first ?? Record() }

  private static func evaluate(_ cells: [String]) -> [Record] {
    let folder = (Environment.value("TMPDIR") ?? "/tmp") + "/linnet-tests"
    try? FileAccess.unrestricted.makeFolder(folder)
    let log = Log()
    let session = Session(
      SessionConfiguration(
        target: .plain, usesColor: false, threads: 1, memoryLimit: 1 << 32,
        workingDirectory: folder),
      interruption: Interruption(), snapshot: SnapshotBox(), emit: { log.add($0) },
      ask: { _ throws(InputFailure) in throw .notAllowed })
    return cells.enumerated().map { number, code in
      _ = session.run(Cell(code: code, name: "cell \(number + 1)"))
      return log.take()
    }
  }

  /// Gathers events; they come on the thread of the session.
  private final class Log: Sendable {
    private let record = Mutex(Record())

    func take() -> Record {
      record.withLock { record in
        defer { record = Record() }
        return record
      }
    }

    func add(_ event: Event) {
      record.withLock { record in
        switch event {
        case .stream(let stream, let text):
          record.text += text
          record.transcript += stream == .standard ? text : marked("stderr", text)
        case .display(let bundle, _):
          add(bundle, "display", to: &record)
        case .update(let bundle, _):
          add(bundle, "update", to: &record)
        case .result(let bundle, _):
          record.text += bundle.text + "\n"
          record.transcript += marked("result", bundle.text)
        case .error(let report):
          record.error = report
          record.transcript += report.plain.joined(separator: "\n") + "\n"
        case .advice(let text):
          record.transcript += text
        case .page(let bundle):
          record.text += bundle.text + "\n"
          record.transcript += marked("page", bundle.text)
        case .clear, .progress: break
        }
      }
    }

    /// The text of a figure is a summary that no program writes, so it is not among the texts.
    private func add(_ bundle: MimeBundle, _ word: String, to record: inout Record) {
      if bundle["image/svg+xml"] == nil { record.text += bundle.text + "\n" }
      record.transcript += marked(word, bundle.text)
    }

    private func marked(_ word: String, _ text: String) -> String {
      "[\(word)] " + (text.hasSuffix("\n") ? text : text + "\n")
    }
  }
}
