import Catalog
import Insight
import JSON
import Neural
import Runtime
import Tensors

/// The methods of models: compiling, training, predicting.
enum ModelMethods {
  static let all: [Method] = [compile, fit, evaluate, predict, trainOnBatch, summary]

  private static func model(_ value: Value) throws(Fault) -> (model: Model, object: LayerObject) {
    let object = try LayerMethods.layer(value)
    guard let model = object.model else { throw .internal("a model method without a model") }
    return (model, object)
  }

  private static let compile = Method(
    NeuralEntries.named("compile"),
    .bound { receiver, arguments, interpreter throws(Fault) in
      let (model, object) = try model(receiver)
      let optimizer = try Choices.optimizer(arguments[0], interpreter)
      guard let wanted = arguments[1], !wanted.isNone else {
        throw Fault.value("compile() needs a loss", help: "say loss=\"mse\", for example")
      }
      let loss = try Choices.loss(wanted, object.workbench, interpreter)
      var metrics: [MetricChoice] = []
      var given = [wanted]
      if let list = arguments[2], !list.isNone {
        for metric in list.sequenceElements ?? [list] {
          given.append(metric)
          metrics.append(try Choices.metric(metric, object.workbench, interpreter))
        }
      }
      try interpreter.neural { () throws(NeuralError) in
        try model.compile(
          optimizer: optimizer, loss: loss, metrics: metrics, object.workbench.neural)
      }
      model.companion = CompiledFunctions(given.filter(\.isCallable))
      return .none
    })

  private static let fit = Method(
    NeuralEntries.named("fit"),
    .bound { receiver, arguments, interpreter throws(Fault) in
      let (model, object) = try model(receiver)
      let entry = NeuralEntries.named("fit")
      func argument(_ name: String) -> Value? {
        entry.parameters.firstIndex { $0.name == name }.flatMap { arguments[$0] }
          .flatMap { $0.isNone ? nil : $0 }
      }
      let workbench = object.workbench
      let x = try Flows.tensors(arguments[0] ?? .none, workbench, interpreter)
      let y = try target(argument("y"), "fit", workbench, interpreter)
      let plain = try PlainArguments.object(
        arguments, entry, from: 2,
        without: ["callbacks", "validation_data", "verbose", "class_weight", "sample_weight"],
        interpreter)
      var options = try interpreter.neural { () throws(NeuralError) in try FitOptions(plain) }
      for name in ["class_weight", "sample_weight"] where argument(name) != nil {
        throw Fault("NotImplementedError", "fit() \(name) is not built yet")
      }
      if let data = argument("validation_data") {
        let parts = try interpreter.elements(of: data)
        guard parts.count == 2 else {
          throw Fault.value("fit() validation_data: expected (x, y); received \(parts.count) parts")
        }
        options.validationData = (
          try Flows.tensors(parts[0], workbench, interpreter),
          try TensorConversion.tensor(parts[1], workbench, interpreter)
        )
      }
      if let callbacks = argument("callbacks") {
        for callback in callbacks.sequenceElements ?? [callbacks] {
          options.callbacks.append(try epochCallback(callback, interpreter))
        }
      }
      let display = try TrainingDisplay.make(
        verbose: argument("verbose"), workbench, interpreter)
      do throws(NeuralError) {
        let history = try model.fit(
          x, y, options, observers: display.map { [$0] } ?? [], workbench.neural)
        return .object(HistoryObject(history))
      } catch {
        throw interrupted(Fault(error, interpreter), by: error)
      }
    })

  /// An interrupt of `fit`, with where the epochs are that nobody was handed.
  private static func interrupted(_ fault: Fault, by error: NeuralError) -> Fault {
    guard case .interrupted = error else { return fault }
    let details = fault.details
    return Fault(
      details.name, details.message,
      note: details.note ?? "the weights are kept, and model.history has the complete epochs",
      help: details.help)
  }

  private static func epochCallback(_ callback: Value, _ interpreter: Interpreter) throws(Fault)
    -> EpochCallback
  {
    guard callback.isCallable else {
      throw Fault.type(
        "fit() callbacks: expected functions of (epoch, logs); received "
          + "'\(interpreter.typeName(callback))'")
    }
    return { epoch, logs throws(NeuralError) in
      let values = DictObject(logs.map { ($0.name, Value.float($0.value)) })
      do throws(Fault) {
        _ = try interpreter.call(callback, [.int(epoch), .object(values)])
      } catch { throw NeuralError.foreign(error) }
    }
  }

  private static func target(
    _ value: Value?, _ function: String, _ workbench: Workbench, _ interpreter: Interpreter
  ) throws(Fault) -> Tensor {
    guard let value else { throw Fault.type("\(function)() needs targets: y") }
    return try TensorConversion.tensor(value, workbench, interpreter)
  }

  private static func batchSize(_ value: Value?, _ interpreter: Interpreter) throws(Fault) -> Int? {
    guard let value, !value.isNone else { return nil }
    let size = try interpreter.integer(value, what: "batch_size")
    guard size > 0 else { throw Fault.value("batch_size: expected at least 1; received \(size)") }
    return size
  }

  private static let evaluate = Method(
    NeuralEntries.named("evaluate"),
    .bound { receiver, arguments, interpreter throws(Fault) in
      let (model, object) = try model(receiver)
      let x = try Flows.tensors(arguments[0] ?? .none, object.workbench, interpreter)
      let y = try target(
        arguments[1].flatMap { $0.isNone ? nil : $0 }, "evaluate", object.workbench, interpreter)
      let size = try batchSize(arguments[2], interpreter)
      let results = try interpreter.neural { () throws(NeuralError) in
        try model.evaluate(x, y, batchSize: size, object.workbench.neural)
      }
      let asDict =
        try arguments[4].map { flag throws(Fault) in try interpreter.truth(flag) } ?? false
      return logs(results, asDict: asDict)
    })

  private static func logs(_ results: Logs, asDict: Bool) -> Value {
    if asDict { return .object(DictObject(results.map { ($0.name, .float($0.value)) })) }
    return results.count == 1
      ? .float(results[0].value) : .list(results.map { .float($0.value) })
  }

  private static let predict = Method(
    NeuralEntries.named("predict"),
    .bound { receiver, arguments, interpreter throws(Fault) in
      let (model, object) = try model(receiver)
      let x = try Flows.tensors(arguments[0] ?? .none, object.workbench, interpreter)
      let size = try batchSize(arguments[1], interpreter)
      let outputs = try interpreter.neural { () throws(NeuralError) in
        try model.predict(x, batchSize: size, object.workbench.neural)
      }
      return Flows.value(outputs.map { .tensor($0) }, object.workbench)
    })

  private static let trainOnBatch = Method(
    NeuralEntries.named("train_on_batch"),
    .bound { receiver, arguments, interpreter throws(Fault) in
      let (model, object) = try model(receiver)
      let x = try Flows.tensors(arguments[0] ?? .none, object.workbench, interpreter)
      let y = try target(
        arguments[1].flatMap { $0.isNone ? nil : $0 }, "train_on_batch", object.workbench,
        interpreter)
      let results = try interpreter.neural { () throws(NeuralError) in
        try model.trainOnBatch(x, y, object.workbench.neural)
      }
      return logs(results, asDict: false)
    })

  private static let summary = Method(
    NeuralEntries.named("summary"),
    .zero { receiver, interpreter throws(Fault) in
      interpreter.host.write(try model(receiver).model.summary() + "\n", to: .standard)
      return .none
    })
}
