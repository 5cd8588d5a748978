// An unsafe file of this target: where the bytes of strings lie. Everything else sees them through
// ``StringBytes``, which checks its bounds, and makes them in a ``TextBuffer``.

import Glibc

/// A string of the language: code points in UTF-8, never changed.
///
/// Bytes rather than `String`, since programs index, slice, compare and hash by code point, where
/// `String` works by grapheme and compares by canonical equivalence. A short string lies in the
/// object itself, so that it costs one block of memory.
@safe
public final class StringObject: Object {
  /// The number of bytes.
  let byteCount: Int
  /// The number of code points; -1 until it is first asked for.
  var knownCount = -1
  /// 0 until it is first asked for.
  private var cachedHash: Int
  /// What holds a long text.
  private let block: TextBlock?
  /// What holds a short text, with zeros behind it.
  private var short = InlineArray<5, UInt64>(repeating: 0)
  /// Where the text starts, in ``short`` or in ``block``: neither moves.
  let start: UnsafePointer<UInt8>

  /// The longest text that lies in the object, in bytes.
  private static var shortest: Int { 40 }
  /// The highest bit of each byte of a word, which no ASCII character has.
  private static var highBits: UInt64 { 0x8080_8080_8080_8080 }

  /// Takes two texts, one behind the other.
  private init(
    _ first: UnsafeBufferPointer<UInt8>,
    _ second: UnsafeBufferPointer<UInt8> = unsafe UnsafeBufferPointer(start: nil, count: 0),
    hash: Int = 0
  ) {
    byteCount = first.count + second.count
    cachedHash = hash
    if byteCount <= StringObject.shortest {
      block = nil
      let place = unsafe withUnsafeMutableBytes(of: &short) { $0.baseAddress }
      // An array has an address.
      let bytes = unsafe place.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
      unsafe copy(first, to: bytes)
      unsafe copy(second, to: bytes + first.count)
      unsafe start = UnsafePointer(bytes)
    } else {
      let block = TextBlock.with(room: byteCount)
      unsafe block.append(first)
      unsafe block.append(second)
      self.block = block
      unsafe start = block.bytes
    }
    super.init(kind: .string)
  }

  /// Takes what a block holds so far; others may hold less of it, or more.
  init(_ block: TextBlock) {
    self.block = block
    byteCount = block.header.count
    cachedHash = 0
    unsafe start = block.bytes
    super.init(kind: .string)
  }

  /// Takes bytes that are valid UTF-8.
  convenience init(utf8 bytes: [UInt8]) {
    unsafe self.init(bytes.withUnsafeBufferPointer { unsafe $0 })
    extendLifetime(bytes)
  }

  /// Takes the newest text of a buffer.
  convenience init(_ text: TextBuffer) { unsafe self.init(text.bytes) }

  /// Takes a part of a string, cut between code points; its hash may be known.
  convenience init(_ bytes: StringBytes, hash: Int = 0) {
    unsafe self.init(bytes.buffer, hash: hash)
  }

  /// Takes a text.
  public convenience init(_ text: String) { self.init(utf8: Array(text.utf8)) }

  /// One string behind another.
  ///
  /// A long text that grew already is continued where it lies: `text += more` in a loop takes time
  /// for `more` only. Its shorter versions stay what they are.
  static func joining(_ first: StringObject, _ second: StringObject) -> StringObject {
    guard let block = first.block else {
      return unsafe StringObject(first.bytes.buffer, second.bytes.buffer)
    }
    if first.hasRoom(for: second) {
      unsafe block.append(second.bytes.buffer)
      return StringObject(block)
    }
    let larger = first.larger(for: second)
    larger.append(first.bytes)
    larger.append(second.bytes)
    return StringObject(larger)
  }

  /// True when another string can be written behind this one.
  func hasRoom(for other: StringObject) -> Bool {
    guard let header = block?.header else { return false }
    return header.count == byteCount && header.room - byteCount >= other.byteCount
  }

  /// An empty block for both strings.
  func larger(for other: StringObject) -> TextBlock {
    let count = byteCount + other.byteCount
    // What was put together twice will probably be so again.
    let more = block?.header.grows == true ? Swift.min(count / 2, 1 << 26) : 0
    let larger = TextBlock.with(room: count + more)
    larger.header.grows = true
    return larger
  }

  /// The bytes in UTF-8, which last as long as the string.
  @inline(__always)
  var bytes: StringBytes { unsafe StringBytes(Borrowed(self), 0, byteCount) }

  /// The text as a Swift string.
  public var text: String { bytes.text }

  /// Counts the code points.
  ///
  /// That is not done when the string is made: to read words of bytes that were just written costs as
  /// much as to write them all.
  func countCodePoints() -> Int {
    let isASCII =
      if let header = block?.header { header.isASCII } else {
        (short[0] | short[1] | short[2] | short[3] | short[4]) & StringObject.highBits == 0
      }
    return isASCII ? byteCount : bytes.codePoints
  }

  /// A code point that is not far before another, and its byte offset.
  func landmark(before index: Int) -> (codePoint: Int, offset: Int) {
    let landmarks = landmarks { count, _ in count < index / StringObject.spacing }
    return landmark(in: landmarks, Swift.min(index / StringObject.spacing, landmarks.count))
  }

  /// A code point that does not start far before a byte offset, and where it starts.
  func landmark(beforeOffset offset: Int) -> (codePoint: Int, offset: Int) {
    let landmarks = landmarks { _, last in last < offset }
    var (low, high) = (0, landmarks.count)
    while low < high {
      let middle = (low + high) / 2
      if landmarks[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return landmark(in: landmarks, low)
  }

  private func landmark(in landmarks: [Int], _ number: Int) -> (codePoint: Int, offset: Int) {
    number == 0 ? (0, 0) : (number * StringObject.spacing, landmarks[number - 1])
  }

  /// The code points between two landmarks.
  private static var spacing: Int { 64 }

  /// The byte offsets of every ``spacing``th code point of a long text, which are looked for while more
  /// than the known ones are wanted, as told by their number and the last one.
  private func landmarks(_ wantsMore: (Int, Int) -> Bool) -> [Int] {
    guard let block else { return [] }
    while wantsMore(block.header.landmarks.count, block.header.landmarks.last ?? 0) {
      var offset = block.header.landmarks.last ?? 0
      for _ in 0..<StringObject.spacing where offset < byteCount {
        offset += StringObject.width(of: bytes[offset])
      }
      // Others may hold more of the block: only what is known of this text counts.
      guard offset < byteCount else { break }
      block.header.landmarks.append(offset)
    }
    return block.header.landmarks
  }

  /// The hash of the bytes, never 0.
  var hashValue: Int {
    if cachedHash != 0 { return cachedHash }
    cachedHash = bytes.hash
    return cachedHash
  }

  /// True when the code points are the same.
  func equals(_ other: StringObject) -> Bool {
    if self === other { return true }
    if byteCount != other.byteCount { return false }
    if cachedHash != 0, other.cachedHash != 0, cachedHash != other.cachedHash { return false }
    return bytes.holds(other.bytes, at: 0)
  }

  /// True when this string comes before another by code points, which is the order of the bytes.
  func precedes(_ other: StringObject) -> Bool {
    let order = unsafe memcmp(start, other.start, Swift.min(byteCount, other.byteCount))
    return order == 0 ? byteCount < other.byteCount : order < 0
  }

  /// The name that `type(x)` gives.
  public override var typeName: String { "string" }
}

/// Memory for a long text, which grows within its room only.
typealias TextBlock = ManagedBuffer<TextBlockHeader, UInt8>

/// What is known of a block of text.
struct TextBlockHeader {
  /// The bytes that are written.
  var count = 0
  /// The bytes that there is room for.
  let room: Int
  /// True while all of them are ASCII.
  var isASCII = true
  /// True when the text was put together from two.
  var grows = false
  /// The byte offsets of every so many code points, as far as they were asked for.
  var landmarks: [Int] = []
}

extension ManagedBuffer<TextBlockHeader, UInt8> {
  /// An empty block.
  static func with(room: Int) -> TextBlock {
    create(minimumCapacity: room) { _ in TextBlockHeader(room: room) }
  }

  /// Where the bytes lie for as long as the block lives.
  fileprivate var bytes: UnsafePointer<UInt8> {
    unsafe UnsafePointer(withUnsafeMutablePointerToElements { unsafe $0 })
  }

  /// Adds bytes for which there is room.
  @unsafe
  func append(_ more: UnsafeBufferPointer<UInt8>) {
    let count = header.count
    unsafe withUnsafeMutablePointerToElements { unsafe copy(more, to: $0 + count) }
    header.count += more.count
    if header.isASCII { header.isASCII = unsafe isASCII(more) }
  }

  /// Adds bytes while there is room.
  func append(_ more: StringBytes) {
    if more.count <= header.room - header.count { unsafe append(more.buffer) }
  }

  /// Adds bytes while there is room.
  func append(_ more: ArraySlice<UInt8>) {
    guard more.count <= header.room - header.count else { return }
    unsafe more.withUnsafeBufferPointer { unsafe append($0) }
  }
}

/// Copies bytes to a place that does not overlap them.
@inline(__always)
func copy(_ bytes: UnsafeBufferPointer<UInt8>, to place: UnsafeMutablePointer<UInt8>) {
  if let start = bytes.baseAddress { unsafe memcpy(place, start, bytes.count) }
}

private func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  var bits: UInt8 = 0
  for place in 0..<bytes.count { bits |= unsafe bytes[place] }
  return bits < 0x80
}

/// Multiplies words of eight bytes into one another; the end mixes, so that the low bits, which
/// choose the place in a table, depend on all of them.
func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
  let memory = UnsafeRawBufferPointer(bytes)
  var hash = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: bytes.count)
  func add(_ word: UInt64) {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    hash = product.high ^ product.low
  }
  var place = 0
  while place &+ 8 <= bytes.count {
    add(unsafe memory.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    place &+= 8
  }
  var rest: UInt64 = 0
  while place < bytes.count {
    rest = rest << 8 | UInt64(unsafe bytes[place])
    place &+= 1
  }
  add(rest)
  add(0x100_0000_01B3)
  return hash == 0 ? 1 : Int(truncatingIfNeeded: hash)
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

  /// A hash of the bytes, never 0 and the same in every process.
  var hash: Int { unsafe bytes.withUnsafeBufferPointer { unsafe Runtime.hash($0) } }

  /// The name that `type(x)` gives.
  public override var typeName: String { "bytes" }
}
