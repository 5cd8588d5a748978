import Jupyter
import Platform

/// Channels that lie in memory: what the kernel sends is kept until a test asks for it.
final class InMemoryTransport: Transport, Sendable {
  private struct State {
    var inbound: [Channel: [[Frame]]] = [:]
    var outbound: [(channel: Channel, frames: [Frame])] = []
    /// How often a message on stdin still finds nobody.
    var unroutable = 0
    /// Why messages on stdin are refused; nil when they are not.
    var refusal: String?
    var isClosed = false
  }

  private let monitor = Monitor(State())
  private let wake: WakeDescriptor

  init(wake: WakeDescriptor) { self.wake = wake }

  // MARK: The kernel's side

  func wait(for wake: WakeDescriptor, timeout: Double?) -> Set<Channel> {
    // What came after the last look may have woken before the kernel cleared `wake`.
    if ready.isEmpty { _ = wake.wait(timeout: timeout) }
    return ready
  }

  private var ready: Set<Channel> {
    monitor.withLock { state in
      Set(Channel.allCases.filter { state.inbound[$0]?.isEmpty == false })
    }
  }

  func receive(_ channel: Channel) -> [Frame]? {
    monitor.withLock { state in
      guard let first = state.inbound[channel]?.first else { return nil }
      state.inbound[channel]?.removeFirst()
      return first
    }
  }

  func send(_ frames: [Frame], on channel: Channel) -> Delivery {
    monitor.update { state in
      if channel == .stdin, state.unroutable > 0 {
        state.unroutable -= 1
        return .unroutable
      }
      if channel == .stdin, let refusal = state.refusal { return .failed(refusal) }
      state.outbound.append((channel, frames))
      return .sent
    }
  }

  func close() { monitor.update { $0.isClosed = true } }

  // MARK: The test's side

  func deliver(_ messages: [(channel: Channel, frames: [Frame])]) {
    monitor.update { state in
      for (channel, frames) in messages { state.inbound[channel, default: []].append(frames) }
    }
    wake.wake()
  }

  /// Makes the next so many questions find nobody.
  func loseQuestions(_ count: Int) { monitor.withLock { $0.unroutable = count } }

  /// Makes the socket of stdin refuse what is sent, for a reason.
  func refuseQuestions(_ reason: String) { monitor.withLock { $0.refusal = reason } }

  /// Takes the oldest message that was sent; nil when none comes in ten seconds.
  func next() -> (channel: Channel, frames: [Frame])? {
    monitor.wait(timeout: 10) { state in
      state.outbound.isEmpty ? nil : state.outbound.removeFirst()
    }
  }

  /// What was sent and not yet taken.
  func takeAll() -> [(channel: Channel, frames: [Frame])] {
    monitor.withLock { state in
      defer { state.outbound = [] }
      return state.outbound
    }
  }

  var isClosed: Bool { monitor.withLock { $0.isClosed } }
}
