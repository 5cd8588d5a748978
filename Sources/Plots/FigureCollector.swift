/// Gathers the figures of one cell: those that stand bare are laid over each other, in order, until
/// `show()` or `figure(...)` begins the next picture.
public struct FigureCollector: Sendable {
  private var current: Figure?
  private var finished: [Figure] = []

  /// Starts with no figure.
  public init() {}

  /// Adds the figure of one bare expression.
  ///
  /// - Throws: ``PlotError/unequalGrids(leftRows:leftColumns:rightRows:rightColumns:)`` if it cannot
  ///   be laid over what the group holds; the group is then unchanged.
  public mutating func add(_ figure: Figure) throws(PlotError) {
    if figure.startsGroup { show() }
    current = try current?.overlaid(with: figure) ?? figure
  }

  /// Closes the group: what `show()` does.
  public mutating func show() {
    if let current, current.hasMarks { finished.append(current) }
    current = nil
  }

  /// The pictures closed so far, each once.
  public mutating func takeFinished() -> [Figure] {
    defer { finished = [] }
    return finished
  }

  /// Ends the cell: all pictures that remain.
  public mutating func finish() -> [Figure] {
    show()
    return takeFinished()
  }
}
