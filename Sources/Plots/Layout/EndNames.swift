/// Names beside the right ends of lines, pushed apart so that none touches another.
enum EndNames {
  /// A name and the height at which its line ends.
  struct End {
    var name: String
    var y: Double
    var paint: Paint
  }

  /// The least distance of two names in pixels.
  static let distance = 15.0

  /// Moves names as little as is needed, keeping their order, within the plot.
  static func spread(_ ends: [End], top: Double, bottom: Double) -> [End] {
    var sorted = ends.enumerated().sorted {
      ($0.element.y, $0.offset) < ($1.element.y, $1.offset)
    }.map(\.element)
    guard sorted.count > 1 else {
      for index in sorted.indices { sorted[index].y = max(top, min(bottom, sorted[index].y)) }
      return sorted
    }
    // Groups of touching names move as one and are centred on the mean of their lines.
    var groups: [(first: Int, count: Int, middle: Double)] = []
    for (index, end) in sorted.enumerated() {
      groups.append((index, 1, end.y))
      while let last = groups.last, groups.count > 1 {
        let before = groups[groups.count - 2]
        let needed = Double(before.count + last.count) / 2 * distance
        guard last.middle - before.middle < needed else { break }
        let count = before.count + last.count
        let middle =
          (before.middle * Double(before.count) + last.middle * Double(last.count)) / Double(count)
        groups.removeLast(2)
        groups.append((before.first, count, middle))
      }
    }
    for group in groups {
      for place in 0..<group.count {
        let offset = (Double(place) - Double(group.count - 1) / 2) * distance
        sorted[group.first + place].y = group.middle + offset
      }
    }
    var floor = top
    for index in sorted.indices {
      sorted[index].y = max(sorted[index].y, floor)
      floor = sorted[index].y + distance
    }
    var ceiling = bottom
    for index in sorted.indices.reversed() {
      sorted[index].y = min(sorted[index].y, ceiling)
      ceiling = sorted[index].y - distance
    }
    return sorted
  }
}
