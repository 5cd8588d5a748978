import Catalog
import JSON
import Tensors

/// Long short-term memory: `[batch, steps, features]` to `[batch, units]` or `[batch, steps, units]`.
///
/// Gates in the order of Keras: input, forget, candidate, output; one bias. Weights are `kernel`
/// `[features, 4 units]`, `recurrent_kernel` `[units, 4 units]`, `bias` `[4 units]`.
final class LSTM: RecurrentLayer {
  let kind = "LSTM"
  let core: LayerCore
  let settings: RecurrentSettings
  let gateActivation: ActivationRecord
  private let options: RecurrentOptions
  let forgetBias: Bool
  let stateCount = 2
  let memory = StateMemory()

  static let record = LayerRecord(
    Entry(
      "LSTM",
      [
        .required("units", .int), .optional("activation", .activation, default: "\"tanh\""),
        .optional("recurrent_activation", .activation, default: "\"sigmoid\""),
      ] + RecurrentSettings.parameters(forgetBias: true), kind: .type, group: "Layers",
      summary: "Long short-term memory: reads [batch, steps, features] step by step and gives the "
        + "last hidden state [batch, units], or with return_sequences=True all of them "
        + "[batch, steps, units]. return_state=True appends the final states h and c; a call "
        + "takes initial_state=[h, c].",
      examples: [
        Example("LSTM(20)(ones((3, 10, 5))).shape", prints: "(3, 20)"),
        Example(
          "LSTM(4, return_sequences=True)(ones((3, 10, 5))).shape", prints: "(3, 10, 4)"),
      ])
  ) { settings, context throws(NeuralError) in try LSTM(settings, context) }

  init(_ arguments: Settings, _ context: NeuralContext) throws(NeuralError) {
    settings = try RecurrentSettings(arguments)
    let gates = try ActivationTable.read(arguments, "recurrent_activation", default: "sigmoid")
    gateActivation = gates
    options = try settings.options(gates: gates)
    forgetBias = try arguments.bool("unit_forget_bias", default: true)
    core = LayerCore(kind, name: try arguments.text("name"), context)
  }

  func build(_ shapes: [SymbolicShape], _ context: NeuralContext) throws(NeuralError) {
    guard let features = shapes.first?.last else { return }
    let (gates, overflow) = settings.units.multipliedReportingOverflow(by: 4)
    if overflow { throw .tensor(.tooLarge(extents: [settings.units, 4])) }
    try core.addWeight("kernel", [features, gates], settings.kernelInitializer, context)
    try core.addWeight(
      "recurrent_kernel", [settings.units, gates], settings.recurrentInitializer, context)
    guard settings.usesBias else { return }
    try core.addWeight("bias", [gates], settings.biasInitializer, context)
    if forgetBias { try openForgetGates(context) }
  }

  /// Sets the forget gates' biases to 1, so that a fresh net remembers.
  private func openForgetGates(_ context: NeuralContext) throws(NeuralError) {
    guard let bias = core.weights.last else { return }
    var values = bias.value.floats()
    for unit in settings.units..<(2 * settings.units) { values[unit] = 1 }
    try tensorWork { () throws(TensorError) in
      let opened = try Tensor(
        floats: values, shape: bias.value.shape, dtype: .float32, context.tensors)
      try bias.assign(opened, context.tensors)
    }
  }

  func forward(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError) -> [Tensor] {
    let weights = core.weights
    let states = Array(inputs.dropFirst())
    let (sequence, h, c) = try tensorWork { () throws(TensorError) in
      try Ops.lstm(
        inputs[0], kernel: weights[0].tracked, recurrent: weights[1].tracked,
        bias: settings.usesBias ? weights[2].tracked : nil,
        initial: states.count == 2 ? (h: states[0], c: states[1]) : nil, options: options,
        context.tensors)
    }
    return results(inputs[0], given: states, sequence: sequence, states: [h, c], context)
  }

  var configuration: JSONObject {
    settings.configuration(name, recurrentActivation: gateActivation.name, forgetBias: forgetBias)
  }
}
