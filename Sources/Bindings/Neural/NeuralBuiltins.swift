import Catalog
import JSON
import Neural
import Runtime
import Tensors

/// Layers, models, losses, metrics and optimizers as builtins, made from their records.
enum NeuralBuiltins {
  static let layers: [Builtin] = LayerTable.all.map { record in
    Builtin(
      NamedChoices.filled(record.entry),
      .bound { arguments, interpreter throws(Fault) in
        let workbench = try Workbench.of(interpreter)
        let plain = try PlainArguments.object(arguments, record.entry, interpreter)
        let layer = try interpreter.neural { () throws(NeuralError) in
          try record.make(plain, workbench.neural)
        }
        return .object(LayerObject(layer, workbench))
      })
  }

  static let optimizers: [Builtin] = OptimizerTable.all.map { record in
    Builtin(
      NamedChoices.filled(record.entry),
      .bound { arguments, interpreter throws(Fault) in
        let plain = try PlainArguments.object(arguments, record.entry, interpreter)
        let optimizer = try interpreter.neural { () throws(NeuralError) in
          try record.make(plain)
        }
        return .object(OptimizerObject(optimizer, try Workbench.of(interpreter)))
      })
  }

  static let losses: [Builtin] = LossTable.all.flatMap { record in
    [
      Builtin(
        NamedChoices.filled(record.entry),
        .bound { arguments, interpreter throws(Fault) in
          try measure(arguments, record.entry, interpreter) {
            target, prediction, options, context throws(NeuralError) in
            try record.values(target, prediction, options: options, context)
          }
        }),
      Builtin(
        record.classEntry,
        .bound { arguments, interpreter throws(Fault) in
          let plain = try PlainArguments.object(arguments, record.classEntry, interpreter)
          let loss = try interpreter.neural { () throws(NeuralError) in try Loss(record, plain) }
          return .object(LossObject(loss, try Workbench.of(interpreter)))
        }),
    ]
  }

  static let metrics: [Builtin] = MetricTable.all.map { record in
    Builtin(
      NamedChoices.filled(record.entry),
      .bound { arguments, interpreter throws(Fault) in
        try measure(arguments, record.entry, interpreter) {
          target, prediction, options, context throws(NeuralError) in
          try record.values(target, prediction, options: options, context)
        }
      })
  }

  static let models: [Builtin] = [input, model]

  static let data: [Builtin] = [padSequences, toCategorical]

  /// A function of targets and predictions with plain options behind them.
  private static func measure(
    _ arguments: BoundArguments, _ entry: Entry, _ interpreter: Interpreter,
    _ body: (Tensor, Tensor, JSONObject, NeuralContext) throws(NeuralError) -> Tensor
  ) throws(Fault) -> Value {
    let workbench = try Workbench.of(interpreter)
    let target = try TensorConversion.tensor(arguments[0] ?? .none, workbench, interpreter)
    let prediction = try TensorConversion.tensor(arguments[1] ?? .none, workbench, interpreter)
    let options = try PlainArguments.object(arguments, entry, from: 2, interpreter)
    let result = try interpreter.neural { () throws(NeuralError) in
      try body(target, prediction, options, workbench.neural)
    }
    return .object(TensorObject(result, workbench))
  }

  private static let input = Builtin(
    NeuralEntries.named("Input"),
    .bound { arguments, interpreter throws(Fault) in
      let workbench = try Workbench.of(interpreter)
      let given = arguments[0] ?? .none
      var extents: [Int?] = []
      for part in given.sequenceElements ?? [given] {
        extents.append(
          part.isNone ? nil : try interpreter.integer(part, what: "Input() shape"))
      }
      let dtype = try DTypeArgument.dtype(arguments[1], "Input", interpreter) ?? .float32
      let name = arguments[2]?.stringText
      let symbol = try interpreter.neural { () throws(NeuralError) in
        try Symbol.input(shape: extents, dtype: dtype, name: name, workbench.neural)
      }
      return .object(SymbolObject(symbol))
    })

  private static let model = Builtin(
    NeuralEntries.named("Model"),
    .bound { arguments, interpreter throws(Fault) in
      let workbench = try Workbench.of(interpreter)
      let inputs = try symbols(arguments[0], "inputs", interpreter)
      let outputs = try symbols(arguments[1], "outputs", interpreter)
      let name = arguments[2]?.stringText
      let model = try interpreter.neural { () throws(NeuralError) in
        try Model(inputs: inputs, outputs: outputs, name: name, workbench.neural)
      }
      return .object(LayerObject(model, workbench))
    })

  private static func symbols(_ value: Value?, _ name: String, _ interpreter: Interpreter)
    throws(Fault) -> [Symbol]
  {
    let value = value ?? .none
    var symbols: [Symbol] = []
    for part in value.sequenceElements ?? [value] {
      guard case .object(let object) = part, let symbol = object as? SymbolObject else {
        throw Fault.type(
          "Model() \(name): expected symbols; received '\(interpreter.typeName(part))'",
          help: "start from Input(shape) and call layers on it")
      }
      symbols.append(symbol.symbol)
    }
    return symbols
  }

  private static let padSequences = Builtin(
    NeuralEntries.named("pad_sequences"),
    .bound { arguments, interpreter throws(Fault) in
      let workbench = try Workbench.of(interpreter)
      var sequences: [RaggedSequence] = []
      for (index, value) in try interpreter.elements(of: arguments[0] ?? .none).enumerated() {
        try interpreter.checkInterruption()
        sequences.append(try ragged(value, index, workbench, interpreter))
      }
      let options = try PlainArguments.object(
        arguments, NeuralEntries.named("pad_sequences"), from: 1, interpreter)
      let tensor = try interpreter.neural { () throws(NeuralError) in
        try Neural.padSequences(sequences, options, workbench.neural)
      }
      return .object(TensorObject(tensor, workbench))
    })

  /// One sequence: a list of numbers, or of lists of equal shape.
  private static func ragged(
    _ value: Value, _ index: Int, _ workbench: Workbench, _ interpreter: Interpreter
  ) throws(Fault) -> RaggedSequence {
    guard value.sequenceElements != nil || value.isTensor else {
      throw Fault.type(
        "pad_sequences(): expected a list of sequences; element \(index) is "
          + "'\(interpreter.typeName(value))'")
    }
    let tensor = try TensorConversion.tensor(value, workbench, interpreter)
    return RaggedSequence(
      length: tensor.shape.extents.first ?? 0,
      elementShape: Array(tensor.shape.extents.dropFirst()), values: tensor.doubles())
  }

  private static let toCategorical = Builtin(
    NeuralEntries.named("to_categorical"),
    .bound { arguments, interpreter throws(Fault) in
      let workbench = try Workbench.of(interpreter)
      let x = try TensorConversion.tensor(arguments[0] ?? .none, workbench, interpreter)
      var classes: Int?
      if let count = arguments[1], !count.isNone {
        classes = try interpreter.integer(count, what: "to_categorical() num_classes")
      }
      let tensor = try interpreter.neural { () throws(NeuralError) in
        try Neural.toCategorical(x, classes: classes, workbench.neural)
      }
      return .object(TensorObject(tensor, workbench))
    })
}

extension Value {
  /// True for a tensor of this target.
  var isTensor: Bool {
    if case .object(let object) = self { object is TensorObject } else { false }
  }
}
