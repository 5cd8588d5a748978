import Glibc

/// A value that several threads share: one at a time touches it, others can wait for a change.
///
/// `Synchronization.Mutex` has no condition to wait on, which queues and worker pools need.
@safe public final class Monitor<State>: @unchecked Sendable {
  // Unchecked: every access to `state` is made while `mutex` is held. Both live in memory of their
  // own, since they may not move.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var state: State

  /// Starts with a value.
  public init(_ state: sending State) {
    self.state = state
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_cond_init(condition, &attributes)
    unsafe pthread_condattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Runs `body` alone with the value.
  public func withLock<Result: Sendable, Failure: Error>(
    _ body: (inout State) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// Runs `body` alone with the value, then wakes all that wait.
  public func update<Result: Sendable, Failure: Error>(
    _ body: (inout State) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer {
      unsafe pthread_mutex_unlock(mutex)
      // Only now: who wakes while the lock is held would have to wait for it at once.
      unsafe pthread_cond_broadcast(condition)
    }
    return try body(&state)
  }

  /// Waits until `body`, tried now and after each ``update(_:)``, gives a result.
  ///
  /// After `timeout` seconds nil is returned; without one it waits without end.
  public func wait<Result: Sendable>(
    timeout: Double? = nil, _ body: (inout State) -> Result?
  ) -> Result? {
    var deadline = timespec(seconds: 0)
    if let timeout {
      unsafe clock_gettime(CLOCK_MONOTONIC, &deadline)
      let span = timespec(seconds: timeout)
      deadline.tv_sec += span.tv_sec + (deadline.tv_nsec + span.tv_nsec) / 1_000_000_000
      deadline.tv_nsec = (deadline.tv_nsec + span.tv_nsec) % 1_000_000_000
    }
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&state) { return result }
      if timeout == nil {
        unsafe pthread_cond_wait(condition, mutex)
      } else if unsafe pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT {
        return body(&state)
      }
    }
  }

  /// Wakes all that wait, so that they look again.
  public func wakeAll() { unsafe pthread_cond_broadcast(condition) }
}
