public import Diagnostics
public import Platform

/// What running code can reach: globals, builtins, limits, and the world outside through ``Host``.
///
/// One interpreter serves one session and lives on the evaluator thread.
public final class Interpreter {
  /// Set from other threads to stop running code.
  public let interruption: Interruption
  /// Where output goes and input comes from.
  public var host: any Host

  /// Makes an interpreter with the core builtins bound.
  public init(interruption: Interruption, host: any Host) {
    self.interruption = interruption
    self.host = host
  }
}

/// The world outside running code, as the session provides it.
public protocol Host: AnyObject {
  /// Writes text to a stream of the cell.
  func write(_ text: String, to stream: OutputStream)
  /// Shows a bundle now, in program order; with an id it can be updated later.
  func display(_ bundle: MimeBundle, id: String?, update: Bool)
  /// Takes away what the cell has shown; with `wait`, when the next output comes.
  func clearOutput(wait: Bool)
  /// Asks the user for a line; a fault when there is no user or input ends.
  func input(prompt: String, password: Bool) throws(Fault) -> String
  /// Tells the user something that is no error, once per place.
  func advise(_ advice: Diagnostic)
  /// Shows a line of progress in place of the one before it; nil takes it away. Only terminals
  /// show it.
  func progress(_ line: String?)
  /// Shows help: in a pager where there is one.
  func page(_ bundle: MimeBundle)
  /// Where displays end up.
  var target: DisplayTarget { get }
  /// The files that the program may open.
  var files: FileAccess { get }
}

/// The two streams of a cell.
public enum OutputStream: Sendable {
  case standard, error
}
