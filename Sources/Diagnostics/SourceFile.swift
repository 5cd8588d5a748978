/// A named text that spans refer to: a file, a cell or one input of the REPL.
public final class SourceFile: Sendable {
  /// The name shown in messages: a path as the user gave it, or `cell 3`.
  public let name: String
  /// The text, always valid UTF-8.
  public let bytes: [UInt8]
  /// The number of the first line: 1, but for a text that is a later part of what has the name.
  private let firstLine: Int
  /// The offset of the first byte of each line.
  private let lineStarts: [Int]

  /// Takes a text and finds its lines (`\n`, `\r\n` and lone `\r` end one).
  ///
  /// For a part of a cell, `firstLine` is the line of the cell (from 1) on which it begins.
  public init(name: String, text: String, firstLine: Int = 1) {
    self.name = name
    self.firstLine = firstLine
    let bytes = Array(text.utf8)
    self.bytes = bytes
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      if byte == 0x0A || byte == 0x0D { starts.append(index) }
    }
    lineStarts = starts
  }

  /// The whole text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The numbers of its lines; an empty text has one.
  public var lineNumbers: Range<Int> { firstLine..<firstLine + lineStarts.count }

  /// The place of a UTF-8 offset: line (from `firstLine`) and column (from 1), in code points.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = Swift.min(Swift.max(offset, 0), bytes.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let column = bytes[lineStarts[low]..<offset].count { $0 & 0xC0 != 0x80 }
    return (low + firstLine, column + 1)
  }

  /// The text of a line (from `firstLine`) without its end; empty outside the file.
  public func line(_ number: Int) -> String {
    String(decoding: bytes[byteRange(ofLine: number)], as: UTF8.self)
  }

  /// The offsets of a line (from `firstLine`) without its end; empty outside the file.
  public func byteRange(ofLine number: Int) -> Range<Int> {
    let index = number - firstLine
    guard lineStarts.indices.contains(index) else { return 0..<0 }
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }
}
