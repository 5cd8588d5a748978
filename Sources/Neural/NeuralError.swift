public import Tensors

/// What can go wrong with layers, models and training; its words are made in one place, below.
public enum NeuralError: Error {
  /// A shape that a layer does not take; `expected` says what would do, with its axes named.
  case shape(
    layer: String, expected: String, received: [SymbolicShape], source: String? = nil,
    help: String? = nil)
  /// An argument outside its range, or of the wrong kind.
  case value(owner: String, expected: String, received: String, help: String? = nil)
  /// Something that Keras has and that is not there yet.
  case notBuilt(owner: String, feature: String, help: String? = nil)
  /// A layer called on symbols and tensors at once.
  case mixedInputs(layer: String)
  /// `fit`, `evaluate` and such before `compile`.
  case notCompiled(call: String)
  /// A model whose outputs need an `Input` that is not among its inputs.
  case disconnected(model: String, input: String)
  /// Samples whose shape is not that of the model's input.
  case data(
    call: String, argument: String, expected: SymbolicShape, received: SymbolicShape,
    help: String? = nil)
  /// A loss that is not a finite number, with where it was met; epoch and batch count from 1.
  /// `cause` is what of the batch was not finite before.
  case diverged(
    loss: Double, epoch: Int, epochs: Int, batch: Int, batches: Int, cause: UnusableData? = nil)
  /// An error of the tensor engine.
  case tensor(TensorError)
  /// Something that cannot happen.
  case `internal`(String)
  /// The work was asked to stop.
  case interrupted
  /// An error of a function given by the caller.
  case foreign(any Error)

  /// Takes an error of the tensor engine; interrupts and foreign errors stay what they are.
  public init(_ error: TensorError) {
    switch error {
    case .interrupted: self = .interrupted
    case .foreign(let error): self = .foreign(error)
    default: self = .tensor(error)
    }
  }

  /// The name of Python's exception for the same mistake, or `ShapeError`.
  public var name: String {
    switch self {
    case .shape, .data: "ShapeError"
    case .value, .disconnected: "ValueError"
    case .notBuilt: "NotImplementedError"
    case .mixedInputs: "TypeError"
    case .notCompiled: "RuntimeError"
    case .diverged: "FloatingPointError"
    case .tensor(let error): error.name
    case .internal: "InternalError"
    case .interrupted: "KeyboardInterrupt"
    case .foreign: "Error"
    }
  }

  /// What was expected and what was received, in one line.
  public var message: String {
    switch self {
    case .shape(let layer, let expected, let received, let source, _):
      let axes = received.map(\.described).joined(separator: " and ")
      return "\(layer): expected \(expected); received \(axes)"
        + (source.map { " from \($0)" } ?? "")
    case .value(let owner, let expected, let received, _):
      return "\(owner): expected \(expected); received \(received)"
    case .notBuilt(let owner, let feature, _):
      return "\(owner): \(feature) is not built yet"
    case .mixedInputs(let layer):
      return "\(layer): expected tensors alone or symbols alone; received both"
    case .notCompiled(let call):
      return "\(call): expected a compiled model; received one without loss and optimizer"
    case .disconnected(let model, let input):
      return "\(model): expected inputs that lead to every output; \(input) is missing"
    case .data(let call, let argument, let expected, let received, _):
      return "\(call): \(argument): expected \(expected.text); received \(received.text)"
    case .diverged(let loss, let epoch, let epochs, let batch, let batches, _):
      return "fit: the loss became \(loss.isNaN ? "nan" : loss < 0 ? "-inf" : "inf")"
        + " at epoch \(epoch)/\(epochs), batch \(batch)/\(batches)"
    case .tensor(let error): return error.message
    case .internal(let text): return "internal error: \(text)"
    case .interrupted: return "interrupted"
    case .foreign(let error): return "\(error)"
    }
  }

  /// A fact that helps, when there is one.
  public var note: String? {
    switch self {
    case .diverged(_, _, _, _, _, let cause):
      (cause.map { "\($0.argument) contains \($0.value); " } ?? "")
        + "the weights are those before this batch"
    case .mixedInputs: "a symbol comes from Input(...); it stands for values that come later"
    case .tensor(let error): error.note
    default: nil
    }
  }

  /// An edit that works, when there is one.
  public var help: String? {
    switch self {
    case .shape(_, _, _, _, let help), .value(_, _, _, let help), .notBuilt(_, _, let help),
      .data(_, _, _, _, let help):
      help
    case .notCompiled: "call model.compile(optimizer=\"adam\", loss=\"mse\") first"
    case .diverged(_, _, _, _, _, let cause?):
      "replace what is missing, for example "
        + "\(cause.argument) = where(isfinite(\(cause.argument)), \(cause.argument), 0)"
    case .diverged: "lower the learning rate, for example Adam(learning_rate=0.0001)"
    case .disconnected(_, let input): "add \(input) to the inputs of the model"
    case .tensor(let error): error.help
    default: nil
    }
  }

  /// The same error with the symbol that a refused shape came from, and its help if it has one.
  func from(_ symbol: Symbol?, help newHelp: String? = nil) -> NeuralError {
    guard case .shape(let layer, let expected, let received, nil, let help) = self, let symbol
    else { return self }
    return .shape(
      layer: layer, expected: expected, received: received, source: symbol.source,
      help: newHelp ?? help)
  }
}

/// What makes every loss worthless: an argument with a number that is not finite.
public struct UnusableData: Sendable {
  /// As the caller names it: `x`, `y`, `x[1]`.
  let argument: String
  /// `nan`, `inf` or `-inf`.
  let value: String
}

extension NeuralError: CustomStringConvertible {
  /// The same as ``message``.
  public var description: String { message }
}

/// Runs tensor work and turns its error into this engine's.
@inline(__always)
func tensorWork<R>(_ body: () throws(TensorError) -> R) throws(NeuralError) -> R {
  do throws(TensorError) {
    return try body()
  } catch {
    throw NeuralError(error)
  }
}
