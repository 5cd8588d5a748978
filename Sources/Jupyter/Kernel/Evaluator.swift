import JSON
import Notebook
import Platform

/// One piece of work for the evaluator.
struct Job: Sendable {
  /// True when nothing but its reply may leave the kernel.
  let isSilent: Bool
  /// Does it, on the evaluator thread.
  let run: @Sendable (EvaluatorContext) -> JobResult
}

/// How a job ended.
struct JobResult: Sendable {
  let reply: any OutgoingContent
  let metadata: JSONObject
  /// True when what waits behind it must not run.
  let abortsQueue: Bool
}

/// What a job works with.
struct EvaluatorContext {
  let session: any KernelSession
  let input: InputExchange
  let post: @Sendable (EvaluatorEvent) -> Void
}

/// The thread on which programs run: it makes the session and does jobs one after the other.
final class Evaluator: Sendable {
  let events: EventQueue
  let input: InputExchange
  private let interruption: Interruption
  private let jobs = Mailbox<Job>()
  private let hasEnded = Monitor(false)

  init(interruption: Interruption, wake: WakeDescriptor) {
    self.interruption = interruption
    events = EventQueue(wake: wake, interruption: interruption)
    input = InputExchange(interruption: interruption)
  }

  /// Starts the thread; false when the system has none left.
  func start(_ backend: KernelBackend) -> Bool {
    let thread = WorkerThread(
      name: "evaluator", stackBytes: WorkerThread.evaluatorStackBytes
    ) { [events, input, interruption, jobs, hasEnded] in
      let post: @Sendable (EvaluatorEvent) -> Void = { events.post($0) }
      let session = backend.makeSession(
        SessionContext(
          interruption: interruption,
          emit: { event in
            if let event = EvaluatorEvent(event) { post(event) }
          },
          ask: { request throws(InputFailure) in
            try input.ask(request) { post(.question($0)) }
          }))
      let context = EvaluatorContext(session: session, input: input, post: post)
      while let job = jobs.take() {
        post(.finished(job.run(context)))
        session.keepHistory()
        session.tidyUp { jobs.count > 0 }
      }
      hasEnded.update { $0 = true }
    }
    return thread != nil
  }

  /// Gives it a job; called only when it has none, so that clearing the interruption cannot take
  /// away a request that was meant for a running cell.
  func begin(_ job: Job) {
    interruption.clear()
    jobs.post(job)
  }

  /// Asks the running job to stop.
  func interrupt() {
    interruption.request(.interrupt)
    input.wakeAll()
  }

  /// Makes who waits for input look whether a signal handler has asked to stop.
  func passOnInterruption() {
    if interruption.isRequested { input.wakeAll() }
  }

  /// Ends the thread, waiting at most `timeout` seconds for a running job.
  func stop(timeout: Double) {
    jobs.close()
    input.close()
    interrupt()
    _ = hasEnded.wait(timeout: timeout) { $0 ? true : nil }
  }
}
