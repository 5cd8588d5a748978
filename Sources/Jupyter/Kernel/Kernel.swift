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

  /// Messages taken before the other channels are looked at again.
  static let burst = 64
  /// How often the parent process is looked for, in seconds.
  private static let parentCheckInterval = 1.0
  /// How long a cell may be silent after its start before the wire looks, in seconds: what it says
  /// first does not wake the wire, since most cells have ended by then.
  private static let firstLook = 0.002

  let transport: any Transport
  let evaluator: Evaluator
  let context: WireContext
  private let wake: WakeDescriptor
  private let backend: KernelBackend
  private let parent: ParentProcess?

  var reader: RequestReader
  var writer: MessageWriter
  var log: KernelLog
  var waiting: [Work] = []
  var running: Work?
  /// The end of the running cell, when it failed so soon that it is not told yet.
  var heldEnd: JobResult?
  var question: Question?
  var gate = ListenerGate()
  /// The names of the subshells, oldest first.
  var subshells: [String] = []
  var load = MachineLoad()
  var ending: Ending?

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
    evaluator = Evaluator(interruption: interruption, wake: wake)
    context = WireContext(version: version, tools: backend.tools)
    self.log = KernelLog(write: log)
    reader = RequestReader(signer: signer)
    writer = MessageWriter(session: RandomID.uuid(), signer: signer)
  }

  /// Serves until the end; what a cell that still runs has made is then dropped.
  public func run() -> Ending {
    defer {
      log.close()
      transport.close()
    }
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
        // What was replied to is kept, even if its thread has not come to that.
        backend.tools.keepHistory()
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
    return [wait, retry, gateWait, held, look, log.tellOmitted()].compactMap(\.self).min()
  }
}

// MARK: - Sending

extension Kernel {
  func broadcast(_ content: any OutgoingContent, for request: Request) {
    send(writer.broadcast(content, parent: request), on: .iopub)
  }

  func send(_ frames: [Frame], on channel: Channel) {
    if case .failed(let reason) = transport.send(frames, on: channel) {
      log.add("could not send on \(channel.rawValue): \(reason)")
    }
  }

  private func greetSubscribers() {
    for _ in 0..<Self.burst {
      guard let frames = transport.receive(.iopub) else { return }
      guard let frame = frames.first, frame.first == 1 else { continue }
      gate.open()
      send(writer.welcome(topic: Array(frame.dropFirst())), on: .iopub)
    }
  }
}
