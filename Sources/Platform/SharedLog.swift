import Glibc

/// A file of lines to which several processes append at once.
///
/// Each append is one write at the end of the file, so that lines of different processes never mix.
public struct SharedLog: Sendable {
  private let path: String

  /// The log at a path; it is made with the first line.
  public init(path: String) { self.path = path }

  /// The whole lines behind a place, without the marks that end them.
  ///
  /// - Parameters:
  ///   - offset: The place in bytes; one that lies beyond the end stands for the end.
  ///   - limit: At most so many bytes are read, the last ones; older lines are left out.
  /// - Returns: The lines and the place behind them; no lines when there is no such file.
  public func lines(from offset: Int, limit: Int) -> (lines: [ArraySlice<UInt8>], end: Int) {
    let descriptor = FileAccess.retrying { unsafe open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { return ([], offset) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return ([], offset) }
    let size = Int(status.st_size)
    let start = max(offset, size - limit)
    guard start < size else { return ([], offset) }
    let bytes = Self.bytes(of: descriptor, from: start, count: size - start)
    // What follows the last mark is still being written.
    guard let last = bytes.lastIndex(of: Self.mark) else { return ([], offset) }
    var whole = bytes[...last]
    if start > offset, let first = whole.firstIndex(of: Self.mark) {
      whole = whole[(first + 1)...]
    }
    return (whole.split(separator: Self.mark), start + last + 1)
  }

  /// Adds lines, each with its mark.
  ///
  /// - Returns: False when the file cannot be written.
  public func append(_ lines: [UInt8]) -> Bool { withFile { Self.append(lines, to: $0) } }

  /// Adds lines that depend on what the file holds, while no other process does the same.
  ///
  /// - Parameter make: Makes the lines; it may read the log.
  /// - Returns: False when the file cannot be written.
  public func appendExclusively(_ make: () -> [UInt8]) -> Bool {
    withFile { descriptor in
      // Others may each need a tenth of a second to read a long log. But a process that was stopped
      // while it held the lock must not stop this one too.
      let end = Clocks.monotonic() + Self.patience
      while flock(descriptor, LOCK_EX | LOCK_NB) != 0, Clocks.monotonic() < end {
        Clocks.sleep(0.001)
      }
      // Closing the file gives the lock back.
      return Self.append(make(), to: descriptor)
    }
  }

  private static let mark = UInt8(ascii: "\n")
  /// How long the lock is waited for, in seconds.
  private static let patience = 3.0

  private func withFile(_ body: (Int32) -> Bool) -> Bool {
    let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC
    var descriptor = FileAccess.retrying { unsafe open(path, flags, 0o600) }
    if descriptor < 0, errno == ENOENT, let slash = path.lastIndex(of: "/") {
      try? FileAccess.unrestricted.makeFolder(String(path[..<slash]))
      descriptor = FileAccess.retrying { unsafe open(path, flags, 0o600) }
    }
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return body(descriptor)
  }

  private static func append(_ lines: [UInt8], to descriptor: Int32) -> Bool {
    // A crash may have left half a line behind, which must not spoil this one.
    var status = stat()
    if unsafe fstat(descriptor, &status) == 0, status.st_size > 0,
      bytes(of: descriptor, from: Int(status.st_size) - 1, count: 1) != [mark]
    {
      return Output.writeAll([mark] + lines, to: descriptor)
    }
    return Output.writeAll(lines, to: descriptor)
  }

  private static func bytes(of descriptor: Int32, from start: Int, count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let received = FileAccess.retrying {
          // At most `count - filled` bytes are written behind those that are there.
          unsafe pread(
            descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, start + filled)
        }
        guard received > 0 else { return }
        filled += received
      }
    }
  }
}
