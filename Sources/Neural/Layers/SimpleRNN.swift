import Catalog
import JSON
import Tensors

/// An Elman net: `h = tanh(x · kernel + h · recurrent_kernel + bias)` step by step.
///
/// Weights are `kernel` `[features, units]`, `recurrent_kernel` `[units, units]`, `bias` `[units]`.
final class SimpleRNN: RecurrentLayer {
  let kind = "SimpleRNN"
  let core: LayerCore
  let settings: RecurrentSettings
  let stateCount = 1
  let memory = StateMemory()
  private let options: RecurrentOptions

  static let record = LayerRecord(
    Entry(
      "SimpleRNN",
      [.required("units", .int), .optional("activation", .activation, default: "\"tanh\"")]
        + RecurrentSettings.parameters(forgetBias: false), kind: .type, group: "Layers",
      summary: "An Elman net: the hidden state is tanh of a sum of the input and the last state. "
        + "Reads [batch, steps, features]; gives the last state [batch, units], or with "
        + "return_sequences=True all of them. return_state=True appends the final state; a call "
        + "takes initial_state=h.",
      examples: [Example("SimpleRNN(16)(ones((5, 130, 1))).shape", prints: "(5, 16)")])
  ) { settings, context throws(NeuralError) in try SimpleRNN(settings, context) }

  init(_ arguments: Settings, _ context: NeuralContext) throws(NeuralError) {
    settings = try RecurrentSettings(arguments)
    options = try settings.options()
    core = LayerCore(kind, name: try arguments.text("name"), context)
  }

  func build(_ shapes: [SymbolicShape], _ context: NeuralContext) throws(NeuralError) {
    guard let features = shapes.first?.last else { return }
    let units = settings.units
    try core.addWeight("kernel", [features, units], settings.kernelInitializer, context)
    try core.addWeight(
      "recurrent_kernel", [units, units], settings.recurrentInitializer, context)
    if settings.usesBias {
      try core.addWeight("bias", [units], settings.biasInitializer, context)
    }
  }

  func forward(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError) -> [Tensor] {
    let weights = core.weights
    let states = Array(inputs.dropFirst())
    let (sequence, h) = try tensorWork { () throws(TensorError) in
      try Ops.simpleRNN(
        inputs[0], kernel: weights[0].tracked, recurrent: weights[1].tracked,
        bias: settings.usesBias ? weights[2].tracked : nil, initial: states.first,
        options: options, context.tensors)
    }
    return results(inputs[0], given: states, sequence: sequence, states: [h], context)
  }

  var configuration: JSONObject { settings.configuration(name) }
}
