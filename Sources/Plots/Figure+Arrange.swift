extension Figure {
  /// This figure at the left, the other at the right.
  public func beside(_ other: Figure) throws(PlotError) -> Figure {
    let tall = try Figure.commonMultiple(rows, other.rows)
    let left = stretched(rows: tall, columns: columns)
    let right = other.stretched(rows: tall, columns: other.columns)
    var both = left
    both.columns = left.columns + right.columns
    both.panels += right.shifted(row: 0, column: left.columns).panels
    guard both.panels.count <= Self.maximumPanels else {
      throw .tooLarge(function: "row", what: "panels", limit: Self.maximumPanels)
    }
    both.joinFrames(self, other)
    return both
  }

  /// This figure above the other.
  public func above(_ other: Figure) throws(PlotError) -> Figure {
    let wide = try Figure.commonMultiple(columns, other.columns)
    let upper = stretched(rows: rows, columns: wide)
    let lower = other.stretched(rows: other.rows, columns: wide)
    var both = upper
    both.rows = upper.rows + lower.rows
    both.panels += lower.shifted(row: upper.rows, column: 0).panels
    guard both.panels.count <= Self.maximumPanels else {
      throw .tooLarge(function: "column", what: "panels", limit: Self.maximumPanels)
    }
    both.joinFrames(self, other)
    return both
  }

  /// Figures in the order of reading on a grid; places without a figure stay empty.
  ///
  /// - Throws: ``PlotError/figureCount(rows:columns:received:)`` if there are more than places.
  public static func grid(rows: Int, columns: Int, _ figures: [Figure]) throws(PlotError) -> Figure
  {
    guard rows > 0, columns > 0, rows <= maximumSide, columns <= maximumSide else {
      throw .tooLarge(function: "subplots", what: "rows or columns of panels", limit: maximumSide)
    }
    guard rows * columns <= maximumPanels else {
      throw .tooLarge(function: "subplots", what: "panels", limit: maximumPanels)
    }
    guard figures.count <= rows * columns else {
      throw .figureCount(rows: rows, columns: columns, received: figures.count)
    }
    var result = Figure(panels: [])
    result.rows = rows
    result.columns = columns
    for (index, figure) in figures.enumerated() {
      guard figure.isSingle else {
        throw .badValue(
          function: "subplots", argument: "figures", expected: "figures of one panel",
          received: "one of \(figure.rows) x \(figure.columns) panels")
      }
      result.panels += figure.shifted(row: index / columns, column: index % columns).panels
      result.size = result.size ?? figure.size
    }
    return result
  }

  /// Panels beyond this are refused.
  static let maximumPanels = 100

  /// Rows and columns of panels beyond this are refused.
  static let maximumSide = 60

  private static func commonMultiple(_ a: Int, _ b: Int) throws(PlotError) -> Int {
    var (high, low) = (max(a, b, 1), max(1, min(a, b)))
    let product = high * low
    while low > 0 { (high, low) = (low, high % low) }
    guard product / high <= maximumSide else {
      throw .tooLarge(function: "row", what: "rows or columns of panels", limit: maximumSide)
    }
    return product / high
  }

  private func stretched(rows newRows: Int, columns newColumns: Int) -> Figure {
    let down = newRows / max(rows, 1)
    let across = newColumns / max(columns, 1)
    var result = self
    result.rows = newRows
    result.columns = newColumns
    for index in result.panels.indices {
      result.panels[index].place.row *= down
      result.panels[index].place.rowSpan *= down
      result.panels[index].place.column *= across
      result.panels[index].place.columnSpan *= across
    }
    return result
  }

  private func shifted(row: Int, column: Int) -> Figure {
    var result = self
    for index in result.panels.indices {
      result.panels[index].place.row += row
      result.panels[index].place.column += column
    }
    return result
  }

  /// A title above several panels goes to the first of them when they become a part.
  private mutating func joinFrames(_ first: Figure, _ second: Figure) {
    title = first.title ?? second.title
    size = nil
    startsGroup = first.startsGroup || second.startsGroup
    shareX = .automatic
    if first.shareX == .always, second.shareX == .always { shareX = .always }
  }
}
