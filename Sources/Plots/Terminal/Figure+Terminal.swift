extension Figure {
  /// The figure drawn with characters: lines in braille, pictures and bars in blocks.
  ///
  /// - Parameter style: The size and the abilities of the terminal.
  /// - Returns: Lines joined by line ends, without one at the end.
  public func terminal(_ style: TerminalStyle) -> String {
    let figure = withSharedColors()
    let columns = max(1, figure.columns)
    let rows = max(1, figure.rows)
    let width = style.width / columns
    let height = figure.panelHeight(style, width)
    let heading = title == nil ? 0 : 1
    guard width >= 3 else { return summary }
    var canvas = TerminalCanvas(
      columns: style.width, rows: heading + rows * height, style: style)
    if let title { canvas.write(title, column: 0, row: 0) }
    for panel in figure.panels {
      // A column between panels keeps the one's labels from the other's plot.
      let drawn = TerminalPanel.drawn(
        panel, columns: width * panel.place.columnSpan - (columns > 1 ? 1 : 0),
        rows: height * panel.place.rowSpan - (rows > 1 ? 1 : 0), style: style)
      canvas.draw(
        drawn, column: panel.place.column * width, row: heading + panel.place.row * height)
    }
    return canvas.lines.joined(separator: "\n")
  }

  /// The rows of one panel: the whole height for one, less for several.
  private func panelHeight(_ style: TerminalStyle, _ width: Int) -> Int {
    guard rows > 1 || columns > 1 else { return style.height }
    let aspects = panels.flatMap(\.marks).compactMap {
      ($0 as? GridMark)?.extent(.linear, .linear).aspect
    }
    if width < 24, let tallest = aspects.max() {
      // Half a character is about square.
      let wanted = Double(width - 1) * tallest / 2
      return max(2, min(16, (Int(exactly: wanted.rounded(.up)) ?? 4) + 1))
    }
    return max(8, min(14, style.height * 2 / max(2, rows)))
  }
}
