import Catalog

extension MethodTable {
  static let stringMethods: [Method] =
    stringSearch + stringParts + stringShape + stringTests + stringElements

  /// The receiver of a string method.
  @inline(__always)
  static func string(_ value: Value) throws(Fault) -> Borrowed<StringObject> {
    guard let string = value.string else { throw .internal("a string method without a string") }
    return string
  }

  /// An argument that must be a text.
  static func text(_ value: Value?, _ method: String, _ interpreter: Interpreter) throws(Fault)
    -> Borrowed<StringObject>
  {
    guard let string = value?.string else {
      throw Fault.type(
        "\(method)() expected a text; received '\(interpreter.typeName(value ?? .none))'")
    }
    return string
  }

  /// An optional text argument; None counts as left out.
  static func optionalText(_ value: Value?, _ method: String, _ interpreter: Interpreter)
    throws(Fault) -> Borrowed<StringObject>?
  {
    if value?.isNone ?? true { return nil }
    return try text(value, method, interpreter)
  }

  /// An optional count argument.
  static func count(_ value: Value?, _ fallback: Int, _ method: String, _ interpreter: Interpreter)
    throws(Fault) -> Int
  {
    if value?.isNone ?? true { return fallback }
    return try interpreter.integer(value ?? .none, what: "\(method)() argument")
  }

  /// A record of a string method.
  static func record(
    _ name: String, _ parameters: [Parameter] = [], _ summary: String, _ example: String,
    _ output: String
  ) -> Entry {
    Entry(
      name, parameters, kind: .method(of: "string"), summary: summary,
      examples: [Example(example, prints: output)])
  }

  static let stringSearch: [Method] = [
    Method(
      record(
        "count", searchParameters, "How often a part occurs, without overlap.",
        "\"banana\".count(\"an\")", "2"),
      .bound { receiver, arguments, interpreter throws(Fault) in
        let (string, start, end) = try searchWindow(receiver, arguments, interpreter)
        let part = try text(arguments[0], "count", interpreter)
        guard start <= end else { return .int(0) }
        if part.byteCount == 0 { return .int(string.bytes[start..<end].codePoints + 1) }
        return .int(
          try ByteSearch.count(part.bytes, in: string.bytes, from: start, to: end, interpreter))
      }),
    find(
      "find", "The place of the first occurrence of a part, or -1.", "\"banana\".find(\"n\")", "2"),
    find(
      "rfind", "The place of the last occurrence of a part, or -1.", "\"banana\".rfind(\"n\")", "4"),
    find(
      "index", "The place of the first occurrence of a part; an error without one.",
      "\"banana\".index(\"n\")", "2"),
    find(
      "rindex", "The place of the last occurrence of a part; an error without one.",
      "\"banana\".rindex(\"n\")", "4"),
    affix(
      "startswith", "True when the text begins with a part, or with one of a tuple of parts.",
      "\"banana\".startswith(\"ba\")", "True"),
    affix(
      "endswith", "True when the text ends with a part, or with one of a tuple of parts.",
      "\"banana\".endswith((\"x\", \"na\"))", "True"),
  ]

  private static let searchParameters: [Parameter] = [
    .positional("part", .string), .positional("start", .int, default: "0"),
    .positional("end", .int, default: "None"),
  ]

  /// The receiver with the byte offsets of the `start` and `end` arguments.
  private static func searchWindow(
    _ receiver: Value, _ arguments: BoundArguments, _ interpreter: Interpreter
  ) throws(Fault) -> (Borrowed<StringObject>, start: Int, end: Int) {
    let string = try string(receiver)
    if arguments[1] == nil, arguments[2] == nil { return (string, 0, string.byteCount) }
    let (start, end) = try window(arguments[1], arguments[2], string.count, interpreter)
    // Behind the end there is nothing, not even the empty text.
    if let asked = arguments[1], case .int(let number) = asked, number > string.count {
      return (string, string.byteCount, -1)
    }
    return string.read {
      (string, $0.offset(ofCodePoint: start), $0.offset(ofCodePoint: end))
    }
  }

  private static func find(_ name: String, _ summary: String, _ example: String, _ output: String)
    -> Method
  {
    let isLast = name.hasPrefix("r")
    let isFind = name.hasSuffix("find")
    return Method(
      record(name, searchParameters, summary, example, output),
      .bound { receiver, arguments, interpreter throws(Fault) in
        let (string, start, end) = try searchWindow(receiver, arguments, interpreter)
        let part = try text(arguments[0], name, interpreter)
        if start <= end {
          let found =
            isLast
            ? try ByteSearch.last(part.bytes, in: string.bytes, from: start, to: end, interpreter)
            : try ByteSearch.first(part.bytes, in: string.bytes, from: start, to: end, interpreter)
          if let found { return .int(string.read { $0.codePoint(atOffset: found) }) }
        }
        if isFind { return .int(-1) }
        throw Fault.value("\(Interpreter.shortText(.object(part.object))) is not in the text")
      })
  }

  private static func affix(_ name: String, _ summary: String, _ example: String, _ output: String)
    -> Method
  {
    let isStart = name == "startswith"
    return Method(
      record(name, searchParameters, summary, example, output),
      .bound { receiver, arguments, interpreter throws(Fault) in
        let (string, start, end) = try searchWindow(receiver, arguments, interpreter)
        func fits(_ part: Borrowed<StringObject>) -> Bool {
          part.byteCount <= end - start
            && string.bytes.holds(part.bytes, at: isStart ? start : end - part.byteCount)
        }
        if let part = arguments[0]?.string { return .bool(fits(part)) }
        guard let candidates = arguments[0]?.tupleElements else {
          return .bool(fits(try text(arguments[0], name, interpreter)))
        }
        for candidate in candidates {
          if fits(try text(candidate, name, interpreter)) { return .bool(true) }
        }
        return .bool(false)
      })
  }
}
