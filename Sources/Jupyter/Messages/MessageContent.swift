import JSON

/// The content of a message that the kernel receives.
protocol IncomingContent: Sendable {
  /// Reads the fields; missing ones take the protocol's defaults where it has any.
  init(_ content: ContentReader) throws(ContentError)
}

/// The content of a message that the kernel sends.
protocol OutgoingContent: Sendable {
  /// The message type that it travels under.
  var messageType: String { get }
  /// The fields.
  var json: JSONObject { get }
}

/// Why a message's content is not what its type demands.
struct ContentError: Error, Equatable {
  let field: String
  let expected: String
  let received: String

  /// Names the problem; what comes from outside is cut to a length that can be shown.
  init(field: String, expected: String, received: String) {
    self.field = KernelLog.shortened(field)
    self.expected = expected
    self.received = KernelLog.shortened(received)
  }
}

extension ContentError: CustomStringConvertible {
  var description: String { "expected \(expected) for \"\(field)\"; received \(received)" }
}

/// Reads typed fields out of a message's content.
struct ContentReader: Sendable {
  let object: JSONObject

  init(_ object: JSONObject) { self.object = object }

  /// A text that must be there, unless `fallback` stands for it.
  func text(_ field: String, default fallback: String? = nil) throws(ContentError) -> String {
    try read(field, "a string", fallback) { $0.string }
  }

  /// A truth value that must be there, unless `fallback` stands for it.
  func flag(_ field: String, default fallback: Bool? = nil) throws(ContentError) -> Bool {
    try read(field, "true or false", fallback) { $0.bool }
  }

  /// A whole number that must be there, unless `fallback` stands for it.
  func integer(_ field: String, default fallback: Int? = nil) throws(ContentError) -> Int {
    try read(field, "an integer", fallback) { $0.int }
  }

  /// An object, empty when the field is missing.
  func members(_ field: String) throws(ContentError) -> JSONObject {
    try read(field, "an object", JSONObject()) { $0.object }
  }

  /// Missing and null mean the same: clients in several languages send null for "not given".
  private func read<Field>(
    _ field: String, _ expected: String, _ fallback: Field?, _ convert: (JSONValue) -> Field?
  ) throws(ContentError) -> Field {
    guard let value = object[field], !value.isNull else {
      if let fallback { return fallback }
      throw ContentError(field: field, expected: expected, received: "nothing")
    }
    if let result = convert(value) { return result }
    throw ContentError(field: field, expected: expected, received: value.text())
  }
}

/// A request without fields.
struct EmptyRequest: IncomingContent {
  init(_ content: ContentReader) throws(ContentError) {}
}
