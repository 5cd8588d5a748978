import Runtime

/// `In`: the sources of the cells by their numbers; those that are no longer kept are empty texts.
///
/// It reads as a list does. A list itself would grow with every cell of a long session.
final class InputList: Object {
  private var kept: [Int: Value] = [:]
  private var count = 1
  private let limit: Int
  private let nothing = Value.string("")

  /// Makes the list before the first cell, to keep the last `limit` sources.
  init(limit: Int) {
    self.limit = limit
    super.init()
  }

  /// Adds the source of cell `number`; numbers rise, cells that were forgotten leave empty texts.
  func note(_ source: String, _ number: Int) {
    kept[number] = .string(source)
    kept[number - limit] = nil
    count = number + 1
  }

  private var list: Value { .list((0..<count).map { kept[$0] ?? nothing }) }

  override var typeName: String { "list" }

  override var brief: String { "[…]" }

  override func length(_ interpreter: Interpreter) -> Int? { count }

  override func index(_ key: Value, _ interpreter: Interpreter) throws(Fault) -> Value {
    try interpreter.index(list, key)
  }

  override func iterate(_ interpreter: Interpreter) -> (() throws(Fault) -> Value?)? {
    var place = 0
    return { () throws(Fault) in
      guard place < self.count else { return nil }
      defer { place += 1 }
      return self.kept[place] ?? self.nothing
    }
  }

  override func representation(_ interpreter: Interpreter) throws(Fault) -> String {
    try interpreter.representation(list)
  }
}
