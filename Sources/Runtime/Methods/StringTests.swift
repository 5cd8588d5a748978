import Catalog

extension MethodTable {
  /// Methods that answer what a text is made of.
  static let stringTests: [Method] = [
    test("isalpha", "True when there are letters only, and at least one.", "\"ab\".isalpha()") {
      $0.isLetter
    },
    test("isdigit", "True when there are digits only, and at least one.", "\"12\".isdigit()") {
      $0.properties.numericType == .decimal || $0.properties.numericType == .digit
    },
    test(
      "isdecimal", "True when there are decimal digits only, and at least one.",
      "\"12\".isdecimal()"
    ) {
      $0.properties.numericType == .decimal
    },
    test(
      "isnumeric", "True when there are numeric characters only, and at least one.",
      "\"½\".isnumeric()"
    ) {
      $0.properties.numericType != nil
    },
    test(
      "isalnum", "True when there are letters and digits only, and at least one.",
      "\"a1\".isalnum()"
    ) {
      $0.isLetter || $0.properties.numericType != nil
    },
    test("isspace", "True when there is white space only, and at least one.", "\" \".isspace()") {
      $0.isSpace
    },
    caseTest(
      "isupper", "True when letters are in upper case, and there is one.", "\"A1\".isupper()"
    ) {
      ($0.properties.isUppercase, $0.properties.isLowercase)
    },
    caseTest(
      "islower", "True when letters are in lower case, and there is one.", "\"a1\".islower()"
    ) {
      ($0.properties.isLowercase, $0.properties.isUppercase)
    },
    Method(
      record(
        "istitle", [], "True when each word begins with its only upper-case letter.",
        "\"Ab Cd\".istitle()", "True"),
      .zero { receiver, interpreter throws(Fault) in
        var startsWord = true
        var hasLetter = false
        for scalar in try string(receiver).text.unicodeScalars {
          try interpreter.checkInterruption()
          let properties = scalar.properties
          guard properties.isUppercase || properties.isLowercase else {
            startsWord = true
            continue
          }
          if properties.isUppercase != startsWord { return .bool(false) }
          hasLetter = true
          startsWord = false
        }
        return .bool(hasLetter)
      }),
    Method(
      record(
        "isidentifier", [], "True when the text could name a variable.",
        "\"a_1\".isidentifier()", "True"),
      .zero { receiver, interpreter throws(Fault) in
        let scalars = try string(receiver).text.unicodeScalars
        guard let first = scalars.first, first == "_" || first.properties.isXIDStart else {
          return .bool(false)
        }
        return .bool(try all(scalars, interpreter) { $0.properties.isXIDContinue })
      }),
  ]

  private static func test(
    _ name: String, _ summary: String, _ example: String,
    _ predicate: @escaping @Sendable (Unicode.Scalar) -> Bool
  ) -> Method {
    Method(
      record(name, [], summary, example, "True"),
      .zero { receiver, interpreter throws(Fault) in
        let scalars = try string(receiver).text.unicodeScalars
        return .bool(scalars.isEmpty ? false : try all(scalars, interpreter, predicate))
      })
  }

  private static func all(
    _ scalars: String.UnicodeScalarView, _ interpreter: Interpreter,
    _ predicate: (Unicode.Scalar) -> Bool
  ) throws(Fault) -> Bool {
    for scalar in scalars {
      try interpreter.checkInterruption()
      if !predicate(scalar) { return false }
    }
    return true
  }

  /// `sides` tells whether a character is of the wanted case, and whether it is of the other.
  private static func caseTest(
    _ name: String, _ summary: String, _ example: String,
    _ sides: @escaping @Sendable (Unicode.Scalar) -> (Bool, Bool)
  ) -> Method {
    Method(
      record(name, [], summary, example, "True"),
      .zero { receiver, interpreter throws(Fault) in
        var hasWanted = false
        for scalar in try string(receiver).text.unicodeScalars {
          try interpreter.checkInterruption()
          let (isWanted, isOther) = sides(scalar)
          if isOther { return .bool(false) }
          hasWanted = hasWanted || isWanted
        }
        return .bool(hasWanted)
      })
  }

  /// Methods that give the parts that a text is made of, since texts are no sequences.
  static let stringElements: [Method] = [
    elements(
      "elems", "A list of the characters.", "\"hé\".elems()", "[\"h\", \"é\"]", characters),
    elements(
      "codepoints", "A list of the characters.", "\"hé\".codepoints()", "[\"h\", \"é\"]",
      characters),
    elements(
      "codepoint_ords", "A list of the code points.", "\"hé\".codepoint_ords()", "[104, 233]"
    ) { string, interpreter, list throws(Fault) in
      for scalar in string.text.unicodeScalars {
        try interpreter.checkInterruption()
        list.append(.int(Int(scalar.value)))
      }
    },
    elements("elem_ords", "A list of the bytes in UTF-8.", "\"hé\".elem_ords()", "[104, 195, 169]")
    { string, interpreter, list throws(Fault) in
      for byte in string.bytes {
        try interpreter.checkInterruption()
        list.append(.int(Int(byte)))
      }
    },
  ]

  private typealias Collect =
    @Sendable (StringObject, Interpreter, inout [Value]) throws(Fault) -> Void

  private static let characters: Collect = { string, interpreter, list throws(Fault) in
    try string.forEachCharacter { bytes throws(Fault) in
      try interpreter.checkInterruption()
      list.append(interpreter.part(bytes, bytes.startIndex..<bytes.endIndex))
    }
  }

  private static func elements(
    _ name: String, _ summary: String, _ example: String, _ output: String,
    _ collect: @escaping Collect
  ) -> Method {
    Method(
      record(name, [], summary, example, output),
      .zero { receiver, interpreter throws(Fault) in
        let string = try string(receiver).object
        // An element is a value of its own, far larger than its byte.
        try interpreter.checkSize(string.count.multipliedReportingOverflow(by: 64), "the list")
        return .list(
          try interpreter.gather(capacity: string.count) { list throws(Fault) in
            try collect(string, interpreter, &list)
          })
      })
  }

  static let bytesMethods: [Method] = [
    Method(
      Entry(
        "elems", kind: .method(of: "bytes"), summary: "A list of the bytes as integers.",
        examples: [Example("b\"hi\".elems()", prints: "[104, 105]")]),
      .zero { receiver, interpreter throws(Fault) in
        .list(try interpreter.elements(of: receiver))
      })
  ]
}
