import JSON

/// Names a subshell.
struct SubshellReference: IncomingContent {
  let id: String

  init(_ content: ContentReader) throws(ContentError) { id = try content.text("subshell_id") }
}

/// Tells the name of a new subshell.
struct CreateSubshellReply: OutgoingContent {
  let id: String

  var messageType: String { "create_subshell_reply" }
  var json: JSONObject { ["status": "ok", "subshell_id": .string(id)] }
}

/// Tells that a subshell is gone.
struct DeleteSubshellReply: OutgoingContent {
  var messageType: String { "delete_subshell_reply" }
  var json: JSONObject { ["status": "ok"] }
}

/// Tells which subshells there are, oldest first.
struct ListSubshellReply: OutgoingContent {
  let ids: [String]

  var messageType: String { "list_subshell_reply" }
  var json: JSONObject {
    ["status": "ok", "subshell_id": .array(ids.map(JSONValue.string))]
  }
}
