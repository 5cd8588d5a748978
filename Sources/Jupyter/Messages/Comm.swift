import JSON

/// Asks which comms are open.
struct CommInfoRequest: IncomingContent {
  /// Checks the target; whichever it is, there are none.
  init(_ content: ContentReader) throws(ContentError) {
    _ = try content.text("target_name", default: "")
  }
}

/// The open comms, of which the kernel never has any.
struct CommInfoReply: OutgoingContent {
  var messageType: String { "comm_info_reply" }
  var json: JSONObject { ["status": "ok", "comms": [:]] }
}

/// Opens a comm to a target of the kernel.
struct CommOpen: IncomingContent {
  let id: String
  let target: String

  init(_ content: ContentReader) throws(ContentError) {
    id = try content.text("comm_id")
    target = try content.text("target_name")
  }
}

/// Sends data through a comm, or closes it: both name the comm.
struct CommReference: IncomingContent {
  let id: String

  init(_ content: ContentReader) throws(ContentError) { id = try content.text("comm_id") }
}

/// Tells the front end that a comm is gone.
struct CommClose: OutgoingContent {
  let id: String

  var messageType: String { "comm_close" }
  var json: JSONObject { ["comm_id": .string(id), "data": [:]] }
}
