import Glibc

/// The processor time and memory that this process and its machine use, as `/proc` tells them.
public struct MachineLoad: Sendable {
  /// The memory of the machine, in bytes.
  public struct Memory: Sendable {
    /// What there is.
    public var total = 0
    /// What programs can still have, caches given back.
    public var available = 0
    /// What nobody uses, not even as a cache.
    public var free = 0
  }

  /// Processor seconds of this process, and of the machine's processors busy and in all.
  private struct Sample {
    var wall = 0.0
    var process = 0.0
    var busy = 0.0
    var all = 0.0
  }

  private var last: Sample

  /// Starts to measure: the first figures count from here.
  public init() { last = Self.sample() }

  /// How much of one processor this process, and how much of all of them the machine, has used
  /// since the last call, in percent.
  public mutating func processorPercent() -> (process: Double, machine: Double) {
    let now = Self.sample()
    defer { last = now }
    let (wall, all) = (now.wall - last.wall, now.all - last.all)
    return (
      wall > 0 ? (now.process - last.process) / wall * 100 : 0,
      all > 0 ? (now.busy - last.busy) / all * 100 : 0
    )
  }

  /// The memory of the machine.
  public static func memory() -> Memory {
    var memory = Memory()
    for line in text("/proc/meminfo").split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count >= 2, let size = Int(words[1]) else { continue }
      let bytes = size.multipliedReportingOverflow(by: 1024).partialValue
      switch words[0] {
      case "MemTotal:": memory.total = bytes
      case "MemAvailable:": memory.available = bytes
      case "MemFree:": memory.free = bytes
      default: break
      }
    }
    return memory
  }

  /// The name of the machine.
  public static var hostName: String {
    var bytes = [CChar](repeating: 0, count: 256)
    // The last byte stays zero whatever the system writes.
    guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return "localhost" }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func sample() -> Sample {
    var sample = Sample(wall: Clocks.monotonic(), process: Clocks.processor())
    // cpu user nice system idle iowait …
    let fields = text("/proc/stat").prefix { $0 != "\n" }.split(separator: " ").dropFirst()
      .compactMap { Double($0) }
    guard fields.count > 4 else { return sample }
    sample.all = fields.reduce(0, +)
    sample.busy = sample.all - fields[3] - fields[4]
    return sample
  }

  private static func text(_ path: String) -> String {
    (try? FileAccess.unrestricted.readText(path, sizeLimit: 1 << 20)) ?? ""
  }
}
