import JSON
import Notebook

/// An error, as shown on iopub and repeated in replies.
struct ErrorContent: OutgoingContent, Error {
  let name: String
  let message: String
  let traceback: [String]

  /// An error of a cell, in colours.
  init(_ report: ErrorReport) {
    name = report.name
    message = report.message
    traceback = report.coloured
  }

  /// A request whose content is not what its type demands.
  init(_ error: ContentError) {
    name = "ValueError"
    message = error.description
    traceback = ["ValueError: \(message)"]
  }

  var messageType: String { "error" }
  var json: JSONObject {
    [
      "ename": .string(name), "evalue": .string(message),
      "traceback": .array(traceback.map(JSONValue.string)),
    ]
  }
}

/// The reply to a request that could not be served.
struct ErrorReply: OutgoingContent {
  let messageType: String
  let error: ErrorContent

  /// Answers a request of a type such as `inspect_request`.
  init(to requestType: String, _ error: ErrorContent) {
    let suffix = "_request"
    let stem = requestType.hasSuffix(suffix) ? requestType.dropLast(suffix.count) : requestType[...]
    messageType = stem + "_reply"
    self.error = error
  }

  var json: JSONObject {
    var content: JSONObject = ["status": "error"]
    for (key, value) in error.json { content[key] = value }
    return content
  }
}
