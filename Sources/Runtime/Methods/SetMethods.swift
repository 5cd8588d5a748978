import Catalog

extension MethodTable {
  static let setMethods: [Method] =
    [
      Method(
        Entry(
          "add", [.positional("x")], kind: .method(of: "set"), summary: "Adds an element.",
          examples: [Example("s = set([1])\ns.add(2)\ns", prints: "set([1, 2])")]),
        .one { receiver, value, interpreter throws(Fault) in
          try set(receiver).insert(value, interpreter)
          return .none
        }),
      Method(
        Entry(
          "clear", kind: .method(of: "set"), summary: "Removes all elements.",
          examples: [Example("s = set([1])\ns.clear()\nlen(s)", prints: "0")]),
        .zero { receiver, _ throws(Fault) in
          let set = try set(receiver)
          try set.checkMutable()
          set.table.removeAll()
          return .none
        }),
      Method(
        Entry(
          "discard", [.positional("x")], kind: .method(of: "set"),
          summary: "Removes an element if it is there.",
          examples: [Example("s = set([1, 2])\ns.discard(1)\ns", prints: "set([2])")]),
        .one { receiver, value, interpreter throws(Fault) in
          try set(receiver).remove(value, interpreter)
          return .none
        }),
      Method(
        Entry(
          "pop", kind: .method(of: "set"), summary: "Removes and gives the first element.",
          examples: [Example("set([1, 2]).pop()", prints: "1")]),
        .zero { receiver, _ throws(Fault) in
          let set = try set(receiver)
          try set.checkMutable()
          guard let first = set.table.position(from: 0),
            let entry = set.table.remove(at: first)
          else { throw Fault("KeyError", "pop from an empty set") }
          return entry.key
        }),
      Method(
        Entry(
          "remove", [.positional("x")], kind: .method(of: "set"),
          summary: "Removes an element; an error when it is not there.",
          examples: [Example("s = set([1, 2])\ns.remove(1)\ns", prints: "set([2])")]),
        .one { receiver, value, interpreter throws(Fault) in
          guard try set(receiver).remove(value, interpreter) else {
            throw Fault("KeyError", try interpreter.citation(value))
          }
          return .none
        }),
      Method(
        Entry(
          "update", [.variadic("others")], kind: .method(of: "set"),
          summary: "Adds the elements of other values.",
          examples: [Example("s = set([1])\ns.update([2], [3])\ns", prints: "set([1, 2, 3])")]),
        .bound { receiver, arguments, interpreter throws(Fault) in
          let set = try set(receiver)
          for other in arguments.rest {
            try set.formUnion(try MethodTable.makeSet(other, interpreter), interpreter)
          }
          return .none
        }),
      Method(
        Entry(
          "copy", kind: .method(of: "set"), summary: "A new set of the same elements.",
          examples: [Example("set([2, 1]).copy()", prints: "set([2, 1])")]),
        .zero { receiver, interpreter throws(Fault) in
          .object(SetObject(try HashTable(copying: try set(receiver).table, interpreter)))
        }),
    ] + algebra.map(\.makingNew) + algebra.compactMap(\.inPlace) + setTests

  /// The operations of this set and others, each a method that makes a new set and, but for `union`,
  /// whose is `update`, one that changes this one.
  private static let algebra: [Algebra] = [
    Algebra("union", "A set of the elements of this set and of others.", "set([1, 2, 3])") {
      set, others, interpreter throws(Fault) in
      let result = SetObject(try HashTable(copying: set.table, interpreter))
      for other in others { try result.formUnion(other, interpreter) }
      return result
    },
    Algebra("intersection", "A set of the elements that are in all of the others too.", "set([2])")
    {
      set, others, interpreter throws(Fault) in
      try filter(set, others, isIn: true, interpreter)
    },
    Algebra("difference", "A set of the elements that are in none of the others.", "set([1])") {
      set, others, interpreter throws(Fault) in
      try filter(set, others, isIn: false, interpreter)
    },
    Algebra(
      "symmetric_difference", "A set of the elements that are in just one of both.",
      "set([1, 3])", takesOne: true
    ) { set, others, interpreter throws(Fault) in
      try others.first.map { other throws(Fault) in
        try set.symmetricDifference(other, interpreter)
      } ?? set
    },
  ]

  /// The methods that compare with another set.
  private static let setTests: [Method] = [
    test("issubset", "True when all elements are in the other.", "False") {
      set, other, interpreter throws(Fault) in try set.isEach(in: other, interpreter)
    },
    test("issuperset", "True when all elements of the other are in this set.", "False") {
      set, other, interpreter throws(Fault) in try other.isEach(in: set, interpreter)
    },
    test("isdisjoint", "True when no element is in both.", "False") {
      set, other, interpreter throws(Fault) in try set.isEach(in: other, isIn: false, interpreter)
    },
  ]

  /// An operation of this set and others.
  private struct Algebra: Sendable {
    typealias Body = @Sendable (SetObject, [SetObject], Interpreter) throws(Fault) -> SetObject

    let name: String
    let summary: String
    let output: String
    let takesOne: Bool
    let body: Body

    init(
      _ name: String, _ summary: String, _ output: String, takesOne: Bool = false,
      _ body: @escaping Body
    ) {
      self.name = name
      self.summary = summary
      self.output = output
      self.takesOne = takesOne
      self.body = body
    }

    private var parameters: [Parameter] {
      takesOne ? [.positional("other")] : [.variadic("others")]
    }

    /// The method that gives a set of its own.
    var makingNew: Method {
      Method(
        Entry(
          name, parameters, kind: .method(of: "set"), summary: summary,
          examples: [Example("set([1, 2]).\(name)([2, 3])", prints: output)]),
        .bound { receiver, arguments, interpreter throws(Fault) in
          .object(try result(try set(receiver), arguments, interpreter))
        })
    }

    /// The method that changes this set.
    var inPlace: Method? {
      guard name != "union" else { return nil }
      return Method(
        Entry(
          "\(name)_update", parameters, kind: .method(of: "set"),
          summary: "Turns this set into its \(name.replacing("_", with: " ")) with others.",
          examples: [
            Example("s = set([1, 2])\ns.\(name)_update([2, 3])\ns", prints: output)
          ]),
        .bound { receiver, arguments, interpreter throws(Fault) in
          let set = try set(receiver)
          try set.replace(with: try result(set, arguments, interpreter), interpreter)
          return .none
        })
    }

    private func result(
      _ set: SetObject, _ arguments: BoundArguments, _ interpreter: Interpreter
    ) throws(Fault) -> SetObject {
      var others: [SetObject] = []
      for other in takesOne ? [arguments[0] ?? .none] : arguments.rest {
        others.append(try makeSet(other, interpreter))
      }
      return try body(set, others, interpreter)
    }
  }

  private static func test(
    _ name: String, _ summary: String, _ output: String,
    _ body: @escaping @Sendable (SetObject, SetObject, Interpreter) throws(Fault) -> Bool
  ) -> Method {
    Method(
      Entry(
        name, [.positional("other")], kind: .method(of: "set"), summary: summary,
        examples: [Example("set([1, 2]).\(name)([2, 3])", prints: output)]),
      .one { receiver, other, interpreter throws(Fault) in
        .bool(try body(try set(receiver), try makeSet(other, interpreter), interpreter))
      })
  }

  /// A value that is a set, or a set of its elements.
  static func makeSet(_ value: Value, _ interpreter: Interpreter) throws(Fault) -> SetObject {
    if let set = value.asSet { return set }
    if case .object(let object) = value, let range = object.asRange {
      // A range costs nothing, but to fill the memory with its numbers takes long.
      let size = range.count.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
      try interpreter.checkSize(size, "the set")
    }
    let set = SetObject()
    try interpreter.forEach(value) { element throws(Fault) in try set.insert(element, interpreter) }
    return set
  }

  /// The elements that are in all of the others, or in none.
  private static func filter(
    _ set: SetObject, _ others: [SetObject], isIn: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> SetObject {
    guard let first = others.first else {
      return SetObject(try HashTable(copying: set.table, interpreter))
    }
    var result = try set.filtered(by: first, isIn: isIn, interpreter)
    for other in others.dropFirst() {
      result = try result.filtered(by: other, isIn: isIn, interpreter)
    }
    return result
  }

  @inline(__always)
  private static func set(_ value: Value) throws(Fault) -> SetObject {
    guard let set = value.asSet else { throw .internal("a set method without a set") }
    return set
  }
}
