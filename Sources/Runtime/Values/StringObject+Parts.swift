/// Code points and their places.
extension StringObject {
  /// True when every code point is one byte, which makes indexing immediate.
  @inline(__always)
  public var isASCII: Bool { count == byteCount }

  /// The number of code points.
  public var count: Int {
    if knownCount < 0 { knownCount = countCodePoints() }
    return knownCount
  }

  /// The byte offset of code point `index`, which may be the end.
  func offset(ofCodePoint index: Int) -> Int {
    if isASCII { return Swift.min(Swift.max(index, 0), byteCount) }
    let landmark = landmark(before: index)
    var remaining = index - landmark.codePoint
    var offset = landmark.offset
    while remaining > 0, offset < byteCount {
      offset += StringObject.width(of: bytes[offset])
      remaining -= 1
    }
    return Swift.min(offset, byteCount)
  }

  /// The number of code points before a byte offset.
  func codePoint(atOffset offset: Int) -> Int {
    if isASCII { return offset }
    let landmark = landmark(beforeOffset: offset)
    let rest = bytes[landmark.offset..<Swift.max(offset, landmark.offset)]
    return landmark.codePoint + rest.codePoints
  }

  /// The code points from `start` up to `end`, both clamped.
  func slice(_ start: Int, _ end: Int) -> StringObject {
    let low = offset(ofCodePoint: start)
    return bytes[low..<Swift.max(low, offset(ofCodePoint: end))].string
  }

  /// Calls `body` with the bytes of each code point.
  func forEachCharacter(_ body: (StringBytes) throws(Fault) -> Void) throws(Fault) {
    var offset = 0
    while offset < byteCount {
      let end = Swift.min(offset + StringObject.width(of: bytes[offset]), byteCount)
      try body(bytes[offset..<end])
      offset = end
    }
  }

  /// The number of bytes of the code point that starts with `lead`.
  static func width(of lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }
}

extension StringBytes {
  /// The code point that starts at a place.
  @inline(__always)
  func scalar(at place: Int) -> Unicode.Scalar {
    let lead = self[place]
    return lead < 0x80 ? Unicode.Scalar(lead) : wideScalar(lead, at: place)
  }

  private func wideScalar(_ lead: UInt8, at place: Int) -> Unicode.Scalar {
    let width = StringObject.width(of: lead)
    var value = UInt32(lead) & (0x7F >> UInt32(width))
    for next in 1..<width { value = value << 6 | UInt32(self[place + next] & 0x3F) }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// The first place whose code point `drops` does not hold for.
  @inline(__always)
  func start(droppingWhere drops: (Unicode.Scalar) -> Bool, _ interpreter: Interpreter)
    throws(Fault) -> Int
  {
    var place = startIndex
    while place < endIndex, drops(scalar(at: place)) {
      try interpreter.checkInterruption()
      place += StringObject.width(of: self[place])
    }
    return place
  }

  /// The end of what is left when code points at the end that `drops` holds for are dropped.
  @inline(__always)
  func end(droppingWhere drops: (Unicode.Scalar) -> Bool, _ interpreter: Interpreter)
    throws(Fault) -> Int
  {
    var end = endIndex
    while end > startIndex {
      try interpreter.checkInterruption()
      var place = end - 1
      while self[place] & 0xC0 == 0x80 { place -= 1 }
      guard drops(scalar(at: place)) else { break }
      end = place
    }
    return end
  }
}
