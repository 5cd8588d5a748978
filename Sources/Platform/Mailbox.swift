/// A queue from any thread to the one that takes: first in, first out.
public final class Mailbox<Message: Sendable>: Sendable {
  private struct State {
    var queue: [Message] = []
    /// The index of the first message that is not yet taken.
    var head = 0
    var isClosed = false

    var count: Int { queue.count - head }

    mutating func takeFirst() -> Message? {
      guard head < queue.count else { return nil }
      let message = queue[head]
      head += 1
      // Cleared only now and then, so that taking costs constant time on average.
      if head == queue.count || head > 1024 {
        queue.removeFirst(head)
        head = 0
      }
      return message
    }
  }

  private let monitor: Monitor<State>
  private let capacity: Int

  /// Makes an empty box; at `capacity` messages, posting waits.
  public init(capacity: Int = .max) {
    self.capacity = max(1, capacity)
    monitor = Monitor(State())
  }

  /// Adds a message, waiting for room.
  ///
  /// - Returns: False when the box is closed or, while it is full, `interruption` is requested.
  @discardableResult
  public func post(_ message: Message, interruption: Interruption? = nil) -> Bool {
    while true {
      let posted: Bool? = monitor.wait(timeout: interruption == nil ? nil : 0.05) { state in
        if state.isClosed { return false }
        return state.count < self.capacity ? true : nil
      }
      if posted == nil {
        if interruption?.isRequested == true { return false }
        continue
      }
      guard posted == true else { return false }
      // Another thread may have taken the room meanwhile.
      let isIn: Bool? = monitor.update { state in
        if state.isClosed { return false }
        guard state.count < self.capacity else { return nil }
        state.queue.append(message)
        return true
      }
      if let isIn { return isIn }
    }
  }

  /// Takes the oldest message, waiting for one.
  ///
  /// - Parameter timeout: The longest wait in seconds; nil waits without end.
  /// - Returns: Nil when the time is up, or when the box is closed and empty.
  public func take(timeout: Double? = nil) -> Message? {
    let taken: Message?? = monitor.wait(timeout: timeout) { state in
      if let message = state.takeFirst() { return .some(message) }
      return state.isClosed ? .some(nil) : nil
    }
    // Those that wait for room.
    monitor.wakeAll()
    return taken ?? nil
  }

  /// Takes the oldest message if there is one.
  public func takeIfAny() -> Message? { take(timeout: 0) }

  /// Takes all messages that are there.
  public func takeAll() -> [Message] {
    monitor.update { state in
      let messages = Array(state.queue[state.head...])
      state.queue = []
      state.head = 0
      return messages
    }
  }

  /// Lets nothing more in; what is in the box can still be taken.
  public func close() { monitor.update { $0.isClosed = true } }

  /// True after ``close()``.
  public var isClosed: Bool { monitor.withLock { $0.isClosed } }

  /// The number of messages that wait.
  public var count: Int { monitor.withLock { $0.count } }
}
