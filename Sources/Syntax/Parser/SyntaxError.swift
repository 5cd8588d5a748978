public import Diagnostics

/// The first mistake that the parser met.
///
/// One word wide, so that the frames of the recursive parser stay small.
public struct SyntaxError: Error, Sendable {
  private final class Box: Sendable {
    let diagnostic: Diagnostic
    let isAtEnd: Bool

    init(_ diagnostic: Diagnostic, isAtEnd: Bool) {
      self.diagnostic = diagnostic
      self.isAtEnd = isAtEnd
    }
  }

  private let box: Box

  /// The mistake, named `SyntaxError` or `IndentationError`.
  public var diagnostic: Diagnostic { box.diagnostic }

  /// True when the text only ends too early, so that more of it may be right.
  var isAtEnd: Bool { box.isAtEnd }

  init(_ diagnostic: Diagnostic, isAtEnd: Bool = false) {
    box = Box(diagnostic, isAtEnd: isAtEnd)
  }
}

/// All mistakes that the resolver found, in the order of the text.
public struct SyntaxErrors: Error, Sendable {
  /// The mistakes; never empty.
  public let diagnostics: [Diagnostic]
}
