internal import Diagnostics

/// Finds where each name of a module lives.
public enum Resolver {
  /// Resolves a whole module.
  ///
  /// - Throws: Every mistake found, such as a `return` outside a function.
  public static func resolve(_ module: Module) throws(SyntaxErrors) -> Resolution {
    throw SyntaxErrors(diagnostics: [
      Diagnostic(name: "SyntaxError", message: "the resolver is not built", primary: nil)
    ])
  }
}
