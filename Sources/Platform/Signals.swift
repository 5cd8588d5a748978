import Glibc
import Synchronization

/// The signals of the process.
///
/// Handlers only set atomic words and wake a descriptor.
public enum Signals {
  /// Makes writing to a closed pipe fail instead of ending the process.
  public static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// From now on Ctrl-C asks `interruption` to stop, SIGTERM and SIGHUP set
  /// ``isTerminationRequested()``, and a new terminal size is counted; each wakes `wake`.
  ///
  /// The two objects are kept for the life of the process. System calls in progress return with
  /// `EINTR` (`sa_flags` is 0), as libzmq and readline need.
  public static func install(interruption: Interruption, wake: WakeDescriptor? = nil) {
    let target = Target(interruption: interruption, wake: wake)
    let pointer = unsafe Unmanaged.passRetained(target).toOpaque()
    state.target.store(UInt(bitPattern: pointer), ordering: .releasing)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGWINCH] {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { Signals.handle($0) }
      action.sa_flags = 0
      unsafe sigemptyset(&action.sa_mask)
      unsafe sigaction(signal, &action, nil)
    }
  }

  /// How often Ctrl-C was pressed since ``install(interruption:wake:)``.
  public static func interruptCount() -> Int { state.interrupts.load(ordering: .relaxed) }

  /// How often the terminal has changed its size.
  public static func resizeCount() -> Int { state.resizes.load(ordering: .relaxed) }

  /// True when the process was asked to end.
  public static func isTerminationRequested() -> Bool {
    state.termination.load(ordering: .relaxed)
  }

  private static func handle(_ signal: Int32) {
    let savedError = errno
    defer { errno = savedError }
    switch signal {
    case SIGINT: state.interrupts.add(1, ordering: .relaxed)
    case SIGWINCH: state.resizes.add(1, ordering: .relaxed)
    default: state.termination.store(true, ordering: .relaxed)
    }
    let address = state.target.load(ordering: .acquiring)
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { return }
    // `install` keeps the target alive for good, so no reference is counted here.
    unsafe Unmanaged<Target>.fromOpaque(pointer)._withUnsafeGuaranteedRef { target in
      if signal != SIGWINCH { target.interruption.request(.interrupt) }
      target.wake?.wake()
    }
  }

  private final class Target: Sendable {
    let interruption: Interruption
    let wake: WakeDescriptor?

    init(interruption: Interruption, wake: WakeDescriptor?) {
      self.interruption = interruption
      self.wake = wake
    }
  }

  private final class State: Sendable {
    let target = Atomic<UInt>(0)
    let interrupts = Atomic<Int>(0)
    let resizes = Atomic<Int>(0)
    let termination = Atomic<Bool>(false)
  }

  private static let state = State()
}
