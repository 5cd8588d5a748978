extension Interpreter {
  /// The string of what `write` appends to a text.
  ///
  /// It is written into a buffer that stays for the next one, since a text that grows from nothing
  /// moves at every doubling; clearing it costs more than a short text, so many lie in it, one
  /// behind the other, before it is cleared.
  @inline(__always)
  func string(_ write: (inout [UInt8]) throws(Fault) -> Void) throws(Fault) -> Value {
    var text: [UInt8] = []
    // What `write` calls may make strings of its own, and so finds no buffer here.
    swap(&text, &textBuffer)
    let start = text.count
    try write(&text)
    return try finished(&text, from: start)
  }

  /// The string of a text that is done, whose buffer is kept for the next one.
  @inline(__always)
  private func finished(_ text: inout [UInt8], from start: Int) throws(Fault) -> Value {
    guard text.count - start <= Interpreter.copiedText else {
      return .object(try string(utf8: text, from: start))
    }
    let string = StringObject(utf8: text, from: start)
    if text.count < Interpreter.clearedText {
      swap(&text, &textBuffer)
    } else if text.count < Interpreter.bufferedText {
      text.removeAll(keepingCapacity: true)
      swap(&text, &textBuffer)
    }
    return .object(string)
  }

  /// The string of bytes that are valid UTF-8, from a place on; many are copied in portions, so that
  /// it can be interrupted.
  func string(utf8 text: [UInt8], from start: Int = 0) throws(Fault) -> StringObject {
    guard text.count > Interpreter.copiedText else { return StringObject(utf8: text, from: start) }
    let block = TextBlock.with(room: text.count - start)
    for start in stride(from: start, to: text.count, by: Interpreter.copiedText) {
      try checkInterruption()
      block.append(text[start..<min(start + Interpreter.copiedText, text.count)])
    }
    return StringObject(block)
  }

  /// One string behind another.
  func joined(_ first: StringObject, _ second: StringObject) throws(Fault) -> StringObject {
    let count = first.byteCount.addingReportingOverflow(second.byteCount)
    try checkSize(count, "the string")
    // A text that long is copied in a time that is felt.
    guard count.partialValue > Interpreter.copiedText, !first.hasRoom(for: second) else {
      return .joining(first, second)
    }
    let block = first.larger(for: second)
    for bytes in [first.bytes, second.bytes] {
      for start in stride(from: 0, to: bytes.count, by: Interpreter.copiedText) {
        try checkInterruption()
        block.append(bytes[start..<start + Interpreter.copiedText])
      }
    }
    return StringObject(block)
  }

  /// Appends each byte as `change` makes it.
  @inline(__always)
  func change(_ bytes: StringBytes, to text: inout [UInt8], _ change: (UInt8) -> UInt8)
    throws(Fault)
  {
    for start in stride(from: 0, to: bytes.count, by: Interpreter.copiedText) {
      try checkInterruption()
      let portion = bytes[start..<start + Interpreter.copiedText]
      let place = text.count
      text += portion
      var span = text.mutableSpan
      for index in place..<place + portion.count { span[index] = change(span[index]) }
    }
  }

  // MARK: - The open text of an f-string

  /// Opens a text; one that is open already waits.
  @inline(never)
  func beginText() {
    waitingTexts.append((openText, openStart))
    openText = []
    swap(&openText, &textBuffer)
    openStart = openText.count
  }

  /// Writes into the open text, while `write` may open texts of its own.
  @inline(__always)
  func writeOpen(_ write: (inout [UInt8]) throws(Fault) -> Void) throws(Fault) {
    var text: [UInt8] = []
    swap(&text, &openText)
    defer { swap(&text, &openText) }
    try write(&text)
  }

  /// The string of the open text; the one that waited is open again.
  @inline(never)
  func endText() throws(Fault) -> Value {
    defer { closeText() }
    return try finished(&openText, from: openStart)
  }

  /// Drops the open text.
  func closeText() { (openText, openStart) = waitingTexts.popLast() ?? ([], 0) }

  /// The buffer is cleared when it holds more, in bytes, and given up when it holds far more.
  private static var clearedText: Int { 1 << 10 }
  private static var bufferedText: Int { 1 << 14 }

  /// So many bytes are copied between two looks at the interruption.
  private static var copiedText: Int { 1 << 24 }
}
