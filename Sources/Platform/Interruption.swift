public import Synchronization

/// Why running work should stop: one atomic word that any thread may set and every long loop reads.
///
/// Signal handlers, the wire thread and the memory watchdog set it; the evaluator reads it at loop
/// back-edges and calls, the tensor engine between kernel chunks. Reading costs one relaxed load.
public final class Interruption: Sendable {
  /// The reasons, in rising order of precedence.
  public enum Reason: UInt8, Sendable {
    case none = 0
    /// The user pressed Ctrl-C or the front end asked.
    case interrupt = 1
    /// The limit of `--timeout` has passed.
    case timeout = 2
    /// The resident size has come too near to the limit.
    case memory = 3
  }

  // Seen by inlined code of other targets, as the evaluator reads it at every turn of a loop.
  @usableFromInline let word = Atomic<UInt8>(0)

  /// Makes a flag that is not set.
  public init() {}

  /// The reason that is set now, ``Reason/none`` when work may go on.
  @inlinable
  public var reason: Reason { Reason(rawValue: word.load(ordering: .relaxed)) ?? .none }

  /// True when work should stop.
  @inlinable
  public var isRequested: Bool { word.load(ordering: .relaxed) != 0 }

  /// Asks running work to stop.
  ///
  /// A weaker reason never replaces a stronger one.
  public func request(_ reason: Reason) { word.max(reason.rawValue, ordering: .relaxed) }

  /// Takes the reason away, once the work has stopped.
  public func clear() { word.store(0, ordering: .relaxed) }
}
