/// Search in UTF-8 bytes: a match of valid UTF-8 in valid UTF-8 always lies between code points.
enum ByteSearch {
  /// Up to this length each place is simply tried; beyond it, text and part that repeat themselves
  /// would make that quadratic.
  private static let shortest = 16
  /// A mask of the places at which a search looks whether it should stop.
  private static let portion = 0xFFFFF

  /// The first offset from `start` at which `needle` stands before `end`.
  static func first(
    _ needle: [UInt8], in bytes: [UInt8], from start: Int, to end: Int? = nil,
    _ interpreter: Interpreter
  ) throws(Fault) -> Int? {
    let end = end ?? bytes.count
    guard let lead = needle.first else { return start <= end ? start : nil }
    if needle.count > shortest {
      return try linear(needle, bytes, start, end, isBackward: false, interpreter)
    }
    let text = bytes.span
    let last = end - needle.count
    var index = start
    while index <= last {
      try interpreter.checkInterruption()
      let pause = min(last, index + portion)
      while index <= pause {
        if text[index] == lead, matches(needle, in: bytes, at: index) { return index }
        index += 1
      }
    }
    return nil
  }

  /// The last offset at which `needle` stands between `start` and `end`.
  static func last(
    _ needle: [UInt8], in bytes: [UInt8], from start: Int, to end: Int, _ interpreter: Interpreter
  ) throws(Fault) -> Int? {
    if needle.count > shortest {
      return try linear(needle, bytes, start, end, isBackward: true, interpreter)
    }
    var index = end - needle.count
    while index >= start {
      if index & portion == 0 { try interpreter.checkInterruption() }
      if matches(needle, in: bytes, at: index) { return index }
      index -= 1
    }
    return nil
  }

  /// The search of Knuth, Morris and Pratt, which never looks at a byte of the text twice.
  ///
  /// Backward, text and needle are read from their ends, so that the first match is the last one.
  private static func linear(
    _ needle: [UInt8], _ bytes: [UInt8], _ start: Int, _ end: Int, isBackward: Bool,
    _ interpreter: Interpreter
  ) throws(Fault) -> Int? {
    let size = needle.count
    guard end - start >= size else { return nil }
    let wanted = isBackward ? needle.reversed() : needle
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
    for step in 0..<(end - start) {
      if step & portion == 0 { try interpreter.checkInterruption() }
      let place = isBackward ? end - 1 - step : start + step
      while matched > 0, bytes[place] != wanted[matched] { matched = borders[matched - 1] }
      if bytes[place] == wanted[matched] { matched += 1 }
      if matched == size { return isBackward ? place : place - size + 1 }
    }
    return nil
  }

  /// True when `needle` stands at an offset; the caller has checked that it fits.
  @inline(__always)
  static func matches<Bytes: RandomAccessCollection>(
    _ needle: [UInt8], in bytes: Bytes, at offset: Int
  ) -> Bool where Bytes.Element == UInt8, Bytes.Index == Int {
    for place in needle.indices where bytes[offset + place] != needle[place] { return false }
    return true
  }

  /// All offsets at which `needle`, not empty, stands without overlap, at most `limit`.
  static func all(
    _ needle: [UInt8], in bytes: [UInt8], limit: Int = .max, _ interpreter: Interpreter
  ) throws(Fault) -> [Int] {
    var offsets: [Int] = []
    var start = 0
    while offsets.count < limit,
      let found = try first(needle, in: bytes, from: start, to: bytes.count, interpreter)
    {
      offsets.append(found)
      start = found + needle.count
    }
    return offsets
  }
}
