public import Diagnostics

/// What a module says about names that may mean built-in modules and functions.
///
/// Running it needs none of this: it is kept for what looks at a program without running it.
public struct Mentions: Sendable {
  /// The `import` statements, wherever they stand.
  public internal(set) var imports: [Import] = []
  /// The members that are read of global names, `np.random.rand`, each at its longest.
  public internal(set) var members: [DottedName] = []
  /// Calls with named arguments of global names and of their members.
  public internal(set) var calls: [NamedCall] = []
  /// The globals that something other than an import binds or unbinds.
  public internal(set) var rebound: Set<String> = []

  init() {}
}

/// An `import` statement.
public struct Import: Sendable {
  /// What it binds.
  public enum Kind: Sendable {
    /// `import a.b`, which binds `a`, and `import a.b as c`.
    case module(local: Name, isAlias: Bool)
    /// `from a import b as c`; no names for `from a import *`.
    case names([LoadedName])
  }

  /// The path of the module.
  public let path: String
  /// The place of the path.
  public let pathSpan: Span
  /// What it binds.
  public let kind: Kind
  /// Whether what it binds are globals.
  public let bindsGlobals: Bool
}

/// A name with what is read of it: `np.random.rand`.
public struct DottedName: Sendable {
  /// The name before the first dot.
  public let root: Name
  /// The names behind the dots; may be empty.
  public let members: [Name]

  /// The dotted name that an expression is; nil when it is something else.
  init?(_ expression: Expression) {
    var members: [Name] = []
    var rest = expression
    while case .attribute(let object, let name) = rest.kind {
      members.append(name)
      rest = object
    }
    guard case .name(let root) = rest.kind else { return nil }
    self.root = root
    self.members = members.reversed()
  }
}

/// A call of a dotted or plain name with named arguments: `print(x, sep="")`.
public struct NamedCall: Sendable {
  /// The name that is called.
  public let callee: DottedName
  /// The names of its named arguments, with their places.
  public let names: [(text: String, span: Span)]
}
