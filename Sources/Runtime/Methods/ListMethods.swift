import Catalog

extension MethodTable {
  static let listMethods: [Method] = [
    Method(
      Entry(
        "append", [.positional("x")], kind: .method(of: "list"),
        summary: "Adds an element at the end.",
        examples: [Example("xs = [1]\nxs.append(2)\nxs", prints: "[1, 2]")]),
      .one { receiver, value, interpreter throws(Fault) in
        let list = try list(receiver)
        try list.checkMutable()
        try list.append(value, interpreter)
        interpreter.note(value, putInto: list)
        return .none
      }),
    Method(
      Entry(
        "clear", kind: .method(of: "list"), summary: "Removes all elements.",
        examples: [Example("xs = [1]\nxs.clear()\nxs", prints: "[]")]),
      .zero { receiver, _ throws(Fault) in
        let list = try list(receiver)
        try list.checkMutable()
        list.storage = []
        return .none
      }),
    Method(
      Entry(
        "copy", kind: .method(of: "list"), summary: "A new list of the same elements.",
        examples: [Example("[1, 2].copy()", prints: "[1, 2]")]),
      .zero { receiver, interpreter throws(Fault) in
        .list(try interpreter.newElements(of: receiver))
      }),
    Method(
      Entry(
        "count", [.positional("x")], kind: .method(of: "list"),
        summary: "How many elements are equal to a value.",
        examples: [Example("[1, 2, 1].count(1)", prints: "2")]),
      .one { receiver, value, interpreter throws(Fault) in
        var count = 0
        for element in try list(receiver).storage {
          try interpreter.tick()
          if try interpreter.equals(element, value) { count += 1 }
        }
        return .int(count)
      }),
    Method(
      Entry(
        "extend", [.positional("iterable")], kind: .method(of: "list"),
        summary: "Adds all elements of a value at the end.",
        examples: [Example("xs = [1]\nxs.extend([2, 3])\nxs", prints: "[1, 2, 3]")]),
      .one { receiver, value, interpreter throws(Fault) in
        try interpreter.extend(try list(receiver), with: value)
        return .none
      }),
    Method(
      Entry(
        "index",
        [
          .positional("x"), .positional("start", .int, default: "0"),
          .positional("end", .int, default: "None"),
        ],
        kind: .method(of: "list"), summary: "The place of the first element equal to a value.",
        examples: [Example("[5, 6].index(6)", prints: "1")]),
      .bound { receiver, arguments, interpreter throws(Fault) in
        let elements = try list(receiver).storage
        let (start, end) = try window(arguments[1], arguments[2], elements.count, interpreter)
        let wanted = arguments[0] ?? .none
        for place in start..<Swift.max(start, end) {
          try interpreter.tick()
          if try interpreter.equals(elements[place], wanted) { return .int(place) }
        }
        throw Fault.value("\(Interpreter.shortText(wanted)) is not in the list")
      }),
    Method(
      Entry(
        "insert", [.positional("index", .int), .positional("x")], kind: .method(of: "list"),
        summary: "Puts an element before a place; places beyond the ends mean the ends.",
        examples: [Example("xs = [1, 3]\nxs.insert(1, 2)\nxs", prints: "[1, 2, 3]")]),
      .bound { receiver, arguments, interpreter throws(Fault) in
        let list = try list(receiver)
        try list.checkMutable()
        let index = try interpreter.integer(arguments[0] ?? .none, what: "insert() index")
        let place = index < 0 ? Swift.max(index &+ list.count, 0) : Swift.min(index, list.count)
        let value = arguments[1] ?? .none
        list.storage.insert(value, at: place)
        interpreter.note(value, putInto: list)
        return .none
      }),
    Method(
      Entry(
        "pop", [.positional("index", .int, default: "-1")], kind: .method(of: "list"),
        summary: "Removes and gives the element at a place, the last one by default.",
        examples: [Example("[1, 2].pop()", prints: "2")]),
      .bound { receiver, arguments, interpreter throws(Fault) in
        let list = try list(receiver)
        try list.checkMutable()
        let index =
          try arguments[0].map { value throws(Fault) in
            try interpreter.integer(value, what: "pop() index")
          } ?? -1
        let place = index < 0 ? index &+ list.count : index
        guard list.storage.indices.contains(place) else {
          throw Fault.index(
            list.count == 0
              ? "pop from an empty list"
              : "pop index \(index) is out of range: the list has \(list.count) elements")
        }
        return place == list.count - 1 ? list.storage.removeLast() : list.storage.remove(at: place)
      }),
    Method(
      Entry(
        "remove", [.positional("x")], kind: .method(of: "list"),
        summary: "Removes the first element equal to a value.",
        examples: [Example("xs = [1, 2]\nxs.remove(1)\nxs", prints: "[2]")]),
      .one { receiver, value, interpreter throws(Fault) in
        let list = try list(receiver)
        try list.checkMutable()
        for place in list.storage.indices {
          try interpreter.tick()
          if try interpreter.equals(list.storage[place], value) {
            list.storage.remove(at: place)
            return .none
          }
        }
        throw Fault.value("\(Interpreter.shortText(value)) is not in the list")
      }),
    Method(
      Entry(
        "reverse", kind: .method(of: "list"), summary: "Turns the order around, in place.",
        examples: [Example("xs = [1, 2]\nxs.reverse()\nxs", prints: "[2, 1]")]),
      .zero { receiver, _ throws(Fault) in
        let list = try list(receiver)
        try list.checkMutable()
        list.storage.reverse()
        return .none
      }),
    Method(
      Entry(
        "sort", [.keyword("key", .function), .keyword("reverse", .bool, default: "False")],
        kind: .method(of: "list"), summary: "Puts the elements in ascending order, in place.",
        examples: [Example("xs = [2, 1]\nxs.sort()\nxs", prints: "[1, 2]")]),
      .bound { receiver, arguments, interpreter throws(Fault) in
        let list = try list(receiver)
        try list.checkMutable()
        // What the key function did to the list would be lost: it is refused, as in a walk.
        list.walkers += 1
        defer { list.walkers -= 1 }
        list.storage = try Sorting.sorted(
          list.storage, key: arguments[0], reverse: arguments[1], interpreter)
        return .none
      }),
  ]

  @inline(__always)
  private static func list(_ value: Value) throws(Fault) -> ListObject {
    guard let list = value.asList else { throw .internal("a list method without a list") }
    return list
  }

  /// `start` and `end` arguments as places within `count`, the way that slices read them.
  static func window(_ start: Value?, _ end: Value?, _ count: Int, _ interpreter: Interpreter)
    throws(Fault) -> (start: Int, end: Int)
  {
    func place(_ value: Value?, _ fallback: Int) throws(Fault) -> Int {
      guard let value, !value.isNone else { return fallback }
      let index = try interpreter.integer(value, what: "index")
      return index < 0 ? Swift.max(index &+ count, 0) : Swift.min(index, count)
    }
    return (try place(start, 0), try place(end, count))
  }
}
