import Catalog
import Neural
import Runtime
import Tensors

/// Optimizers, losses and metrics the way that `compile` takes them: by name, as objects or as
/// functions.
enum Choices {
  static func optimizer(_ value: Value?, _ interpreter: Interpreter) throws(Fault)
    -> any Optimizer
  {
    guard let value, !value.isNone else {
      throw Fault.value("compile() needs an optimizer", help: "say optimizer=\"adam\"")
    }
    if case .object(let object) = value, let optimizer = object as? OptimizerObject {
      return optimizer.optimizer
    }
    guard let name = name(of: value) else {
      throw Fault.type(
        "compile() optimizer: expected a name or an optimizer; received "
          + "'\(interpreter.typeName(value))'", help: "say optimizer=\"adam\"")
    }
    return try interpreter.neural { () throws(NeuralError) in try OptimizerTable.named(name) }
  }

  static func loss(_ value: Value, _ workbench: Workbench, _ interpreter: Interpreter)
    throws(Fault) -> Loss
  {
    if case .object(let object) = value, let loss = object as? LossObject { return loss.loss }
    if let name = name(of: value) {
      return try interpreter.neural { () throws(NeuralError) in try Loss.named(name) }
    }
    guard value.isCallable else {
      throw Fault.type(
        "compile() loss: expected a name, a loss or a function; received "
          + "'\(interpreter.typeName(value))'", help: "say loss=\"mse\"")
    }
    return Loss.custom(
      name: "loss", function(value, workbench, interpreter))
  }

  static func metric(_ value: Value, _ workbench: Workbench, _ interpreter: Interpreter)
    throws(Fault) -> MetricChoice
  {
    if let name = name(of: value) { return .named(name) }
    guard value.isCallable, case .object(let object) = value else {
      throw Fault.type(
        "compile() metrics: expected names or functions; received "
          + "'\(interpreter.typeName(value))'", help: "say metrics=[\"accuracy\"]")
    }
    return .custom(
      name: object.entry?.name ?? "metric", function: function(value, workbench, interpreter))
  }

  /// The name that a text or a builtin stands for.
  private static func name(of value: Value) -> String? {
    if let text = value.stringText { return text }
    guard case .object(let object) = value, object.kind == .builtin else { return nil }
    return object.entry?.name
  }

  /// A function of the program as the engine calls it.
  private static func function(
    _ value: Value, _ workbench: Workbench, _ interpreter: Interpreter
  ) -> (Tensor, Tensor, NeuralContext) throws(NeuralError) -> Tensor {
    { target, prediction, _ throws(NeuralError) in
      do throws(Fault) {
        let result = try interpreter.call(
          value,
          [
            .object(TensorObject(target, workbench)), .object(TensorObject(prediction, workbench)),
          ])
        return try TensorConversion.tensor(result, workbench, interpreter)
      } catch { throw NeuralError.foreign(error) }
    }
  }
}

/// The functions of the program that a compiled model calls, which the model keeps beside it.
///
/// The engine holds them in closures, where the sweep of cycles does not see them.
final class CompiledFunctions {
  private let functions: [Value]

  init(_ functions: [Value]) { self.functions = functions }

  /// Visits the functions of all these models.
  static func visit(_ models: [Model], _ visit: (Value) -> Void) {
    for model in models { (model.companion as? CompiledFunctions)?.functions.forEach(visit) }
  }
}

/// A loss with its options: what `BinaryCrossentropy()` gives.
final class LossObject: Object {
  let loss: Loss
  unowned let workbench: Workbench

  init(_ loss: Loss, _ workbench: Workbench) {
    self.loss = loss
    self.workbench = workbench
    super.init()
  }

  override var typeName: String { "loss" }

  override func representation(_ interpreter: Interpreter) throws(Fault) -> String {
    "<loss \(loss.name)>"
  }

  override var canBeCalled: Bool { true }

  override func call(_ arguments: Arguments, _ interpreter: Interpreter) throws(Fault) -> Value {
    guard arguments.positional.count == 2, arguments.named.isEmpty else {
      throw Fault.type("a loss is called on (y_true, y_pred)")
    }
    let target = try TensorConversion.tensor(arguments.positional[0], workbench, interpreter)
    let prediction = try TensorConversion.tensor(arguments.positional[1], workbench, interpreter)
    let value = try interpreter.neural { () throws(NeuralError) in
      try loss(target, prediction, workbench.neural)
    }
    return .object(TensorObject(value, workbench))
  }
}

/// An optimizer as a value.
final class OptimizerObject: Object {
  let optimizer: any Optimizer
  unowned let workbench: Workbench

  init(_ optimizer: any Optimizer, _ workbench: Workbench) {
    self.optimizer = optimizer
    self.workbench = workbench
    super.init()
  }

  override var typeName: String { optimizer.kind }

  override func representation(_ interpreter: Interpreter) throws(Fault) -> String {
    "<\(optimizer.kind) learning_rate=\(Interpreter.shortText(.float(optimizer.learningRate)))>"
  }

  override var attributeNames: [String] { ["apply", "iterations", "learning_rate"] }

  override func attributeEntry(_ name: String) -> Entry? {
    name == "apply" ? Self.apply.entry : nil
  }

  override func attribute(_ name: String, _ interpreter: Interpreter) throws(Fault) -> Value? {
    switch name {
    case "learning_rate": .float(optimizer.learningRate)
    case "iterations": .int(optimizer.iterations)
    case "apply": .object(BoundMethodObject(.object(self), Self.apply))
    default: nil
    }
  }

  override func setAttribute(_ name: String, _ value: Value, _ interpreter: Interpreter)
    throws(Fault) -> Bool
  {
    guard name == "learning_rate" else { return false }
    optimizer.learningRate = try interpreter.double(value, what: "learning_rate")
    return true
  }

  static let apply = Method(
    Entry(
      "apply", [.positional("gradients", .list), .positional("weights", .list)],
      kind: .method(of: "Optimizer"), group: "Optimizers",
      summary: "Makes one step: changes each weight by its gradient.",
      examples: [
        Example(
          "w = variable([1.0])\nSGD(0.5).apply([tensor([1.0])], [w])\nprint(w)", prints: "[0.5]")
      ]),
    .bound { receiver, arguments, interpreter throws(Fault) in
      guard case .object(let object) = receiver, let own = object as? OptimizerObject else {
        throw .internal("apply without an optimizer")
      }
      var gradients: [Tensor] = []
      for value in try interpreter.elements(of: arguments[0] ?? .none) {
        gradients.append(try TensorConversion.tensor(value, own.workbench, interpreter))
      }
      var weights: [Tensors.Parameter] = []
      for value in try interpreter.elements(of: arguments[1] ?? .none) {
        guard case .object(let object) = value, let weight = object as? ParameterObject else {
          throw Fault.type(
            "apply() weights: expected weights or variables; received "
              + "'\(interpreter.typeName(value))'")
        }
        weights.append(weight.parameter)
      }
      try interpreter.neural { () throws(NeuralError) in
        try own.optimizer.apply(gradients, weights, own.workbench.neural)
      }
      return .none
    })
}

/// What `fit` gives: the values of every epoch.
final class HistoryObject: Object {
  let history: History

  init(_ history: History) {
    self.history = history
    super.init()
  }

  override var typeName: String { "History" }

  override func representation(_ interpreter: Interpreter) throws(Fault) -> String {
    let count = history.epochs.count
    var text = "History of \(count) \(count == 1 ? "epoch" : "epochs")"
    for name in history.names {
      if let last = history[name]?.last { text += "  \(name) \(TensorSummary.short(last))" }
    }
    return text
  }

  /// Keras' History is no dict; it holds one.
  override func index(_ key: Value, _ interpreter: Interpreter) throws(Fault) -> Value {
    let wanted = key.stringText ?? history.names.first ?? "loss"
    throw Fault.type(
      "'History' value is not subscriptable", help: "write h.history[\"\(wanted)\"]")
  }

  override var attributeNames: [String] { ["epoch", "history"] + history.names }

  override func attribute(_ name: String, _ interpreter: Interpreter) throws(Fault) -> Value? {
    switch name {
    case "epoch": .list(history.epochs.map { .int($0) })
    case "history": .object(DictObject(history.names.map { ($0, column($0)) }))
    default: history[name] == nil ? nil : column(name)
    }
  }

  private func column(_ name: String) -> Value {
    .list((history[name] ?? []).map { .float($0) })
  }
}
