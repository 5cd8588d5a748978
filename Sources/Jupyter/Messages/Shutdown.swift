import JSON

/// Asks the kernel to end.
struct ShutdownRequest: IncomingContent {
  /// True when another kernel will take its place.
  let restart: Bool

  init(_ content: ContentReader) throws(ContentError) {
    restart = try content.flag("restart", default: false)
  }
}

/// Tells that the kernel ends now.
struct ShutdownReply: OutgoingContent {
  let restart: Bool

  var messageType: String { "shutdown_reply" }
  var json: JSONObject { ["status": "ok", "restart": .bool(restart)] }
}
