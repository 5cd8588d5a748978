import Platform

/// Holds the first requests back until somebody listens on iopub.
///
/// A client that connects before the kernel listens tries each of its sockets again by itself, one
/// or two tenths of a second later. If its first cell ran before its iopub is connected, it would
/// never hear that the cell has ended.
struct ListenerGate {
  /// The longest time in seconds that a request waits; some clients never listen.
  static let patience = 0.5

  private var isOpen = false
  private var held: [Request] = []
  private var since = 0.0

  /// Lets everything through from now on: somebody listens.
  mutating func open() { isOpen = true }

  /// Keeps a request that must wait, or stand behind those that do.
  ///
  /// - Returns: False when it may be served at once.
  mutating func holds(_ request: Request) -> Bool {
    if isOpen, held.isEmpty { return false }
    if held.isEmpty { since = Clocks.monotonic() }
    held.append(request)
    return true
  }

  /// Takes what need not wait any more, in the order sent.
  ///
  /// - Returns: No requests and the seconds to wait when there are only such as must wait.
  mutating func takeDue() -> (requests: [Request], wait: Double?) {
    guard !held.isEmpty else { return ([], nil) }
    let left = since + Self.patience - Clocks.monotonic()
    if !isOpen, left > 0 { return ([], left) }
    isOpen = true
    defer { held = [] }
    return (held, nil)
  }
}
