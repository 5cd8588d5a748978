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
}
