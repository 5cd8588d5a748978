import JSON

/// Asks the front end's user for a line.
struct InputPrompt: OutgoingContent {
  let prompt: String
  let password: Bool

  var messageType: String { "input_request" }
  var json: JSONObject { ["prompt": .string(prompt), "password": .bool(password)] }
}

/// The user's line.
struct InputAnswer: IncomingContent {
  /// What front ends send when the user ends the input (Ctrl-D).
  static let endOfFile = "\u{04}"

  let value: String

  init(_ content: ContentReader) throws(ContentError) { value = try content.text("value") }
}
