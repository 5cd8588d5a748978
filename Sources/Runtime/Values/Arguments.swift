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
///
/// The first three are kept inline, so that most calls need no array.
public struct BoundArguments {
  private var first: Value?
  private var second: Value?
  private let third: Value?
  private let others: Others?

  private final class Others {
    /// The values from the fourth on.
    let values: [Value?]
    let rest: [Value]
    let extra: [(name: String, value: Value)]

    init(_ values: [Value?], _ rest: [Value], _ extra: [(name: String, value: Value)]) {
      self.values = values
      self.rest = rest
      self.extra = extra
    }
  }

  /// Takes up to three values in the order of the signature.
  init(_ first: Value? = nil, _ second: Value? = nil, _ third: Value? = nil) {
    self.first = first
    self.second = second
    self.third = third
    others = nil
  }

  /// Takes one value a parameter, in the order of the signature; nil where none was given.
  ///
  /// A variadic parameter's place is nil: see ``rest`` and ``extra``.
  init(
    values: [Value?], rest: [Value] = [], extra: [(name: String, value: Value)] = []
  ) {
    first = values.first ?? nil
    second = values.count > 1 ? values[1] : nil
    third = values.count > 2 ? values[2] : nil
    let isSmall = values.count <= 3 && rest.isEmpty && extra.isEmpty
    others = isSmall ? nil : Others(Array(values.dropFirst(3)), rest, extra)
  }

  /// Hands one or two values to `body`, which are counted as in frames.
  @inline(__always)
  static func with<Answer>(
    _ first: Value, _ second: Value? = nil, _ body: (BoundArguments) throws(Fault) -> Answer
  ) throws(Fault) -> Answer {
    let arguments = BoundArguments(shared(first), second.map { shared($0) })
    let answer = try body(arguments)
    arguments.letGo()
    return answer
  }

  private consuming func letGo() {
    Runtime.letGo(&first)
    Runtime.letGo(&second)
  }

  /// The value of parameter `index`, nil when it was left out.
  public subscript(index: Int) -> Value? {
    switch index {
    case 0: return first
    case 1: return second
    case 2: return third
    default:
      guard let others, index - 3 < others.values.count else { return nil }
      return others.values[index - 3]
    }
  }

  /// The positional arguments that `*name` took.
  public var rest: [Value] { others?.rest ?? [] }

  /// The keyword arguments that `**name` took.
  public var extra: [(name: String, value: Value)] { others?.extra ?? [] }
}

/// What a signature makes of arguments that are all given by position.
struct Arity: Sendable {
  /// How many fill the first places and leave nothing missing; none when empty.
  private let accepted: Range<Int>
  /// True when all of them are what `*name` takes.
  let isVariadic: Bool

  init(_ parameters: [Parameter]) {
    let byPosition = parameters.prefix { $0.passing == .positional || $0.passing == .either }
    let others = parameters.dropFirst(byPosition.count)
    let isPlain = others.allSatisfy { $0.passing == .keyword && $0.isOptional }
    let least = (byPosition.lastIndex { !$0.isOptional } ?? -1) + 1
    accepted = isPlain ? least..<byPosition.count + 1 : 0..<0
    isVariadic =
      parameters.first?.passing == .variadic
      && parameters.dropFirst().allSatisfy { $0.passing == .keyword && $0.isOptional }
  }

  @inline(__always)
  func accepts(_ count: Int) -> Bool { accepted.contains(count) }
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
  /// True when ``one`` does it for a single argument by position.
  let takesOne: Bool
  /// The body for one argument.
  ///
  /// No optional: calling a closure out of one counts a reference to what it holds.
  let one: One
  private let refuses: (@Sendable (String) -> Fault?)?

  /// A body that takes exactly one argument.
  public typealias One = @Sendable (Value, Interpreter) throws(Fault) -> Value

  /// The shapes of a body: the narrow ones avoid an array for hot builtins.
  public enum Body: Sendable {
    /// Exactly one positional argument; the record must say so.
    case one(One)
    /// Bound to the record's parameters.
    case bound(@Sendable (BoundArguments, Interpreter) throws(Fault) -> Value)
    /// Unbound, for the few that look at arguments themselves.
    case raw(@Sendable (Arguments, Interpreter) throws(Fault) -> Value)
  }

  /// Joins a record and a body.
  ///
  /// - Parameters:
  ///   - entry: The record.
  ///   - body: The body.
  ///   - refuses: The fault of a named argument, nil for one that is taken; needed only where the
  ///     body binds arguments in a way of its own.
  public init(_ entry: Entry, _ body: Body, refuses: (@Sendable (String) -> Fault?)? = nil) {
    self.entry = entry
    self.body = body
    self.refuses = refuses
    arity = Arity(entry.parameters)
    switch body {
    case .one(let body):
      (takesOne, one) = (true, body)
    case .bound(let body):
      takesOne = arity.accepts(1)
      one = { value, interpreter throws(Fault) in
        try BoundArguments.with(value) { arguments throws(Fault) in
          try body(arguments, interpreter)
        }
      }
    case .raw(let body):
      takesOne = false
      one = { value, interpreter throws(Fault) in try body(Arguments([value]), interpreter) }
    }
  }

  /// The fault of calling it with a named argument that it does not take; nil for one that it does.
  public func refusal(ofArgument name: String) -> Fault? {
    if let refuses { return refuses(name) }
    return entry.takesArgument(name) ? nil : BindingFault.unexpected(name, of: entry)
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
  private let zero: @Sendable (Value, Interpreter) throws(Fault) -> Value
  private let one: @Sendable (Value, Value, Interpreter) throws(Fault) -> Value
  private let two: OneOrTwo

  /// A body that takes an argument and perhaps a second one.
  public typealias OneOrTwo =
    @Sendable (_ receiver: Value, Value, Value?, Interpreter) throws(Fault) -> Value

  /// The shapes of a body.
  public enum Body: Sendable {
    /// No arguments.
    case zero(@Sendable (Value, Interpreter) throws(Fault) -> Value)
    /// Exactly one positional argument.
    case one(@Sendable (Value, Value, Interpreter) throws(Fault) -> Value)
    /// A positional argument and perhaps a second one.
    case oneOrTwo(OneOrTwo)
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
    // What a body does not take is never asked of it: see ``takes(_:)``.
    var zero: @Sendable (Value, Interpreter) throws(Fault) -> Value = { _, _ in .none }
    var one: @Sendable (Value, Value, Interpreter) throws(Fault) -> Value = { _, _, _ in .none }
    var two: OneOrTwo = { _, _, _, _ in .none }
    switch body {
    case .zero(let body): zero = body
    case .one(let body): one = body
    case .oneOrTwo(let body):
      two = body
      one = { receiver, value, interpreter throws(Fault) in
        try body(receiver, value, nil, interpreter)
      }
    case .bound(let body):
      two = { receiver, a, b, interpreter throws(Fault) in
        try BoundArguments.with(a, b) { arguments throws(Fault) in
          try body(receiver, arguments, interpreter)
        }
      }
      zero = { receiver, interpreter throws(Fault) in
        try body(receiver, BoundArguments(), interpreter)
      }
      one = { receiver, value, interpreter throws(Fault) in
        try BoundArguments.with(value) { arguments throws(Fault) in
          try body(receiver, arguments, interpreter)
        }
      }
    case .raw: break
    }
    self.zero = zero
    self.one = one
    self.two = two
  }

  /// True when so many arguments by position need no binding.
  func takes(_ count: Int) -> Bool {
    switch body {
    case .zero: count == 0
    case .one: count == 1
    case .oneOrTwo, .bound: arity.accepts(count)
    case .raw: false
    }
  }

  /// Calls on a receiver without arguments; to be asked only when it ``takes(_:)`` none.
  @inline(__always)
  func call(_ receiver: Value, _ interpreter: Interpreter) throws(Fault) -> Value {
    try zero(receiver, interpreter)
  }

  /// Calls with one argument; to be asked only when it takes one.
  @inline(__always)
  func call(_ receiver: Value, _ a: Value, _ interpreter: Interpreter) throws(Fault) -> Value {
    try one(receiver, a, interpreter)
  }

  /// Calls with two arguments; to be asked only when it takes two.
  @inline(__always)
  func call(_ receiver: Value, _ a: Value, _ b: Value, _ interpreter: Interpreter)
    throws(Fault) -> Value
  {
    try two(receiver, a, b, interpreter)
  }
}
