import JSON

/// Tells that the running cell was asked to stop.
struct InterruptReply: OutgoingContent {
  var messageType: String { "interrupt_reply" }
  var json: JSONObject { ["status": "ok"] }
}
