extension SVGWriter {
  /// Writes one shape; `title` becomes its tooltip.
  mutating func write(_ shape: Shape, _ frame: Frame, title: String?) {
    switch shape {
    case .line(let points, let stroke): writeLine(points, stroke, frame, title)
    case .markers(let points, let marker, let size, let paint, let opacity):
      let visible = points.filter { $0.isFinite && frame.contains($0) }
      if visible.count > budget.markersPerMark {
        writeDensity(visible, paint, frame, title)
      } else {
        writeMarkers(visible, marker, size: size, paint, opacity: opacity, title)
      }
    case .bars(let bars, let paint, let opacity):
      writeBars(bars, paint, opacity: opacity, frame, title)
    case .area(let upper, let lower, let paint, let opacity):
      writeArea(upper, lower, paint, opacity: opacity, frame, title)
    case .cells(let cells): write(cells)
    }
  }

  // MARK: Lines

  private mutating func writeLine(
    _ points: [Point], _ stroke: Stroke, _ frame: Frame, _ title: String?
  ) {
    var points = points
    let limit = min(3 * frame.width, budget.pointsPerLine)
    if Double(points.count) > limit {
      if Decimation.isSorted(points) {
        let perPixel = min(2, budget.pointsPerLine / (4 * max(1, frame.width)))
        points = Decimation.line(points, left: frame.left, perPixel: perPixel)
      } else if Double(points.count) > budget.pointsPerLine {
        writeDensity(points, stroke.paint, frame, title)
        return
      }
    }
    let clipped = Clip.line(points, to: frame)
    let parts = clipped.filter { $0.count > 1 }
    // A point between gaps would be a speck in the width of the line.
    let lone = clipped.filter { $0.count == 1 }.compactMap(\.first)
    if merged == nil {
      writeMarkers(
        lone, .point, size: max(4, stroke.width * 2), stroke.paint, opacity: stroke.opacity, nil)
    }
    if merged != nil {
      let known = merged?.firstIndex { $0.stroke == stroke }
      let index = known ?? merged?.count ?? 0
      if known == nil { merged?.append((stroke, PathBuilder())) }
      merged?[index].path.add(clipped)
    } else {
      var path = PathBuilder()
      path.add(parts)
      writeStroke(path.finish(), stroke, title)
    }
  }

  /// Writes a stroked path.
  mutating func writeStroke(_ path: String, _ stroke: Stroke, _ title: String?) {
    guard !path.isEmpty else { return }
    body += "<path\(palette.stroke(stroke.paint)) fill=\"none\""
    body += " stroke-width=\"\(Markup.width(stroke.width))\""
    body += " stroke-linejoin=\"round\" stroke-linecap=\"round\""
    if let pattern = stroke.dash.pattern { body += " stroke-dasharray=\"\(pattern)\"" }
    if stroke.opacity < 1 { body += " stroke-opacity=\"\(Markup.share(stroke.opacity))\"" }
    body += " d=\"\(path)\""
    close("path", title)
  }

  private mutating func close(_ element: String, _ title: String?) {
    if let title, !title.isEmpty {
      body += "><title>\(Markup.escaped(title))</title></\(element)>"
    } else {
      body += "/>"
    }
  }

  // MARK: Signs

  /// Writes signs at points, all in one path unless they are to shine through each other.
  mutating func writeMarkers(
    _ points: [Point], _ marker: Marker, size: Double, _ paint: Paint, opacity: Double,
    _ title: String?
  ) {
    guard !points.isEmpty else { return }
    let isSeparate = opacity < 1 && points.count <= 600
    let groups = isSeparate ? points.map { [$0] } : [points]
    let isRound = marker == .point || marker == .circle
    var look =
      isRound || marker.isStroked ? palette.stroke(paint) + " fill=\"none\"" : palette.fill(paint)
    if isRound {
      look += " stroke-linecap=\"round\" stroke-width=\"\(Markup.width(size))\""
    } else if marker.isStroked {
      look += " stroke-linecap=\"round\" stroke-width=\"1.5\""
    }
    if opacity < 1 { look += " opacity=\"\(Markup.share(opacity))\"" }
    if isSeparate { body += "<g\(look)>" }
    for group in groups {
      var path = PathBuilder()
      for point in group { Self.add(marker, at: point, size: size, to: &path) }
      body += "<path\(isSeparate ? "" : look) d=\"\(path.finish())\""
      close("path", isSeparate ? nil : title)
    }
    if isSeparate {
      if let title, !title.isEmpty { body += "<title>\(Markup.escaped(title))</title>" }
      body += "</g>"
    }
  }

  private static func add(
    _ marker: Marker, at center: Point, size: Double, to path: inout PathBuilder
  ) {
    let r = size / 2
    func polygon(_ corners: [(Double, Double)]) {
      for (index, corner) in corners.enumerated() {
        let point = Point(center.x + corner.0 * r, center.y + corner.1 * r)
        if index == 0 { path.move(to: point) } else { path.line(to: point) }
      }
      path.close()
    }
    func strokes(_ ends: [(Double, Double)]) {
      for end in ends {
        path.move(to: Point(center.x - end.0 * r, center.y - end.1 * r))
        path.line(to: Point(center.x + end.0 * r, center.y + end.1 * r))
      }
    }
    switch marker {
    case .point, .circle: path.dot(at: center)
    case .square: polygon([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
    case .diamond: polygon([(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)])
    case .triangle: polygon([(0, -1.15), (1.05, 0.75), (-1.05, 0.75)])
    case .triangleDown: polygon([(0, 1.15), (1.05, -0.75), (-1.05, -0.75)])
    case .cross: strokes([(0.8, 0.8), (0.8, -0.8)])
    case .plus: strokes([(1, 0), (0, 1)])
    case .star: strokes([(0, 1), (0.87, 0.5), (0.87, -0.5)])
    }
  }

  /// Writes more points than can be told apart: occupied squares, darker where there are more.
  private mutating func writeDensity(
    _ points: [Point], _ paint: Paint, _ frame: Frame, _ title: String?
  ) {
    // Squares of one pixel, or larger ones until they are few enough.
    var side = 1.0
    var squares = Decimation.squares(points, frame, side: side)
    while squares.count > budget.markersPerMark, side < 64 {
      let excess = Double(squares.count) / Double(max(1, budget.markersPerMark))
      side = max(side + 1, (side * excess.squareRoot() * 0.9).rounded())
      squares = Decimation.squares(points, frame, side: side)
    }
    let most = squares.map(\.count).max() ?? 1
    let levels = 4
    var paths = Array(repeating: PathBuilder(), count: levels)
    for square in squares {
      // Equal ratios of counts are equal steps of opacity.
      let share =
        most > 1
        ? Numeral.logarithm(Double(square.count)) / Numeral.logarithm(Double(most)) : 1
      let level = min(levels - 1, max(0, Int(exactly: (share * 3).rounded()) ?? 0))
      paths[level].move(to: Point(square.point.x - side / 2, square.point.y))
      paths[level].line(to: Point(square.point.x + side / 2, square.point.y))
    }
    body += "<g\(palette.stroke(paint)) fill=\"none\" stroke-width=\"\(Markup.width(side))\">"
    if let title, !title.isEmpty { body += "<title>\(Markup.escaped(title))</title>" }
    for level in paths.indices {
      let text = paths[level].finish()
      guard !text.isEmpty else { continue }
      let opacity = Markup.share(0.35 + 0.65 * Double(level) / Double(levels - 1))
      body += "<path stroke-opacity=\"\(opacity)\" d=\"\(text)\"/>"
    }
    body += "</g>"
  }

  // MARK: Bars and areas

  private mutating func writeBars(
    _ bars: [Bar], _ paint: Paint, opacity: Double, _ frame: Frame, _ title: String?
  ) {
    var visible: [Bar] = []
    for bar in bars {
      var cut = bar
      cut.left = max(frame.left, bar.left)
      cut.right = min(frame.right, bar.right)
      cut.top = max(frame.top, bar.top)
      cut.bottom = min(frame.bottom, bar.bottom)
      if cut.left < cut.right, cut.top <= cut.bottom { visible.append(cut) }
    }
    let isCrowded = visible.count > budget.barsPerMark
    if isCrowded { visible = Decimation.bars(visible, frame) }
    guard !visible.isEmpty else { return }
    body += "<g\(palette.fill(paint))"
    if opacity < 1 { body += " fill-opacity=\"\(Markup.share(opacity))\"" }
    body += ">"
    if let title, !title.isEmpty { body += "<title>\(Markup.escaped(title))</title>" }
    if isCrowded || visible.count > 200 {
      var path = PathBuilder()
      for bar in visible {
        path.rectangle(left: bar.left, top: bar.top, right: bar.right, bottom: bar.bottom)
      }
      body += "<path d=\"\(path.finish())\"/>"
    } else {
      for bar in visible {
        var path = PathBuilder()
        path.rectangle(left: bar.left, top: bar.top, right: bar.right, bottom: bar.bottom)
        body += "<path d=\"\(path.finish())\""
        close("path", bar.title)
      }
    }
    body += "</g>"
  }

  private mutating func writeArea(
    _ upper: [Point], _ lower: [Point], _ paint: Paint, opacity: Double, _ frame: Frame,
    _ title: String?
  ) {
    var path = PathBuilder()
    var start = 0
    let count = min(upper.count, lower.count)
    while start < count {
      var end = start
      while end < count, upper[end].isFinite, lower[end].isFinite { end += 1 }
      if end > start {
        var over = Array(upper[start..<end])
        var under = Array(lower[start..<end])
        if Double(over.count) > min(3 * frame.width, budget.pointsPerLine / 2) {
          let perPixel = min(2, budget.pointsPerLine / (8 * max(1, frame.width)))
          over = Decimation.line(over, left: frame.left, perPixel: perPixel)
          under = Decimation.line(under, left: frame.left, perPixel: perPixel)
        }
        let polygon = Clip.polygon(over + under.reversed(), to: frame)
        if let first = polygon.first {
          path.move(to: first)
          for point in polygon.dropFirst() { path.line(to: point) }
          path.close()
        }
      }
      start = end + 1
    }
    let text = path.finish()
    guard !text.isEmpty else { return }
    body += "<path\(palette.fill(paint)) fill-opacity=\"\(Markup.share(opacity))\" d=\"\(text)\""
    close("path", title)
  }
}

extension Decimation {
  /// The middles of occupied squares of a side in pixels, with the number of points in each.
  static func squares(_ points: [Point], _ frame: Frame, side: Double) -> [(
    point: Point, count: Int
  )] {
    let shrunk = Frame(
      left: 0, top: 0, right: (frame.width / side).rounded(.up),
      bottom: (frame.height / side).rounded(.up), x: frame.x, y: frame.y)
    let moved = points.lazy.filter { $0.isFinite && frame.contains($0) }
      .map { Point(($0.x - frame.left) / side, ($0.y - frame.top) / side) }
    return binned(Array(moved), shrunk).map { item in
      let x = min(frame.right - side / 2, frame.left + item.point.x * side)
      let y = min(frame.bottom - side / 2, frame.top + item.point.y * side)
      return (Point(x, y), item.count)
    }
  }

  /// Bars narrower than a pixel, merged to one for each pixel column that reaches as far as any.
  static func bars(_ bars: [Bar], _ frame: Frame) -> [Bar] {
    var columns: [Int: Bar] = [:]
    for bar in bars {
      let column = Int(exactly: ((bar.left + bar.right) / 2).rounded(.down)) ?? 0
      var merged = columns[column] ?? bar
      merged.left = Double(column)
      merged.right = Double(column) + 1
      merged.top = min(merged.top, bar.top)
      merged.bottom = max(merged.bottom, bar.bottom)
      columns[column] = merged
    }
    return columns.sorted { $0.key < $1.key }.map(\.value)
  }
}
