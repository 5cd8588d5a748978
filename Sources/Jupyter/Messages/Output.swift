import JSON
import Notebook

/// Text written by the program.
struct StreamOutput: OutgoingContent {
  /// `stdout` or `stderr`.
  let name: String
  let text: String

  var messageType: String { "stream" }
  var json: JSONObject { ["name": .string(name), "text": .string(text)] }
}

/// Something shown.
struct DisplayData: OutgoingContent {
  let data: JSONObject
  /// The name by which it can be replaced.
  let id: String?
  /// True when it replaces what is shown under the name.
  let isUpdate: Bool

  var messageType: String { isUpdate ? "update_display_data" : "display_data" }
  var json: JSONObject {
    [
      "data": .object(data), "metadata": [:],
      "transient": id.map { ["display_id": .string($0)] } ?? [:],
    ]
  }
}

/// Takes away what the cell has shown.
struct ClearOutput: OutgoingContent {
  /// True to keep it until the next output comes.
  let wait: Bool

  var messageType: String { "clear_output" }
  var json: JSONObject { ["wait": .bool(wait)] }
}
