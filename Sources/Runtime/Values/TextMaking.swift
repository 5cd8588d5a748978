extension Interpreter {
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
