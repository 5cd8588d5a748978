import JSON

/// Asks what could stand at the cursor.
struct CompleteRequest: IncomingContent {
  let code: String
  /// In code points; moved into the text when it lies outside.
  let cursor: Int

  init(_ content: ContentReader) throws(ContentError) {
    code = try content.text("code")
    cursor = try content.cursor(in: code)
  }
}

extension ContentReader {
  /// The cursor in code points: the end of the text when missing, moved into it when outside.
  func cursor(in code: String) throws(ContentError) -> Int {
    let end = code.unicodeScalars.count
    return min(max(try integer("cursor_pos", default: end), 0), end)
  }
}

/// One way to complete a text.
struct CompletionMatch: Sendable, Equatable {
  let text: String
  /// `function`, `module`, `keyword` …: front ends choose an icon by it.
  let kind: String
  /// The parameters of what can be called, else empty.
  let signature: String
}

/// What could stand at the cursor.
struct CompleteReply: OutgoingContent {
  let matches: [CompletionMatch]
  /// The replaced part, in code points.
  let start: Int
  let end: Int

  var messageType: String { "complete_reply" }
  var json: JSONObject {
    [
      "status": "ok",
      "matches": .array(matches.map { .string($0.text) }),
      "cursor_start": .int(start),
      "cursor_end": .int(end),
      "metadata": ["_jupyter_types_experimental": .array(matches.map(types))],
    ]
  }

  private func types(_ match: CompletionMatch) -> JSONValue {
    [
      "start": .int(start), "end": .int(end), "text": .string(match.text),
      "type": .string(match.kind), "signature": .string(match.signature),
    ]
  }
}
