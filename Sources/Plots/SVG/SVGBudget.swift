/// How many bytes each part of a figure may take, so that the whole stays below 200 kB.
struct SVGBudget {
  /// Points of one line beyond which it is thinned out.
  let pointsPerLine: Double
  /// Signs of one mark beyond which they are drawn as occupied pixels.
  let markersPerMark: Int
  /// Bytes of one grid beyond which it becomes an embedded picture.
  let bytesPerGrid: Int
  /// Pixels of one embedded picture.
  let pixelsPerGrid: Double
  /// Colours of one embedded picture, besides that of missing numbers.
  let colorsPerGrid: Int
  /// Bars of one mark beyond which they are merged by pixel columns.
  let barsPerMark: Int

  init(_ figure: Figure) {
    var lines = 1
    var markers = 1
    var grids = 1
    var bars = 1
    for mark in figure.panels.lazy.flatMap(\.marks) {
      if mark is GridMark { grids += 1 } else if mark is BarMark { bars += 1 } else { lines += 1 }
      if mark is ScatterMark || mark.style.marker != nil { markers += 1 }
    }
    pointsPerLine = 20_000 / Double(max(1, lines - 1))
    markersPerMark = 5000 / max(1, markers - 1)
    bytesPerGrid = 165_000 / max(1, grids - 1)
    colorsPerGrid = grids > 13 ? 63 : 255
    // Base 64 makes four characters of three bytes; a palette has three bytes a colour.
    pixelsPerGrid = max(64, Double(bytesPerGrid - 500 - colorsPerGrid * 4) / 1.34)
    barsPerMark = 1000 / max(1, bars - 1)
  }
}
