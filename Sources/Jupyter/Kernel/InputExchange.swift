import Notebook
import Platform

/// Where the evaluator waits for the user's line and the wire brings it.
final class InputExchange: Sendable {
  private struct State {
    var isWaiting = false
    var isAllowed = false
    var isClosed = false
    var answer: Result<String, InputFailure>?
  }

  private let monitor = Monitor(State())
  private let interruption: Interruption

  init(interruption: Interruption) { self.interruption = interruption }

  /// Says whether the front end of the cell that starts now takes questions.
  func allow(_ isAllowed: Bool) { monitor.withLock { $0.isAllowed = isAllowed } }

  /// Asks by `post` and waits for the answer; called by the evaluator.
  func ask(_ request: InputRequest, post: (InputRequest) -> Void) throws(InputFailure) -> String {
    let isAllowed = monitor.withLock { state in
      guard state.isAllowed, !state.isClosed else { return false }
      state.isWaiting = true
      state.answer = nil
      return true
    }
    guard isAllowed else { throw .notAllowed }
    post(request)
    defer { monitor.withLock { $0.isWaiting = false } }
    while true {
      let answer: Result<String, InputFailure>? = monitor.wait(timeout: 0.05) { state in
        if state.isClosed || self.interruption.isRequested { return .failure(.interrupted) }
        return state.answer
      }
      if let answer { return try answer.get() }
    }
  }

  /// Brings the answer, or why there is none.
  ///
  /// - Returns: False when nobody waits for one.
  func answer(_ answer: Result<String, InputFailure>) -> Bool {
    monitor.update { state in
      guard state.isWaiting, state.answer == nil else { return false }
      state.answer = answer
      return true
    }
  }

  /// Makes who waits look whether work should stop.
  func wakeAll() { monitor.wakeAll() }

  /// Ends the wait, and all later ones.
  func close() { monitor.update { $0.isClosed = true } }
}
