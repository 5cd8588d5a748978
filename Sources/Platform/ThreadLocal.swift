import Glibc

/// A reference that each thread has for itself, for what has no other way to reach the state of the
/// thread that it runs on: the end of an object.
public final class ThreadLocal<Held: AnyObject>: @unchecked Sendable {
  // Unchecked: the key never changes, and what it stands for is seen by one thread alone.
  private let key: pthread_key_t?

  /// Makes a place that is empty on every thread.
  public init() {
    var key = pthread_key_t()
    let result = unsafe pthread_key_create(&key) { held in
      // Balances `passRetained` below when the thread ends.
      if let held = unsafe held { unsafe Unmanaged<AnyObject>.fromOpaque(held).release() }
    }
    self.key = result == 0 ? key : nil
  }

  /// What the calling thread holds; always nil when the system had no place left, and unchanged by
  /// an assignment for which it has no memory.
  public var value: Held? {
    get {
      guard let key, let held = unsafe pthread_getspecific(key) else { return nil }
      return unsafe Unmanaged<Held>.fromOpaque(held).takeUnretainedValue()
    }
    set {
      guard let key else { return }
      let old = unsafe pthread_getspecific(key)
      let new = unsafe newValue.map { unsafe Unmanaged.passRetained($0).toOpaque() }
      guard unsafe pthread_setspecific(key, new) == 0 else {
        // No memory for the thread's table: it goes on holding what it held.
        if let new = unsafe new { unsafe Unmanaged<Held>.fromOpaque(new).release() }
        return
      }
      if let old = unsafe old { unsafe Unmanaged<Held>.fromOpaque(old).release() }
    }
  }
}
