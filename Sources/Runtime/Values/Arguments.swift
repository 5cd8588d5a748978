public import Catalog

/// The arguments of one call, evaluated, not yet bound to parameters.
public struct Arguments {
  /// The arguments by position.
  public var positional: [Value]
  /// The arguments by name, in order.
  public var named: [(name: String, value: Value)]

  /// Gathers arguments.
  public init(_ positional: [Value] = [], named: [(name: String, value: Value)] = []) {
    self.positional = positional
    self.named = named
  }
}

/// The arguments of one call of a builtin, bound to the parameters of its ``Entry``.
public struct BoundArguments {
  /// One value a parameter, in the order of the signature; nil where none was given.
  ///
  /// A variadic parameter's place is nil: see ``rest`` and ``extra``.
  public let values: [Value?]
  /// The positional arguments that `*name` took.
  public let rest: [Value]
  /// The keyword arguments that `**name` took.
  public let extra: [(name: String, value: Value)]

  /// Takes bound values.
  public init(
    values: [Value?], rest: [Value] = [], extra: [(name: String, value: Value)] = []
  ) {
    self.values = values
    self.rest = rest
    self.extra = extra
  }

  /// The value of parameter `index`, nil when it was left out.
  public subscript(index: Int) -> Value? { index < values.count ? values[index] : nil }
}

/// How many arguments a signature takes when all are given by position.
struct Arity: Sendable {
  /// The number of parameters.
  let places: Int
  private let accepted: ClosedRange<Int>?

  init(_ parameters: [Parameter]) {
    places = parameters.count
    let byPosition = parameters.prefix { $0.passing == .positional || $0.passing == .either }
    let others = parameters.dropFirst(byPosition.count)
    let isPlain = others.allSatisfy { $0.passing == .keyword && $0.isOptional }
    let least = (byPosition.lastIndex { !$0.isOptional } ?? -1) + 1
    accepted = isPlain ? least...byPosition.count : nil
  }

  /// True when so many arguments by position fill the first places and leave nothing missing.
  @inline(__always)
  func accepts(_ count: Int) -> Bool { accepted?.contains(count) == true }
}

/// A function written in Swift: its record and its body.
///
/// Builtins are immutable and carry no state of a session, so tables of them are shared. They are
/// objects, since a call that copied a record would count references to all of its parts.
public final class Builtin: Sendable {
  /// Name, signature, help and examples.
  public let entry: Entry
  /// What of the signature a call by position needs to know.
  let arity: Arity
  /// What it does.
  public let body: Body

  /// The shapes of a body: the narrow ones avoid an array for hot builtins.
  public enum Body: Sendable {
    /// Exactly one positional argument; the record must say so.
    case one(@Sendable (Value, Interpreter) throws(Fault) -> Value)
    /// Bound to the record's parameters.
    case bound(@Sendable (BoundArguments, Interpreter) throws(Fault) -> Value)
    /// Unbound, for the few that look at arguments themselves.
    case raw(@Sendable (Arguments, Interpreter) throws(Fault) -> Value)
  }

  /// Joins a record and a body.
  public init(_ entry: Entry, _ body: Body) {
    self.entry = entry
    self.body = body
    arity = Arity(entry.parameters)
  }
}

/// A method of a built-in type: its record and its body, which gets the receiver first.
public final class Method: Sendable {
  /// Name, signature without the receiver, help and examples.
  public let entry: Entry
  /// What of the signature a call by position needs to know.
  let arity: Arity
  /// What it does.
  public let body: Body

  /// The shapes of a body.
  public enum Body: Sendable {
    /// No arguments.
    case zero(@Sendable (Value, Interpreter) throws(Fault) -> Value)
    /// Exactly one positional argument.
    case one(@Sendable (Value, Value, Interpreter) throws(Fault) -> Value)
    /// Bound to the record's parameters.
    case bound(@Sendable (Value, BoundArguments, Interpreter) throws(Fault) -> Value)
    /// Unbound.
    case raw(@Sendable (Value, Arguments, Interpreter) throws(Fault) -> Value)
  }

  /// Joins a record and a body.
  public init(_ entry: Entry, _ body: Body) {
    self.entry = entry
    self.body = body
    arity = Arity(entry.parameters)
  }
}
