import Catalog

extension MethodTable {
  static let dictMethods: [Method] = [
    Method(
      Entry(
        "clear", kind: .method(of: "dict"), summary: "Removes all keys.",
        examples: [Example("d = {\"a\": 1}\nd.clear()\nd", prints: "{}")]),
      .zero { receiver, _ throws(Fault) in
        let dict = try dict(receiver)
        try dict.checkMutable()
        dict.table.removeAll()
        return .none
      }),
    Method(
      Entry(
        "copy", kind: .method(of: "dict"), summary: "A new dict of the same keys and values.",
        examples: [Example("{\"a\": 1}.copy()", prints: "{\"a\": 1}")]),
      .zero { receiver, interpreter throws(Fault) in
        .object(DictObject(try HashTable(copying: try dict(receiver).table, interpreter)))
      }),
    Method(
      Entry(
        "get", [.positional("key"), .positional("default", default: "None")],
        kind: .method(of: "dict"), summary: "The value of a key, or the default without it.",
        examples: [Example("{\"a\": 1}.get(\"b\", 0)", prints: "0")]),
      .oneOrTwo { receiver, key, fallback, interpreter throws(Fault) in
        let value = try receiver.borrowed?.dict?.with { dict throws(Fault) in
          try dict.get(key, interpreter)
        }
        return (value ?? nil) ?? fallback ?? .none
      }),
    Method(
      Entry(
        "items", kind: .method(of: "dict"), summary: "A list of pairs of key and value.",
        examples: [Example("{\"a\": 1}.items()", prints: "[(\"a\", 1)]")]),
      .zero { receiver, interpreter throws(Fault) in
        try collect(receiver, interpreter) { .pair($0, $1) }
      }),
    Method(
      Entry(
        "keys", kind: .method(of: "dict"), summary: "A list of the keys.",
        examples: [Example("{\"a\": 1}.keys()", prints: "[\"a\"]")]),
      .zero { receiver, interpreter throws(Fault) in
        try collect(receiver, interpreter) { key, _ in key }
      }),
    Method(
      Entry(
        "pop", [.positional("key"), .positional("default", default: "")],
        kind: .method(of: "dict"),
        summary: "Removes a key and gives its value, or the default without it.",
        examples: [Example("{\"a\": 1}.pop(\"a\")", prints: "1")]),
      .oneOrTwo { receiver, key, fallback, interpreter throws(Fault) in
        let dict = try dict(receiver)
        if let value = try dict.remove(key, interpreter) { return value }
        if let fallback { return fallback }
        throw try interpreter.missingKey(key, dict)
      }),
    Method(
      Entry(
        "popitem", kind: .method(of: "dict"),
        summary: "Removes the first key and gives the pair of it and its value.",
        examples: [Example("{\"a\": 1, \"b\": 2}.popitem()", prints: "(\"a\", 1)")]),
      .zero { receiver, _ throws(Fault) in
        let dict = try dict(receiver)
        try dict.checkMutable()
        guard let first = dict.table.position(from: 0),
          let entry = dict.table.remove(at: first)
        else { throw Fault("KeyError", "popitem(): the dict is empty") }
        return .tuple([entry.key, entry.value])
      }),
    Method(
      Entry(
        "setdefault", [.positional("key"), .positional("default", default: "None")],
        kind: .method(of: "dict"),
        summary: "The value of a key; without it, the key is added with the default.",
        examples: [Example("d = {}\nd.setdefault(\"a\", 1)", prints: "1")]),
      .oneOrTwo { receiver, key, fallback, interpreter throws(Fault) in
        let dict = try dict(receiver)
        if let value = try dict.get(key, interpreter) { return value }
        let value = fallback ?? .none
        try dict.set(key, value, interpreter)
        return value
      }),
    Method(
      Entry(
        "update", [.positional("pairs", default: "()"), .keywordVariadic("entries")],
        kind: .method(of: "dict"),
        summary: "Sets the keys of another dict or of pairs, and keyword arguments.",
        examples: [Example("d = {\"a\": 1}\nd.update(b=2)\nd", prints: "{\"a\": 1, \"b\": 2}")]),
      .bound { receiver, arguments, interpreter throws(Fault) in
        let dict = try dict(receiver)
        try dict.checkMutable()
        if let source = arguments[0] { try BuiltinTable.fill(dict, from: source, interpreter) }
        for entry in arguments.extra { try dict.set(.string(entry.name), entry.value, interpreter) }
        return .none
      }),
    Method(
      Entry(
        "values", kind: .method(of: "dict"), summary: "A list of the values.",
        examples: [Example("{\"a\": 1}.values()", prints: "[1]")]),
      .zero { receiver, interpreter throws(Fault) in
        try collect(receiver, interpreter) { _, value in value }
      }),
  ]

  /// A list of what `body` makes of each key and its value.
  private static func collect(
    _ receiver: Value, _ interpreter: Interpreter, _ body: (Value, Value) -> Value
  ) throws(Fault) -> Value {
    let dict = try dict(receiver)
    return .list(
      try interpreter.gather(capacity: dict.count) { list throws(Fault) in
        for entry in dict.table.entries {
          try interpreter.checkInterruption()
          if let key = entry.key { list.append(body(key, entry.value)) }
        }
      })
  }

  @inline(__always)
  private static func dict(_ value: Value) throws(Fault) -> DictObject {
    guard let dict = value.asDict else { throw .internal("a dict method without a dict") }
    return dict
  }
}
