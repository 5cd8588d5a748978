public import Catalog
public import Diagnostics

/// A whole source text, parsed.
public struct Module: Sendable {
  /// The text that all spans refer to.
  public let file: SourceFile
  /// Its statements.
  public let statements: [Statement]
  /// How many names (see ``Name/id``) it holds.
  public let nameCount: Int
  /// How many functions and lambdas (see ``Function/id``) it holds.
  public let functionCount: Int
  /// True when the last statement is an expression that ends in `;`, which hides its text.
  public let hidesResult: Bool

  /// Makes a module.
  public init(
    file: SourceFile, statements: [Statement], nameCount: Int, functionCount: Int,
    hidesResult: Bool
  ) {
    self.file = file
    self.statements = statements
    self.nameCount = nameCount
    self.functionCount = functionCount
    self.hidesResult = hidesResult
  }
}

/// A step of a program, with its place.
public struct Statement: Sendable {
  /// What it is.
  public let kind: Kind
  /// The bytes from its first to its last token.
  public let span: Span

  /// Makes a statement.
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  /// The kinds of statements.
  public indirect enum Kind: Sendable {
    case expression(Expression)
    case assign(Target, Expression)
    case augmented(Target, BinaryOperator, Expression, operatorSpan: Span)
    /// An `elif` is an `if` alone in `otherwise`.
    case `if`(Expression, then: [Statement], otherwise: [Statement])
    case `for`(Target, in: Expression, body: [Statement])
    case `while`(Expression, body: [Statement])
    case def(Function)
    case `return`(Expression?)
    case `break`
    case `continue`
    case pass
    case assert(Expression, message: Expression?)
    case delete([Target])
    /// `load("file", "a", b="c")`: local names with the names they have in the file.
    case load(path: String, pathSpan: Span, names: [LoadedName])
    /// `import a.b as c`; without `as`, `local` is the first component.
    case importModule(path: String, pathSpan: Span, local: Name, isAlias: Bool)
    /// `from a import b as c`; `names` empty means `*`.
    case importNames(path: String, pathSpan: Span, names: [LoadedName])
  }
}

/// One name brought in by `load` or `from … import`.
public struct LoadedName: Sendable {
  /// The name bound here.
  public let local: Name
  /// The name that it has there.
  public let original: String
  /// The place of the original name.
  public let originalSpan: Span

  /// Makes a pair of names.
  public init(local: Name, original: String, originalSpan: Span) {
    self.local = local
    self.original = original
    self.originalSpan = originalSpan
  }
}

/// What can stand left of `=`, after `for`, and after `del`.
public struct Target: Sendable {
  /// What it is.
  public let kind: Kind
  /// Its place.
  public let span: Span

  /// The kinds of targets.
  public indirect enum Kind: Sendable {
    case name(Name)
    case index(Expression, Expression)
    case attribute(Expression, Name)
    /// `a, b` and `[a, b]`; at most one is starred.
    case sequence([Target])
    /// `*rest`, only inside a sequence.
    case starred(Target)
  }

  /// Makes a target.
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// A `def` or a lambda.
///
/// `id` is its row in ``Resolution/functions``.
public struct Function: Sendable {
  /// The name; nil for a lambda.
  public let name: Name?
  /// The parameters in order.
  public let parameters: [FunctionParameter]
  /// The body; a lambda's is one `return`.
  public let body: [Statement]
  /// The first string of the body, which `help` shows.
  public let docstring: String?
  /// Its number within its module, from 0.
  public let id: Int
  /// The span of the header, from `def` to before the colon.
  public let headerSpan: Span

  /// Makes a function.
  public init(
    name: Name?, parameters: [FunctionParameter], body: [Statement], docstring: String?, id: Int,
    headerSpan: Span
  ) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.docstring = docstring
    self.id = id
    self.headerSpan = headerSpan
  }

  /// The record of the function as far as its text tells: what a default is, shows when it is made.
  public var entry: Entry {
    Entry(
      name?.text ?? "lambda",
      parameters.map {
        Parameter($0.name.text, passing: $0.passing, default: $0.defaultValue.map { _ in "" })
      },
      summary: docstring ?? "")
  }
}

/// A parameter of a `def` or lambda.
///
/// Annotations are parsed and dropped.
public struct FunctionParameter: Sendable {
  /// Its name.
  public let name: Name
  /// How arguments reach it.
  public let passing: Parameter.Passing
  /// Evaluated when the `def` runs.
  public let defaultValue: Expression?

  /// Makes a parameter.
  public init(name: Name, passing: Parameter.Passing, defaultValue: Expression?) {
    self.name = name
    self.passing = passing
    self.defaultValue = defaultValue
  }
}
