import Diagnostics
import Runtime
import Syntax

/// Finds names that nothing binds, before anything runs.
enum NameCheck {
  /// A diagnostic for each name of a module that is used as a global but bound nowhere.
  ///
  /// - Parameters:
  ///   - module: The parsed source.
  ///   - resolution: Where its names live.
  ///   - known: The builtins and what any cell binds.
  /// - Returns: Errors in the order of the source.
  static func findings(_ module: Module, _ resolution: Resolution, known: Set<String>)
    -> [Diagnostic]
  {
    resolution.uses.filter { !known.contains($0.name.text) }.map { use in
      let name = use.name
      return Diagnostic(
        name: "NameError", message: "name '\(name.text)' is not bound anywhere",
        primary: Diagnostic.Label(module.file, name.span),
        help: Globals.help(forUnbound: name.text, variables: use.variables, known: known)
      ).withHabit
    }
  }
}
