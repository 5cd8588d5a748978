import Runtime

/// `In`, `Out`, `_`, `__` and `___`, as in IPython.
struct ResultMemory {
  private let inputs = InputList(limit: Self.limit)
  private let outputs = DictObject()
  private var kept: [Int] = []
  private var interpreter: Interpreter?

  /// So many results and inputs are kept; older ones go.
  static let limit = 1000

  /// Binds the names.
  mutating func install(in interpreter: Interpreter) {
    self.interpreter = interpreter
    interpreter.define("In", .object(inputs))
    interpreter.define("Out", .object(outputs))
    for name in ["_", "__", "___"] { interpreter.define(name, .string("")) }
  }

  /// Makes a cell's source `In[count]`.
  func note(input: String, _ count: Int) { inputs.note(input, count) }

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
