import JSON

/// Asks what the name at the cursor is.
struct InspectRequest: IncomingContent {
  let code: String
  /// In code points; moved into the text when it lies outside.
  let cursor: Int
  /// 0 for a summary, 1 for everything.
  let detail: Int

  init(_ content: ContentReader) throws(ContentError) {
    code = try content.text("code")
    cursor = try content.cursor(in: code)
    detail = try content.integer("detail_level", default: 0)
  }
}

/// Tells what the name at the cursor is; nil data when nothing is known of it.
struct InspectReply: OutgoingContent {
  let data: JSONObject?

  var messageType: String { "inspect_reply" }
  var json: JSONObject {
    [
      "status": "ok", "found": .bool(data != nil), "data": .object(data ?? JSONObject()),
      "metadata": [:],
    ]
  }
}
