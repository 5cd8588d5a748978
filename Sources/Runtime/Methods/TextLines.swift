/// Splitting of UTF-8 text at line ends.
enum TextLines {
  /// What ends a line.
  enum Ends {
    /// `\n`, `\r\n` and `\r`, as in files.
    case files
    /// All that Python's `str.splitlines` takes for one: these, `\v`, `\f`, `\x1c` to `\x1e`,
    /// `\x85`, `\u2028` and `\u2029`.
    case all
  }

  /// Calls `body` with each line.
  static func forEach(
    in bytes: StringBytes, at ends: Ends, keepsEnds: Bool,
    _ body: (StringBytes) throws(Fault) -> Void
  ) throws(Fault) {
    var start = 0
    var index = 0
    while index < bytes.count {
      let length = lengthOfEnd(at: index, in: bytes, ends)
      guard length > 0 else {
        index += 1
        continue
      }
      try body(bytes[start..<(keepsEnds ? index + length : index)])
      index += length
      start = index
    }
    if start < bytes.count { try body(bytes[start..<bytes.count]) }
  }

  /// The bytes of the line end that begins at a place; 0 when none does.
  @inline(__always)
  private static func lengthOfEnd(at index: Int, in bytes: StringBytes, _ ends: Ends) -> Int {
    let byte = bytes[index]
    if byte > 0x1E, byte < 0xC2 { return 0 }
    switch byte {
    case 0x0A: return 1
    case 0x0D: return bytes[index + 1] == 0x0A ? 2 : 1
    case 0x0B, 0x0C, 0x1C...0x1E: return ends == .all ? 1 : 0
    case 0xC2: return ends == .all && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      let isSeparator = bytes[index + 1] == 0x80 && bytes[index + 2] | 1 == 0xA9
      return ends == .all && isSeparator ? 3 : 0
    default: return 0
    }
  }
}
