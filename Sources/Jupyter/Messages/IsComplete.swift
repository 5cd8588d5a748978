import JSON

/// Asks whether a text can run as it stands.
struct IsCompleteRequest: IncomingContent {
  let code: String

  init(_ content: ContentReader) throws(ContentError) { code = try content.text("code") }
}

/// Whether a text can run as it stands.
enum CodeCompleteness: Sendable, Equatable {
  case complete
  /// More must follow, on a line that starts with `indent`.
  case incomplete(indent: String)
  case invalid
  case unknown
}

/// Tells whether a text can run as it stands.
struct IsCompleteReply: OutgoingContent {
  let completeness: CodeCompleteness

  var messageType: String { "is_complete_reply" }
  var json: JSONObject {
    switch completeness {
    case .complete: ["status": "complete"]
    case .incomplete(let indent): ["status": "incomplete", "indent": .string(indent)]
    case .invalid: ["status": "invalid"]
    case .unknown: ["status": "unknown"]
    }
  }
}
