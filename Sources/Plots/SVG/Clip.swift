/// Cuts lines at the edges of the plot area, so that no clip path with an identifier is needed.
enum Clip {
  /// The parts of a line that lie on the plot area; a point that is not finite ends a part.
  static func line(_ points: [Point], to frame: Frame) -> [[Point]] {
    var parts: [[Point]] = []
    var part: [Point] = []
    var previous: Point?
    func flush() {
      if !part.isEmpty { parts.append(part) }
      part = []
    }
    for (index, point) in points.enumerated() {
      guard point.isFinite else {
        flush()
        previous = nil
        continue
      }
      if let previous {
        if let (start, end) = segment(previous, point, frame) {
          if part.last != start {
            flush()
            part = [start]
          }
          part.append(end)
        } else {
          flush()
        }
      } else if index + 1 >= points.count || !points[index + 1].isFinite {
        // A lone point between gaps.
        if frame.contains(point) { parts.append([point]) }
      } else if frame.contains(point) {
        part = [point]
      }
      previous = point
    }
    flush()
    return parts
  }

  /// The part of a segment on the plot area, by Liang and Barsky.
  static func segment(_ a: Point, _ b: Point, _ frame: Frame) -> (Point, Point)? {
    let dx = b.x - a.x
    let dy = b.y - a.y
    guard dx.isFinite, dy.isFinite else { return nil }
    var enter = 0.0
    var leave = 1.0
    for (step, room) in [
      (-dx, a.x - frame.left), (dx, frame.right - a.x), (-dy, a.y - frame.top),
      (dy, frame.bottom - a.y),
    ] {
      if step == 0 {
        if room < 0 { return nil }
      } else if step < 0 {
        enter = max(enter, room / step)
      } else {
        leave = min(leave, room / step)
      }
    }
    guard enter <= leave else { return nil }
    return (
      enter == 0 ? a : Point(a.x + enter * dx, a.y + enter * dy),
      leave == 1 ? b : Point(a.x + leave * dx, a.y + leave * dy)
    )
  }

  /// A polygon cut at the edges of the plot area, by Sutherland and Hodgman.
  static func polygon(_ points: [Point], to frame: Frame) -> [Point] {
    var result = points
    let edges: [(Point) -> Double] = [
      { $0.x - frame.left }, { frame.right - $0.x }, { $0.y - frame.top }, { frame.bottom - $0.y },
    ]
    for inside in edges {
      let source = result
      result = []
      guard var previous = source.last else { return [] }
      for point in source {
        let (before, now) = (inside(previous), inside(point))
        if (before < 0) != (now < 0) {
          let share = before / (before - now)
          result.append(
            Point(
              previous.x + share * (point.x - previous.x),
              previous.y + share * (point.y - previous.y)))
        }
        if now >= 0 { result.append(point) }
        previous = point
      }
    }
    return result
  }
}
