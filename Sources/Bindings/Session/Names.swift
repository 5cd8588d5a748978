import Catalog
import Neural
import Plots
import Runtime
import Tensors

/// What is bound in every session beyond the core language: bare names, and the modules that
/// `import` knows.
enum Names {
  /// Everything that belongs to `np`.
  private static let tensors: [Builtin] = OpBuiltins.all + TensorBuiltins.all
  private static let keras: [Builtin] =
    NeuralBuiltins.models + NeuralBuiltins.layers + NeuralBuiltins.optimizers
    + NeuralBuiltins.losses + NeuralBuiltins.metrics + NeuralBuiltins.data

  /// The records of all functions and types that are bound here.
  static let entries: [Entry] = (tensors + keras + PlotBuiltins.all).map(\.entry)

  static func define(
    in interpreter: Interpreter, _ workbench: Workbench, _ configuration: WorkbenchConfiguration
  ) {
    // Operations that share a name with a builtin of the language take over by the first argument;
    // the bare name stays the language's.
    let taken = Set(interpreter.builtinNames)
    interpreter.define(tensors.filter { !taken.contains($0.entry.name) })
    interpreter.define(keras)
    interpreter.define(PlotBuiltins.all)
    let constants = constants(workbench)
    for (name, value) in constants where !taken.contains(name) { interpreter.define(name, value) }
    interpreter.define("stdout", .object(StreamObject(.standard)))
    interpreter.define("stderr", .object(StreamObject(.error)))

    let random = module("random", RandomModule.builtins, entry: RandomModule.entry)
    interpreter.define(module: random, path: "random", global: "random")
    let numpy = module("numpy", tensors, constants + [("random", .object(random))])
    interpreter.define(module: numpy, path: "numpy", global: "np")
    interpreter.define("numpy", .object(numpy))
    interpreter.define(module: random, path: "numpy.random")
    let pyplot = module("matplotlib.pyplot", PlotBuiltins.all)
    interpreter.define(module: pyplot, path: "matplotlib.pyplot", global: "plt")
    interpreter.define(
      module: module("matplotlib", [], [("pyplot", .object(pyplot))]), path: "matplotlib")
    defineKeras(interpreter)
    if configuration.isHermetic { interpreter.remove(module: "time") }
  }

  /// `keras` and its parts, under Keras' names.
  private static func defineKeras(_ interpreter: Interpreter) {
    let sequence = module("keras.preprocessing.sequence", NeuralBuiltins.data)
    let parts: [(String, ModuleObject)] = [
      ("layers", module("keras.layers", NeuralBuiltins.models + NeuralBuiltins.layers)),
      ("models", module("keras.models", NeuralBuiltins.models)),
      ("optimizers", module("keras.optimizers", NeuralBuiltins.optimizers)),
      ("losses", module("keras.losses", NeuralBuiltins.losses)),
      ("metrics", module("keras.metrics", NeuralBuiltins.metrics)),
      ("utils", module("keras.utils", NeuralBuiltins.data)),
      ("preprocessing", module("keras.preprocessing", [], [("sequence", .object(sequence))])),
    ]
    let keras = module("keras", keras, parts.map { ($0.0, .object($0.1)) })
    for root in ["keras", "tensorflow.keras"] {
      interpreter.define(module: keras, path: root)
      for (name, part) in parts { interpreter.define(module: part, path: "\(root).\(name)") }
      interpreter.define(module: sequence, path: "\(root).preprocessing.sequence")
    }
    interpreter.define("keras", .object(keras))
  }

  private static func constants(_ workbench: Workbench) -> [(name: String, value: Value)] {
    let numbers: [(name: String, value: Value)] = [
      ("pi", .float(.pi)), ("e", .float(2.718281828459045)), ("inf", .float(.infinity)),
      ("nan", .float(.nan)), ("newaxis", .none),
    ]
    return numbers + DType.allCases.map { (name: $0.name, value: .object(DTypeObject($0))) }
  }

  private static func module(
    _ name: String, _ builtins: [Builtin], _ values: [(name: String, value: Value)] = [],
    entry: Entry? = nil
  ) -> ModuleObject {
    let members = builtins.map { (name: $0.entry.name, value: Value.object(BuiltinObject($0))) }
    return ModuleObject(
      name, members + values,
      entry: entry ?? Entry(name, kind: .module, group: "Modules", summary: "The names of \(name).")
    )
  }
}
