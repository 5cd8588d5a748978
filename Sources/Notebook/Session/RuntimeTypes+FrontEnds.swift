public import Platform
public import Runtime

// What front ends need of the runtime's types, so that they import the notebook alone.

extension MimeBundle {
  /// The text for those who draw nothing else.
  public var plainText: String { text }

  /// The figure, when the bundle is one.
  public var svg: String? { self["image/svg+xml"] }
}

extension OutputStream {
  /// True for the stream of errors.
  public var isError: Bool { self == .error }
}

extension SessionConfiguration {
  /// Where displays end up.
  public typealias Target = DisplayTarget
}

extension DisplayTarget {
  /// A front end that draws rich formats.
  public static var richFrontEnd: DisplayTarget { .notebook }

  /// A pipe or a file.
  public static var textFile: DisplayTarget { .plain }

  /// A terminal of this size.
  public static func terminal(
    columns: Int, rows: Int, colors: Terminal.Colors, unicode: Bool
  ) -> DisplayTarget {
    .terminal(TerminalDisplay(columns: columns, rows: rows, colors: colors, unicode: unicode))
  }

  /// The same with the size that the terminal has now, since people drag the corners of windows.
  var atPresent: DisplayTarget {
    guard case .terminal(let display) = self, Terminal.isInteractive(Output.standardOutput) else {
      return self
    }
    let size = Terminal.size(Output.standardOutput)
    return .terminal(
      columns: size.columns, rows: size.rows, colors: display.colors, unicode: display.unicode)
  }
}
