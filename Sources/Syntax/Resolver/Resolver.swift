internal import Diagnostics

/// Finds where each name of a module lives.
///
/// The method: one walk over the tree with a stack of frames, one a function. What a function binds
/// is collected before its body is walked, since a name bound anywhere in it is local to all of it.
/// A name is looked up in the variables of the comprehensions around it, then in its function, then
/// outwards; found in an outer function, it becomes a cell there and is captured by every function
/// between. Found nowhere, it is global. Whether a slot holds a cell is known only when its
/// function has been walked, so bindings to slots are written then.
public enum Resolver {
  /// Resolves a whole module.
  ///
  /// The top level's own names are globals; only the variables of its comprehensions have slots.
  ///
  /// - Throws: Every mistake found, such as a `return` outside a function.
  public static func resolve(_ module: Module) throws(SyntaxErrors) -> Resolution {
    var walk = ScopeWalk(module)
    walk.block(module.statements)
    let topLevel = walk.leaveFrame()
    guard walk.findings.isEmpty else {
      throw SyntaxErrors(
        diagnostics: walk.findings.sorted {
          ($0.primary?.span.start ?? 0) < ($1.primary?.span.start ?? 0)
        })
    }
    var mentions = walk.mentions
    mentions.members.removeAll { walk.bindings[$0.root.id] != .global }
    mentions.calls.removeAll { walk.bindings[$0.callee.root.id] != .global }
    mentions.typeTests.removeAll {
      walk.bindings[$0.callee.id] != .global || walk.bindings[$0.type.root.id] != .global
    }
    return Resolution(
      bindings: walk.bindings, functions: walk.functions, topLevel: topLevel,
      globals: walk.globals, uses: walk.uses, mentions: mentions)
  }
}
