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
          let json = try JSONConversion.json(value, interpreter)
          let text = json.bytes(.compact) { interpreter.interruption.isRequested }
          try interpreter.checkInterruption()
          return .string(utf8: text)
        }),
      Builtin(
        Entry(
          "decode", [.positional("text", .string), .optional("default", default: "")],
          group: "json",
          summary: "The value of JSON text; with a default, what to give for text that is none.",
          examples: [Example("json.decode(\"[1, true]\")", prints: "[1, True]")]),
        .bound { arguments, interpreter throws(Fault) in
          guard let text = arguments[0]?.asString else {
            throw Fault.type("json.decode() expected a text")
          }
          let parsed: JSONValue
          do {
            parsed = try JSONValue(parsing: text.bytes.array) {
              interpreter.interruption.isRequested
            }
          } catch {
            try interpreter.checkInterruption()
            if let fallback = arguments[1] { return fallback }
            throw Fault.value("json.decode(): \(error)")
          }
          return try JSONConversion.value(parsed, interpreter)
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
          guard let text = arguments[0]?.asString else {
            throw Fault.type("json.indent() expected a text")
          }
          let prefix = try indentText(arguments[1], "prefix", interpreter) ?? StringObject("")
          let unit = try indentText(arguments[2], "indent", interpreter) ?? StringObject("\t")
          defer { extendLifetime((prefix, unit)) }
          let parsed: JSONValue
          do {
            parsed = try JSONValue(parsing: text.bytes.array) {
              interpreter.interruption.isRequested
            }
          } catch {
            try interpreter.checkInterruption()
            throw Fault.value("json.indent(): \(error)")
          }
          let plain = parsed.bytes(JSONLayout(indent: 1, keySeparator: ": ")) {
            interpreter.interruption.isRequested
          }
          // Line breaks inside JSON strings are escaped, so leading spaces are indentation.
          var result: [UInt8] = []
          var rest = plain[...]
          var checked = 0
          while true {
            try interpreter.tick()
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            let line = rest[..<end].drop { $0 == UInt8(ascii: " ") }
            let depth = rest.distance(from: rest.startIndex, to: line.startIndex)
            try interpreter.checkSize(
              unit.byteCount.multipliedReportingOverflow(by: depth), "a line")
            for _ in 0..<depth { result += unit.bytes }
            result += line
            try interpreter.checkGrowth(from: checked, to: result.count, "the text")
            checked = result.count
            guard end < rest.endIndex else { return .string(utf8: result) }
            rest = rest[rest.index(after: end)...]
            result.append(UInt8(ascii: "\n"))
            result += prefix.bytes
          }
        }),
    ])

  private static func indentText(_ value: Value?, _ name: String, _ interpreter: Interpreter)
    throws(Fault) -> StringObject?
  {
    guard let value else { return nil }
    if let text = value.asString { return text }
    throw Fault.type(
      "json.indent() \(name): expected a text; received '\(interpreter.typeName(value))'")
  }
}

/// Values of the language as JSON and back.
enum JSONConversion {
  /// A value as JSON: None, bool, int, float, text, list, tuple, dict with text keys, struct.
  static func json(_ value: Value, _ interpreter: Interpreter, depth: Int = 0) throws(Fault)
    -> JSONValue
  {
    guard depth < 200 else { throw Fault.value("json.encode(): the value nests too deeply") }
    switch value {
    case .none: return .null
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .float(let number):
      guard number.isFinite else {
        throw Fault.value("json.encode(): JSON has no \(FloatText.representation(number))")
      }
      return .double(number)
    case .object(let object):
      if let string = object.asString { return .string(string.text) }
      if object.kind == .bigInt {
        return .bigInteger(try IntegerText.decimal(object.asBigInt, interpreter))
      }
      if let dict = object.asDict {
        var result = JSONObject()
        for (key, member) in dict.pairs {
          try interpreter.tick()
          guard let name = key.stringText else {
            throw Fault.type(
              "json.encode(): expected text keys; received '\(interpreter.typeName(key))'")
          }
          result[name] = try json(member, interpreter, depth: depth + 1)
        }
        return .object(result)
      }
      if let structure = object.asStruct {
        var result = JSONObject()
        for field in structure.fields {
          result[field.name] = try json(field.value, interpreter, depth: depth + 1)
        }
        return .object(result)
      }
      if object.kind == .host, let scalar = try object.scalar(interpreter) {
        return try json(scalar, interpreter, depth: depth + 1)
      }
      var elements: [JSONValue] = []
      for element in try interpreter.elements(of: value) {
        try interpreter.tick()
        elements.append(try json(element, interpreter, depth: depth + 1))
      }
      return .array(elements)
    }
  }

  /// JSON as a value of the language.
  static func value(_ json: JSONValue, _ interpreter: Interpreter) throws(Fault) -> Value {
    switch json {
    case .null: return .none
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .bigInteger(let digits):
      guard digits.utf8.count <= NumberReading.digitLimit,
        let number = try IntegerText.integer(
          String(digits.drop { $0 == "-" }), isNegative: digits.hasPrefix("-"), radix: 10,
          interpreter)
      else {
        throw Fault.value("json.decode(): the integer is too long")
      }
      return number
    case .double(let number): return .float(number)
    case .string(let text): return .string(text)
    case .array(let elements):
      return .list(
        try interpreter.gather(capacity: elements.count) { values throws(Fault) in
          for element in elements {
            try interpreter.tick()
            values.append(try value(element, interpreter))
          }
        })
    case .object(let object):
      let dict = DictObject()
      for key in object.keys {
        try interpreter.tick()
        dict.put(StringObject(key), try value(object[key] ?? .null, interpreter))
      }
      return .object(dict)
    }
  }
}
