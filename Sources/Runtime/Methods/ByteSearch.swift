/// Search in UTF-8 bytes: a match of valid UTF-8 in valid UTF-8 always lies between code points.
enum ByteSearch {
  /// The first offset from `start` at which `needle` stands before `end`.
  static func first(_ needle: [UInt8], in bytes: [UInt8], from start: Int, to end: Int? = nil)
    -> Int?
  {
    let end = end ?? bytes.count
    guard let lead = needle.first else { return start <= end ? start : nil }
    let last = end - needle.count
    var index = start
    while index <= last {
      if bytes[index] == lead, matches(needle, in: bytes, at: index) { return index }
      index += 1
    }
    return nil
  }

  /// The last offset at which `needle` stands between `start` and `end`.
  static func last(_ needle: [UInt8], in bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    var index = end - needle.count
    while index >= start {
      if matches(needle, in: bytes, at: index) { return index }
      index -= 1
    }
    return nil
  }

  /// True when `needle` stands at an offset; the caller has checked that it fits.
  static func matches(_ needle: [UInt8], in bytes: [UInt8], at offset: Int) -> Bool {
    for place in needle.indices where bytes[offset + place] != needle[place] { return false }
    return true
  }

  /// All offsets at which `needle`, not empty, stands without overlap, at most `limit`.
  static func all(_ needle: [UInt8], in bytes: [UInt8], limit: Int = .max) -> [Int] {
    var offsets: [Int] = []
    var start = 0
    while offsets.count < limit,
      let found = first(needle, in: bytes, from: start, to: bytes.count)
    {
      offsets.append(found)
      start = found + needle.count
    }
    return offsets
  }
}
