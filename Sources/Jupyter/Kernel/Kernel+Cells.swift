import JSON
import Notebook
import Platform

/// A request that waits for the evaluator, or runs there.
struct Work {
  let request: Request
  let job: Job
  let received = Clocks.monotonic()
  /// True once an event of it has come.
  var hasSpoken = false
  var pages: [JSONObject] = []
}

/// Cells: one runs, the others wait, and what the evaluator makes is sent on.
extension Kernel {
  /// The least seconds between the request and the end of a cell that fails.
  ///
  /// Front ends send the cells of a notebook one by one, and count on the kernel to abort those
  /// behind a failure. A cell that fails in microseconds would be over before they have arrived.
  private static let failureTime = 0.02
  /// The longest time in seconds that is spent on what an error aborts.
  private static let abortTime = 0.25

  /// Begins the cell that has waited longest, if none runs.
  func beginNext() {
    guard running == nil, !waiting.isEmpty else { return }
    let work = waiting.removeFirst()
    running = work
    // Its thread wakes while *busy* is said; what it makes is sent on after that.
    evaluator.begin(work.job)
    broadcast(Status.busy, for: work.request)
  }

  /// Sends on what the evaluator has made until now; what it makes meanwhile must wait until the
  /// channels were looked at, or a cell that shows something in a loop could not be interrupted.
  ///
  /// - Returns: The seconds after which text is due that may still grow; 0 when more may be there.
  func forwardEvents() -> Double? {
    let (events, wait) = evaluator.events.takeDue()
    for event in events { forward(event) }
    return events.isEmpty ? wait : 0
  }

  private func forward(_ event: EvaluatorEvent) {
    guard let work = running else { return }
    running?.hasSpoken = true
    switch event {
    case .finished(let result):
      heldEnd = result
      _ = tellHeldEnd()
    case .question(let input):
      question = Question(prompt: InputPrompt(prompt: input.prompt, password: input.password))
    case .page(let data): running?.pages.append(data)
    case .stream(let name, let text):
      guard !work.job.isSilent else { return }
      broadcast(StreamOutput(name: name, text: text), for: work.request)
    case .broadcast(let content):
      guard !work.job.isSilent else { return }
      broadcast(content, for: work.request)
    }
  }

  /// Ends the running cell if the evaluator has done it, but no failed one too soon.
  ///
  /// - Returns: The seconds after which to try again.
  func tellHeldEnd() -> Double? {
    guard let work = running, let result = heldEnd else { return nil }
    let left = work.received + Self.failureTime - Clocks.monotonic()
    let wasInterrupted = (result.reply as? ExecuteReply)?.wasInterrupted == true
    if result.abortsQueue, !wasInterrupted, left > 0 { return left }
    heldEnd = nil
    finish(work, result)
    return nil
  }

  private func finish(_ work: Work, _ result: JobResult) {
    // The question is void: no answer to it may reach a later cell.
    question = nil
    // Whoever sends a cell after it has seen this one end wants it run, so all that shall be
    // aborted is taken before.
    let aborted = result.abortsQueue ? takeAllWaiting(in: work.request.subshell) : []
    end(work, result)
    running = nil
    refuse(aborted)
    beginNext()
  }

  /// Ends cells that were never begun.
  func refuse(_ aborted: [Work]) {
    for work in aborted {
      broadcast(Status.busy, for: work.request)
      end(work, .aborted)
    }
  }

  /// Replies to a cell's request; the cell's *idle* is the last that is heard of it.
  private func end(_ work: Work, _ result: JobResult) {
    if var reply = result.reply as? ExecuteReply {
      reply.pages = work.pages
      var metadata = result.metadata
      metadata["engine"] = .string(writer.session)
      send(writer.frames(reply, to: work.request, metadata: metadata), on: .shell)
    } else {
      send(writer.frames(result.reply, to: work.request, metadata: result.metadata), on: .shell)
    }
    broadcast(Status.idle, for: work.request)
  }

  /// Takes all cells of a shell that wait, those included that the transport still holds.
  private func takeAllWaiting(in subshell: String?) -> [Work] {
    let end = Clocks.monotonic() + Self.abortTime
    while ending == nil, Clocks.monotonic() < end, let frames = transport.receive(.shell) {
      if let request = read(frames, .shell) { dispatch(request, .shell) }
    }
    return removeWaiting(in: subshell)
  }

  /// Takes the cells of a shell out of those that wait.
  func removeWaiting(in subshell: String?) -> [Work] {
    defer { waiting.removeAll { $0.request.subshell == subshell } }
    return waiting.filter { $0.request.subshell == subshell }
  }
}
