/// A range of source text, in UTF-8 offsets from the start of its file.
public struct Span: Sendable, Hashable {
  /// The offset of the first byte.
  public let start: Int32
  /// The offset after the last byte.
  public let end: Int32

  /// A span of the bytes `start..<end`; an end before the start is moved to it.
  public init(_ start: Int, _ end: Int) {
    self.start = Int32(clamping: start)
    self.end = Swift.max(Int32(clamping: start), Int32(clamping: end))
  }

  /// A span at the start of a file, for faults that belong to no place.
  public static let none = Span(0, 0)

  /// The smallest span that covers both.
  public func union(_ other: Span) -> Span {
    Span(Int(Swift.min(start, other.start)), Int(Swift.max(end, other.end)))
  }
}
