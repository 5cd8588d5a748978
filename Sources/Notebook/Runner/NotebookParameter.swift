import JSON

/// A value given to a notebook from outside.
public struct NotebookParameter: Sendable, Equatable {
  /// The name that is set.
  public let name: String
  /// The value as text.
  public let value: String

  /// Reads `NAME=VALUE`; nil when the name is none.
  public init?(_ text: String) {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let name = text[..<equals]
    guard Self.isName(name) else { return nil }
    self.name = String(name)
    value = String(text[text.index(after: equals)...])
  }

  /// True for what can stand on the left of `=`.
  public static func isName(_ text: some StringProtocol) -> Bool {
    guard let first = text.first, first.isLetter || first == "_" else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// The line that sets it: numbers, `True`, `False` and `None` as such, all else as text.
  public var assignment: String { "\(name) = \(literal)" }

  private var literal: String {
    if ["True", "False", "None"].contains(value) { return value }
    if let number = Int(value) { return String(number) }
    if let number = Double(value), number.isFinite, value.allSatisfy(\.isASCII) {
      return JSONNumber.text(of: number)
    }
    return JSONValue.string(value).text()
  }
}
