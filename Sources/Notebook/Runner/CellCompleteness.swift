import Syntax

/// Whether a cell can run as it stands, with the lines that speak to the session.
public enum CellCompleteness: Sendable, Equatable {
  /// It can run.
  case complete
  /// More must follow, on a line that starts with `indent`.
  case incomplete(indent: String)
  /// Nothing that could follow makes it right.
  case invalid
  /// Cannot be told.
  case unknown

  /// Judges a cell: its last source decides, since commands are whole lines.
  public static func of(_ code: String) -> CellCompleteness {
    guard case .source(let source, _)? = CellPart.parts(of: code).last else { return .complete }
    return switch Completeness.of(source) {
    case .complete: .complete
    case .incomplete(let indent): .incomplete(indent: indent)
    case .invalid: .invalid
    case .unknown: .unknown
    }
  }
}
