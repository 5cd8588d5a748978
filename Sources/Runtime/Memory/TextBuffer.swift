/// Where texts are put together: memory that grows, and that stays for the next text.
///
/// Texts nest: one that begins while another is open lies behind it, and ends before it. In front of
/// each lies where the one before it starts.
@safe
final class TextBuffer {
  private var memory: UnsafeMutablePointer<UInt8>
  private var room: Int
  /// Where the newest text starts, and where it ends so far.
  private var start = 0
  private var end = 0

  /// More room than this is given back when the texts end.
  private static var kept: Int { 1 << 14 }
  private static var markSize: Int { MemoryLayout<Int>.size }

  init() {
    room = TextBuffer.kept
    unsafe memory = .allocate(capacity: room)
  }

  deinit { unsafe memory.deallocate() }

  /// Begins a text; one that is open waits.
  func begin() {
    reserve(TextBuffer.markSize)
    unsafe UnsafeMutableRawPointer(memory + end).storeBytes(of: start, as: Int.self)
    end &+= TextBuffer.markSize
    start = end
  }

  /// Lets go of the newest text; the one before it goes on.
  func drop() {
    guard start > 0 else { return }
    end = start &- TextBuffer.markSize
    start = unsafe UnsafeRawPointer(memory + end).loadUnaligned(as: Int.self)
    if room > TextBuffer.kept, end <= TextBuffer.kept { move(to: TextBuffer.kept) }
  }

  /// The bytes that the newest text has.
  @inline(__always)
  var count: Int { end &- start }

  /// The newest text, until anything is appended.
  @inline(__always)
  var bytes: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: memory + start, count: count)
  }

  @inline(__always)
  private func reserve(_ more: Int) {
    if more > room &- end { move(to: Swift.max(room * 2, end + more)) }
  }

  @inline(never)
  private func move(to size: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    unsafe larger.update(from: memory, count: end)
    unsafe memory.deallocate()
    unsafe memory = larger
    room = size
  }

  @inline(__always)
  func append(_ byte: UInt8) {
    reserve(1)
    unsafe memory[end] = byte
    end &+= 1
  }

  func append(_ bytes: StringBytes) { unsafe append(bytes.buffer) }

  func append(_ text: String) {
    var text = text
    text.withUTF8 { unsafe append($0) }
  }

  @inline(__always)
  private func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    reserve(bytes.count)
    unsafe Runtime.copy(bytes, to: memory + end)
    end &+= bytes.count
  }

  @inline(__always)
  func append(_ character: Unicode.Scalar) {
    if character.isASCII { return append(UInt8(truncatingIfNeeded: character.value)) }
    for byte in character.utf8 { append(byte) }
  }

  /// Appends ASCII with the case of 26 letters changed, of which `first` is the first.
  @inline(never)
  func append(_ bytes: StringBytes, changingCaseFrom first: UInt8) {
    let source = unsafe bytes.buffer
    reserve(source.count)
    let target = unsafe memory + end
    for place in 0..<source.count {
      let byte = unsafe source[place]
      unsafe target[place] = byte &- first < 26 ? byte ^ 0x20 : byte
    }
    end &+= source.count
  }

  /// Appends the decimal digits of a number, which are as many as said.
  func append(_ number: UInt, digits: Int) {
    reserve(digits)
    var rest = number
    var place = end &+ digits
    end = place
    while place > end &- digits {
      place &-= 1
      unsafe memory[place] = UInt8(truncatingIfNeeded: rest % 10) &+ UInt8(ascii: "0")
      rest /= 10
    }
  }

  /// Copies a part of the newest text to a block that has room for it.
  func copy(_ range: Range<Int>, to block: TextBlock) {
    unsafe block.append(UnsafeBufferPointer(rebasing: bytes[range.clamped(to: 0..<count)]))
  }
}
