public import Platform
import Runtime

/// A session on its evaluator thread, for front ends whose main thread renders what comes out.
///
/// The front end begins a cell, takes reports until the one that says that the cell has ended, and
/// answers questions in between. One cell runs at a time.
public final class SessionThread: Sendable {
  /// What the evaluator has to say, in order.
  public enum Report: Sendable {
    /// The cell shows something.
    case event(Event)
    /// `input` waits for ``SessionThread/answer(_:)``.
    case question(InputRequest)
    /// The cell has ended.
    case finished(Outcome)
    /// The answer to ``SessionThread/check(_:)``.
    case findings(SourceCheck.Findings)
  }

  private enum Job: Sendable {
    case run(Cell)
    case check([Cell])
  }

  /// What is bound, for completion.
  public let snapshot = SnapshotBox()
  /// What a running cell reads to know that it should stop.
  public let interruption: Interruption
  private let jobs = Mailbox<Job>()
  private let reports = Mailbox<Report>(capacity: 4096)
  private let answers = Mailbox<Result<String, InputFailure>>()
  private let thread: WorkerThread

  /// Starts the thread and makes the session on it; nil when the system has no thread left.
  public init?(_ configuration: SessionConfiguration, interruption: Interruption) {
    self.interruption = interruption
    let thread = WorkerThread(
      name: "evaluator", stackBytes: WorkerThread.evaluatorStackBytes
    ) { [snapshot, jobs, reports, answers] in
      let session = Session(
        configuration, interruption: interruption, snapshot: snapshot,
        emit: { reports.post(.event($0)) },
        ask: { request throws(InputFailure) in
          reports.post(.question(request))
          guard let answer = answers.take() else { throw .interrupted }
          return try answer.get()
        })
      while let job = jobs.take() {
        switch job {
        case .run(let cell): reports.post(.finished(session.run(cell)))
        case .check(let cells):
          reports.post(.findings(session.findings(in: cells)))
        }
        session.tidyUp { jobs.count > 0 }
      }
    }
    guard let thread else { return nil }
    self.thread = thread
  }

  /// Begins a cell; an earlier request to stop is forgotten.
  public func begin(_ cell: Cell) {
    interruption.clear()
    jobs.post(.run(cell))
  }

  /// Asks for what is wrong with cells, without running them.
  public func check(_ cells: [Cell]) { jobs.post(.check(cells)) }

  /// Takes the next report, waiting for one at most `timeout` seconds.
  public func next(timeout: Double? = nil) -> Report? { reports.take(timeout: timeout) }

  /// Takes the next reports together, waiting for the first at most `timeout` seconds: what a
  /// program writes in many small pieces can then be written in one.
  public func nextReports(timeout: Double? = nil) -> [Report] {
    guard let first = reports.take(timeout: timeout) else { return [] }
    return [first] + reports.takeAll()
  }

  /// Answers the last question.
  public func answer(_ answer: Result<String, InputFailure>) { answers.post(answer) }

  /// Ends the thread once its cell has ended.
  public func stop() {
    jobs.close()
    answers.close()
    reports.close()
    thread.join()
  }
}
