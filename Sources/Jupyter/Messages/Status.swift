import JSON

/// What the kernel does; sent by the dispatcher only.
enum Status: String, OutgoingContent {
  case starting, busy, idle

  var messageType: String { "status" }
  var json: JSONObject { ["execution_state": .string(rawValue)] }
}

/// Tells a subscriber of iopub that it misses nothing from here on.
struct IopubWelcome: OutgoingContent {
  /// The topic subscribed to.
  let subscription: String

  var messageType: String { "iopub_welcome" }
  var json: JSONObject { ["subscription": .string(subscription)] }
}
