import JSON
import Notebook

/// Asks whether a text can run as it stands.
struct IsCompleteRequest: IncomingContent {
  let code: String

  init(_ content: ContentReader) throws(ContentError) { code = try content.text("code") }
}

/// Tells whether a text can run as it stands.
struct IsCompleteReply: OutgoingContent {
  let completeness: CellCompleteness

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
