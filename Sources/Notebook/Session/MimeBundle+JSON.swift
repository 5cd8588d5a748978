public import JSON
public import Runtime

extension MimeBundle {
  /// The bundle as messages and notebook files hold it: JSON formats as values, others as text.
  public var json: JSONObject {
    JSONObject(
      items.map { type, text in
        guard type == "application/json" || type.hasSuffix("+json"),
          let value = try? JSONValue(parsing: text)
        else { return (type, .string(text)) }
        return (type, value)
      })
  }
}
