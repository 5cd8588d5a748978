import Catalog
import JSON
import Tensors

/// The arguments that LSTM and SimpleRNN share, in the order of Keras.
struct RecurrentSettings {
  let units: Int
  let activation: ActivationRecord
  let usesBias: Bool
  let kernelInitializer: Initializer
  let recurrentInitializer: Initializer
  let biasInitializer: Initializer
  let returnsSequences: Bool
  let returnsState: Bool
  let goesBackwards: Bool

  init(_ settings: Settings) throws(NeuralError) {
    units = try settings.requiredInt("units", atLeast: 1)
    activation = try ActivationTable.read(settings, default: "tanh")
    usesBias = try settings.bool("use_bias", default: true)
    kernelInitializer = try Initializer(settings, "kernel_initializer", default: .glorotUniform)
    recurrentInitializer = try Initializer(
      settings, "recurrent_initializer", default: .orthogonal)
    biasInitializer = try Initializer(settings, "bias_initializer", default: .zeros)
    returnsSequences = try settings.bool("return_sequences", default: false)
    returnsState = try settings.bool("return_state", default: false)
    try settings.refuse("dropout", unless: 0)
    try settings.refuse("recurrent_dropout", unless: 0)
    goesBackwards = try settings.bool("go_backwards", default: false)
    for name in ["stateful", "unroll"] {
      try settings.refuse(name, unless: false)
    }
    _ = try options()
  }

  /// What the fused kernels are told; they have these activations and no others.
  func options(gates: ActivationRecord = .sigmoid) throws(NeuralError) -> RecurrentOptions {
    let own = try RecurrentSettings.fused(activation, "activation")
    return RecurrentOptions(
      activation: own,
      recurrentActivation: try RecurrentSettings.fused(gates, "recurrent_activation"),
      returnsSequence: returnsSequences, goesBackwards: goesBackwards)
  }

  private static func fused(_ activation: ActivationRecord, _ name: String) throws(NeuralError)
    -> RecurrentActivation
  {
    guard let fused = RecurrentActivation(rawValue: activation.name) else {
      throw .notBuilt(
        owner: "a recurrent layer", feature: "\(name)=\"\(activation.name)\"",
        help: "leave the default and put Activation(\"\(activation.name)\") behind the layer")
    }
    return fused
  }

  /// The arguments behind `activation` (and, for an LSTM, `recurrent_activation`).
  static func parameters(forgetBias: Bool) -> [Catalog.Parameter] {
    [
      .optional("use_bias", .bool, default: "True"),
      .optional("kernel_initializer", .initializer, default: "\"glorot_uniform\""),
      .optional("recurrent_initializer", .initializer, default: "\"orthogonal\""),
      .optional("bias_initializer", .initializer, default: "\"zeros\""),
    ] + (forgetBias ? [.optional("unit_forget_bias", .bool, default: "True")] : []) + [
      .optional("dropout", .float, default: "0.0"),
      .optional("recurrent_dropout", .float, default: "0.0"),
      .optional("return_sequences", .bool, default: "False"),
      .optional("return_state", .bool, default: "False"),
      .optional("go_backwards", .bool, default: "False"),
      .optional("stateful", .bool, default: "False"),
      .optional("unroll", .bool, default: "False"),
      .keyword("name", .string),
    ]
  }

  /// The same arguments, out again.
  func configuration(
    _ name: String, recurrentActivation: String? = nil, forgetBias: Bool? = nil
  ) -> JSONObject {
    var result = JSONObject([
      ("units", .int(units)), ("activation", .string(activation.name)),
    ])
    if let recurrentActivation { result["recurrent_activation"] = .string(recurrentActivation) }
    result["use_bias"] = .bool(usesBias)
    result["kernel_initializer"] = .string(kernelInitializer.rawValue)
    result["recurrent_initializer"] = .string(recurrentInitializer.rawValue)
    result["bias_initializer"] = .string(biasInitializer.rawValue)
    if let forgetBias { result["unit_forget_bias"] = .bool(forgetBias) }
    result["return_sequences"] = .bool(returnsSequences)
    result["return_state"] = .bool(returnsState)
    result["go_backwards"] = .bool(goesBackwards)
    result["name"] = .string(name)
    return result
  }
}

/// What LSTM and SimpleRNN do alike: shapes, results, advice.
protocol RecurrentLayer: Layer {
  var settings: RecurrentSettings { get }
  /// 2 for an LSTM (h and c), 1 for an Elman net.
  var stateCount: Int { get }
  var memory: StateMemory { get }
}

extension RecurrentLayer {
  func outputShapes(for shapes: [SymbolicShape]) throws(NeuralError) -> [SymbolicShape] {
    guard let shape = shapes.first else {
      throw .shape(layer: kind, expected: "one input", received: shapes)
    }
    guard shape.rank == 3 else {
      throw .shape(
        layer: kind, expected: "3 axes [batch, steps, features]", received: [shape],
        help: helpForRank(shape))
    }
    guard let features = shape.last, features > 0 else {
      throw .shape(
        layer: kind, expected: "a known number of features, at least 1", received: [shape],
        help: "give the last extent in Input((steps, features))")
    }
    if shape.extents[1] == 0 {
      throw .shape(layer: kind, expected: "at least 1 step", received: [shape])
    }
    if let built = core.builtShapes?.first?.last, built != features {
      throw .shape(
        layer: kind, expected: "\(built) features, as \(name) was built for", received: [shape],
        help: "make another \(kind) for this input")
    }
    try checkStates(Array(shapes.dropFirst()), batch: shape.extents[0])
    let state = SymbolicShape([shape.extents[0], settings.units])
    let sequence = SymbolicShape([shape.extents[0], shape.extents[1], settings.units])
    let main = settings.returnsSequences ? sequence : state
    return [main] + (settings.returnsState ? Array(repeating: state, count: stateCount) : [])
  }

  private func checkStates(_ states: [SymbolicShape], batch: Int?) throws(NeuralError) {
    if states.isEmpty { return }
    let units = settings.units
    let names = stateCount == 2 ? "2 initial states, h and c" : "1 initial state"
    guard states.count == stateCount else {
      throw .shape(layer: kind, expected: names, received: states)
    }
    for state in states {
      let fits =
        state.rank == 2 && state.last == units
        && (batch == nil || state.extents[0] == nil || state.extents[0] == batch)
      if !fits {
        let expected = SymbolicShape([batch, units])
        throw .shape(
          layer: kind, expected: "an initial state [batch, units] of shape \(expected.text)",
          received: [state])
      }
    }
  }

  /// What to say when another recurrent layer wants the steps that this one does not give.
  var helpToGiveSteps: String? {
    if settings.returnsSequences { return nil }
    return "say return_sequences=True in \(name), the \(kind) before it"
  }

  private func helpForRank(_ shape: SymbolicShape) -> String? {
    // The extents of a tensor are all known: it is one sequence that lacks the batch axis.
    if shape.rank == 2, let steps = shape.extents[0] {
      return "for one sequence of \(steps) steps, give it a batch axis: x[None]"
    }
    if shape.rank == 2, let length = shape.last, length > 0 {
      let factor = (2...16).first { length % $0 == 0 && length > $0 } ?? 1
      return "put RepeatVector(10) or Reshape((\(length / factor), \(factor))) before it"
    }
    if shape.rank == 1 { return "give it batch and features: x.reshape((1, -1, 1))" }
    return nil
  }

  /// Picks what the layer returns out of everything that the fused operation gives.
  func results(
    _ input: Tensor, given states: [Tensor], sequence: Tensor?, states newStates: [Tensor],
    _ context: NeuralContext
  ) -> [Tensor] {
    memory.check(kind: kind, input: input, given: states, context)
    let main = sequence ?? newStates[0]
    guard settings.returnsState else { return [main] }
    memory.remember(input: input, states: newStates)
    return [main] + newStates
  }

  var finalActivation: FinalActivation? { .named(settings.activation.name) }
}

/// Notices that the final state of one pass over some data starts the next pass over the same data.
///
/// Sequences that do not follow each other have no use for the state: the page of the burst detector
/// fails by it. Only a detached state is meant; one that gradients flow through is a choice.
final class StateMemory {
  private var input: Tensor?
  private var states: [Tensor] = []

  func remember(input: Tensor, states: [Tensor]) {
    self.input = input.detached
    self.states = states.map(\.detached)
  }

  func check(kind: String, input: Tensor, given: [Tensor], _ context: NeuralContext) {
    guard let advise = context.advise, let first = given.first, !first.isTracked,
      let known = self.input, known.sharesStorage(with: input),
      states.contains(where: { $0.sharesStorage(with: first) })
    else { return }
    advise(
      Advice(
        key: "carried-state",
        message: "\(kind): the state at the end of these sequences starts the same sequences again",
        note: "each sequence then starts from a memory of its own end, and the net cannot tell "
          + "its beginning from its end",
        help: "leave initial_state out, unless the batch continues the one before it"))
  }
}
