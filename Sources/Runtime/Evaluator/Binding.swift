public import Catalog
import Diagnostics

extension Interpreter {
  /// Binds the arguments of a call, at once when they are by position and fit.
  func bind(_ arguments: Arguments, _ arity: Arity, to entry: @autoclosure () -> Entry)
    throws(Fault) -> BoundArguments
  {
    guard arguments.named.isEmpty else { return try bind(arguments, to: entry()) }
    if arity.isVariadic { return BoundArguments(values: [], rest: arguments.positional) }
    guard arity.accepts(arguments.positional.count) else {
      return try bind(arguments, to: entry())
    }
    let given = arguments.positional
    switch given.count {
    case 0: return BoundArguments()
    case 1: return BoundArguments(given[0])
    case 2: return BoundArguments(given[0], given[1])
    default: return BoundArguments(values: given)
    }
  }

  /// Binds the arguments of a call to the parameters of a record, with Python's messages.
  public func bind(_ arguments: Arguments, to entry: Entry) throws(Fault) -> BoundArguments {
    let parameters = entry.parameters
    var values = [Value?](repeating: nil, count: parameters.count)
    var rest: [Value] = []
    var next = 0
    for argument in arguments.positional {
      while next < parameters.count,
        parameters[next].passing == .keyword || parameters[next].passing == .keywordVariadic
      { next += 1 }
      guard next < parameters.count else {
        throw BindingFault.tooMany(
          entry.name, accepted: parameters.filter(\.isPositional).count,
          received: arguments.positional.count,
          byName: parameters.filter { $0.passing == .keyword }.map(\.name))
      }
      if parameters[next].passing == .variadic {
        rest.append(argument)
      } else {
        values[next] = argument
        next += 1
      }
    }
    var extra: [(name: String, value: Value)] = []
    var extraNames: Set<String> = []
    let takesExtra = parameters.contains { $0.passing == .keywordVariadic }
    for (name, value) in arguments.named {
      try checkInterruption()
      let place = parameters.firstIndex {
        $0.name == name && ($0.passing == .either || $0.passing == .keyword)
      }
      if let place {
        guard values[place] == nil else { throw BindingFault.repeated(entry.name, name) }
        values[place] = value
      } else if takesExtra {
        if extra.isEmpty {
          // To move millions of names into a larger table takes long.
          extra.reserveCapacity(arguments.named.count)
          extraNames.reserveCapacity(arguments.named.count)
        }
        guard extraNames.insert(name).inserted else {
          throw BindingFault.repeated(entry.name, name)
        }
        extra.append((name, value))
      } else {
        throw BindingFault.unexpected(name, of: entry)
      }
    }
    let missing = parameters.indices.filter {
      values[$0] == nil && !parameters[$0].isOptional
    }
    if !missing.isEmpty {
      throw BindingFault.missing(entry.name, missing.map { parameters[$0].name })
    }
    return BoundArguments(values: values, rest: rest, extra: extra)
  }

  /// Adds what a dict whose keys are strings holds as arguments by name.
  func unpack(_ dict: DictObject, into arguments: inout Arguments) throws(Fault) {
    arguments.named.reserveCapacity(arguments.named.count + dict.count)
    var next = 0
    while let place = dict.table.position(from: next) {
      try checkInterruption()
      let entry = dict.table.entries[place]
      arguments.named.append((entry.key?.stringText ?? "", entry.value))
      next = place + 1
    }
  }
}

extension Entry {
  /// Whether an argument can be given by this name.
  public func takesArgument(_ name: String) -> Bool {
    parameters.contains {
      $0.passing == .keywordVariadic
        || $0.name == name && ($0.passing == .either || $0.passing == .keyword)
    }
  }
}

extension Parameter {
  fileprivate var isPositional: Bool { passing == .positional || passing == .either }
}

/// The faults of binding arguments, the same for builtins and for functions of the language.
enum BindingFault {
  static func tooMany(
    _ function: String, accepted: Int, received: Int, byName: [String]
  ) -> Fault {
    let taken =
      accepted == 0
      ? "no positional arguments"
      : accepted == 1 ? "at most 1 positional argument" : "at most \(accepted) positional arguments"
    return Fault.type(
      "\(function)() takes \(taken); received \(received)",
      note: byName.isEmpty ? nil : "by name it takes: \(byName.joined(separator: ", "))")
  }

  static func repeated(_ function: String, _ name: String) -> Fault {
    Fault.type("\(function)() got more than one value for argument '\(name)'")
  }

  static func unexpected(_ name: String, of entry: Entry) -> Fault {
    let parameters = entry.parameters
    return unexpected(
      entry.name, name,
      positionalOnly: parameters.contains { $0.name == name && $0.passing == .positional },
      among: parameters.filter { $0.passing == .either || $0.passing == .keyword }.map(\.name))
  }

  static func unexpected(
    _ function: String, _ name: String, positionalOnly: Bool, among names: [String]
  ) -> Fault {
    if positionalOnly {
      return Fault.type(
        "\(function)() takes '\(name)' by position only", help: "leave out '\(name)='")
    }
    return Fault.type(
      "\(function)() got an unexpected keyword argument '\(name)'",
      note: names.isEmpty ? nil : "it takes: \(names.joined(separator: ", "))",
      help: Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" })
  }

  static func missing(_ function: String, _ names: [String]) -> Fault {
    let list = names.map { "'\($0)'" }
    guard list.count > 1, let last = list.last else {
      return Fault.type("\(function)() is missing the argument \(list.first ?? "")")
    }
    return Fault.type(
      "\(function)() is missing \(list.count) arguments: "
        + "\(list.dropLast().joined(separator: ", ")) and \(last)")
  }
}
