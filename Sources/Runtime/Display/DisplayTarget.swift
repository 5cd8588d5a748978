public import Platform

/// Where what a cell shows ends up, which decides how objects draw themselves.
public enum DisplayTarget: Sendable {
  /// A front end that draws rich formats and can replace what it has drawn.
  case notebook
  /// A terminal of a known size.
  case terminal(TerminalDisplay)
  /// A pipe or a file: text without control codes.
  case plain
}

/// What a terminal can show.
public struct TerminalDisplay: Sendable {
  /// Its width in character cells.
  public let columns: Int
  /// Its height in character cells.
  public let rows: Int
  /// The colours that it takes.
  public let colors: Terminal.Colors
  /// True when it shows UTF-8.
  public let unicode: Bool

  /// Describes a terminal.
  public init(columns: Int, rows: Int, colors: Terminal.Colors, unicode: Bool) {
    self.columns = columns
    self.rows = rows
    self.colors = colors
    self.unicode = unicode
  }
}
