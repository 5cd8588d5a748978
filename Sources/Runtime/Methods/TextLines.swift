/// Splitting of UTF-8 text at line ends (`\n`, `\r\n`, `\r`).
enum TextLines {
  static func split(_ bytes: [UInt8], keepsEnds: Bool) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == 0x0A || byte == 0x0D else {
        index += 1
        continue
      }
      let end =
        byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
        ? index + 2 : index + 1
      lines.append(bytes[start..<(keepsEnds ? end : index)])
      start = end
      index = end
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }
}
