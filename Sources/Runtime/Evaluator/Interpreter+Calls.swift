import Catalog

extension Interpreter {
  /// `function(arguments)`.
  public func call(_ function: Value, _ arguments: Arguments) throws(Fault) -> Value {
    guard case .object(let object) = function else { throw notCallable(function) }
    switch object.kind {
    case .function:
      guard let function = object.asFunction else { break }
      return try invoke(function, arguments)
    case .builtin:
      guard let builtin = object.asBuiltin?.builtin else { break }
      return try call(builtin, arguments)
    case .boundMethod:
      guard let bound = object.asBoundMethod else { break }
      return try call(bound.method, bound.receiver, arguments)
    case .host:
      return try entering { () throws(Fault) in try object.call(arguments, self) }
    default: break
    }
    throw notCallable(function)
  }

  /// `function(a, b, …)`.
  public func call(_ function: Value, _ positional: [Value]) throws(Fault) -> Value {
    try call(function, Arguments(positional))
  }

  /// Calls a builtin; a host value as first argument may bring its own of the same name.
  public func call(_ builtin: Builtin, _ arguments: Arguments) throws(Fault) -> Value {
    if case .object(let object)? = arguments.positional.first, object.kind == .host,
      let own = object.overload(builtin.entry.name)
    {
      return try run(own, arguments)
    }
    return try run(builtin, arguments)
  }

  private func run(_ builtin: Builtin, _ arguments: Arguments) throws(Fault) -> Value {
    try entering { () throws(Fault) in
      switch builtin.body {
      case .one(let body):
        if arguments.positional.count == 1, arguments.named.isEmpty {
          return try body(arguments.positional[0], self)
        }
        return try body(try single(arguments, builtin.entry), self)
      case .bound(let body):
        return try body(try bind(arguments, builtin.arity, to: builtin.entry), self)
      case .raw(let body): return try body(arguments, self)
      }
    }
  }

  /// Calls a method on a receiver.
  func call(_ method: Method, _ receiver: Value, _ arguments: Arguments) throws(Fault) -> Value {
    try entering { () throws(Fault) in
      switch method.body {
      case .zero(let body):
        if !arguments.positional.isEmpty || !arguments.named.isEmpty {
          _ = try bind(arguments, to: method.entry)
        }
        return try body(receiver, self)
      case .one(let body): return try body(receiver, try single(arguments, method.entry), self)
      case .oneOrTwo(let body):
        let bound = try bind(arguments, method.arity, to: method.entry)
        return try body(receiver, bound[0] ?? .none, bound[1], self)
      case .bound(let body):
        return try body(receiver, try bind(arguments, method.arity, to: method.entry), self)
      case .raw(let body): return try body(receiver, arguments, self)
      }
    }
  }

  /// Counts a call of native code, which may call back.
  @inline(__always)
  func entering<T>(_ body: () throws(Fault) -> T) throws(Fault) -> T {
    try tick()
    if depth >= Interpreter.recursionLimit { throw recursionFault() }
    depth += 1
    defer { depth -= 1 }
    return try body()
  }

  /// The one argument of a builtin that takes exactly one.
  func single(_ arguments: Arguments, _ entry: Entry) throws(Fault) -> Value {
    let bound = try bind(arguments, to: entry)
    guard entry.parameters.count == 1, let value = bound[0] else {
      throw Fault.internal("\(entry.name)() is recorded with other than one parameter")
    }
    return value
  }

  func recursionFault() -> Fault {
    Fault(
      "RecursionError",
      "calls nest deeper than \(Interpreter.recursionLimit) levels",
      help: "check that the recursion ends, or use a loop")
  }

  func notCallable(_ value: Value) -> Fault {
    Fault.type("'\(typeName(value))' value is not callable")
  }
}
