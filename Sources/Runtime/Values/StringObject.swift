/// A string of the language: code points in UTF-8, never changed.
///
/// Bytes rather than `String`, since programs index, slice, compare and hash by code point, where
/// `String` works by grapheme and compares by canonical equivalence.
public final class StringObject: Object {
  /// The text in UTF-8, always valid.
  public let bytes: [UInt8]
  /// True when every code point is one byte, which makes indexing immediate.
  public let isASCII: Bool
  /// 0 until it is first asked for.
  private var cachedHash = 0
  /// -1 until it is first asked for.
  private var cachedCount = -1

  /// Takes bytes that are valid UTF-8, such as parts of other strings cut between code points.
  init(utf8 bytes: [UInt8]) {
    self.bytes = bytes
    isASCII = bytes.allSatisfy { $0 < 0x80 }
    super.init(kind: .string)
  }

  /// Takes bytes whose hash is known.
  convenience init(utf8 bytes: [UInt8], hash: Int) {
    self.init(utf8: bytes)
    cachedHash = hash
  }

  /// Takes bytes that are known to be ASCII.
  init(ascii bytes: [UInt8]) {
    self.bytes = bytes
    isASCII = true
    super.init(kind: .string)
  }

  /// Takes a text.
  public convenience init(_ text: String) { self.init(utf8: Array(text.utf8)) }

  /// The text as a Swift string.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The number of code points.
  public var count: Int {
    if isASCII { return bytes.count }
    if cachedCount < 0 { cachedCount = bytes.count { $0 & 0xC0 != 0x80 } }
    return cachedCount
  }

  /// The hash of the bytes, never 0.
  var hashValue: Int {
    if cachedHash != 0 { return cachedHash }
    let hash = StringObject.hash(bytes)
    cachedHash = hash
    return hash
  }

  /// FNV-1a over the bytes with a final mix, so that the low bits, which choose the place in a
  /// table, depend on all of them.
  ///
  /// The same in every process.
  static func hash(_ bytes: some Sequence<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash ^= hash >> 32
    hash = hash &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 29
    return hash == 0 ? 1 : Int(truncatingIfNeeded: hash)
  }

  /// True when the code points are the same.
  func equals(_ other: StringObject) -> Bool {
    if self === other { return true }
    if cachedHash != 0, other.cachedHash != 0, cachedHash != other.cachedHash { return false }
    return bytes == other.bytes
  }

  /// True when the bytes are the same.
  func holds(_ part: ArraySlice<UInt8>) -> Bool {
    part.count == bytes.count && ByteSearch.matches(bytes, in: part, at: part.startIndex)
  }

  /// True when this string comes before another by code points, which is the order of the bytes.
  func precedes(_ other: StringObject) -> Bool { bytes.lexicographicallyPrecedes(other.bytes) }

  /// The byte offset of code point `index`, which may be the end.
  func offset(ofCodePoint index: Int) -> Int {
    if isASCII { return Swift.min(Swift.max(index, 0), bytes.count) }
    var remaining = index
    var offset = 0
    while remaining > 0, offset < bytes.count {
      offset += StringObject.width(of: bytes[offset])
      remaining -= 1
    }
    return Swift.min(offset, bytes.count)
  }

  /// The number of code points before a byte offset.
  func codePoint(atOffset offset: Int) -> Int {
    if isASCII { return offset }
    return bytes[..<Swift.min(Swift.max(offset, 0), bytes.count)].count { $0 & 0xC0 != 0x80 }
  }

  /// The code points from `start` up to `end`, both clamped.
  func slice(_ start: Int, _ end: Int) -> StringObject {
    let low = offset(ofCodePoint: start)
    let high = Swift.max(low, offset(ofCodePoint: end))
    if low == 0, high == bytes.count { return self }
    let part = Array(bytes[low..<high])
    return isASCII ? StringObject(ascii: part) : StringObject(utf8: part)
  }

  /// Calls `body` with the bytes of each code point.
  func forEachCharacter(_ body: (ArraySlice<UInt8>) throws(Fault) -> Void) throws(Fault) {
    var offset = 0
    while offset < bytes.count {
      let end = Swift.min(offset + StringObject.width(of: bytes[offset]), bytes.count)
      try body(bytes[offset..<end])
      offset = end
    }
  }

  /// The number of bytes of the code point that starts with `lead`.
  static func width(of lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  /// The name that `type(x)` gives.
  public override var typeName: String { "string" }
}

/// A string of bytes, never changed.
public final class BytesObject: Object {
  /// The bytes.
  public let bytes: [UInt8]

  /// Takes bytes.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    super.init(kind: .bytes)
  }

  /// The name that `type(x)` gives.
  public override var typeName: String { "bytes" }
}
