import JSON
import Platform

/// The cells of this and earlier sessions, kept in a file that kernels and the REPL share.
///
/// Each entry is one line of JSON, appended with one write, so that several processes can add at
/// once and a crash costs at most the entry being written.
public final class HistoryStore: Sendable {
  /// One cell that was run before.
  public struct Line: Sendable, Equatable {
    /// The session's number, rising with time.
    public let session: Int
    /// The cell's number in its session.
    public let number: Int
    /// The source.
    public let input: String
    /// The plain text of its result, if it had one.
    public let output: String?
  }

  /// The number of this session.
  public let session: Int
  private let path: String?
  private let lines: Monitor<[Line]>

  /// The file that is used unless another is named.
  public static var defaultPath: String { Environment.stateDirectory + "/linnet/history.jsonl" }

  /// At most so many bytes of an old history are read; the oldest entries are left out.
  private static let readLimit = 64_000_000

  /// Reads the history; without a path it lives in memory only.
  public init(path: String?) {
    self.path = path
    var old: [Line] = []
    if let path, let bytes = try? FileAccess.unrestricted.read(path, sizeLimit: Self.readLimit) {
      old = bytes.split(separator: 0x0A).compactMap { Self.line(Array($0)) }
    }
    session = (old.map(\.session).max() ?? 0) + 1
    lines = Monitor(old)
  }

  /// Adds a cell of this session.
  ///
  /// A file that cannot be written costs the entry, never the cell.
  public func add(number: Int, input: String, output: String?) {
    let line = Line(session: session, number: number, input: input, output: output)
    lines.withLock { $0.append(line) }
    guard let path else { return }
    var object = JSONObject()
    object["session"] = .int(session)
    object["line"] = .int(number)
    object["input"] = .string(input)
    if let output { object["output"] = .string(output) }
    let bytes = JSONValue.object(object).bytes() + [0x0A]
    let files = FileAccess.unrestricted
    if let slash = path.lastIndex(of: "/") { try? files.makeFolder(String(path[..<slash])) }
    try? files.append(bytes, to: path, mode: 0o600)
  }

  /// The last `count` entries, oldest first.
  public func tail(_ count: Int) -> [Line] { lines.withLock { Array($0.suffix(max(count, 0))) } }

  /// The entries of a session with numbers from `start` up to but not including `stop`.
  ///
  /// Session 0 is this one; below zero are those before it, as they are counted in the file.
  public func range(session: Int, start: Int, stop: Int?) -> [Line] {
    let wanted = session <= 0 ? self.session + session : session
    return lines.withLock { lines in
      lines.filter { $0.session == wanted && $0.number >= start && $0.number < stop ?? .max }
    }
  }

  /// The entries whose source matches a pattern of `*` and `?`, the last `count` of them.
  public func search(_ pattern: String, count: Int?, unique: Bool) -> [Line] {
    let glob = Array(pattern.unicodeScalars)
    var found = lines.withLock { $0 }.filter { Self.matches(glob, Array($0.input.unicodeScalars)) }
    if unique {
      var seen: Set<String> = []
      found = found.reversed().filter { seen.insert($0.input).inserted }.reversed()
    }
    return Array(found.suffix(max(count ?? found.count, 0)))
  }

  /// Matches a pattern in linear space and at worst quadratic time, with one point to go back to.
  private static func matches(_ pattern: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Bool {
    var (place, index) = (0, 0)
    var star: (place: Int, index: Int)?
    while index < text.count {
      if place < pattern.count, pattern[place] == "*" {
        star = (place, index)
        place += 1
      } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[index] {
        place += 1
        index += 1
      } else if let back = star {
        place = back.place + 1
        index = back.index + 1
        star = (back.place, index)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }

  private static func line(_ bytes: [UInt8]) -> Line? {
    guard let value = try? JSONValue(parsing: bytes), let session = value["session"]?.int,
      let number = value["line"]?.int, let input = value["input"]?.string
    else { return nil }
    return Line(
      session: session, number: number, input: input, output: value["output"]?.string)
  }
}
