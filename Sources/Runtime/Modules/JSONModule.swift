import Catalog
import JSON
import Platform

extension ModuleTable {
  static let json = ModuleRecord(
    Entry("json", kind: .module, group: "Modules", summary: "Values as JSON text and back."),
    builtins: [
      Builtin(
        Entry(
          "encode", [.positional("x")], group: "json", summary: "A value as compact JSON text.",
          examples: [Example("print(json.encode({\"a\": [1, None]}))", prints: "{\"a\":[1,null]}")]),
        .one { value, interpreter throws(Fault) in
          var encoder = JSONEncoder("json.encode()", .compact, interpreter)
          try encoder.put(value)
          return try encoder.finish()
        }),
      Builtin(
        Entry(
          "decode", [.positional("text", .string), .optional("default", default: "")],
          group: "json",
          summary: "The value of JSON text; with a default, what to give for text that is none.",
          examples: [Example("json.decode(\"[1, true]\")", prints: "[1, True]")]),
        .bound { arguments, interpreter throws(Fault) in
          let text = try textArgument(arguments[0], "json.decode() expected", interpreter)
          var decoder = JSONDecoder(interpreter)
          if let problem = try read(
            text, interpreter, { part throws(Fault) in try decoder.put(part) })
          {
            if let fallback = arguments[1] { return fallback }
            throw Fault.value("json.decode(): \(problem)")
          }
          if decoder.isTooLong { throw Fault.value("json.decode(): the integer is too long") }
          return decoder.value
        }),
      Builtin(
        Entry(
          "indent",
          [
            .positional("text", .string), .keyword("prefix", .string, default: "\"\""),
            .keyword("indent", .string, default: "\"\\t\""),
          ],
          group: "json",
          summary: """
            JSON text with line breaks; each line but the first begins with `prefix`, then `indent` \
            once a level.
            """,
          examples: [Example("print(json.indent(\"[1]\", indent=\"  \"))", prints: "[\n  1\n]")]),
        .bound { arguments, interpreter throws(Fault) in
          let text = try textArgument(arguments[0], "json.indent() expected", interpreter)
          let prefix = try textArgument(
            arguments[1] ?? .string(""), "json.indent() prefix: expected", interpreter)
          let unit = try textArgument(
            arguments[2] ?? .string("\t"), "json.indent() indent: expected", interpreter)
          let layout = JSONLayout(
            indent: unit.text, linePrefix: prefix.text, keySeparator: ": ")
          var encoder = JSONEncoder("json.indent()", layout, interpreter)
          if let problem = try read(
            text, interpreter, { part throws(Fault) in try encoder.put(part) })
          {
            throw Fault.value("json.indent(): \(problem)")
          }
          return try encoder.finish()
        }),
    ])

  private static func textArgument(_ value: Value?, _ wanted: String, _ interpreter: Interpreter)
    throws(Fault) -> StringObject
  {
    let value = value ?? .none
    if let text = value.asString { return text }
    throw Fault.type("\(wanted) a text; received '\(interpreter.typeName(value))'")
  }

  /// Hands on the parts of a JSON text; returns what is wrong with it.
  private static func read(
    _ text: StringObject, _ interpreter: Interpreter, _ put: (JSONPart) throws(Fault) -> Void
  ) throws(Fault) -> JSONError? {
    var fault: Fault?
    do throws(JSONError) {
      try withoutActuallyEscaping(put) { put throws(JSONError) in
        var reader = JSONReader(
          text.bytes.array,
          isCancelled: { fault != nil || interpreter.interruption.isRequested },
          receive: { part in do throws(Fault) { try put(part) } catch { fault = error } })
        try reader.read()
      }
      return nil
    } catch {
      if let fault { throw fault }
      try interpreter.checkInterruption()
      return error
    }
  }
}

/// Writes values of the language as JSON: None, bool, int, float, text, list, tuple, dict with text
/// keys, struct.
private struct JSONEncoder {
  private let function: String
  private let layout: JSONLayout
  private let interpreter: Interpreter
  private var writer: JSONWriter

  init(_ function: String, _ layout: JSONLayout, _ interpreter: Interpreter) {
    self.function = function
    self.layout = layout
    self.interpreter = interpreter
    writer = JSONWriter(layout) { interpreter.interruption.isRequested }
  }

  /// The text, when all is written.
  consuming func finish() throws(Fault) -> Value {
    // The writer leaves out the rest of a long text when the work is to end.
    try interpreter.checkInterruption()
    return .object(try interpreter.string(utf8: writer.finish()))
  }

  mutating func put(_ part: JSONPart) throws(Fault) {
    try interpreter.tick()
    if case .value(.double(let number)) = part, !number.isFinite {
      throw Fault.value("\(function): JSON has no \(FloatText.representation(number))")
    }
    if let indent = layout.indent {
      try interpreter.checkSize(
        indent.utf8.count.multipliedReportingOverflow(by: writer.depth), "a line")
    }
    let count = writer.count
    writer.write(part)
    try interpreter.checkGrowth(from: count, to: writer.count, "the text")
  }

  mutating func put(_ value: Value) throws(Fault) {
    guard writer.depth < 200 else {
      throw Fault.value(
        "\(function): the value nests deeper than 200 levels", note: "it may contain itself")
    }
    switch value {
    case .none: try put(.value(.null))
    case .bool(let flag): try put(.value(.bool(flag)))
    case .int(let number): try put(.value(.int(number)))
    case .float(let number): try put(.value(.double(number)))
    case .object(let object): try put(object)
    }
  }

  private mutating func put(_ object: Object) throws(Fault) {
    if let string = object.asString {
      try interpreter.checkSize((string.byteCount, false), "the text")
      try put(.value(.string(string.text)))
    } else if object.kind == .bigInt {
      try put(.value(.bigInteger(try IntegerText.decimal(object.asBigInt, interpreter))))
    } else if let dict = object.asDict {
      try put(.startObject)
      for entry in dict.table.entries {
        guard let key = entry.key else { continue }
        guard let name = key.stringText else {
          throw Fault.type(
            "\(function): expected text keys; received '\(interpreter.typeName(key))'")
        }
        try put(.key(name))
        try put(entry.value)
      }
      try put(.end)
    } else if let structure = object.asStruct {
      try put(.startObject)
      for field in structure.fields {
        try put(.key(field.name))
        try put(field.value)
      }
      try put(.end)
    } else {
      try putElements(of: object)
    }
  }

  private mutating func putElements(of object: Object) throws(Fault) {
    guard var walk = try? interpreter.walk(.object(object)) else {
      // A tensor without axes is a number.
      if object.kind == .host, let scalar = try object.scalar(interpreter) {
        return try put(scalar)
      }
      throw Fault.type("\(function): JSON has no '\(object.typeName)'")
    }
    defer { walk.finish() }
    try put(.startArray)
    while let element = try walk.next() { try put(element) }
    try put(.end)
  }
}

/// Makes values of the language of JSON.
private struct JSONDecoder {
  private let interpreter: Interpreter
  /// The lists and dicts that have not ended.
  private var open: [Object] = []
  private var key: StringObject?
  /// What the text stands for, when it is read.
  private(set) var value: Value = .none
  /// True when one of the integers has more digits than one may have.
  private(set) var isTooLong = false

  init(_ interpreter: Interpreter) { self.interpreter = interpreter }

  mutating func put(_ part: JSONPart) throws(Fault) {
    try interpreter.tick()
    switch part {
    case .startArray: try start(ListObject())
    case .startObject: try start(DictObject())
    case .key(let name): key = StringObject(name)
    case .value(let json): try add(try scalar(json))
    case .end: _ = open.popLast()
    }
  }

  private mutating func start(_ container: Object) throws(Fault) {
    try add(.object(container))
    open.append(container)
  }

  private mutating func add(_ added: Value) throws(Fault) {
    if open.isEmpty {
      value = added
    } else if let list = open[open.count - 1].asList {
      try list.append(added, interpreter)
    } else if let dict = open[open.count - 1].asDict, let key {
      try dict.table.makeRoom("a dict", interpreter)
      dict.put(key, added)
    } else {
      throw Fault.internal("a value in JSON without a place")
    }
  }

  private mutating func scalar(_ json: JSONValue) throws(Fault) -> Value {
    switch json {
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .bigInteger(let digits):
      guard digits.utf8.count <= NumberReading.digitLimit,
        let number = try IntegerText.integer(
          String(digits.drop { $0 == "-" }), isNegative: digits.hasPrefix("-"), radix: 10,
          interpreter)
      else {
        // Said when the text is read: what is no JSON may have a default.
        isTooLong = true
        return .none
      }
      return number
    case .double(let number): return .float(number)
    case .string(let text): return .string(text)
    case .null: return .none
    case .array, .object: throw Fault.internal("a part of JSON that is not one value")
    }
  }
}
