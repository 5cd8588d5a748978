import Catalog

extension BuiltinTable {
  static let sequences: [Builtin] = [
    len, range, enumerate, zip, map, filter, reversed, sorted, any, allOf,
  ]

  static let len = Builtin(
    Entry(
      "len", [.positional("x")], group: "Sequences",
      summary: "The number of elements; of a text, of its characters.",
      examples: [Example("len(\"héllo\")", prints: "5")]),
    .one { value, interpreter throws(Fault) in .int(try interpreter.length(value)) })

  static let range = Builtin(
    Entry(
      "range", [.variadic("limits", .int)], group: "Sequences",
      summary: """
        The integers from `start` (0 when left out) up to but not including `stop`, at equal steps: \
        `range(stop)`, `range(start, stop)`, `range(start, stop, step)`.
        """,
      examples: [Example("list(range(1, 10, 3))", prints: "[1, 4, 7]")]),
    .raw { arguments, interpreter throws(Fault) in
      let limits = arguments.positional
      guard arguments.named.isEmpty, (1...3).contains(limits.count) else {
        throw Fault.type("range() takes 1 to 3 arguments by position; received \(limits.count)")
      }
      var numbers: [Swift.Int] = []
      for limit in limits {
        numbers.append(try interpreter.integer(limit, what: "range() argument"))
      }
      let start = numbers.count > 1 ? numbers[0] : 0
      let stop = numbers.count > 1 ? numbers[1] : numbers[0]
      let step = numbers.count > 2 ? numbers[2] : 1
      guard step != 0 else { throw Fault.value("range() step cannot be 0") }
      guard let range = RangeObject(start, stop, step: step) else {
        throw Fault("OverflowError", "range() has more numbers than 64 bits count")
      }
      return .object(range)
    })

  static let enumerate = Builtin(
    Entry(
      "enumerate", [.positional("iterable"), .optional("start", .int, default: "0")],
      group: "Sequences", summary: "A list of pairs: the number of each element, and the element.",
      examples: [Example("enumerate([\"a\", \"b\"])", prints: "[(0, \"a\"), (1, \"b\")]")]),
    .bound { arguments, interpreter throws(Fault) in
      let start =
        try arguments[1].map { value throws(Fault) in
          try interpreter.integer(value, what: "enumerate() start")
        } ?? 0
      let elements = try interpreter.elements(of: arguments[0] ?? .none)
      let (_, overflow) = start.addingReportingOverflow(elements.count)
      guard !overflow else {
        throw Fault("OverflowError", "enumerate(): the numbers leave 64 bits")
      }
      return .list(
        try interpreter.gather(capacity: elements.count) { pairs throws(Fault) in
          for (index, element) in elements.enumerated() {
            try interpreter.tick()
            pairs.append(.pair(.int(start + index), element))
          }
        })
    })

  static let zip = Builtin(
    Entry(
      "zip", [.variadic("iterables"), .keyword("strict", .bool, default: "False")],
      group: "Sequences",
      summary: """
        A list of tuples: the first elements of all arguments, the second ones, and so on up to the \
        end of the shortest. `strict=True` makes unequal lengths an error.
        """,
      examples: [Example("zip([1, 2], [3, 4])", prints: "[(1, 3), (2, 4)]")]),
    .bound { arguments, interpreter throws(Fault) in
      var columns: [[Value]] = []
      for iterable in arguments.rest { columns.append(try interpreter.elements(of: iterable)) }
      var shortest = columns.isEmpty ? 0 : Swift.Int.max
      for column in columns { shortest = Swift.min(shortest, column.count) }
      if let strict = arguments[1], try interpreter.truth(strict),
        columns.contains(where: { $0.count != shortest })
      {
        throw Fault.value(
          "zip() with strict expected equal lengths; received "
            + columns.map { String($0.count) }.joined(separator: ", "))
      }
      return .list(
        try interpreter.gather(capacity: shortest) { rows throws(Fault) in
          if columns.count == 2 {
            let (first, second) = (columns[0], columns[1])
            for row in 0..<shortest {
              try interpreter.tick()
              rows.append(.pair(first[row], second[row]))
            }
            return
          }
          for row in 0..<shortest {
            try interpreter.tick()
            rows.append(.tuple(columns.map { $0[row] }))
          }
        })
    })

  static let map = Builtin(
    Entry(
      "map", [.positional("function", .function), .variadic("iterables")], group: "Sequences",
      summary: "A list of what a function gives for each element (or for the n-th of several).",
      examples: [Example("map(lambda x: x * x, [1, 2, 3])", prints: "[1, 4, 9]")]),
    .bound { arguments, interpreter throws(Fault) in
      let function = arguments[0] ?? .none
      guard let first = arguments.rest.first else {
        throw Fault.type("map() expected a function and at least one iterable")
      }
      if arguments.rest.count == 1 {
        let elements = try interpreter.elements(of: first)
        return .list(
          try interpreter.gather { results throws(Fault) in
            for element in elements {
              try interpreter.tick()
              results.append(try interpreter.call(function, [element]))
            }
          })
      }
      var columns: [[Value]] = []
      for iterable in arguments.rest { columns.append(try interpreter.elements(of: iterable)) }
      return .list(
        try interpreter.gather { results throws(Fault) in
          for row in 0..<(columns.map(\.count).min() ?? 0) {
            try interpreter.tick()
            results.append(try interpreter.call(function, columns.map { $0[row] }))
          }
        })
    })

  static let filter = Builtin(
    Entry(
      "filter", [.positional("function", .function), .positional("iterable")], group: "Sequences",
      summary: "A list of the elements for which a function is true; None keeps the true elements.",
      examples: [Example("filter(lambda x: x > 1, [1, 2, 3])", prints: "[2, 3]")]),
    .bound { arguments, interpreter throws(Fault) in
      let function = arguments[0] ?? .none
      let elements = try interpreter.elements(of: arguments[1] ?? .none)
      return .list(
        try interpreter.gather { kept throws(Fault) in
          for element in elements {
            try interpreter.tick()
            let verdict = function.isNone ? element : try interpreter.call(function, [element])
            if try interpreter.truth(verdict) { try interpreter.append(element, to: &kept) }
          }
        })
    })

  static let reversed = Builtin(
    Entry(
      "reversed", [.positional("iterable")], group: "Sequences",
      summary: "A list of the elements from last to first.",
      examples: [Example("reversed([1, 2, 3])", prints: "[3, 2, 1]")]),
    .one { value, interpreter throws(Fault) in
      .list(try interpreter.copy(of: try interpreter.elements(of: value).reversed()))
    })

  static let sorted = Builtin(
    Entry(
      "sorted",
      [
        .positional("iterable"), .keyword("key", .function),
        .keyword("reverse", .bool, default: "False"),
      ], group: "Sequences",
      summary: """
        A new list of the elements in ascending order; equal elements keep their order. `key` maps \
        each to what is compared. NaN goes last.
        """,
      examples: [
        Example("sorted([\"bb\", \"a\"], key=len)", prints: "[\"a\", \"bb\"]")
      ]),
    .bound { arguments, interpreter throws(Fault) in
      .list(
        try Sorting.sorted(
          try interpreter.elements(of: arguments[0] ?? .none), key: arguments[1],
          reverse: arguments[2], interpreter))
    })

  static let any = Builtin(
    Entry(
      "any", [.positional("iterable")], group: "Sequences",
      summary: "True when at least one element is true.",
      examples: [Example("any([0, 2])", prints: "True")]),
    .one { value, interpreter throws(Fault) in
      .bool(try hasElement(thatIs: true, in: value, interpreter))
    })

  static let allOf = Builtin(
    Entry(
      "all", [.positional("iterable")], group: "Sequences",
      summary: "True when no element is false.", examples: [Example("all([])", prints: "True")]),
    .one { value, interpreter throws(Fault) in
      .bool(try !hasElement(thatIs: false, in: value, interpreter))
    })

  /// True when one of the elements is as true as said.
  private static func hasElement(
    thatIs truth: Bool, in value: Value, _ interpreter: Interpreter
  ) throws(Fault) -> Bool {
    var walk = try interpreter.walk(value)
    defer { walk.finish() }
    while let element = try walk.next() {
      try interpreter.tick()
      if try interpreter.truth(element) == truth { return true }
    }
    return false
  }
}
