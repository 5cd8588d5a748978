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
        return .string(try template.render(try string(receiver).text))
      }),
    Method(
      record(
        "join", [.positional("parts")], "The parts with the text between them.",
        "\", \".join([\"a\", \"b\"])", "\"a, b\""),
      .one { receiver, parts, interpreter throws(Fault) in
        let separator = try string(receiver).bytes
        var result: [UInt8] = []
        for (index, part) in try interpreter.elements(of: parts).enumerated() {
          guard let piece = part.asString else {
            throw Fault.type(
              "join() expected texts; element \(index) is '\(interpreter.typeName(part))'",
              help: "turn it into a text: str(x)")
          }
          if index > 0 { result.append(contentsOf: separator) }
          result.append(contentsOf: piece.bytes)
        }
        try interpreter.checkSize((result.count, false), "a text")
        return .string(utf8: result)
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
        let pieces =
          old.isEmpty
          ? [[]] + string.elements.map(\.bytes) + [[]]
          : cut(string.bytes, at: ByteSearch.all(old, in: string.bytes, limit: limit), old.count)
        try interpreter.checkSize(pieces.count.multipliedReportingOverflow(by: new.count), "a text")
        var result: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
          if index > 0, index <= limit { result.append(contentsOf: new) }
          result.append(contentsOf: piece)
        }
        return .string(utf8: result)
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
        return .list(
          TextLines.split(try string(receiver).bytes, keepsEnds: keeps).map {
            .string(utf8: Array($0))
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

  /// The bytes around parts of `width` bytes at the given offsets.
  private static func cut(_ bytes: [UInt8], at offsets: [Int], _ width: Int) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var start = 0
    for offset in offsets {
      pieces.append(Array(bytes[start..<offset]))
      start = offset + width
    }
    pieces.append(Array(bytes[start...]))
    return pieces
  }

  private static func split(
    _ receiver: Value, _ arguments: BoundArguments, _ name: String, fromEnd: Bool,
    _ interpreter: Interpreter
  ) throws(Fault) -> Value {
    let string = try string(receiver)
    let asked = try count(arguments[1], -1, name, interpreter)
    let limit = asked < 0 ? Int.max : asked
    guard let separator = try optionalText(arguments[0], name, interpreter) else {
      return .list(words(string.bytes, limit, fromEnd: fromEnd).map { .string(utf8: $0) })
    }
    guard !separator.bytes.isEmpty else { throw Fault.value("\(name)(): empty separator") }
    var offsets: [Int] = []
    if fromEnd {
      var end = string.bytes.count
      while offsets.count < limit,
        let found = ByteSearch.last(separator.bytes, in: string.bytes, from: 0, to: end)
      {
        offsets.append(found)
        end = found
      }
      offsets.reverse()
    } else {
      offsets = ByteSearch.all(separator.bytes, in: string.bytes, limit: limit)
    }
    return .list(
      cut(string.bytes, at: offsets, separator.bytes.count).map { .string(utf8: $0) })
  }

  /// The words between white space; after `limit` cuts the rest stays one piece.
  private static func words(_ bytes: [UInt8], _ limit: Int, fromEnd: Bool) -> [[UInt8]] {
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    let ordered = fromEnd ? scalars.reversed() : scalars
    var words: [[Unicode.Scalar]] = []
    var index = 0
    while true {
      while index < ordered.count, ordered[index].properties.isWhitespace { index += 1 }
      guard index < ordered.count else { break }
      if words.count == limit {
        var rest = Array(ordered[index...])
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        words.append(rest)
        break
      }
      let start = index
      while index < ordered.count, !ordered[index].properties.isWhitespace { index += 1 }
      words.append(Array(ordered[start..<index]))
    }
    let pieces = fromEnd ? words.reversed().map { Array($0.reversed()) } : words
    return pieces.map { piece in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: piece)
      return Array(String(view).utf8)
    }
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
          ? ByteSearch.last(part, in: bytes, from: 0, to: bytes.count)
          : ByteSearch.first(part, in: bytes, from: 0, to: bytes.count)
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
