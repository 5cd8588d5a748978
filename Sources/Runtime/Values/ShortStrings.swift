/// Short strings that were made lately, for what makes the same ones again and again: the words of a
/// text, the characters of a word.
///
/// One that is met again costs a hash and a comparison in place of a block of memory, and brings
/// the hash along that it needs as a key. Of two that share a place the later one stays.
struct ShortStrings {
  /// The longest string that is kept, in bytes.
  static let longest = 16
  private static let count = 512
  private var places = [Value](repeating: .none, count: count)

  /// The string of bytes that are valid UTF-8, from here or new.
  mutating func string(_ bytes: StringBytes) -> Value {
    let hash = bytes.hash
    let place = hash & (ShortStrings.count - 1)
    if let known = places[place].borrowed?.string, known.bytes.equals(bytes) {
      return shared(places[place])
    }
    letGo(&places[place])
    let string = Value.object(StringObject(bytes, hash: hash))
    places[place] = shared(string)
    return string
  }
}

extension Interpreter {
  /// A part of a string, cut between code points.
  @inline(never)
  func part(_ bytes: StringBytes, _ range: Range<Int>) -> Value {
    range.count <= ShortStrings.longest
      ? shortStrings.string(bytes[range]) : .object(bytes[range].string)
  }
}
