import Platform

/// Lines of standard input without an editor, for programs that are piped into or ask in a script.
public enum PlainInput {
  /// Reads a line.
  public static func readLine() -> LineResult {
    let interrupts = Signals.interruptCount()
    if let line = Swift.readLine() { return .line(line) }
    return Signals.interruptCount() == interrupts ? .endOfFile : .interrupted
  }
}
