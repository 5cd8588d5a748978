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
    public internal(set) var session: Int
    /// The cell's number in its session.
    public let number: Int
    /// The source.
    public let input: String
    /// The plain text of its result, if it had one.
    public let output: String?
  }

  /// A line of the file, which is read when somebody asks for it.
  private enum Entry: Sendable {
    case raw(ArraySlice<UInt8>)
    case line(Line)
    /// No entry: what a crash or another program has left.
    case broken
  }

  private struct State: Sendable {
    var entries: [Entry] = []
    /// Up to where the file has been read, in bytes.
    var end = 0
    /// The number of this session, once it has an entry in the file.
    var session: Int?
    /// Cells of this session that are not in the file yet.
    var noted: [Line] = []
  }

  private let log: SharedLog?
  private let state = Monitor(State())

  /// The file that is used unless another is named.
  public static var defaultPath: String { Environment.stateDirectory + "/linnet/history.jsonl" }

  /// At most so many bytes of an old history are read; the oldest entries are left out.
  private static let readLimit = 64_000_000
  /// The most bytes that are kept of a result's text.
  private static let outputLimit = 4096

  /// Opens the history; without a path it lives in memory only.
  public init(path: String?) { log = path.map(SharedLog.init(path:)) }

  /// The number of this session, above those of all sessions that had entries before its own
  /// first one.
  public var session: Int {
    state.withLock { state in
      write(&state)
      if let session = state.session { return session }
      refresh(&state)
      return Self.next(after: Self.lastSession(state.entries))
    }
  }

  /// Adds a cell of this session and writes it to the file.
  public func add(number: Int, input: String, output: String?) {
    note(number: number, input: input, output: output)
    write()
  }

  /// Adds a cell of this session, which ``write()`` or the next question brings into the file.
  public func note(number: Int, input: String, output: String?) {
    let output = output.map { text in
      text.utf8.count <= Self.outputLimit
        ? text : String(decoding: text.utf8.prefix(Self.outputLimit), as: UTF8.self) + "…"
    }
    let line = Line(session: 0, number: number, input: input, output: output)
    state.withLock { $0.noted.append(line) }
  }

  /// Writes to the file what was noted.
  ///
  /// A file that cannot be written costs an entry its place there, never the cell.
  public func write() { state.withLock { write(&$0) } }

  private func write(_ state: inout State) {
    for line in state.noted { write(line, &state) }
    state.noted = []
  }

  private func write(_ noted: Line, _ state: inout State) {
    var line = noted
    line.session = state.session ?? 0
    if let log {
      if state.session != nil, log.append(Self.bytes(of: line)) { return }
      // Kernels that start at the same time get numbers of their own, since only one at a time
      // may look for the last one.
      let isWritten = log.appendExclusively {
        let (lines, _) = log.lines(from: 0, limit: Self.readLimit)
        line.session =
          state.session ?? Self.next(after: lines.map { Self.session(of: $0) }.max() ?? 0)
        return Self.bytes(of: line)
      }
      state.session = max(line.session, 1)
      if isWritten { return }
    }
    line.session = state.session ?? 1
    state.session = line.session
    state.entries.append(.line(line))
  }

  /// The last `count` entries, oldest first.
  public func tail(_ count: Int) -> [Line] {
    state.withLock { state in
      refresh(&state)
      var found: [Line] = []
      var index = state.entries.count
      while index > 0, found.count < count {
        index -= 1
        if let line = Self.read(&state.entries[index]) { found.append(line) }
      }
      return found.reversed()
    }
  }

  /// The entries of a session with numbers from `start` up to but not including `stop`.
  ///
  /// Session 0 is this one; below zero are those before it, as they are counted in the file.
  public func range(session: Int, start: Int, stop: Int?) -> [Line] {
    let wanted = session <= 0 ? self.session.addingReportingOverflow(session).partialValue : session
    return all().filter {
      $0.session == wanted && $0.number >= start && $0.number < stop ?? .max
    }
  }

  /// The entries whose source matches a pattern of `*` and `?`, the last `count` of them.
  public func search(_ pattern: String, count: Int?, unique: Bool) -> [Line] {
    let glob = Array(pattern.unicodeScalars)
    var found = all().filter { Self.matches(glob, Array($0.input.unicodeScalars)) }
    if unique {
      var seen: Set<String> = []
      found = found.reversed().filter { seen.insert($0.input).inserted }.reversed()
    }
    return Array(found.suffix(max(count ?? found.count, 0)))
  }

  private func all() -> [Line] {
    state.withLock { state in
      refresh(&state)
      return state.entries.indices.compactMap { Self.read(&state.entries[$0]) }
    }
  }

  /// Takes in what this and other processes have added to the file.
  private func refresh(_ state: inout State) {
    write(&state)
    guard let log else { return }
    let (lines, end) = log.lines(from: state.end, limit: Self.readLimit)
    state.entries += lines.map(Entry.raw)
    state.end = end
  }

  private static func read(_ entry: inout Entry) -> Line? {
    if case .raw(let bytes) = entry { entry = line(Array(bytes)).map(Entry.line) ?? .broken }
    if case .line(let line) = entry { return line }
    return nil
  }

  private static func lastSession(_ entries: [Entry]) -> Int {
    entries.lazy.map { entry in
      switch entry {
      case .raw(let bytes): session(of: bytes)
      case .line(let line): line.session
      case .broken: 0
      }
    }.max() ?? 0
  }

  /// A damaged file may hold any number.
  private static func next(after session: Int) -> Int {
    let (next, overflow) = session.addingReportingOverflow(1)
    return overflow ? session : next
  }

  /// The session's number in a line of the file, without reading the rest.
  private static func session(of bytes: ArraySlice<UInt8>) -> Int {
    guard bytes.starts(with: sessionStart) else { return 0 }
    let digits = bytes.dropFirst(sessionStart.count).prefix { (0x30...0x39).contains($0) }
    return Int(String(decoding: digits, as: UTF8.self)) ?? 0
  }

  private static let sessionStart = Array("{\"session\":".utf8)

  private static func bytes(of line: Line) -> [UInt8] {
    // The session comes first: see `session(of:)`.
    var object: JSONObject = [
      "session": .int(line.session), "line": .int(line.number), "input": .string(line.input),
    ]
    if let output = line.output { object["output"] = .string(output) }
    return JSONValue.object(object).bytes() + [0x0A]
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
