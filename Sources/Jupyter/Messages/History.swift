import JSON

/// Asks for cells that were run before.
struct HistoryRequest: IncomingContent {
  /// Which of them.
  enum Access: Sendable, Equatable {
    /// The last `count`.
    case tail(count: Int)
    /// Lines `start` up to but not including `stop`; nil is the end. Session 0 is this one, below
    /// zero are those before it.
    case range(session: Int, start: Int, stop: Int?)
    /// Those that match a pattern of `*` and `?`, the last `count`; nil is all.
    case search(pattern: String, count: Int?, unique: Bool)
  }

  let access: Access
  let output: Bool

  init(_ content: ContentReader) throws(ContentError) {
    output = try content.flag("output", default: false)
    let kind = try content.text("hist_access_type", default: "tail")
    let count = try content.integer("n", default: Int.max)
    switch kind {
    case "tail": access = .tail(count: max(count, 0))
    case "range":
      let stop = try content.integer("stop", default: Int.max)
      access = .range(
        session: try content.integer("session", default: 0),
        start: try content.integer("start", default: 0), stop: stop == Int.max ? nil : stop)
    case "search":
      access = .search(
        pattern: try content.text("pattern", default: "*"),
        count: count == Int.max ? nil : max(count, 0),
        unique: try content.flag("unique", default: false))
    default:
      throw ContentError(
        field: "hist_access_type", expected: "tail, range or search",
        received: KernelLog.quoted(kind))
    }
  }
}

/// One cell that was run before.
struct HistoryLine: Sendable, Equatable {
  let session: Int
  let line: Int
  let input: String
  let output: String?
}

/// The cells asked for, oldest first.
struct HistoryReply: OutgoingContent {
  let lines: [HistoryLine]
  /// Whether each comes with its result.
  let withOutput: Bool

  var messageType: String { "history_reply" }
  var json: JSONObject { ["status": "ok", "history": .array(lines.map(entry))] }

  private func entry(_ line: HistoryLine) -> JSONValue {
    let output = line.output.map(JSONValue.string) ?? .null
    return [
      .int(line.session), .int(line.line),
      withOutput ? [.string(line.input), output] : .string(line.input),
    ]
  }
}
