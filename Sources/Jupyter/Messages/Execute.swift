import JSON
import Notebook

/// Asks to run a cell.
struct ExecuteRequest: IncomingContent {
  let code: String
  let silent: Bool
  let storeHistory: Bool
  let userExpressions: [(name: String, source: String)]
  let allowInput: Bool
  let stopOnError: Bool

  init(_ content: ContentReader) throws(ContentError) {
    code = try content.text("code")
    silent = try content.flag("silent", default: false)
    storeHistory = try content.flag("store_history", default: !silent) && !silent
    var expressions: [(name: String, source: String)] = []
    for (name, value) in try content.members("user_expressions") {
      guard let source = value.string else {
        throw ContentError(
          field: "user_expressions.\(name)", expected: "a string", received: value.text())
      }
      expressions.append((name, source))
    }
    userExpressions = expressions
    allowInput = try content.flag("allow_stdin", default: true)
    stopOnError = try content.flag("stop_on_error", default: true)
  }
}

/// Tells how a cell ended.
struct ExecuteReply: OutgoingContent {
  /// The ways to end.
  enum Status: Sendable {
    case ok(expressions: [(name: String, result: Result<JSONObject, ErrorContent>)])
    case error(ErrorContent)
    case aborted
  }

  let status: Status
  /// Nil for what was never begun.
  let count: Int?
  /// What a pager shall show, set by the dispatcher.
  var pages: [JSONObject] = []

  var messageType: String { "execute_reply" }

  /// True when the cell ended because somebody asked it to.
  var wasInterrupted: Bool {
    if case .error(let error) = status { error.name == "KeyboardInterrupt" } else { false }
  }

  /// The word that the metadata repeats.
  var statusWord: String {
    switch status {
    case .ok: "ok"
    case .error: "error"
    case .aborted: "aborted"
    }
  }

  var json: JSONObject {
    var content: JSONObject = ["status": .string(statusWord)]
    if let count { content["execution_count"] = .int(count) }
    switch status {
    case .aborted: return content
    case .ok(let expressions):
      content["user_expressions"] = .object(
        JSONObject(expressions.map { ($0.name, Self.json(of: $0.result)) }))
    case .error(let error):
      for (key, value) in error.json { content[key] = value }
      content["user_expressions"] = [:]
    }
    content["payload"] = .array(
      pages.map { ["source": "page", "data": .object($0), "start": 0] })
    return content
  }

  private static func json(of result: Result<JSONObject, ErrorContent>) -> JSONValue {
    switch result {
    case .success(let data): return ["status": "ok", "data": .object(data), "metadata": [:]]
    case .failure(let error):
      var content: JSONObject = ["status": "error"]
      for (key, value) in error.json { content[key] = value }
      return .object(content)
    }
  }
}

/// Repeats the cell that now runs to all front ends.
struct ExecuteInput: OutgoingContent {
  let code: String
  let count: Int

  var messageType: String { "execute_input" }
  var json: JSONObject { ["code": .string(code), "execution_count": .int(count)] }
}

/// Shows the value of a cell's last expression.
struct ExecuteResult: OutgoingContent {
  let data: JSONObject
  let count: Int

  var messageType: String { "execute_result" }
  var json: JSONObject {
    ["execution_count": .int(count), "data": .object(data), "metadata": [:]]
  }
}
