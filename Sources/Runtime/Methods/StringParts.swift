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
        return try template.render(try string(receiver))
      }),
    Method(
      record(
        "join", [.positional("parts")], "The parts with the text between them.",
        "\", \".join([\"a\", \"b\"])", "\"a, b\""),
      .one { receiver, parts, interpreter throws(Fault) in
        let separator = try string(receiver).bytes
        let elements = try interpreter.elements(of: parts)
        return try interpreter.string { result throws(Fault) in
          for index in elements.indices {
            if index > 0 { result += separator }
            guard case .object(let object) = elements[index], let piece = object.asString else {
              throw Fault.type(
                "join() expected texts; element \(index) is "
                  + "'\(interpreter.typeName(elements[index]))'",
                help: "turn it into a text: str(x)")
            }
            try interpreter.tick()
            result += piece.bytes
            try interpreter.checkSize((result.count, false), "a text")
          }
        }
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
        let limit = asked < 0 ? .max : asked
        let bytes = string.bytes
        // The empty text stands before each character and at the end.
        let offsets =
          old.isEmpty
          ? Array(
            (bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]).prefix(limit))
          : try ByteSearch.all(old, in: bytes, limit: limit, interpreter)
        let added = offsets.count.multipliedReportingOverflow(by: new.count)
        let total = added.partialValue.addingReportingOverflow(bytes.count)
        try interpreter.checkSize(
          (total.partialValue, added.overflow || total.overflow), "a text")
        return try interpreter.string { result throws(Fault) in
          result.reserveCapacity(total.partialValue)
          var start = 0
          for offset in offsets {
            try interpreter.tick()
            result += bytes[start..<offset]
            result += new
            start = offset + old.count
          }
          result += bytes[start...]
        }
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
        let lines = TextLines.split(try string(receiver).bytes, keepsEnds: keeps)
        return .list(
          try interpreter.gather(capacity: lines.count) { pieces throws(Fault) in
            for line in lines {
              try interpreter.tick()
              pieces.append(.string(utf8: Array(line)))
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
        return bytes.starts(with: part)
          ? .string(utf8: Array(bytes.dropFirst(part.count))) : receiver
      }),
    Method(
      record(
        "removesuffix", [.positional("suffix", .string)],
        "The text without a suffix, if it has it.",
        "\"a.py\".removesuffix(\".py\")", "\"a\""),
      .one { receiver, suffix, interpreter throws(Fault) in
        let bytes = try string(receiver).bytes
        let part = try text(suffix, "removesuffix", interpreter).bytes
        return bytes.count >= part.count && bytes.suffix(part.count).elementsEqual(part)
          ? .string(utf8: Array(bytes.dropLast(part.count))) : receiver
      }),
  ]

  private static let splitParameters: [Parameter] = [
    .optional("sep", .string), .optional("maxsplit", .int, default: "-1"),
  ]

  private static func split(
    _ receiver: Value, _ arguments: BoundArguments, _ name: String, fromEnd: Bool,
    _ interpreter: Interpreter
  ) throws(Fault) -> Value {
    let string = try string(receiver)
    let bytes = string.bytes
    let asked = try count(arguments[1], -1, name, interpreter)
    let limit = asked < 0 ? Int.max : asked
    let ranges: [Range<Int>]
    if let separator = try optionalText(arguments[0], name, interpreter)?.bytes {
      guard !separator.isEmpty else { throw Fault.value("\(name)(): empty separator") }
      ranges = try parts(bytes, separator, limit, fromEnd: fromEnd, interpreter)
    } else {
      ranges = try words(string, limit, fromEnd: fromEnd, interpreter)
    }
    return .list(
      try interpreter.gather(capacity: ranges.count) { pieces throws(Fault) in
        for range in ranges {
          try interpreter.tick()
          pieces.append(.object(interpreter.part(bytes[range])))
        }
      })
  }

  /// Where the parts between separators lie, after at most `limit` cuts.
  private static func parts(
    _ bytes: [UInt8], _ separator: [UInt8], _ limit: Int, fromEnd: Bool,
    _ interpreter: Interpreter
  ) throws(Fault) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    if fromEnd {
      var offsets: [Int] = []
      var end = bytes.count
      while offsets.count < limit,
        let found = try ByteSearch.last(separator, in: bytes, from: 0, to: end, interpreter)
      {
        try interpreter.checkInterruption()
        offsets.append(found)
        end = found
      }
      for offset in offsets.reversed() {
        ranges.append(start..<offset)
        start = offset + separator.count
      }
    } else {
      while ranges.count < limit,
        let offset = try ByteSearch.first(separator, in: bytes, from: start, interpreter)
      {
        ranges.append(start..<offset)
        start = offset + separator.count
      }
    }
    ranges.append(start..<bytes.count)
    return ranges
  }

  /// Where the words between white space lie; after `limit` cuts the rest stays one piece, with
  /// the white space at its far end.
  private static func words(
    _ string: StringObject, _ limit: Int, fromEnd: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    var offset = 0
    for scalar in string.text.unicodeScalars {
      try interpreter.checkInterruption()
      if scalar.isSpace {
        if let first = start { words.append(first..<offset) }
        start = nil
      } else if start == nil {
        start = offset
      }
      offset += UTF8.width(scalar)
    }
    if let start { words.append(start..<offset) }
    guard words.count > limit else { return words }
    if fromEnd {
      let rest = words.dropLast(limit)
      return [0..<(rest.last?.upperBound ?? 0)] + words.suffix(limit)
    }
    let rest = words.dropFirst(limit)
    return Array(words.prefix(limit)) + [(rest.first?.lowerBound ?? offset)..<offset]
  }

  private static func partition(_ name: String, _ summary: String, _ output: String) -> Method {
    Method(
      record(
        name, [.positional("sep", .string)], summary, "\"a=b=c\".\(name)(\"=\")", output),
      .one { receiver, separator, interpreter throws(Fault) in
        let bytes = try string(receiver).bytes
        let part = try text(separator, name, interpreter).bytes
        guard !part.isEmpty else { throw Fault.value("\(name)(): empty separator") }
        let isLast = name == "rpartition"
        let found =
          isLast
          ? try ByteSearch.last(part, in: bytes, from: 0, to: bytes.count, interpreter)
          : try ByteSearch.first(part, in: bytes, from: 0, to: bytes.count, interpreter)
        guard let found else {
          let empty = Value.string("")
          return .tuple(isLast ? [empty, empty, receiver] : [receiver, empty, empty])
        }
        return .tuple([
          .string(utf8: Array(bytes[..<found])), separator,
          .string(utf8: Array(bytes[(found + part.count)...])),
        ])
      })
  }
}
