import Glibc

/// A descriptor that becomes readable when any thread or signal handler calls ``wake()``.
public final class WakeDescriptor: Sendable {
  /// The end to poll for reading.
  public let descriptor: Int32
  private let writing: Int32

  /// Opens it; nil when the process has no descriptors left.
  public init?() {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    descriptor = ends[0]
    writing = ends[1]
  }

  deinit {
    close(descriptor)
    close(writing)
  }

  /// Makes the descriptor readable; may be called in a signal handler.
  public func wake() {
    var byte: UInt8 = 1
    // A full pipe is awake already.
    _ = unsafe write(writing, &byte, 1)
  }

  /// Makes the descriptor unreadable again, before looking at what woke it.
  public func clear() {
    var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    // Fewer bytes than asked for are all that there were.
    while unsafe read(descriptor, &bytes, 32) == 32 {}
  }

  /// Waits until it or another descriptor is readable.
  ///
  /// - Returns: False when the time in seconds is up.
  public func wait(or other: Int32 = -1, timeout: Double? = nil) -> Bool {
    var requests = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: other, events: Int16(POLLIN), revents: 0),
    ]
    let milliseconds = timeout.map { Int32(clamping: Int(min(max($0, 0), 1e6) * 1000)) } ?? -1
    // Interrupted by a signal counts as awake: the handler has something to say.
    return unsafe poll(&requests, 2, milliseconds) != 0
  }
}
