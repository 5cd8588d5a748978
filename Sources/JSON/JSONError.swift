/// Why a text is not JSON, and where.
public struct JSONError: Error, Sendable, Equatable {
  /// The kinds of problems.
  public enum Reason: Sendable, Equatable {
    /// Something else was expected here; `found` is a character as shown, nil at the end.
    case expected(String, found: String?)
    case unterminatedString
    case controlCharacter
    case invalidEscape
    case invalidNumber
    case invalidUTF8
    case tooDeep(limit: Int)
    case trailingText
    case cancelled
  }

  /// What is wrong.
  public let reason: Reason
  /// The offset in bytes from the start.
  public let offset: Int
  /// The line, from 1.
  public let line: Int
  /// The column in code points, from 1.
  public let column: Int

  /// Finds the line and column of an offset.
  init(_ reason: Reason, at offset: Int, in bytes: [UInt8]) {
    self.reason = reason
    self.offset = offset
    let before = bytes.prefix(offset)
    line = 1 + before.count { $0 == 0x0A }
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    column = 1 + before[start...].count { $0 & 0xC0 != 0x80 }
  }
}

extension JSONError: CustomStringConvertible {
  /// The problem and its place in one line, without a final period.
  public var description: String { "\(problem) at line \(line), column \(column)" }

  private var problem: String {
    switch reason {
    case .expected(let wanted, found: let found?): "expected \(wanted); received \(found)"
    case .expected(let wanted, found: nil): "expected \(wanted); received the end of the text"
    case .unterminatedString: "the string that starts here has no closing quote"
    case .controlCharacter: "control characters in strings must be escaped"
    case .invalidEscape:
      "expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX after a backslash"
    case .invalidNumber: "expected digits, as in -1, 0.5 or 2e-3"
    case .invalidUTF8: "the string is not valid UTF-8"
    case .tooDeep(let limit): "expected at most \(limit) nested arrays and objects"
    case .trailingText: "expected nothing after the value"
    case .cancelled: "the work was ended"
    }
  }
}
