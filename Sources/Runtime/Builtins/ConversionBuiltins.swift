import BigInt
import Catalog

extension BuiltinTable {
  static let conversions: [Builtin] = [
    bool, int, float, str, repr, list, tuple, dict, set, bytes, chr, ord, format,
  ]

  static let bool = Builtin(
    Entry(
      "bool", [.positional("x", default: "False")], group: "Conversions",
      summary: "The truth of a value: False for None, zero and empty containers.",
      examples: [Example("bool([])", prints: "False")]),
    .bound { arguments, interpreter throws(Fault) in
      guard let value = arguments[0] else { return .bool(false) }
      return .bool(try interpreter.truth(value))
    })

  static let int = Builtin(
    Entry(
      "int", [.positional("x", default: "0"), .optional("base", .int, default: "10")],
      group: "Conversions",
      summary: """
        A number or a text as an integer. Floats are cut towards zero. With `base` from 2 to 36 the \
        text is read in that base; 0 takes the base from its prefix.
        """,
      examples: [
        Example("int(\"ff\", base=16)", prints: "255"), Example("int(-2.9)", prints: "-2"),
      ]),
    .bound { arguments, interpreter throws(Fault) in
      guard let value = arguments[0] else { return .int(0) }
      return try NumberReading.integer(value, base: arguments[1], interpreter)
    })

  static let float = Builtin(
    Entry(
      "float", [.positional("x", default: "0.0")], group: "Conversions",
      summary: "A number or a text as a float; `inf` and `nan` are texts that it reads.",
      examples: [Example("float(\"1e3\")", prints: "1000.0")]),
    .bound { arguments, interpreter throws(Fault) in
      guard let value = arguments[0] else { return .float(0) }
      if let text = value.stringText { return .float(try NumberReading.float(text)) }
      if case .bool(let flag) = value { return .float(flag ? 1 : 0) }
      return .float(
        try interpreter.double(value, what: "float() argument", expected: "a number or a text"))
    })

  static let str = Builtin(
    Entry(
      "str", [.positional("x", default: "\"\"")], group: "Conversions",
      summary: "A value as text, the way that print shows it.",
      examples: [Example("str(0.1 + 0.2)", prints: "\"0.30000000000000004\"")]),
    .bound { arguments, interpreter throws(Fault) in
      guard let value = arguments[0] else { return .string("") }
      return try interpreter.string(value)
    })

  static let repr = Builtin(
    Entry(
      "repr", [.positional("x")], group: "Conversions",
      summary: "A value as text, the way that a program would write it.",
      examples: [Example("print(repr(\"a\\tb\"))", prints: "\"a\\tb\"")]),
    .one { value, interpreter throws(Fault) in .string(try interpreter.representation(value)) })

  static let list = Builtin(
    Entry(
      "list", [.positional("iterable", default: "()")], group: "Conversions",
      summary: "A new list of the elements of a value.",
      examples: [Example("list(range(3))", prints: "[0, 1, 2]")]),
    .bound { arguments, interpreter throws(Fault) in
      .list(
        try arguments[0].map { value throws(Fault) in try interpreter.newElements(of: value) } ?? []
      )
    })

  static let tuple = Builtin(
    Entry(
      "tuple", [.positional("iterable", default: "()")], group: "Conversions",
      summary: "A tuple of the elements of a value.",
      examples: [Example("tuple([1, 2])", prints: "(1, 2)")]),
    .bound { arguments, interpreter throws(Fault) in
      .tuple(
        try arguments[0].map { value throws(Fault) in try interpreter.elements(of: value) } ?? [])
    })

  static let dict = Builtin(
    Entry(
      "dict", [.positional("pairs", default: "()"), .keywordVariadic("entries")],
      group: "Conversions",
      summary: "A new dict of another dict or of pairs, and of keyword arguments.",
      examples: [Example("dict([(\"a\", 1)], b=2)", prints: "{\"a\": 1, \"b\": 2}")]),
    .bound { arguments, interpreter throws(Fault) in
      let result = DictObject()
      if let source = arguments[0] { try fill(result, from: source, interpreter) }
      for entry in arguments.extra { result.put(StringObject(entry.name), entry.value) }
      return .object(result)
    })

  static let set = Builtin(
    Entry(
      "set", [.positional("iterable", default: "()")], group: "Conversions",
      summary: "A new set of the elements of a value, in the order in which they come.",
      examples: [Example("set([3, 1, 3])", prints: "set([3, 1])")]),
    .bound { arguments, interpreter throws(Fault) in
      guard let source = arguments[0] else { return .object(SetObject()) }
      if let set = source.asSet {
        return .object(SetObject(try HashTable(copying: set.table, interpreter)))
      }
      return .object(try MethodTable.makeSet(source, interpreter))
    })

  static let bytes = Builtin(
    Entry(
      "bytes", [.positional("x", default: "b\"\"")], group: "Conversions",
      summary: "The bytes of a text in UTF-8, or of a list of integers from 0 to 255.",
      examples: [Example("bytes([104, 105])", prints: "b\"hi\"")]),
    .bound { arguments, interpreter throws(Fault) in
      guard let value = arguments[0] else { return .object(BytesObject([])) }
      if let string = value.asString { return .object(BytesObject(string.bytes.array)) }
      if case .object(let object) = value, object.kind == .bytes { return value }
      var result: [UInt8] = []
      try interpreter.forEach(value) { element throws(Fault) in
        guard let byte = UInt8(exactly: try interpreter.integer(element, what: "a byte")) else {
          throw Fault.value("a byte lies between 0 and 255")
        }
        result.append(byte)
      }
      return .object(BytesObject(result))
    })

  static let chr = Builtin(
    Entry(
      "chr", [.positional("code", .int)], group: "Conversions",
      summary: "The character of a code point.", examples: [Example("chr(955)", prints: "\"λ\"")]),
    .one { value, interpreter throws(Fault) in
      let code = try interpreter.integer(value, what: "chr() argument")
      guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else {
        guard 0xD800...0xDFFF ~= code else {
          throw Fault.value("chr() expected a code point from 0 to 0x10ffff; received \(code)")
        }
        throw Fault.value(
          "chr() expected a code point; 0x\(String(code, radix: 16)) is half of a pair of UTF-16")
      }
      return .string(String(scalar))
    })

  static let ord = Builtin(
    Entry(
      "ord", [.positional("character", .string)], group: "Conversions",
      summary: "The code point of a character.", examples: [Example("ord(\"a\")", prints: "97")]),
    .one { value, interpreter throws(Fault) in
      guard let scalars = value.stringText?.unicodeScalars, let scalar = scalars.first,
        scalars.count == 1
      else {
        throw Fault.type(
          "ord() expected one character; received "
            + (value.asString.map { "\($0.count) characters" } ?? interpreter.typeName(value)))
      }
      return .int(Swift.Int(scalar.value))
    })

  static let format = Builtin(
    Entry(
      "format", [.positional("x"), .positional("spec", .string, default: "\"\"")],
      group: "Conversions", summary: "A value by a format specification, as in an f-string.",
      examples: [Example("format(3.14159, \".2f\")", prints: "\"3.14\"")]),
    .bound { arguments, interpreter throws(Fault) in
      let spec = arguments[1]?.stringText ?? ""
      return .string(try Formatting.format(arguments[0] ?? .none, spec, interpreter))
    })

  /// Adds the entries of a dict, or of pairs, to a dict.
  static func fill(_ result: DictObject, from source: Value, _ interpreter: Interpreter)
    throws(Fault)
  {
    if let other = source.asDict { return try result.update(with: other, interpreter) }
    var index = 0
    try interpreter.forEach(source) { element throws(Fault) in
      if let pair = element.asTuple, pair.count == 2 {
        try result.set(pair[0], pair[1], interpreter)
      } else {
        let pair = try interpreter.elements(of: element)
        guard pair.count == 2 else {
          throw Fault.value("element \(index): expected a pair; received \(pair.count) values")
        }
        try result.set(pair[0], pair[1], interpreter)
      }
      index += 1
    }
  }
}
