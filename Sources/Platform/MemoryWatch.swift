import Glibc
import Synchronization

/// The memory of the machine and of this process, in bytes.
public enum MachineMemory {
  /// What the machine has or the control group grants, whichever is less.
  public static func total() -> Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let (physical, overflow) = pages.multipliedReportingOverflow(by: pageBytes)
    var total = overflow || physical <= 0 ? Int.max : physical
    for path in ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] {
      guard let text = try? FileAccess.unrestricted.readText(path, sizeLimit: 4096) else {
        continue
      }
      // Without a limit the file says `max`.
      if let limit = Int(text.prefix { $0.isNumber }), limit > 0 { total = min(total, limit) }
    }
    return total
  }

  /// The limit when the user names none: three quarters of ``total()``.
  public static func defaultLimit() -> Int { total() / 4 * 3 }

  /// What this process holds now; 0 when the system does not say.
  public static func resident() -> Int {
    let descriptor = unsafe open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    return resident(descriptor)
  }

  /// Gives what the calling thread has freed back to the system; the allocator may keep it otherwise.
  public static func giveBack() {
    // By name, since only the program links mimalloc: tests and sanitizers have allocators of their own.
    guard let collect = unsafe dlsym(nil, "mi_collect") else { return }
    typealias Collect = @convention(c) (_ force: Bool) -> Void
    unsafe unsafeBitCast(collect, to: Collect.self)(true)
  }

  /// Asks for large pages, where the system has them, for what an array of many megabytes has room for.
  ///
  /// They take the place of 512 others each: the first touch of an array, its end and places far from
  /// one another cost a part of what they cost otherwise (madvise(2), `MADV_HUGEPAGE`).
  public static func preferLargePages<Element>(for array: [Element]) {
    let bytes = array.capacity * MemoryLayout<Element>.stride
    guard bytes >= 4 << 20 else { return }
    // All of the capacity belongs to the array. Rounding inwards leaves its neighbours' pages alone.
    unsafe array.withUnsafeBytes { held in
      guard let start = unsafe held.baseAddress else { return }
      let first = unsafe (Int(bitPattern: start) + pageBytes - 1) & -pageBytes
      let end = unsafe (Int(bitPattern: start) + bytes) & -pageBytes
      _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, MADV_HUGEPAGE)
    }
  }

  /// Reads the second number of `/proc/self/statm`, open at a descriptor.
  static func resident(_ descriptor: Int32) -> Int {
    let text = unsafe [UInt8](unsafeUninitializedCapacity: 128) { buffer, count in
      count = max(0, unsafe pread(descriptor, buffer.baseAddress, 128, 0))
    }
    let fields = text.split(separator: UInt8(ascii: " "), maxSplits: 2)
    guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else {
      return 0
    }
    return pages * pageBytes
  }

  private static let pageBytes = Int(getpagesize())

  /// Reads a size as people write it: `4G`, `512M`, `1.5GiB`, `1000000`.
  ///
  /// - Returns: Bytes, units being powers of 1024; nil for what is no size above zero.
  public static func parse(_ text: String) -> Int? {
    let number = text.prefix { $0.isNumber || $0 == "." }
    let powers = ["": 0, "K": 1, "M": 2, "G": 3, "T": 4]
    var unit = text.dropFirst(number.count).uppercased()
    for suffix in ["IB", "B"] where unit.hasSuffix(suffix) {
      unit.removeLast(suffix.count)
      break
    }
    guard let value = Double(number), let power = powers[unit], value.isFinite else { return nil }
    let bytes = (value * Double(1 << (10 * power))).rounded()
    return Int(exactly: bytes).flatMap { $0 > 0 ? $0 : nil }
  }
}

/// Looks every 20 ms at how much memory the process holds, and stops work that takes too much.
public final class MemoryWatch: Sendable {
  /// The bytes above which work is stopped.
  public let limit: Int
  private let isStopped = Monitor(false)
  private let thread: WorkerThread?

  /// Starts to watch; beyond `limit`, ``Interruption/Reason/memory`` is requested.
  public init(limit: Int = MachineMemory.defaultLimit(), interruption: Interruption) {
    self.limit = limit
    let isStopped = isStopped
    thread = WorkerThread(name: "memory watch", stackBytes: 1 << 20) {
      let descriptor = unsafe open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return }
      defer { close(descriptor) }
      while isStopped.wait(timeout: 0.02, { $0 ? true : nil }) == nil {
        if MachineMemory.resident(descriptor) > limit { interruption.request(.memory) }
      }
    }
  }

  /// Ends the watching and waits for its thread.
  public func stop() {
    isStopped.update { $0 = true }
    thread?.join()
  }

  deinit { isStopped.update { $0 = true } }
}
