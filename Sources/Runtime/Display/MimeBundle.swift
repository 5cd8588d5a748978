/// One thing to show, in one or more formats: front ends take the richest that they can draw.
public struct MimeBundle: Sendable {
  /// MIME types with their texts, in the order made; `text/plain` is always among them.
  public private(set) var items: [(type: String, text: String)]

  /// A bundle of plain text.
  public init(text: String) { items = [("text/plain", text)] }

  /// A bundle of a richer format and the plain text that stands for it.
  public init(type: String, _ content: String, text: String) {
    items = [(type, content), ("text/plain", text)]
  }

  /// The content of a type; nil when the bundle has none.
  public subscript(type: String) -> String? { items.first { $0.type == type }?.text }

  /// The plain text.
  public var text: String { self["text/plain"] ?? "" }

  /// Adds a format.
  public mutating func add(_ type: String, _ content: String) { items.append((type, content)) }
}
