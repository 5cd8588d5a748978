import JSON
import Notebook
import Platform

/// What the evaluator tells the wire, in the order made.
enum EvaluatorEvent: Sendable {
  /// Text written; neighbours of one stream become one.
  case stream(name: String, text: String)
  case broadcast(any OutgoingContent)
  case page(JSONObject)
  case question(InputRequest)
  case finished(JobResult)

  /// The event as a message; nil for what only terminals show.
  init?(_ event: Event) {
    switch event {
    case .stream(let stream, let text): self = .stream(name: stream.name, text: text)
    case .advice(let text): self = .stream(name: "stderr", text: text)
    case .display(let bundle, let id):
      self = .broadcast(DisplayData(data: bundle.json, id: id, isUpdate: false))
    case .update(let bundle, let id):
      self = .broadcast(DisplayData(data: bundle.json, id: id, isUpdate: true))
    case .result(let bundle, let count):
      self = .broadcast(ExecuteResult(data: bundle.json, count: count))
    case .error(let report): self = .broadcast(ErrorContent(report))
    case .clear(let wait): self = .broadcast(ClearOutput(wait: wait))
    case .page(let bundle): self = .page(bundle.json)
    case .progress: return nil
    }
  }

  /// What each message costs beside its bytes: signing and sending it takes as long as some kilobytes,
  /// so a queue of ten thousand small ones would keep the wire from everything else for a second.
  fileprivate static let message = 4096

  /// The bytes that it holds, roughly; control events cost nothing, so that they never wait.
  ///
  /// Text costs a message only where it begins one, which the queue knows.
  fileprivate var cost: Int {
    let message = EvaluatorEvent.message
    return switch self {
    case .stream(_, let text): text.utf8.count
    case .broadcast(let content as DisplayData): message + content.data.textSize
    case .broadcast(let content as ExecuteResult): message + content.data.textSize
    case .page(let data): message + data.textSize
    case .broadcast: message
    case .question, .finished: 0
    }
  }
}

extension EvaluatorEvent {
  /// How soon the wire must be told.
  fileprivate enum Haste: Int {
    /// Another event follows at once, or the wire looks by itself: waking it costs as much as a
    /// short cell.
    case none
    /// It must know when the text is due.
    case timer
    case now
  }

  fileprivate var haste: Haste {
    switch self {
    case .broadcast(is ExecuteInput), .broadcast(is ExecuteResult): .none
    case .stream: .timer
    case .broadcast, .page, .question, .finished: .now
    }
  }
}

extension JSONObject {
  /// The bytes of the members that are text.
  fileprivate var textSize: Int { values.reduce(0) { $0 + ($1.string?.utf8.count ?? 64) } }
}

/// The queue from the evaluator to the wire: bounded, and the place where streams are bundled.
///
/// Text alone waits up to ``bundlingTime`` for more of it; any other event makes all due at once.
/// The order is that of posting, so text comes before the display or the end that follows it.
final class EventQueue: Sendable {
  /// The longest time in seconds that text waits.
  static let bundlingTime = 0.05

  private struct State {
    var events: [EvaluatorEvent] = []
    var size = 0
    /// When the oldest text must leave; only meaningful while there are events.
    var due = 0.0
    var isUrgent = false
    /// What the wire was woken for since it last took events.
    var told = EvaluatorEvent.Haste.none

    /// Lengthens the last text in place when it belongs to the same stream.
    mutating func append(_ text: String, to name: String) {
      guard case .stream(name, var whole)? = events.last else {
        size += EvaluatorEvent.message
        return events.append(.stream(name: name, text: text))
      }
      // Taken out first: a text that the array also holds would be copied for every addition.
      events.removeLast()
      whole += text
      events.append(.stream(name: name, text: whole))
    }
  }

  private let monitor = Monitor(State())
  private let limit: Int
  private let wake: WakeDescriptor
  private let interruption: Interruption

  /// Holds up to `limit` bytes; then posting waits until the wire has caught up or work should
  /// stop.
  init(limit: Int = 8 << 20, wake: WakeDescriptor, interruption: Interruption) {
    self.limit = limit
    self.wake = wake
    self.interruption = interruption
  }

  /// Adds an event; called by the evaluator.
  func post(_ event: EvaluatorEvent) {
    let cost = event.cost
    if cost > 0 { waitForRoom() }
    let mustWake = monitor.withLock { state in
      var haste = event.haste
      state.size += cost
      if case .stream(let name, let text) = event {
        if state.events.isEmpty { state.due = Clocks.monotonic() + Self.bundlingTime }
        if state.isUrgent { haste = .now }
        state.append(text, to: name)
      } else {
        state.events.append(event)
        state.isUrgent = true
      }
      // The evaluator will wait for room soon.
      if state.size >= limit / 2 {
        state.isUrgent = true
        haste = .now
      }
      guard haste.rawValue > state.told.rawValue else { return false }
      state.told = haste
      return true
    }
    if mustWake { wake.wake() }
  }

  /// Takes all events once they are due; called by the wire.
  ///
  /// - Returns: No events and the seconds to wait when there is only text that may still grow.
  func takeDue() -> (events: [EvaluatorEvent], wait: Double?) {
    monitor.update { state in
      guard !state.events.isEmpty else { return ([], nil) }
      let left = state.due - Clocks.monotonic()
      if !state.isUrgent, left > 0 { return ([], left) }
      let events = state.events
      state = State()
      return (events, nil)
    }
  }

  private func waitForRoom() {
    while !interruption.isRequested {
      let hasRoom: Bool? = monitor.wait(timeout: 0.05) { $0.size < limit ? true : nil }
      if hasRoom == true { return }
    }
  }
}
