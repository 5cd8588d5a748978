/// What lines of source leave open for the next one: brackets, a long string, a trailing backslash.
///
/// Reads each line once and knows no more of the language than that, since lines to the session,
/// which are no source, stand among those that it reads.
struct OpenText {
  private var depth = 0
  /// The mark of the string that is open, and whether it takes three to close it.
  private var quote: (mark: UInt8, isLong: Bool)?
  private var isContinued = false

  /// True when the next line could begin a statement.
  var isClosed: Bool { depth == 0 && quote == nil && !isContinued }

  /// Reads a line without its end.
  mutating func read(_ line: Substring) {
    var rest = line.utf8[...]
    isContinued = false
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\") {
        isContinued = rest.isEmpty
        rest = rest.dropFirst()
      } else if let (mark, isLong) = quote {
        guard byte == mark else { continue }
        guard isLong else {
          quote = nil
          continue
        }
        guard rest.starts(with: [mark, mark]) else { continue }
        rest = rest.dropFirst(2)
        quote = nil
      } else {
        switch byte {
        case UInt8(ascii: "#"): return endLine()
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(depth - 1, 0)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          let isLong = rest.starts(with: [byte, byte])
          if isLong { rest = rest.dropFirst(2) }
          quote = (byte, isLong)
        default: break
        }
      }
    }
    endLine()
  }

  /// A short string ends with its line, whether closed or not, unless a backslash goes on.
  private mutating func endLine() {
    if let quote, !quote.isLong, !isContinued { self.quote = nil }
  }
}
