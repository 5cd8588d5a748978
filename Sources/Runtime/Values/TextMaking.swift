extension Interpreter {
  /// The string of what `write` appends to a new text.
  @inline(__always)
  func string(_ write: (TextBuffer) throws(Fault) -> Void) throws(Fault) -> Value {
    textBuffer.begin()
    do throws(Fault) { try write(textBuffer) } catch {
      textBuffer.drop()
      throw error
    }
    return try endText()
  }

  /// The string of bytes that are valid UTF-8.
  func string(utf8 text: [UInt8]) throws(Fault) -> StringObject {
    guard text.count > Interpreter.copiedText else { return StringObject(utf8: text) }
    return try string(text.count) { $1.append(text[$0]) }
  }

  /// A string of so many bytes, which are copied in portions, so that it can be interrupted.
  private func string(_ count: Int, _ copy: (Range<Int>, TextBlock) -> Void) throws(Fault)
    -> StringObject
  {
    let block = TextBlock.with(room: count)
    for start in stride(from: 0, to: count, by: Interpreter.copiedText) {
      try checkInterruption()
      copy(start..<min(start + Interpreter.copiedText, count), block)
    }
    return StringObject(block)
  }

  /// One string behind another.
  func joined(_ first: StringObject, _ second: StringObject) throws(Fault) -> StringObject {
    let count = first.byteCount.addingReportingOverflow(second.byteCount)
    if first.hasRoom(for: second) {
      try checkGrowth(from: first.byteCount, to: count.partialValue, "the string")
      return .joining(first, second)
    }
    try checkSize(count, "the string")
    // A text that long is copied in a time that is felt.
    guard count.partialValue > Interpreter.copiedText else { return .joining(first, second) }
    let block = first.larger(for: second)
    for bytes in [first.bytes, second.bytes] {
      for start in stride(from: 0, to: bytes.count, by: Interpreter.copiedText) {
        try checkInterruption()
        block.append(bytes[start..<start + Interpreter.copiedText])
      }
    }
    return StringObject(block)
  }

  /// The string of the newest text, which ends.
  @inline(never)
  func endText() throws(Fault) -> Value {
    guard textBuffer.count <= Interpreter.copiedText else { return try endLongText() }
    let string = StringObject(textBuffer)
    textBuffer.drop()
    return .object(string)
  }

  @inline(never)
  private func endLongText() throws(Fault) -> Value {
    defer { textBuffer.drop() }
    return .object(try string(textBuffer.count) { textBuffer.copy($0, to: $1) })
  }

  /// So many bytes are copied between two looks at the interruption.
  private static var copiedText: Int { 1 << 24 }
}
