/// Writes a path in few bytes.
///
/// Coordinates are whole tenths of a pixel; each command is the difference of two rounded absolute
/// places, so that rounding never adds up. Points on the line between their neighbours are dropped.
struct PathBuilder {
  private(set) var text = ""
  private var x = 0
  private var y = 0
  private var startX = 0
  private var startY = 0
  /// The step that is held back until it is known whether the next continues it.
  private var stepX = 0
  private var stepY = 0
  private var last: Character?

  /// Lifts the pen to a place.
  mutating func move(to point: Point) {
    flush()
    let newX = Markup.tenths(point.x)
    let newY = Markup.tenths(point.y)
    if last == nil {
      write("M", [newX, newY])
    } else {
      write("m", [newX - x, newY - y])
    }
    (x, y, startX, startY) = (newX, newY, newX, newY)
  }

  /// Draws a line to a place.
  mutating func line(to point: Point) {
    let dx = Markup.tenths(point.x) - x - stepX
    let dy = Markup.tenths(point.y) - y - stepY
    guard dx != 0 || dy != 0 else { return }
    let isStraight = stepX * dy == stepY * dx && stepX * dx + stepY * dy >= 0
    if !isStraight { flush() }
    stepX += dx
    stepY += dy
  }

  /// Draws lines, those of one point as dots.
  mutating func add(_ parts: [[Point]]) {
    for part in parts {
      guard part.count > 1 else {
        if let point = part.first { dot(at: point) }
        continue
      }
      move(to: part[0])
      for point in part.dropFirst() { line(to: point) }
    }
  }

  /// Draws nothing, visibly: with round caps a dot.
  mutating func dot(at point: Point) {
    move(to: point)
    write("h", [0])
  }

  /// Draws a rectangle.
  mutating func rectangle(left: Double, top: Double, right: Double, bottom: Double) {
    move(to: Point(left, top))
    let width = Markup.tenths(right) - x
    let height = Markup.tenths(bottom) - y
    write("h", [width])
    write("v", [height])
    write("h", [-width])
    text += "z"
    last = "z"
  }

  /// Draws back to where the pen was put down.
  mutating func close() {
    flush()
    text += "z"
    last = "z"
    (x, y) = (startX, startY)
  }

  /// Ends the path.
  mutating func finish() -> String {
    flush()
    return text
  }

  private mutating func flush() {
    guard stepX != 0 || stepY != 0 else { return }
    if stepY == 0 {
      write("h", [stepX])
    } else if stepX == 0 {
      write("v", [stepY])
    } else {
      write("l", [stepX, stepY])
    }
    x += stepX
    y += stepY
    stepX = 0
    stepY = 0
  }

  private mutating func write(_ command: Character, _ numbers: [Int]) {
    // After a move a repeated letter would mean a line, so only lines drop theirs.
    var needsSpace = command == last && command != "m"
    if !needsSpace { text.append(command) }
    for number in numbers {
      let digits = Markup.number(number)
      if needsSpace, digits.first != "-" { text.append(" ") }
      text += digits
      needsSpace = true
    }
    last = command
  }
}
