import JSON
import Notebook

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
  private static let endOfFile = "\u{04}"

  /// The line; or that the input has ended.
  let result: Result<String, InputFailure>

  init(_ content: ContentReader) throws(ContentError) {
    let value = try content.text("value")
    result = value == Self.endOfFile ? .failure(.endOfFile) : .success(value)
  }
}
