/// How reading a line ended.
public enum LineResult: Sendable, Equatable {
  case line(String)
  /// Ctrl-D, or the end of the file.
  case endOfFile
  /// Ctrl-C.
  case interrupted
}
