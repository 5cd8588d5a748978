import Catalog

extension MethodTable {
  /// Methods that change case, edges and width.
  static let stringShape: [Method] = [
    mapping("upper", "The text in upper case.", "\"aß\".upper()", "\"ASS\"") { scalar, _ in
      scalar.properties.uppercaseMapping
    },
    mapping("lower", "The text in lower case.", "\"AB\".lower()", "\"ab\"") { scalar, _ in
      scalar.properties.lowercaseMapping
    },
    mapping(
      "capitalize", "The first letter in upper, the rest in lower case.", "\"aB\".capitalize()",
      "\"Ab\""
    ) { scalar, previous in
      previous == nil ? scalar.properties.titlecaseMapping : scalar.properties.lowercaseMapping
    },
    mapping(
      "title", "Each word with its first letter in upper case.", "\"ab cd\".title()", "\"Ab Cd\""
    ) { scalar, previous in
      previous?.isCased == true
        ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
    },
    mapping(
      "swapcase", "Upper case for lower case and the other way round.", "\"aB\".swapcase()",
      "\"Ab\""
    ) { scalar, _ in
      scalar.properties.isUppercase
        ? scalar.properties.lowercaseMapping : scalar.properties.uppercaseMapping
    },
    strip(
      "strip", "The text without white space, or without the given characters, at both ends.",
      "\" a \".strip()", "\"a\""),
    strip(
      "lstrip", "The text without white space, or without the given characters, at its start.",
      "\" a \".lstrip()", "\"a \""),
    strip(
      "rstrip", "The text without white space, or without the given characters, at its end.",
      "\" a \".rstrip()", "\" a\""),
    justify("ljust", "<", "The text with fill behind it up to a width.", "\"a  \""),
    justify("rjust", ">", "The text with fill before it up to a width.", "\"  a\""),
    justify("center", "^", "The text with fill on both sides up to a width.", "\" a \""),
    Method(
      record(
        "zfill", [.positional("width", .int)],
        "The text with zeros before it, after a sign, up to a width.", "\"-7\".zfill(4)",
        "\"-007\""),
      .one { receiver, width, interpreter throws(Fault) in
        let string = try string(receiver)
        let wanted = try interpreter.integer(width, what: "zfill() width")
        try interpreter.checkSize((wanted, false), "a text")
        let missing = shortfall(string, wanted)
        let bytes = string.bytes
        let signs = bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") ? 1 : 0
        return try interpreter.string { text throws(Fault) in
          text.append(bytes[0..<signs])
          try fill(missing, "0", interpreter, text)
          text.append(bytes[signs..<bytes.count])
        }
      }),
  ]

  /// So many characters are done between two looks at the interruption.
  private static let portion = 1 << 16

  /// A method that makes each character into others, knowing the one before it.
  private static func mapping(
    _ name: String, _ summary: String, _ example: String, _ output: String,
    _ body: @escaping @Sendable (Unicode.Scalar, _ previous: Unicode.Scalar?) -> String
  ) -> Method {
    // The first of the letters that change when the text is ASCII; 0 where that hangs on others.
    let letter: UInt8 = name == "upper" ? 0x61 : name == "lower" ? 0x41 : 0
    return Method(
      record(name, [], summary, example, output),
      .zero { receiver, interpreter throws(Fault) in
        let string = try string(receiver)
        if letter != 0, string.isASCII {
          return try interpreter.string { text throws(Fault) in
            for start in stride(from: 0, to: string.byteCount, by: portion) {
              try interpreter.checkInterruption()
              text.append(string.bytes[start..<start + portion], changingCaseFrom: letter)
            }
          }
        }
        var result = ""
        var previous: Unicode.Scalar?
        let scalars = string.text.unicodeScalars
        for (place, index) in scalars.indices.enumerated() {
          if place % portion == 0 { try interpreter.checkInterruption() }
          let mapped = body(scalars[index], previous)
          result += mapped == "σ" && endsWord(scalars, index) ? "ς" : mapped
          previous = scalars[index]
        }
        return .string(result)
      })
  }

  /// True for a capital sigma at the end of a word, which has a lower case of its own.
  private static func endsWord(_ scalars: String.UnicodeScalarView, _ index: String.Index) -> Bool {
    func isLetterFirst(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
      scalars.first { !$0.properties.isCaseIgnorable }?.properties.isCased == true
    }
    return scalars[index] == "Σ" && isLetterFirst(scalars[..<index].reversed())
      && !isLetterFirst(scalars[scalars.index(after: index)...])
  }

  private static func strip(_ name: String, _ summary: String, _ example: String, _ output: String)
    -> Method
  {
    let (stripsStart, stripsEnd) = (name != "rstrip", name != "lstrip")
    return Method(
      record(name, [.positional("characters", .string, default: "None")], summary, example, output),
      .bound { receiver, arguments, interpreter throws(Fault) in
        var bytes = try string(receiver).bytes
        let set = try optionalText(arguments[0], name, interpreter).map {
          Set($0.text.unicodeScalars)
        }
        func drops(_ scalar: Unicode.Scalar) -> Bool { set?.contains(scalar) ?? scalar.isSpace }
        if stripsStart {
          bytes = bytes[try bytes.start(droppingWhere: drops, interpreter)..<bytes.endIndex]
        }
        if stripsEnd {
          bytes = bytes[bytes.startIndex..<(try bytes.end(droppingWhere: drops, interpreter))]
        }
        return .object(bytes.string)
      })
  }

  private static func justify(
    _ name: String, _ align: Character, _ summary: String, _ output: String
  ) -> Method {
    Method(
      record(
        name, [.positional("width", .int), .positional("fill", .string, default: "\" \"")],
        summary, "\"a\".\(name)(3)", output),
      .bound { receiver, arguments, interpreter throws(Fault) in
        let string = try string(receiver)
        let width = try interpreter.integer(arguments[0] ?? .none, what: "\(name)() width")
        var character: Unicode.Scalar = " "
        if let fill = try optionalText(arguments[1], name, interpreter) {
          guard fill.count == 1 else {
            throw Fault.type("\(name)() expected one fill character; received \(fill.count)")
          }
          character = fill.bytes.scalar(at: 0)
        }
        try interpreter.checkSize(
          Swift.max(width, 0).multipliedReportingOverflow(by: character.utf8.count), "a text")
        let missing = shortfall(string, width)
        // As CPython does it: the odd place goes to the left when the width is odd.
        let left =
          switch align {
          case "<": 0
          case ">": missing
          default: missing / 2 + (missing & width & 1)
          }
        return try interpreter.string { text throws(Fault) in
          try fill(left, character, interpreter, text)
          text.append(string.bytes)
          try fill(missing - left, character, interpreter, text)
        }
      })
  }

  private static func fill(
    _ count: Int, _ character: Unicode.Scalar, _ interpreter: Interpreter, _ text: TextBuffer
  ) throws(Fault) {
    for _ in 0..<count {
      try interpreter.checkInterruption()
      text.append(character)
    }
  }

  /// How many characters a text lacks up to a width, which may be any number.
  private static func shortfall(_ string: Borrowed<StringObject>, _ width: Int) -> Int {
    Swift.max(width, string.count) - string.count
  }
}
