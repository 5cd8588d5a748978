/// A problem with a place: what is wrong, where, and at most one fact and one edit that works.
///
/// Every front end renders diagnostics, faults and advice alike, through this one type.
public struct Diagnostic: Sendable {
  /// How serious it is.
  public enum Severity: Sendable {
    case error, warning
  }

  /// A place and the words beside its underline.
  public struct Label: Sendable {
    /// The file that `span` refers to.
    public let file: SourceFile
    /// The bytes underlined.
    public let span: Span
    /// The words beside the underline; may be empty.
    public let text: String

    /// Labels a place.
    public init(_ file: SourceFile, _ span: Span, _ text: String = "") {
      self.file = file
      self.span = span
      self.text = text
    }

    /// The text underlined; nil when the span is not within the file.
    public var underlined: String? {
      guard span.start >= 0, span.start <= span.end, span.end <= file.bytes.count else {
        return nil
      }
      return String(decoding: file.bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
    }
  }

  /// One call on the way to a fault.
  public struct Frame: Sendable {
    /// The function's name, or `<cell>` for the top level.
    public let function: String
    /// The place of the call (for the innermost frame, of the fault).
    public let label: Label

    /// Describes a call.
    public init(function: String, label: Label) {
      self.function = function
      self.label = label
    }
  }

  /// How serious it is.
  public let severity: Severity
  /// The name of the kind, Python's for the same mistake: `TypeError`, `SyntaxError`; for a
  /// warning, `Advice`.
  public let name: String
  /// What was expected and what was received, without a final period.
  public let message: String
  /// The place; nil when there is none.
  public let primary: Label?
  /// Further places, such as the bracket that was never closed.
  public let secondary: [Label]
  /// A fact that helps.
  public let note: String?
  /// An edit that works.
  public let help: String?
  /// The calls, outermost first; empty or one frame when the fault is at the top level.
  public let frames: [Frame]

  /// Describes a problem.
  public init(
    _ severity: Severity = .error, name: String, message: String, primary: Label?,
    secondary: [Label] = [], note: String? = nil, help: String? = nil, frames: [Frame] = []
  ) {
    self.severity = severity
    self.name = name
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.note = note
    self.help = help
    self.frames = frames
  }
}
