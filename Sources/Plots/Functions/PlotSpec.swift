public import Catalog

/// One plot function of the language: what people are told about it, and what it makes.
public struct PlotSpec: Sendable {
  /// The record behind help, completion and the reference.
  public let entry: Entry
  /// Further names of the same function.
  public let aliases: [String]
  private let body: @Sendable (Arguments) throws(PlotError) -> Figure

  init(
    _ entry: Entry, aliases: [String] = [],
    make body: @escaping @Sendable (Arguments) throws(PlotError) -> Figure
  ) {
    self.entry = entry
    self.aliases = aliases
    self.body = body
  }

  /// Makes the figure of one call.
  ///
  /// - Parameters:
  ///   - positional: The arguments in order.
  ///   - keywords: The named arguments, in the order of the call.
  /// - Returns: A figure of one panel or, for an arrangement, of several.
  /// - Throws: What is wrong with the call, in words for its author.
  public func make(
    _ positional: [PlotArgument], keywords: [(name: String, value: PlotArgument)] = []
  ) throws(PlotError) -> Figure {
    try body(Arguments(entry, positional: positional, keywords: keywords))
  }

  /// What is wrong with a call that has a keyword; nil when the function takes it.
  public func refusal(ofKeyword name: String) -> PlotError? {
    do throws(PlotError) { _ = try Arguments.fullName(name, of: entry) } catch { return error }
    return nil
  }
}

/// The plot functions of the language that make figures.
public enum PlotTable {
  /// All of them: marks, then decorations, then arrangements.
  public static let all: [PlotSpec] = MarkTable.all + DecorationTable.all + ArrangementTable.all

  /// The function of a name or of one of its further names.
  public static func spec(named name: String) -> PlotSpec? {
    all.first { $0.entry.name == name || $0.aliases.contains(name) }
  }
}
