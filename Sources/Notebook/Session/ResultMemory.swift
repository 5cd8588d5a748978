import Runtime

/// `In`, `Out`, `_`, `__` and `___`, as in IPython.
struct ResultMemory {
  private let nothing = Value.string("")
  private let inputs = ListObject([.string("")])
  private let outputs = DictObject()
  private var kept: [Int] = []
  private var interpreter: Interpreter?

  /// So many results and inputs are kept; older ones go, of the inputs all but their places.
  static let limit = 1000

  /// Binds the names.
  mutating func install(in interpreter: Interpreter) {
    self.interpreter = interpreter
    interpreter.define("In", .object(inputs))
    interpreter.define("Out", .object(outputs))
    for name in ["_", "__", "___"] { interpreter.define(name, .string("")) }
  }

  /// Makes a cell's source `In[count]`; cells that were forgotten or not kept leave empty texts.
  func note(input: String, _ count: Int) {
    // A program may have frozen or be walking over the list; then the cell is not kept.
    try? inputs.edit { texts in
      if texts.count > count { texts.removeLast(texts.count - count) }
      while texts.count < count { texts.append(nothing) }
      texts.append(.string(input))
      if count > Self.limit { texts[count - Self.limit] = nothing }
    }
  }

  /// Makes a value `_` and `Out[count]`.
  mutating func note(result: Value, _ count: Int) {
    guard let interpreter else { return }
    interpreter.define("___", interpreter.builtin("__") ?? .none)
    interpreter.define("__", interpreter.builtin("_") ?? .none)
    interpreter.define("_", result)
    try? outputs.set(.int(count), result, interpreter)
    kept.append(count)
    if kept.count > Self.limit {
      _ = try? outputs.remove(.int(kept.removeFirst()), interpreter)
    }
  }
}
