public import Diagnostics

/// Turns source text into a tree.
public enum Parser {
  /// Parses a whole text.
  ///
  /// Trees are bounded: blocks nest at most 100 deep, an expression is at most 500 nodes high (a
  /// chain `a + b + c` counts each operator), and an `if` has at most 500 branches.
  ///
  /// - Throws: The first mistake.
  public static func parse(_ file: SourceFile) throws(SyntaxError) -> Module {
    var lexer = Lexer(file)
    lexer.run()
    var grammar = Grammar(lexer)
    return try grammar.module()
  }
}
