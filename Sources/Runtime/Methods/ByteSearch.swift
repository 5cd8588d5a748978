/// Search in UTF-8 bytes: a match of valid UTF-8 in valid UTF-8 always lies between code points.
enum ByteSearch {
  /// Up to this length each place is simply tried; beyond it, text and part that repeat themselves
  /// would make that quadratic.
  private static let shortest = 16
  /// A mask of the places at which a search looks whether it should stop.
  private static let portion = 0xFFFFF

  /// The first place from `start` on at which `needle` stands before `end`.
  static func first(
    _ needle: StringBytes, in text: StringBytes, from start: Int, to end: Int,
    _ interpreter: Interpreter
  ) throws(Fault) -> Int? {
    guard let lead = needle.first else { return start }
    if needle.count > shortest {
      return try linear(needle, text[start..<end], isBackward: false, interpreter)
    }
    let last = end - needle.count
    var place = start
    while place <= last {
      try interpreter.checkInterruption()
      let pause = min(last, place + portion) + 1
      if let found = text.firstIndex(of: lead, from: place, to: pause) {
        if needle.count == 1 || text.holds(needle, at: found) { return found }
        place = found + 1
      } else {
        place = pause
      }
    }
    return nil
  }

  /// The last place at which `needle` stands between `start` and `end`.
  static func last(
    _ needle: StringBytes, in text: StringBytes, from start: Int, to end: Int,
    _ interpreter: Interpreter
  ) throws(Fault) -> Int? {
    guard let lead = needle.first else { return end }
    if needle.count > shortest {
      return try linear(needle, text[start..<end], isBackward: true, interpreter)
    }
    try interpreter.checkInterruption()
    var place = end - needle.count
    while place >= start {
      if place & portion == 0 { try interpreter.checkInterruption() }
      if text[place] == lead, text.holds(needle, at: place) { return place }
      place -= 1
    }
    return nil
  }

  /// The search of Knuth, Morris and Pratt, which never looks at a byte of the text twice.
  ///
  /// Backward, text and needle are read from their ends, so that the first match is the last one.
  private static func linear(
    _ needle: StringBytes, _ text: StringBytes, isBackward: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> Int? {
    let size = needle.count
    guard text.count >= size else { return nil }
    var wanted: [UInt8] = []
    wanted += needle
    if isBackward { wanted.reverse() }
    // For each beginning of the needle, the longest proper beginning that it also ends with.
    var borders = [0]
    borders.reserveCapacity(size)
    var matched = 0
    for index in 1..<size {
      if index & portion == 0 { try interpreter.checkInterruption() }
      while matched > 0, wanted[index] != wanted[matched] { matched = borders[matched - 1] }
      if wanted[index] == wanted[matched] { matched += 1 }
      borders.append(matched)
    }
    matched = 0
    for step in 0..<text.count {
      if step & portion == 0 { try interpreter.checkInterruption() }
      let place = isBackward ? text.endIndex - 1 - step : text.startIndex + step
      while matched > 0, text[place] != wanted[matched] { matched = borders[matched - 1] }
      if text[place] == wanted[matched] { matched += 1 }
      if matched == size { return isBackward ? place : place - size + 1 }
    }
    return nil
  }

  /// How often `needle`, not empty, stands between `start` and `end` without overlap, at most
  /// `limit` times.
  static func count(
    _ needle: StringBytes, in text: StringBytes, from start: Int, to end: Int,
    limit: Int = .max, _ interpreter: Interpreter
  ) throws(Fault) -> Int {
    var count = 0
    var start = start
    while count < limit,
      let found = try first(needle, in: text, from: start, to: end, interpreter)
    {
      count += 1
      start = found + needle.count
    }
    return count
  }
}
