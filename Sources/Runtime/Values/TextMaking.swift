/// Short strings that were made lately, for what makes the same ones again and again: the words of a
/// text, the characters of a word.
///
/// One that is met again costs a hash and a comparison in place of two blocks of memory, and brings
/// the hash along that it needs as a key. Of two that share a place the later one stays.
struct ShortStrings {
  /// The longest string that is kept, in bytes.
  static let longest = 16
  private static let count = 512
  private var places = [StringObject?](repeating: nil, count: count)

  /// The string of bytes that are valid UTF-8, from here or new.
  mutating func string(_ bytes: ArraySlice<UInt8>) -> StringObject {
    let hash = StringObject.hash(bytes)
    let place = hash & (ShortStrings.count - 1)
    if let known = places[place], known.hashValue == hash, known.holds(bytes) {
      return known
    }
    let string = StringObject(utf8: Array(bytes), hash: hash)
    places[place] = string
    return string
  }
}

extension Interpreter {
  /// A part of a string, cut between code points.
  func part(_ bytes: ArraySlice<UInt8>) -> StringObject {
    bytes.count <= ShortStrings.longest
      ? shortStrings.string(bytes) : StringObject(utf8: Array(bytes))
  }

  /// The string that `write` puts together from an empty text.
  ///
  /// It is written into a buffer that stays for the next one, since a text that grows from nothing
  /// moves at every doubling; a long text is handed over with its buffer instead of being copied.
  @inline(__always)
  func string(_ write: (inout [UInt8]) throws(Fault) -> Void) throws(Fault) -> Value {
    var text: [UInt8] = []
    // What `write` calls may make strings of its own, and so finds no buffer here.
    swap(&text, &textBuffer)
    try write(&text)
    guard text.count <= Interpreter.bufferedText else { return .string(utf8: text) }
    var exact: [UInt8] = []
    exact.reserveCapacity(text.count)
    exact += text
    text.removeAll(keepingCapacity: true)
    swap(&text, &textBuffer)
    return .string(utf8: exact)
  }

  /// The longest text that is copied out of the buffer, in bytes.
  private static var bufferedText: Int { 4096 }
}
