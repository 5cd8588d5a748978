public import Diagnostics

/// Turns source text into a tree.
public enum Parser {
  /// Parses a whole text.
  ///
  /// - Throws: The first mistake.
  public static func parse(_ file: SourceFile) throws(SyntaxError) -> Module {
    throw SyntaxError(
      Diagnostic(name: "SyntaxError", message: "the parser is not built", primary: nil))
  }
}
