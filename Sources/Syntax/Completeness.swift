/// Whether a text can run as it stands, asked each time that Enter is pressed.
public enum Completeness: Sendable, Hashable {
  /// It can run.
  case complete
  /// More must follow, on a line that starts with `indent`.
  case incomplete(indent: String)
  /// Nothing that could follow makes it right.
  case invalid
  /// Cannot be told.
  case unknown

  /// Judges a text.
  public static func of(_ text: String) -> Completeness {
    .unknown
  }
}
