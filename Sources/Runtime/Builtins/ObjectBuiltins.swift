import Catalog

extension BuiltinTable {
  static let objects: [Builtin] = [
    type, isinstance, callable, hasattr, getattr, dir, structure, fail, help,
  ]

  static let type = Builtin(
    Entry(
      "type", [.positional("x")], group: "Objects", summary: "The name of a value's type, a text.",
      examples: [Example("type(1.5)", prints: "\"float\"")]),
    .one { value, interpreter in .string(interpreter.typeName(value)) })

  static let isinstance = Builtin(
    Entry(
      "isinstance", [.positional("x"), .positional("types")], group: "Objects",
      summary: """
        True when a value is of a type, or of one of a tuple of types. A type is named by its \
        builtin (`int`, `list`, `LSTM`) or by the text that `type` gives; "str" is "string".
        """,
      examples: [Example("isinstance(3, (int, float))", prints: "True")]),
    .bound { arguments, interpreter throws(Fault) in
      let actual = interpreter.typeName(arguments[0] ?? .none)
      let types = arguments[1] ?? .none
      for candidate in types.tupleElements ?? [types] {
        guard let name = typeName(candidate) else {
          throw Fault.type(
            "isinstance() expected types such as int or list; received "
              + "'\(interpreter.typeName(candidate))'")
        }
        if name == actual { return .bool(true) }
      }
      return .bool(false)
    })

  /// The type that a value stands for as the second argument of `isinstance`.
  private static func typeName(_ value: Value) -> String? {
    var name = value.stringText
    if case .object(let object) = value, object.kind == .builtin { name = object.entry?.name }
    return name == "str" ? "string" : name
  }

  static let callable = Builtin(
    Entry(
      "callable", [.positional("x")], group: "Objects", summary: "True when a value can be called.",
      examples: [Example("callable(len)", prints: "True")]),
    .one { value, _ in
      if case .object(let object) = value, object.canBeCalled { return .bool(true) }
      return .bool(value.isCallable)
    })

  static let hasattr = Builtin(
    Entry(
      "hasattr", [.positional("x"), .positional("name", .string)], group: "Objects",
      summary: "True when `x.name` exists.",
      examples: [Example("hasattr([], \"append\")", prints: "True")]),
    .bound { arguments, interpreter throws(Fault) in
      let name = try attributeName(arguments[1], interpreter)
      return .bool(try interpreter.attributeIfAny(arguments[0] ?? .none, name) != nil)
    })

  static let getattr = Builtin(
    Entry(
      "getattr",
      [.positional("x"), .positional("name", .string), .positional("default", default: "")],
      group: "Objects", summary: "`x.name`, or the default when it does not exist.",
      examples: [Example("getattr([], \"size\", 0)", prints: "0")]),
    .bound { arguments, interpreter throws(Fault) in
      let name = try attributeName(arguments[1], interpreter)
      if let value = try interpreter.attributeIfAny(arguments[0] ?? .none, name) { return value }
      if let fallback = arguments[2] { return fallback }
      return try interpreter.attribute(arguments[0] ?? .none, name)
    })

  private static func attributeName(_ value: Value?, _ interpreter: Interpreter) throws(Fault)
    -> String
  {
    guard let name = value?.stringText else {
      throw Fault.type(
        "an attribute is named by a text; received '\(interpreter.typeName(value ?? .none))'")
    }
    return name
  }

  static let dir = Builtin(
    Entry(
      "dir", [.positional("x", default: "")], group: "Objects",
      summary: """
        The names of a value's attributes, sorted; without an argument the names that the program \
        has bound.
        """,
      examples: [Example("dir(struct(b=1, a=2))", prints: "[\"a\", \"b\"]")]),
    .bound { arguments, interpreter in
      let names =
        arguments[0].map { interpreter.attributeNames($0) }
        ?? interpreter.globals.items.map(\.name)
      return .list(
        names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { .string($0) })
    })

  static let structure = Builtin(
    Entry(
      "struct", [.keywordVariadic("fields")], group: "Objects",
      summary: "A value with named fields that do not change.",
      examples: [Example("struct(x=1, y=2).x", prints: "1")]),
    .bound { arguments, interpreter throws(Fault) in
      let fields = arguments.extra
      var names = try interpreter.gather(capacity: fields.count) { names throws(Fault) in
        for field in fields {
          try interpreter.checkInterruption()
          names.append(.string(field.name))
        }
      }
      defer { release(&names) }
      let places = try Sorting.order(names, isReversed: false, interpreter)
      return .object(
        StructObject(
          sorted: try interpreter.collect(capacity: places.count) { sorted throws(Fault) in
            for place in places {
              try interpreter.checkInterruption()
              sorted.append(fields[place])
            }
          }))
    })

  static let fail = Builtin(
    Entry(
      "fail", [.variadic("values"), .keyword("sep", .string, default: "\" \"")], group: "Objects",
      summary: "Ends the program with an error that says the values."),
    .bound { arguments, interpreter throws(Fault) in
      var parts: [String] = []
      for value in arguments.rest { parts.append(try interpreter.text(value)) }
      throw Fault("Error", parts.joined(separator: arguments[1]?.stringText ?? " "))
    })

  static let help = Builtin(
    Entry(
      "help", [.positional("x", default: "")], group: "Objects",
      summary: """
        Prints what a function or value is, its signature and examples; a text is looked up as a \
        name. Without an argument it lists the names that there are. `x?` shows the same in a pager.
        """),
    .bound { arguments, interpreter throws(Fault) in
      let text =
        if let value = arguments[0] {
          try HelpPage.text(for: value, interpreter)
        } else {
          HelpPage.introduction(interpreter)
        }
      interpreter.host.write(text + "\n", to: .standard)
      return .none
    })
}
