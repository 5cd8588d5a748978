import JSON
import Notebook
public import Platform

/// A kernel: takes requests from a transport, has cells evaluated, and tells front ends of it.
///
/// This is the wire thread. It owns the channels and the queue of cells that wait, and hands the
/// evaluator one job at a time; everything else it answers at once. Only here is *busy* and *idle*
/// sent: around each request, and for a cell while it runs.
public final class Kernel {
  /// Why a kernel ended.
  public enum Ending: Sendable, Equatable {
    /// A front end asked for it.
    case shutdown
    /// The process was told to end by a signal.
    case terminated
    /// The process that started it is gone.
    case orphaned
    /// The system has no thread left to evaluate on.
    case noThread
  }

  /// A request that waits for the evaluator, or runs there.
  private struct Work {
    let request: Request
    let job: Job
    let received = Clocks.monotonic()
    /// True once an event of it has come.
    var hasSpoken = false
    var pages: [JSONObject] = []
  }

  /// Requests served before the other channels are looked at again.
  private static let burst = 64
  /// How often the parent process is looked for, in seconds.
  private static let parentCheckInterval = 1.0
  /// How long a cell may be silent after its start before the wire looks, in seconds: what it says
  /// first does not wake the wire, since most cells have ended by then.
  private static let firstLook = 0.002
  /// How long an undeliverable question waits for the front end's stdin channel, in seconds.
  private static let questionRetryInterval = 0.02
  /// The least seconds between the request and the end of a cell that fails.
  ///
  /// Front ends send the cells of a notebook one by one, and count on the kernel to abort those
  /// behind a failure. A cell that fails in microseconds would be over before they have arrived.
  private static let failureTime = 0.02

  private let transport: any Transport
  private let wake: WakeDescriptor
  private let evaluator: Evaluator
  private let backend: KernelBackend
  private let context: WireContext
  private let parent: ParentProcess?
  private let log: @Sendable (String) -> Void

  private var reader: RequestReader
  private var writer: MessageWriter
  private var waiting: [Work] = []
  private var running: Work?
  /// The end of the running cell, when it failed so soon that it is not told yet.
  private var heldEnd: JobResult?
  private var question: InputPrompt?
  private var gate = ListenerGate()
  /// The names of the subshells, oldest first.
  private var subshells: [String] = []
  private var load = MachineLoad()
  private var ending: Ending?

  /// Makes a kernel on a transport.
  ///
  /// - Parameters:
  ///   - transport: The channels; closed at the end.
  ///   - key: What messages are signed with; empty means unsigned.
  ///   - version: Linnet's version.
  ///   - backend: The language.
  ///   - interruption: What the evaluator and its engines read; a signal handler may set it.
  ///   - wake: What the transport waits for besides its channels.
  ///   - parent: The process without which the kernel must not live.
  ///   - log: Takes a line about what was dropped and why.
  public init(
    transport: any Transport, key: String, version: String, backend: KernelBackend,
    interruption: Interruption, wake: WakeDescriptor, parent: ParentProcess? = nil,
    log: @escaping @Sendable (String) -> Void
  ) {
    let signer = Signer(key: key)
    self.transport = transport
    self.wake = wake
    self.backend = backend
    self.parent = parent
    self.log = log
    evaluator = Evaluator(interruption: interruption, wake: wake)
    context = WireContext(version: version, tools: backend.tools)
    reader = RequestReader(signer: signer)
    writer = MessageWriter(session: RandomID.uuid(), signer: signer)
  }

  /// Serves until the end; what a cell that still runs has made is then dropped.
  public func run() -> Ending {
    defer { transport.close() }
    guard evaluator.start(backend) else { return .noThread }
    send(writer.broadcast(Status.starting, parent: nil), on: .iopub)
    var wait: Double?
    var nextParentCheck = Clocks.monotonic() + Self.parentCheckInterval
    while true {
      let ready = transport.wait(for: wake, timeout: min(wait ?? 60, parent == nil ? 60 : 1))
      // Cleared before looking, so that what comes meanwhile wakes again.
      wake.clear()
      if Signals.isTerminationRequested() { ending = .terminated }
      evaluator.passOnInterruption()
      if let parent, Clocks.monotonic() >= nextParentCheck {
        if parent.hasEnded { ending = .orphaned }
        nextParentCheck = Clocks.monotonic() + Self.parentCheckInterval
      }
      wait = servePass(ready)
      if let ending {
        evaluator.stop(timeout: 0.02)
        return ending
      }
    }
  }

  /// Looks once at the evaluator and at the channels that have something, those first that must not
  /// wait.
  ///
  /// - Returns: The seconds after which it must be called again at the latest.
  private func servePass(_ ready: Set<Channel>) -> Double? {
    if ready.contains(.control) { serve(.control) }
    if ending != nil { return nil }
    let wait = forwardEvents()
    if ready.contains(.iopub) { greetSubscribers() }
    if ready.contains(.stdin) { takeAnswers() }
    let retry = deliverQuestion()
    if ready.contains(.shell) { serve(.shell) }
    let (early, gateWait) = gate.takeDue()
    for request in early where ending == nil { dispatch(request, .shell) }
    let held = tellHeldEnd()
    let look = running?.hasSpoken == false ? Self.firstLook : nil
    return [wait, retry, gateWait, held, look].compactMap(\.self).min()
  }
}

// MARK: - Requests

extension Kernel {
  private func serve(_ channel: Channel) {
    for _ in 0..<Self.burst {
      guard ending == nil, let request = receive(channel) else { return }
      if channel == .shell, gate.holds(request) { continue }
      dispatch(request, channel)
    }
  }

  /// Takes the next good message of a channel; bad ones are dropped with a line in the log.
  private func receive(_ channel: Channel) -> Request? {
    while let frames = transport.receive(channel) {
      do throws(Rejection) {
        return try reader.read(frames)
      } catch {
        log("dropped a message on \(channel.rawValue): \(error)")
      }
    }
    return nil
  }

  private func dispatch(_ request: Request, _ channel: Channel) {
    guard let row = HandlerTable.row(request.type, on: channel) else {
      return bracket(request) {
        log("dropped a message on \(channel.rawValue): no handler for \(quoted(request.type))")
      }
    }
    let content = ContentReader(request.content)
    do throws(ContentError) {
      if channel == .shell { try checkSubshell(request.subshell) }
      switch row.place {
      case .wire(let serve):
        let actions = try serve(content, context)
        bracket(request) { for action in actions { perform(action, for: request, channel) } }
      case .evaluator(let prepare):
        waiting.append(Work(request: request, job: try prepare(content)))
        beginNext()
      case .either(let prepare):
        let (job, serve) = try prepare(content)
        if running == nil, waiting.isEmpty {
          waiting.append(Work(request: request, job: job))
          return beginNext()
        }
        bracket(request) {
          for action in serve(context) { perform(action, for: request, channel) }
        }
      }
    } catch {
      let reply = ErrorReply(to: request.type, ErrorContent(error))
      bracket(request) { perform(.reply(reply), for: request, channel) }
    }
  }

  /// Names of unknown length come from outside: the log gets a short, printable form.
  private func quoted(_ text: String) -> String { String(text.prefix(60)).debugDescription }

  private func perform(_ action: WireAction, for request: Request, _ channel: Channel) {
    switch action {
    case .reply(let content): send(writer.frames(content, to: request), on: channel)
    case .broadcast(let content): broadcast(content, for: request)
    case .interrupt: if running != nil { evaluator.interrupt() }
    case .stop: ending = .shutdown
    case .reportUsage:
      let percent = load.processorPercent()
      send(
        writer.frames(
          UsageReply(kernelProcessor: percent.process, machineProcessor: percent.machine),
          to: request), on: channel)
    case .createSubshell:
      subshells.append(RandomID.uuid())
      send(
        writer.frames(CreateSubshellReply(id: subshells[subshells.count - 1]), to: request),
        on: channel)
    case .deleteSubshell(let id): deleteSubshell(id, request, channel)
    case .listSubshells:
      send(writer.frames(ListSubshellReply(ids: subshells), to: request), on: channel)
    case .log(let line): log(line)
    }
  }

  /// Does something between *busy* and *idle* of a request.
  ///
  /// Front ends show the last status that they received. When a cell runs, that must not be the
  /// idle of a small request, so the cell's *busy* is said again.
  private func bracket(_ request: Request, _ body: () -> Void) {
    broadcast(Status.busy, for: request)
    defer {
      broadcast(Status.idle, for: request)
      if let running { broadcast(Status.busy, for: running.request) }
    }
    body()
  }
}

// MARK: - Cells

extension Kernel {
  private func beginNext() {
    guard running == nil, !waiting.isEmpty else { return }
    let work = waiting.removeFirst()
    running = work
    broadcast(Status.busy, for: work.request)
    evaluator.begin(work.job)
  }

  /// Sends on what the evaluator has made until now; what it makes meanwhile must wait until the
  /// channels were looked at, or a cell that shows something in a loop could not be interrupted.
  ///
  /// - Returns: The seconds after which text is due that may still grow; 0 when more may be there.
  private func forwardEvents() -> Double? {
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
      question = InputPrompt(prompt: input.prompt, password: input.password)
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
  private func tellHeldEnd() -> Double? {
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
  private func refuse(_ aborted: [Work]) {
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
    while ending == nil, let request = receive(.shell) { dispatch(request, .shell) }
    defer { waiting.removeAll { $0.request.subshell == subshell } }
    return waiting.filter { $0.request.subshell == subshell }
  }
}

// MARK: - Subshells

extension Kernel {
  private func checkSubshell(_ id: String?) throws(ContentError) {
    guard let id, !subshells.contains(id) else { return }
    throw ContentError(
      field: "subshell_id", expected: "the name of a subshell", received: quoted(id))
  }

  private func deleteSubshell(_ id: String, _ request: Request, _ channel: Channel) {
    do throws(ContentError) {
      try checkSubshell(id)
    } catch {
      let reply = ErrorReply(to: request.type, ErrorContent(error))
      return send(writer.frames(reply, to: request), on: channel)
    }
    subshells.removeAll { $0 == id }
    let aborted = waiting.filter { $0.request.subshell == id }
    waiting.removeAll { $0.request.subshell == id }
    send(writer.frames(DeleteSubshellReply(), to: request), on: channel)
    refuse(aborted)
  }
}

// MARK: - Stdin and iopub

extension Kernel {
  /// Sends the question once its front end can be reached.
  ///
  /// - Returns: The seconds after which to try again.
  private func deliverQuestion() -> Double? {
    guard let prompt = question, let work = running else { return nil }
    let delivery = transport.send(writer.frames(prompt, to: work.request), on: .stdin)
    switch delivery {
    case .sent: question = nil
    case .unroutable: return Self.questionRetryInterval
    case .failed(let reason):
      question = nil
      log("could not ask for input: \(reason)")
    }
    return nil
  }

  private func takeAnswers() {
    while let message = receive(.stdin) {
      guard message.type == "input_reply" else {
        log("dropped a message on stdin: expected input_reply; received \(quoted(message.type))")
        continue
      }
      do throws(ContentError) {
        let answer = try InputAnswer(ContentReader(message.content))
        if !evaluator.input.answer(answer.value) { log("dropped an answer that nobody asked for") }
      } catch {
        log("dropped a message on stdin: \(error)")
      }
    }
  }

  private func greetSubscribers() {
    while let frames = transport.receive(.iopub) {
      guard let frame = frames.first, frame.first == 1 else { continue }
      gate.open()
      send(writer.welcome(topic: Array(frame.dropFirst())), on: .iopub)
    }
  }

  private func broadcast(_ content: any OutgoingContent, for request: Request) {
    send(writer.broadcast(content, parent: request), on: .iopub)
  }

  private func send(_ frames: [Frame], on channel: Channel) {
    if case .failed(let reason) = transport.send(frames, on: channel) {
      log("could not send on \(channel.rawValue): \(reason)")
    }
  }
}
