public import Diagnostics

/// What a module says about names that may mean built-in modules and functions.
///
/// Running it needs none of this: it is kept for what looks at a program before it runs.
public struct Mentions: Sendable {
  /// The `import` statements, wherever they stand.
  public internal(set) var imports: [Import] = []
  /// The members that are read of global names, `np.random.rand`, each at its longest.
  public internal(set) var members: [DottedName] = []
  /// Calls of global names, and of their members with named arguments.
  public internal(set) var calls: [Call] = []
  /// The functions that `def` statements bind to globals.
  public internal(set) var definitions: [Function] = []
  /// Comparisons of what `type(x)` gives with names.
  public internal(set) var typeTests: [TypeTest] = []
  /// The conditions of `assert` statements that are a tuple, and whether it is a condition with its text,
  /// as of `assert(x, "text")`.
  public internal(set) var assertedTuples: [(place: Span, isCall: Bool)] = []
  /// How many places that are no imports bind or unbind each global.
  public internal(set) var bindings: [String: Int] = [:]

  /// True when there is something that may run otherwise than it seems to.
  public var mayNeedAdvice: Bool { !typeTests.isEmpty || !assertedTuples.isEmpty }

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

  /// A plain name.
  public init(_ root: Name) {
    self.root = root
    members = []
  }

  /// The place of all of it.
  public var span: Span { Span(Int(root.span.start), Int((members.last ?? root).span.end)) }

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

/// A call of a dotted or plain name: `print(x, sep="")`.
public struct Call: Sendable {
  /// The name that is called.
  public let callee: DottedName
  /// The number of its arguments by position.
  public let positional: Int
  /// The names of its named arguments, with their places.
  public let names: [(text: String, span: Span)]
  /// True when `*` or `**` adds others.
  public let isOpen: Bool
  /// Its place.
  public let span: Span

  init(_ callee: DottedName, _ arguments: [Argument], _ span: Span) {
    var (positional, isOpen) = (0, false)
    var names: [(text: String, span: Span)] = []
    for argument in arguments {
      switch argument.passing {
      case .positional: positional += 1
      case .named(let text, let span): names.append((text, span))
      case .unpackedList, .unpackedDict: isOpen = true
      }
    }
    self.callee = callee
    self.positional = positional
    self.names = names
    self.isOpen = isOpen
    self.span = span
  }
}

/// A comparison such as `type(x) == int`, which may mean `isinstance(x, int)`.
public struct TypeTest: Sendable {
  /// The name `type`.
  public let callee: Name
  /// The place of what is asked for its type.
  public let value: Span
  /// What its type is compared with.
  public let type: DottedName
  /// True for `==`, false for `!=`.
  public let isEqual: Bool
  /// True when what it is compared with has the name of a type that every program knows.
  public var namesType: Bool { type.members.isEmpty && TypeTest.types.contains(type.root.text) }
  /// The place of the comparison.
  public let span: Span

  private static let types: Set<String> = [
    "bool", "bytes", "dict", "float", "int", "list", "range", "set", "str", "tuple",
  ]

  /// The test that two sides are; nil when neither asks for a type or the other is no name.
  init?(_ left: Expression, _ right: Expression, _ op: ComparisonOperator) {
    guard op == .equal || op == .notEqual else { return nil }
    for (side, other) in [(left, right), (right, left)] {
      guard case .call(let callee, let arguments) = side.kind, case .name(let name) = callee.kind,
        name.text == "type", arguments.count == 1, case .positional = arguments[0].passing,
        let type = DottedName(other)
      else { continue }
      self.callee = name
      value = arguments[0].value.span
      self.type = type
      isEqual = op == .equal
      span = Span(Int(left.span.start), Int(right.span.end))
      return
    }
    return nil
  }
}
