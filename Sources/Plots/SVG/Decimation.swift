/// Thins out what is denser than pixels can show.
enum Decimation {
  /// The first, lowest, highest and last point of each half pixel column (M4).
  ///
  /// The picture hardly differs from that of all points, since within a column a line covers the
  /// range from its lowest to its highest point whatever the order between. Gaps stay gaps.
  ///
  /// - Parameters:
  ///   - points: A line from left to right.
  ///   - left: Where the columns begin, in pixels.
  ///   - perPixel: Columns per pixel.
  /// - Returns: At most four points a column, in their order.
  static func line(_ points: [Point], left: Double, perPixel: Double) -> [Point] {
    var result: [Point] = []
    var column = -Double.infinity
    var first = 0
    var low = 0
    var high = 0
    var last = -1
    func emit() {
      guard last >= first, last >= 0 else { return }
      var kept = [first, low, high, last]
      kept.sort()
      var previous = -1
      for index in kept where index != previous {
        result.append(points[index])
        previous = index
      }
    }
    for (index, point) in points.enumerated() {
      guard point.isFinite else {
        emit()
        last = -1
        column = -.infinity
        if result.last?.isFinite == true { result.append(point) }
        continue
      }
      let place = ((point.x - left) * perPixel).rounded(.down)
      if place != column {
        emit()
        column = place
        first = index
        low = index
        high = index
      } else {
        if point.y < points[low].y { low = index }
        if point.y > points[high].y { high = index }
      }
      last = index
    }
    emit()
    return result
  }

  /// True if the points run from left to right, gaps aside.
  static func isSorted(_ points: [Point]) -> Bool {
    var previous = -Double.infinity
    for point in points where point.isFinite {
      if point.x < previous { return false }
      previous = point.x
    }
    return true
  }

  /// One point for each pixel that has any, with the number of points there, in reading order.
  static func binned(_ points: [Point], _ frame: Frame) -> [(point: Point, count: Int)] {
    let columns = max(1, Int(exactly: frame.width.rounded()) ?? 1)
    let rows = max(1, Int(exactly: frame.height.rounded()) ?? 1)
    guard columns <= 10_000, rows <= 10_000 else { return [] }
    var counts = Array(repeating: 0, count: columns * rows)
    for point in points where point.isFinite && frame.contains(point) {
      let column = min(
        columns - 1, max(0, Int(exactly: (point.x - frame.left).rounded(.down)) ?? 0))
      let row = min(rows - 1, max(0, Int(exactly: (point.y - frame.top).rounded(.down)) ?? 0))
      counts[row * columns + column] += 1
    }
    return counts.indices.filter { counts[$0] > 0 }.map { index in
      let point = Point(
        frame.left + Double(index % columns) + 0.5, frame.top + Double(index / columns) + 0.5)
      return (point, counts[index])
    }
  }
}
