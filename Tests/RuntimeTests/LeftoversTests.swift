import Platform
import Testing

@testable import Runtime

/// Large containers are freed in portions, and an interrupt does not wait for the last of them.
@Suite struct LeftoversTests {
  private final class Count {
    var freed = 0
    var atEnd: () -> Void = {}
  }

  /// An object that says when it is freed.
  private final class Canary: Object {
    private let count: Count

    init(_ count: Count) {
      self.count = count
      super.init()
    }

    deinit {
      count.freed += 1
      count.atEnd()
    }
  }

  /// A container of the language.
  struct Kind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable ([Value], Interpreter) throws -> Value
  }

  static let kinds = [
    Kind(testDescription: "dict that was copied") { values, interpreter in
      let copies = try copies(values, interpreter)
      return .object(copies[0])
    },
    Kind(testDescription: "dict that was copied and changed") { values, interpreter in
      let copies = try copies(values, interpreter)
      let key = Value.int(0)
      let value = try #require(try copies[0].get(key, interpreter))
      try copies[0].set(key, value, interpreter)
      return .object(copies[0])
    },
    Kind(testDescription: "list") { values, _ in .list(values) },
    Kind(testDescription: "tuple") { values, _ in .tuple(values) },
    Kind(testDescription: "list of lists") { values, _ in .list(values.map { .list([$0]) }) },
    Kind(testDescription: "list of nested lists") { values, _ in
      .list(values.map { .list([.list([$0])]) })
    },
    Kind(testDescription: "list that nests in its first element alone") { values, _ in
      .list([.list([.list([.int(1)])])] + values)
    },
    Kind(testDescription: "dict") { values, interpreter in
      let dict = DictObject()
      for (key, value) in values.enumerated() { try dict.set(.int(key), value, interpreter) }
      return .object(dict)
    },
    Kind(testDescription: "dict of lists") { values, interpreter in
      let dict = DictObject()
      for (key, value) in values.enumerated() {
        try dict.set(.int(key), .list([value]), interpreter)
      }
      return .object(dict)
    },
  ]

  /// Makes a dict, and another with its keys and values.
  private static func copies(_ values: [Value], _ interpreter: Interpreter) throws -> [DictObject] {
    let dict = DictObject()
    for (key, value) in values.enumerated() { try dict.set(.int(key), value, interpreter) }
    let copy = DictObject()
    copy.table.replace(with: dict.table)
    return [dict, copy]
  }

  private static let size = 10 * Leftovers.portion

  /// How many values are freed with their container, in one portion after that, and in the end.
  private func freed(_ kind: Kind, _ reason: Interruption.Reason) throws -> [Int] {
    let interruption = Interruption()
    let interpreter = Interpreter(interruption: interruption, host: RecordingHost())
    let count = Count()
    func makeAndDrop() throws {
      var values: [Value] = []
      for _ in 0..<Self.size { values.append(.object(Canary(count))) }
      let container = try kind.make(values, interpreter)
      values = []
      interruption.request(reason)
      withExtendedLifetime(container) {}
    }
    try makeAndDrop()
    var result = [count.freed]
    interruption.clear()
    interpreter.tidyUp { true }
    result.append(count.freed)
    interpreter.tidyUp { false }
    return result + [count.freed]
  }

  @Test(arguments: kinds)
  func `an interrupt leaves most of a container for later`(_ kind: Kind) throws {
    let freed = try freed(kind, .interrupt)
    #expect(freed[0] <= 2 * Leftovers.portion)
    #expect(freed[1] <= freed[0] + 2 * Leftovers.portion)
    #expect(freed[2] == Self.size)
  }

  @Test(arguments: kinds)
  func `without memory, and without a request, all is freed at once`(_ kind: Kind) throws {
    #expect(try freed(kind, .memory)[0] == Self.size)
    #expect(try freed(kind, .none)[0] == Self.size)
  }

  @Test func `what a builtin has made when it is interrupted is left, too`() throws {
    let interruption = Interruption()
    let interpreter = Interpreter(interruption: interruption, host: RecordingHost())
    let count = Count()
    #expect(throws: Fault.self) {
      _ = try interpreter.gather { values throws(Fault) in
        for _ in 0..<Self.size { values.append(.object(Canary(count))) }
        interruption.request(.interrupt)
        try interpreter.checkInterruption()
      }
    }
    #expect(count.freed <= 2 * Leftovers.portion)
    interpreter.tidyUp { false }
    #expect(count.freed == Self.size)
  }

  @Test func `an interrupt does not wait for a look at all numbers of a list`() throws {
    let interruption = Interruption()
    let interpreter = Interpreter(interruption: interruption, host: RecordingHost())
    let (first, last) = (Count(), Count())
    func makeAndDrop() {
      var values = [Value](repeating: .int(1), count: 1 << 21)
      values[0] = .object(Canary(first))
      values[values.count - Leftovers.portion - 1] = .object(Canary(last))
      let list = ListObject(values)
      values = []
      interruption.request(.interrupt)
      withExtendedLifetime(list) {}
    }
    makeAndDrop()
    #expect(last.freed == 0)
    interruption.clear()
    // However short the time, some of it goes.
    interpreter.tidyUp { true }
    #expect(last.freed == 1)
    #expect(first.freed == 0)
    interpreter.tidyUp { false }
    #expect(first.freed == 1)
  }

  @Test func `what else holds an array is seen`() throws {
    var values: [Value] = (0..<100).map { .int($0) }
    #expect(isHeldOnce(&values))
    let other = values
    #expect(!isHeldOnce(&values))
    values.append(.none)
    #expect(isHeldOnce(&values))
    withExtendedLifetime(other) {}
  }

  /// An interpreter with leftovers: objects of which each counts that it is freed.
  private func leavingMuch(
    _ count: Count, _ interruption: Interruption
  ) throws -> Interpreter {
    let interpreter = Interpreter(interruption: interruption, host: RecordingHost())
    func makeAndDrop() {
      let list = ListObject((0..<Self.size).map { _ in .object(Canary(count)) })
      interruption.request(.interrupt)
      withExtendedLifetime(list) {}
    }
    makeAndDrop()
    interruption.clear()
    return interpreter
  }

  @Test func `a large step first frees what is left, so that it never piles up`() throws {
    let count = Count()
    let interpreter = try leavingMuch(count, Interruption())
    #expect(count.freed < Self.size)
    try interpreter.checkSize((1 << 23, false), "a step")
    #expect(count.freed == Self.size)
  }

  @Test func `an interrupt does not wait for all that a large step has to free first`() throws {
    let count = Count()
    let interruption = Interruption()
    let interpreter = try leavingMuch(count, interruption)
    count.atEnd = { interruption.request(.interrupt) }
    let fault = #expect(throws: Fault.self) {
      try interpreter.checkSize((1 << 23, false), "a step")
    }
    #expect(fault?.details.name == "KeyboardInterrupt")
    #expect(count.freed < Self.size / 2)
    count.atEnd = {}
    interpreter.tidyUp { false }
    #expect(count.freed == Self.size)
  }

  @Test func `a long array that is interrupted on its way to a larger place loses nothing`() throws
  {
    let interruption = Interruption()
    let interpreter = Interpreter(interruption: interruption, host: RecordingHost())
    var values = (0..<1 << 20).map { Value.int($0) }
    let more = [Value](repeating: .none, count: values.capacity - values.count + 1)
    interruption.request(.interrupt)
    #expect(throws: Fault.self) { try interpreter.extend(&values, by: more) }
    #expect(values.count == 1 << 20 && values.indices.allSatisfy { values[$0].asInt == $0 })
    interruption.clear()
    try interpreter.extend(&values, by: more)
    #expect(values.prefix(1 << 20).indices.allSatisfy { values[$0].asInt == $0 })
    #expect(values.count == (1 << 20) + more.count && values.last?.isNone == true)
  }

  @Test func `what is long looks for room before it grows`() throws {
    let interpreter = Interpreter(interruption: Interruption(), host: RecordingHost())
    interpreter.memoryLimit = 1 << 20
    let list = ListObject(Array(repeating: .none, count: Interpreter.long))
    let fault = #expect(throws: Fault.self) {
      for number in 0...Interpreter.long { try list.append(.int(number), interpreter) }
    }
    #expect(fault?.details.name == "MemoryError")
    let dict = DictObject()
    #expect(throws: Fault.self) {
      for number in 0...2 * Interpreter.long { try dict.set(.int(number), .none, interpreter) }
    }
    #expect((Interpreter.long...2 * Interpreter.long).contains(dict.count))
  }

  @Test func `a large dict that is interrupted while it grows loses nothing`() throws {
    let interruption = Interruption()
    let interpreter = Interpreter(interruption: interruption, host: RecordingHost())
    let table = HashTable()
    interruption.request(.interrupt)
    for key in 0..<Self.size { table.insert(.int(key), hash: key &* 0x9E37_79B9, .int(key)) }
    interruption.clear()
    for key in 0..<Self.size {
      #expect(try table.find(.int(key), hash: key &* 0x9E37_79B9, interpreter) == key)
    }
  }
}
