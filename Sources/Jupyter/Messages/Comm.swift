import JSON

/// Asks which comms are open.
struct CommInfoRequest: IncomingContent {
  /// Only those of this target; nil is all.
  let target: String?

  init(_ content: ContentReader) throws(ContentError) {
    let name = try content.text("target_name", default: "")
    target = name.isEmpty ? nil : name
  }
}

/// The open comms with their targets.
struct CommInfoReply: OutgoingContent {
  let comms: [(id: String, target: String)]

  var messageType: String { "comm_info_reply" }
  var json: JSONObject {
    let members = comms.map { ($0.id, ["target_name": .string($0.target)] as JSONValue) }
    return ["status": "ok", "comms": .object(JSONObject(members))]
  }
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
