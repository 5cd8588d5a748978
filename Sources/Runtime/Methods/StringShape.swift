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
        let hasSign =
          string.bytes.first == UInt8(ascii: "-") || string.bytes.first == UInt8(ascii: "+")
        let sign = Array(string.bytes.prefix(hasSign ? 1 : 0))
        let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: missing)
        return .string(utf8: sign + zeros + string.bytes.dropFirst(sign.count))
      }),
  ]

  /// So many characters are done between two looks at the interruption.
  private static let portion = 1 << 16

  /// A method that makes each character into others, knowing the one before it.
  private static func mapping(
    _ name: String, _ summary: String, _ example: String, _ output: String,
    _ body: @escaping @Sendable (Unicode.Scalar, _ previous: Unicode.Scalar?) -> String
  ) -> Method {
    Method(
      record(name, [], summary, example, output),
      .zero { receiver, interpreter throws(Fault) in
        let string = try string(receiver)
        if string.isASCII, name == "upper" || name == "lower" {
          let letters: ClosedRange<UInt8> = name == "upper" ? 0x61...0x7A : 0x41...0x5A
          var result: [UInt8] = []
          try interpreter.append(string.bytes, to: &result)
          var start = 0
          while start < result.count {
            try interpreter.checkInterruption()
            let end = min(start + portion, result.count)
            for place in start..<end where letters.contains(result[place]) {
              result[place] ^= 0x20
            }
            start = end
          }
          return .object(StringObject(ascii: result))
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
    Method(
      record(name, [.positional("characters", .string, default: "None")], summary, example, output),
      .bound { receiver, arguments, interpreter throws(Fault) in
        var scalars = try string(receiver).text.unicodeScalars[...]
        let set = try optionalText(arguments[0], name, interpreter).map {
          Set($0.text.unicodeScalars)
        }
        func drops(_ scalar: Unicode.Scalar) throws(Fault) -> Bool {
          try interpreter.checkInterruption()
          return set?.contains(scalar) ?? scalar.isSpace
        }
        if name != "rstrip" {
          while let first = scalars.first, try drops(first) { scalars.removeFirst() }
        }
        if name != "lstrip" {
          while let last = scalars.last, try drops(last) { scalars.removeLast() }
        }
        return .string(String(scalars))
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
        let fill = try optionalText(arguments[1], name, interpreter) ?? StringObject(ascii: [0x20])
        guard fill.count == 1 else {
          throw Fault.type("\(name)() expected one fill character; received \(fill.count)")
        }
        try interpreter.checkSize(
          Swift.max(width, 0).multipliedReportingOverflow(by: fill.bytes.count), "a text")
        let missing = shortfall(string, width)
        // As CPython does it: the odd place goes to the left when the width is odd.
        let left =
          switch align {
          case "<": 0
          case ">": missing
          default: missing / 2 + (missing & width & 1)
          }
        var result: [UInt8] = []
        for _ in 0..<left {
          try interpreter.checkInterruption()
          result += fill.bytes
        }
        result += string.bytes
        for _ in left..<missing {
          try interpreter.checkInterruption()
          result += fill.bytes
        }
        return .string(utf8: result)
      })
  }

  /// How many characters a text lacks up to a width, which may be any number.
  private static func shortfall(_ string: StringObject, _ width: Int) -> Int {
    Swift.max(width, string.count) - string.count
  }
}
