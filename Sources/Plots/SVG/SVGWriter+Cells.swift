extension SVGWriter {
  /// Writes coloured cells: as one path per colour, or as an embedded picture if there are many.
  mutating func write(_ cells: Cells) {
    let rowHeight = (cells.bottom - cells.top) / Double(max(1, cells.rows))
    let columnWidth = (cells.right - cells.left) / Double(max(1, cells.columns))
    let isFine = rowHeight < 2 || columnWidth < 1
    if isFine || cells.values.count > 10_000 || Self.bytes(cells) > budget.bytesPerGrid {
      writePicture(cells)
    } else {
      writeRuns(cells)
    }
  }

  /// About how many bytes the runs of a grid take.
  private static func bytes(_ cells: Cells) -> Int {
    var used: Set<Int> = []
    var runs = 0
    for row in 0..<cells.rows {
      var previous = -2
      for column in 0..<cells.columns {
        let level = cells.level(cells.values[row * cells.columns + column])
        if level != previous { runs += 1 }
        previous = level
        used.insert(level)
      }
    }
    // Rows of two heights, which rounding makes, have a path for each colour.
    return used.count * 2 * 36 + runs * 11
  }

  /// Where rows or columns begin and end, on whole pixels.
  private static func edges(_ start: Double, _ end: Double, _ count: Int) -> [Double] {
    (0...count).map { (start + (end - start) * Double($0) / Double(count)).rounded() }
  }

  /// Runs of equal cells in a row become one stroke; strokes of one colour and height one path.
  private mutating func writeRuns(_ cells: Cells) {
    let table = cells.map.table
    let levels = cells.values.map { cells.level($0) }
    var counts = Array(repeating: 0, count: 257)
    for level in levels { counts[level + 1] += 1 }
    let common = counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0
    let xs = Self.edges(cells.left, cells.right, cells.columns)
    let ys = Self.edges(cells.top, cells.bottom, cells.rows)
    func color(_ level: Int) -> String { (level < 0 ? ColorMap.missing : table[level]).svg }

    body += "<g fill=\"none\" shape-rendering=\"crispEdges\">"
    var ground = PathBuilder()
    ground.rectangle(left: cells.left, top: cells.top, right: cells.right, bottom: cells.bottom)
    body += "<path fill=\"\(color(common - 1))\" d=\"\(ground.finish())\"/>"
    let heights = Set((0..<cells.rows).map { ys[$0 + 1] - ys[$0] }).sorted()
    for height in heights {
      var paths: [Int: PathBuilder] = [:]
      for row in 0..<cells.rows where ys[row + 1] - ys[row] == height {
        var column = 0
        let y = (ys[row] + ys[row + 1]) / 2
        while column < cells.columns {
          let level = levels[row * cells.columns + column]
          let start = column
          while column < cells.columns, levels[row * cells.columns + column] == level {
            column += 1
          }
          guard level + 1 != common else { continue }
          paths[level, default: PathBuilder()].move(to: Point(xs[start], y))
          paths[level, default: PathBuilder()].line(to: Point(xs[column], y))
        }
      }
      guard !paths.isEmpty else { continue }
      body += "<g stroke-width=\"\(Markup.width(height))\">"
      for (level, path) in paths.sorted(by: { $0.key < $1.key }) {
        var path = path
        body += "<path stroke=\"\(color(level))\" d=\"\(path.finish())\"/>"
      }
      body += "</g>"
    }
    body += "</g>"
  }

  /// An indexed picture: cells averaged where they are smaller than a pixel, repeated where larger.
  private mutating func writePicture(_ cells: Cells) {
    let wide = cells.right - cells.left
    let tall = cells.bottom - cells.top
    let shrink = min(1, (budget.pixelsPerGrid / max(1, wide * tall)).squareRoot())
    let columns = max(1, Int(exactly: (wide * shrink).rounded(.down)) ?? 1)
    let rows = max(1, Int(exactly: (tall * shrink).rounded(.down)) ?? 1)
    guard columns <= 10_000, rows <= 10_000, cells.rows > 0, cells.columns > 0 else { return }
    let colors = budget.colorsPerGrid
    var pixels: [UInt8] = []
    pixels.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let firstRow = row * cells.rows / rows
      let lastRow = max(firstRow + 1, (row + 1) * cells.rows / rows)
      for column in 0..<columns {
        let firstColumn = column * cells.columns / columns
        let lastColumn = max(firstColumn + 1, (column + 1) * cells.columns / columns)
        var sum = 0.0
        var count = 0.0
        for y in firstRow..<min(cells.rows, lastRow) {
          for x in firstColumn..<min(cells.columns, lastColumn) {
            let value = cells.values[y * cells.columns + x]
            guard value.isFinite else { continue }
            sum += value
            count += 1
          }
        }
        let level = cells.level(count > 0 ? sum / count : .nan)
        let index = level < 0 ? colors : level * (colors - 1) / 255
        pixels.append(UInt8(exactly: index) ?? 0)
      }
    }
    let table = cells.map.table
    let palette = (0..<colors).map { table[$0 * 255 / (colors - 1)] } + [ColorMap.missing]
    let data =
      "data:image/png;base64,"
      + IndexedPNG.base64(IndexedPNG.bytes(width: columns, pixels: pixels, palette: palette))
    // The older name of the attribute alone: every reader knows it, Inkscape knows no other.
    body +=
      "<image x=\"\(Markup.pixels(cells.left))\" y=\"\(Markup.pixels(cells.top))\" "
      + "width=\"\(Markup.pixels(wide))\" height=\"\(Markup.pixels(tall))\" "
      + "preserveAspectRatio=\"none\" image-rendering=\"pixelated\" "
      + "xlink:href=\"\(data)\"/>"
  }
}
