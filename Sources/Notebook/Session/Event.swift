public import Diagnostics
public import Runtime

/// What a running cell emits, in order; kernel, REPL and runner are three renderers of it.
public enum Event: Sendable {
  /// Text written by the program.
  case stream(OutputStream, String)
  /// Something shown; with an id it can be replaced by a later ``update(_:id:)``.
  case display(MimeBundle, id: String?)
  /// New content for every display with the id.
  case update(MimeBundle, id: String)
  /// The value of the cell's last expression.
  case result(MimeBundle, count: Int)
  /// The cell ended with an error.
  case error(ErrorReport)
  /// Advice, rendered as a warning on stderr.
  case advice(String)
  /// Take away what the cell has shown so far; with `wait`, when the next output comes.
  case clear(wait: Bool)
  /// Text for a pager: the answer to `name?`.
  case page(MimeBundle)
  /// A line of progress that replaces the one before it; nil takes it away. Only sent where the
  /// display target is a terminal.
  case progress(String?)
}

/// An error as front ends show it.
public struct ErrorReport: Error, Sendable {
  /// Python's name for the mistake: `TypeError`.
  public let name: String
  /// Its message.
  public let message: String
  /// The rendering of the shared renderer without colours, in lines.
  public let plain: [String]
  /// The same with ANSI colours.
  public let coloured: [String]
  /// The place; nil when there is none.
  public let primary: Diagnostic.Label?

  /// Makes a report.
  public init(
    name: String, message: String, plain: [String], coloured: [String],
    primary: Diagnostic.Label? = nil
  ) {
    self.name = name
    self.message = message
    self.plain = plain
    self.coloured = coloured
    self.primary = primary
  }
}
