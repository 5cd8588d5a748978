/// Splitting of UTF-8 text at line ends (`\n`, `\r\n`, `\r`).
enum TextLines {
  /// Calls `body` with each line.
  static func forEach(
    in bytes: StringBytes, keepsEnds: Bool, _ body: (StringBytes) throws(Fault) -> Void
  ) throws(Fault) {
    var start = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == 0x0A || byte == 0x0D else {
        index += 1
        continue
      }
      let end = byte == 0x0D && bytes[index + 1] == 0x0A ? index + 2 : index + 1
      try body(bytes[start..<(keepsEnds ? end : index)])
      start = end
      index = end
    }
    if start < bytes.count { try body(bytes[start..<bytes.count]) }
  }
}
