import Glibc

/// The bytes of a string, or of a part of one with the places that they have in the whole.
///
/// They borrow the string: see ``Borrowed``.
@safe
struct StringBytes: RandomAccessCollection {
  private let owner: Borrowed<StringObject>
  private let base: UnsafePointer<UInt8>
  let startIndex: Int
  let endIndex: Int

  @inline(__always)
  init(_ owner: Borrowed<StringObject>, _ start: Int, _ end: Int) {
    self.owner = owner
    unsafe base = owner.read { unsafe $0.start }
    startIndex = start
    endIndex = end
  }

  /// Where they lie while the string lives.
  @inline(__always)
  var buffer: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: base + startIndex, count: endIndex - startIndex)
  }

  /// The byte at a place; 0 outside.
  @inline(__always)
  subscript(place: Int) -> UInt8 {
    place >= startIndex && place < endIndex ? unsafe base[place] : 0
  }

  /// The part in a range, as far as it lies within.
  @inline(__always)
  subscript(range: Range<Int>) -> StringBytes {
    let start = Swift.min(Swift.max(range.lowerBound, startIndex), endIndex)
    return StringBytes(owner, start, Swift.max(start, Swift.min(range.upperBound, endIndex)))
  }

  /// The bytes as a Swift string.
  var text: String { unsafe String(decoding: buffer, as: UTF8.self) }

  /// The bytes as an array.
  var array: [UInt8] { unsafe Array(buffer) }

  /// The string of these bytes, which is the whole one when nothing is left out.
  var string: StringObject {
    owner.read { count == $0.byteCount ? $0 : StringObject(self) }
  }

  /// True when these are the same bytes.
  @inline(__always)
  func equals(_ other: StringBytes) -> Bool {
    count == other.count && holds(other, at: startIndex)
  }

  /// True when `part` stands at a place.
  @inline(__always)
  func holds(_ part: StringBytes, at place: Int) -> Bool {
    place >= startIndex && part.count <= endIndex - place
      && (unsafe memcmp(base + place, part.base + part.startIndex, part.count)) == 0
  }

  /// The first place of a byte between two places.
  @inline(__always)
  func firstIndex(of byte: UInt8, from first: Int, to last: Int) -> Int? {
    guard first >= startIndex, first < last, last <= endIndex else { return nil }
    let start = unsafe base
    guard let found = unsafe memchr(start + first, Int32(byte), last - first) else { return nil }
    return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }

  /// How often a byte occurs.
  func count(of byte: UInt8) -> Int {
    let bytes = unsafe buffer
    var count = 0
    for place in 0..<bytes.count where unsafe bytes[place] == byte { count &+= 1 }
    return count
  }

  /// The number of code points.
  var codePoints: Int {
    let bytes = unsafe buffer
    var count = 0
    for place in 0..<bytes.count where unsafe bytes[place] & 0xC0 != 0x80 { count &+= 1 }
    return count
  }

  /// A hash of the bytes, never 0 and the same in every process.
  var hash: Int { unsafe Runtime.hash(buffer) }

  static func += (array: inout [UInt8], bytes: StringBytes) {
    unsafe array.append(contentsOf: bytes.buffer)
  }
}

extension Borrowed where Kept == StringObject {
  @inline(__always)
  var bytes: StringBytes { StringBytes(self, 0, read { $0.byteCount }) }

  @inline(__always)
  var isASCII: Bool { read { $0.isASCII } }

  var byteCount: Int { read { $0.byteCount } }

  var count: Int { read { $0.count } }

  var text: String { read { $0.text } }

  /// The string, counted as any reference.
  var object: StringObject { read { $0 } }
}
