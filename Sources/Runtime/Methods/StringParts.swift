import Catalog

extension MethodTable {
  /// Methods that cut a text and put texts together.
  static let stringParts: [Method] = [
    Method(
      record(
        "format", [.variadic("values"), .keywordVariadic("named")],
        "The text with its `{}` fields replaced by values.", "\"{} of {n}\".format(1, n=3)",
        "\"1 of 3\""),
      .raw { receiver, arguments, interpreter throws(Fault) in
        var template = TemplateFormat(arguments: arguments, interpreter: interpreter)
        return try template.render(try string(receiver).object)
      }),
    Method(
      record(
        "join", [.positional("parts")], "The parts with the text between them.",
        "\", \".join([\"a\", \"b\"])", "\"a, b\""),
      .one { receiver, parts, interpreter throws(Fault) in
        let separator = try string(receiver).bytes
        if let list = parts.borrowed?.list {
          return try list.with { list throws(Fault) in
            try join(list, separator, interpreter)
          }
        }
        return try join(ListObject(try interpreter.elements(of: parts)), separator, interpreter)
      }),
    Method(
      record(
        "replace",
        [
          .positional("old", .string), .positional("new", .string),
          .positional("count", .int, default: "-1"),
        ],
        "The text with each occurrence of a part replaced, or with the first `count` of them.",
        "\"banana\".replace(\"an\", \"o\")", "\"booa\""),
      .bound { receiver, arguments, interpreter throws(Fault) in
        let string = try string(receiver)
        let old = try text(arguments[0], "replace", interpreter).bytes
        let new = try text(arguments[1], "replace", interpreter).bytes
        let asked = try count(arguments[2], -1, "replace", interpreter)
        return try replace(old, new, in: string, limit: asked < 0 ? .max : asked, interpreter)
      }),
    Method(
      record(
        "split", splitParameters, "A list of the parts between separators, or between white space.",
        "\"a, b\".split(\", \")", "[\"a\", \"b\"]"),
      .bound { receiver, arguments, interpreter throws(Fault) in
        try split(receiver, arguments, "split", fromEnd: false, interpreter)
      }),
    Method(
      record(
        "rsplit", splitParameters, "Like split, with `maxsplit` counted from the end.",
        "\"a b c\".rsplit(None, 1)", "[\"a b\", \"c\"]"),
      .bound { receiver, arguments, interpreter throws(Fault) in
        try split(receiver, arguments, "rsplit", fromEnd: true, interpreter)
      }),
    Method(
      record(
        "splitlines", [.positional("keepends", .bool, default: "False")],
        "A list of the lines.", "\"a\\nb\".splitlines()", "[\"a\", \"b\"]"),
      .bound { receiver, arguments, interpreter throws(Fault) in
        let keeps =
          try arguments[0].map { flag throws(Fault) in try interpreter.truth(flag) } ?? false
        let bytes = try string(receiver).bytes
        return .list(
          try interpreter.gather { lines throws(Fault) in
            try TextLines.forEach(in: bytes, at: .all, keepsEnds: keeps) { line throws(Fault) in
              try interpreter.tick()
              lines.append(.object(line.string))
            }
          })
      }),
    partition(
      "partition", "The text before, the separator, and the text after its first occurrence.",
      "(\"a\", \"=\", \"b=c\")"),
    partition(
      "rpartition", "The text before, the separator, and the text after its last occurrence.",
      "(\"a=b\", \"=\", \"c\")"),
    Method(
      record(
        "removeprefix", [.positional("prefix", .string)],
        "The text without a prefix, if it has it.",
        "\"x-1\".removeprefix(\"x-\")", "\"1\""),
      .one { receiver, prefix, interpreter throws(Fault) in
        let bytes = try string(receiver).bytes
        let part = try text(prefix, "removeprefix", interpreter).bytes
        guard bytes.holds(part, at: 0) else { return receiver }
        return .object(bytes[part.count..<bytes.count].string)
      }),
    Method(
      record(
        "removesuffix", [.positional("suffix", .string)],
        "The text without a suffix, if it has it.",
        "\"a.py\".removesuffix(\".py\")", "\"a\""),
      .one { receiver, suffix, interpreter throws(Fault) in
        let bytes = try string(receiver).bytes
        let part = try text(suffix, "removesuffix", interpreter).bytes
        guard bytes.holds(part, at: bytes.count - part.count) else { return receiver }
        return .object(bytes[0..<bytes.count - part.count].string)
      }),
  ]

  private static func join(
    _ parts: ListObject, _ separator: StringBytes, _ interpreter: Interpreter
  ) throws(Fault) -> Value {
    try interpreter.string { text throws(Fault) in
      for index in 0..<parts.count {
        let before = text.count
        if index > 0 { text.append(separator) }
        guard let piece = parts.storage[index].string else {
          let type = interpreter.typeName(parts.storage[index])
          throw Fault.type(
            "join() expected texts; element \(index) is '\(type)'",
            help: "turn it into a text: str(x)")
        }
        try interpreter.tick()
        text.append(piece.bytes)
        try interpreter.checkGrowth(from: before, to: text.count, "a text")
      }
    }
  }

  private static let splitParameters: [Parameter] = [
    .optional("sep", .string), .optional("maxsplit", .int, default: "-1"),
  ]

  private static func replace(
    _ old: StringBytes, _ new: StringBytes, in string: Borrowed<StringObject>, limit: Int,
    _ interpreter: Interpreter
  ) throws(Fault) -> Value {
    let bytes = string.bytes
    guard !old.isEmpty else { return try interleave(new, bytes, limit, interpreter) }
    let most = (bytes.count / old.count).multipliedReportingOverflow(by: new.count)
    if most.overflow || most.partialValue > longest {
      // What could become far too long is counted before it is made.
      let found = try ByteSearch.count(
        old, in: bytes, from: 0, to: bytes.count, limit: limit, interpreter)
      let added = found.multipliedReportingOverflow(by: new.count)
      let total = added.partialValue.addingReportingOverflow(bytes.count)
      try interpreter.checkSize((total.partialValue, added.overflow || total.overflow), "a text")
    }
    guard limit > 0,
      var found = try ByteSearch.first(old, in: bytes, from: 0, to: bytes.count, interpreter)
    else { return .object(string.object) }
    return try interpreter.string { text throws(Fault) in
      var start = 0
      var rounds = 0
      while true {
        text.append(bytes[start..<found])
        text.append(new)
        start = found + old.count
        rounds += 1
        guard rounds < limit,
          let next = try ByteSearch.first(
            old, in: bytes, from: start, to: bytes.count, interpreter)
        else { break }
        found = next
      }
      text.append(bytes[start..<bytes.count])
    }
  }

  /// The text with `new` before each character and at the end, `limit` times at most: the empty
  /// text stands there.
  private static func interleave(
    _ new: StringBytes, _ bytes: StringBytes, _ limit: Int, _ interpreter: Interpreter
  ) throws(Fault) -> Value {
    let added = min(bytes.codePoints + 1, limit).multipliedReportingOverflow(by: new.count)
    let total = added.partialValue.addingReportingOverflow(bytes.count)
    try interpreter.checkSize((total.partialValue, added.overflow || total.overflow), "a text")
    return try interpreter.string { text throws(Fault) in
      var rounds = 0
      for byte in bytes {
        if byte & 0xC0 != 0x80, rounds < limit {
          try interpreter.tick()
          text.append(new)
          rounds += 1
        }
        text.append(byte)
      }
      if rounds < limit { text.append(new) }
    }
  }

  /// Texts that may become longer are looked at first, and lists of parts that may do so get no
  /// room before.
  private static let longest = 1 << 16

  private static func split(
    _ receiver: Value, _ arguments: BoundArguments, _ name: String, fromEnd: Bool,
    _ interpreter: Interpreter
  ) throws(Fault) -> Value {
    let bytes = try string(receiver).bytes
    let asked = try count(arguments[1], -1, name, interpreter)
    let limit = asked < 0 ? Int.max : asked
    guard let separator = try optionalText(arguments[0], name, interpreter)?.bytes else {
      return .list(
        try interpreter.gather(capacity: min(bytes.count / 4, 16)) { pieces throws(Fault) in
          try words(bytes, limit, fromEnd: fromEnd, interpreter, &pieces)
        })
    }
    guard let lead = separator.first else { throw Fault.value("\(name)(): empty separator") }
    let likely = min(bytes.count <= longest ? bytes.count(of: lead) : longest, limit) + 1
    return .list(
      try interpreter.gather(capacity: likely) { pieces throws(Fault) in
        try parts(bytes, separator, limit, fromEnd: fromEnd, interpreter, &pieces)
      })
  }

  /// Collects the parts between separators, after at most `limit` cuts.
  @inline(never)
  private static func parts(
    _ bytes: StringBytes, _ separator: StringBytes, _ limit: Int, fromEnd: Bool,
    _ interpreter: Interpreter, _ pieces: inout [Value]
  ) throws(Fault) {
    var (start, end) = (0, bytes.count)
    if fromEnd {
      while pieces.count < limit,
        let found = try ByteSearch.last(separator, in: bytes, from: 0, to: end, interpreter)
      {
        interpreter.countTurn()
        try interpreter.append(
          interpreter.part(bytes, found + separator.count..<end), to: &pieces)
        end = found
      }
    } else {
      while pieces.count < limit,
        let found = try ByteSearch.first(separator, in: bytes, from: start, to: end, interpreter)
      {
        interpreter.countTurn()
        try interpreter.append(interpreter.part(bytes, start..<found), to: &pieces)
        start = found + separator.count
      }
    }
    pieces.append(interpreter.part(bytes, start..<end))
    if fromEnd { try reverse(&pieces, interpreter) }
  }

  private static func reverse(_ pieces: inout [Value], _ interpreter: Interpreter) throws(Fault) {
    for place in 0..<pieces.count / 2 {
      try interpreter.checkInterruption()
      pieces.swapAt(place, pieces.count - 1 - place)
    }
  }

  /// Collects the words between white space; after `limit` cuts the rest stays one piece, with the
  /// white space at its far end.
  @inline(never)
  private static func words(
    _ bytes: StringBytes, _ limit: Int, fromEnd: Bool, _ interpreter: Interpreter,
    _ pieces: inout [Value]
  ) throws(Fault) {
    var (start, end) = (0, bytes.count)
    while true {
      try interpreter.tick()
      if fromEnd {
        end = try bytes[0..<end].end(droppingWhere: \.isSpace, interpreter)
      } else {
        start = try bytes[start..<end].start(droppingWhere: \.isSpace, interpreter)
      }
      guard start < end else { break }
      var (first, last) = (start, end)
      if pieces.count < limit {
        if fromEnd {
          first = try bytes[0..<end].end(droppingWhere: { !$0.isSpace }, interpreter)
        } else {
          last = try bytes[start..<end].start(droppingWhere: { !$0.isSpace }, interpreter)
        }
      }
      try interpreter.append(interpreter.part(bytes, first..<last), to: &pieces)
      if fromEnd { end = first } else { start = last }
    }
    if fromEnd { try reverse(&pieces, interpreter) }
  }

  private static func partition(_ name: String, _ summary: String, _ output: String) -> Method {
    let isLast = name == "rpartition"
    return Method(
      record(
        name, [.positional("sep", .string)], summary, "\"a=b=c\".\(name)(\"=\")", output),
      .one { receiver, separator, interpreter throws(Fault) in
        let bytes = try string(receiver).bytes
        let part = try text(separator, name, interpreter).bytes
        guard !part.isEmpty else { throw Fault.value("\(name)(): empty separator") }
        let found =
          isLast
          ? try ByteSearch.last(part, in: bytes, from: 0, to: bytes.count, interpreter)
          : try ByteSearch.first(part, in: bytes, from: 0, to: bytes.count, interpreter)
        guard let found else {
          let empty = Value.string("")
          return .tuple(isLast ? [empty, empty, receiver] : [receiver, empty, empty])
        }
        return .tuple([
          .object(bytes[0..<found].string), separator,
          .object(bytes[found + part.count..<bytes.count].string),
        ])
      })
  }
}
