import Glibc
import Synchronization

/// Writing to the standard streams and other descriptors, whole, whatever signals arrive.
public enum Output {
  /// The descriptor of standard output.
  public static let standardOutput: Int32 = 1
  /// The descriptor of standard error.
  public static let standardError: Int32 = 2

  /// Writes all bytes; false, with `errno` set, when the other end is gone or the disk is full.
  ///
  /// Waits for descriptors that do not block. Call ``Signals/ignoreBrokenPipes()`` at start, or
  /// writing to a closed pipe ends the process.
  @discardableResult
  public static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    unsafe bytes.withUnsafeBytes { buffer in
      var start = 0
      while start < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
        let written = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
        if written > 0 {
          start += written
        } else if written < 0, errno == EAGAIN {
          var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          unsafe poll(&request, 1, 1000)
        } else if written < 0, errno != EINTR {
          return false
        }
      }
      return true
    }
  }

  /// Writes a text; false when the other end is gone or the disk is full.
  @discardableResult
  public static func write(_ text: String, to descriptor: Int32 = standardOutput) -> Bool {
    if writeAll(Array(text.utf8), to: descriptor) { return true }
    if descriptor == standardOutput {
      _ = loss.compareExchange(expected: 0, desired: errno, ordering: .relaxed)
    }
    return false
  }

  /// Why text for standard output was lost, such as `no space left on device`.
  ///
  /// Nil when nothing was lost, and when the reader has gone, who has seen enough.
  public static var problem: String? {
    let code = loss.load(ordering: .relaxed)
    guard code != 0, code != EPIPE else { return nil }
    let text = unsafe String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// The `errno` of the first text for standard output that was lost.
  private static let loss = Atomic<Int32>(0)
}
