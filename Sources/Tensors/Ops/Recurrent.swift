import Catalog

/// What a fused recurrent layer is told besides its tensors.
public struct RecurrentOptions: Sendable {
  /// Of the candidate and of the cell state.
  public var activation: RecurrentActivation
  /// Of the gates; a simple layer has none.
  public var recurrentActivation: RecurrentActivation
  /// Whether the output of every step is kept.
  public var returnsSequence: Bool
  /// Whether time runs from the last step to the first; outputs are in the order of processing.
  public var goesBackwards: Bool

  /// Keras's defaults, but that sequences are returned.
  public init(
    activation: RecurrentActivation = .tanh, recurrentActivation: RecurrentActivation = .sigmoid,
    returnsSequence: Bool = true, goesBackwards: Bool = false
  ) {
    self.activation = activation
    self.recurrentActivation = recurrentActivation
    self.returnsSequence = returnsSequence
    self.goesBackwards = goesBackwards
  }

  fileprivate var attributes: Attributes {
    Attributes(items: [
      (name: "activation", value: .text(activation.rawValue)),
      (name: "recurrent_activation", value: .text(recurrentActivation.rawValue)),
      (name: "return_sequences", value: .bool(returnsSequence)),
      (name: "go_backwards", value: .bool(goesBackwards)),
    ])
  }
}

extension Ops {
  /// An LSTM layer as one recorded operation.
  ///
  /// Gates are in Keras's order i, f, c, o.
  ///
  /// - Parameters:
  ///   - x: `[batch, time, features]`, float32.
  ///   - kernel: `[features, 4 · units]`.
  ///   - recurrent: `[units, 4 · units]`.
  ///   - bias: `[4 · units]`, or nil.
  ///   - initial: The first states `[batch, units]`; nil for zeros.
  ///   - options: Activations, direction, and whether all outputs are wanted.
  ///   - context: The session's.
  /// - Returns: The outputs `[batch, time, units]` (nil unless wanted) and the last states.
  /// - Throws: ``TensorError/shapeMismatch(op:expected:received:)`` and
  ///   ``TensorError/dtype(op:expected:received:)`` for tensors that do not go together.
  public static func lstm(
    _ x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor?,
    initial: (h: Tensor, c: Tensor)? = nil, options: RecurrentOptions = .init(),
    _ context: TensorContext
  ) throws(TensorError) -> (sequence: Tensor?, h: Tensor, c: Tensor) {
    let none = try Kernels.empty([0], .float32, context)
    let results = try applyAll(
      .lstm, [x, kernel, recurrent, bias ?? none, initial?.h ?? none, initial?.c ?? none],
      options.attributes, context)
    return (options.returnsSequence ? results[0] : nil, results[1], results[2])
  }

  /// A simple (Elman) recurrent layer as one recorded operation: `h = activation(x·W + h·U + b)`.
  ///
  /// Arguments are those of ``lstm(_:kernel:recurrent:bias:initial:options:_:)`` with one gate.
  public static func simpleRNN(
    _ x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor?, initial: Tensor? = nil,
    options: RecurrentOptions = .init(), _ context: TensorContext
  ) throws(TensorError) -> (sequence: Tensor?, h: Tensor) {
    let none = try Kernels.empty([0], .float32, context)
    let results = try applyAll(
      .simpleRNN, [x, kernel, recurrent, bias ?? none, initial ?? none], options.attributes,
      context)
    return (options.returnsSequence ? results[0] : nil, results[1])
  }
}

// The layers of `Neural` are made of these; they are no names of the language, so no table has them.
// Fused, since a step of ten recorded operations costs forty times as much: 0.06 ms instead of 2.4
// for batch 5, 130 steps and 16 units.
extension OpSpec {
  /// Results: outputs of all steps (or an empty tensor), last h, last c, workspace.
  static let lstm = OpSpec.recurrent(
    .lstm, "lstm", "Runs an LSTM layer over a batch of sequences.", backward: .lstmGradient)

  /// Results: outputs of all steps (or an empty tensor), last h, workspace.
  static let simpleRNN = OpSpec.recurrent(
    .elman, "simple_rnn", "Runs a simple recurrent layer over a batch of sequences.",
    backward: .simpleRNNGradient)

  static let lstmGradient = OpSpec.recurrentGradient(.lstm, "lstm_gradient")
  static let simpleRNNGradient = OpSpec.recurrentGradient(.elman, "simple_rnn_gradient")

  private static func recurrent(
    _ cell: RecurrentCell, _ name: String, _ summary: String,
    backward: @escaping @autoclosure @Sendable () -> OpSpec
  ) -> OpSpec {
    let states = cell == .lstm ? ["h", "c"] : ["h"]
    let tensors = (["x", "kernel", "recurrent", "bias"] + states).map {
      Catalog.Parameter($0, .tensor)
    }
    return OpSpec(
      Entry(name, tensors + settings, group: "Layers", summary: summary), isMethod: false,
      forwardMany: { call, context throws(TensorError) in
        let plan = try RecurrentPlan(cell, call)
        let c = cell == .lstm ? call[5] : try Kernels.empty([0], .float32, context)
        let result = try Kernels.recurrent(
          plan, call[0], .init(kernel: call[1], recurrent: call[2], bias: call[3]), h: call[4],
          c: c, returnsSequence: call.attributes.bool("return_sequences"), context)
        var sequence = try Kernels.empty([0], .float32, context)
        if let wanted = result.sequence { sequence = wanted }
        return [sequence, result.h] + (result.c.map { [$0] } ?? []) + [result.workspace]
      },
      gradient: .rule { c throws(TensorError) in
        let none = try Kernels.empty([0], .float32, c.context)
        let last = cell == .lstm ? 3 : 2
        let incoming = (0..<last).map { c.incomings[$0] ?? none }
        var attributes = c.attributes
        attributes["needs_input"] = .bool(c.needs(0))
        let gradients = try Ops.applyAll(
          backward(), c.inputs + [c.output(last).detached] + incoming, attributes, c.context)
        return c.inputs.indices.map { index in
          c.inputs[index].count == 0 || index == 0 && !c.needs(0) ? nil : gradients[index]
        }
      }, samples: [])
  }

  private static func recurrentGradient(_ cell: RecurrentCell, _ name: String) -> OpSpec {
    let inputs = cell == .lstm ? 6 : 5
    return OpSpec(
      Entry(name, settings, group: "Layers", summary: "Goes back through a recurrent layer."),
      isMethod: false,
      forwardMany: { call, context throws(TensorError) in
        let plan = try RecurrentPlan(cell, call)
        func flow(_ index: Int) -> Tensor? {
          let tensor = call[inputs + 1 + index]
          return tensor.count == 0 ? nil : tensor
        }
        let gradients = try Kernels.recurrentGradient(
          plan, .init(kernel: call[1], recurrent: call[2], bias: call[3]),
          workspace: call[inputs],
          incoming: .init(sequence: flow(0), h: flow(1), c: cell == .lstm ? flow(2) : nil),
          needsInput: call.attributes.bool("needs_input"), context)
        var x = try Kernels.empty([0], .float32, context)
        if let wanted = gradients.x { x = wanted }
        return [x, gradients.kernel, gradients.recurrent, gradients.bias, gradients.h]
          + (gradients.c.map { [$0] } ?? [])
      },
      gradient: .none(
        reason: "a recurrent layer is one fused operation, whose gradient cannot be differentiated "
          + "again"),
      samples: [])
  }

  private static let settings: [Catalog.Parameter] = {
    let names = RecurrentActivation.allCases.map(\.rawValue)
    return [
      .optional("activation", .activation, default: "\"tanh\"", choices: names),
      .optional("recurrent_activation", .activation, default: "\"sigmoid\"", choices: names),
      .optional("return_sequences", .bool, default: "False"),
      .optional("go_backwards", .bool, default: "False"),
    ]
  }()
}

extension RecurrentPlan {
  /// Reads extents from the first inputs of a call, and checks that they go together.
  fileprivate init(_ cell: RecurrentCell, _ call: OpCall) throws(TensorError) {
    let name = call.name
    // By index, and without arrays of extents: this runs twice in each training step.
    let inputs = call.inputs
    for index in inputs.indices where inputs[index].dtype != .float32 {
      throw .dtype(op: name, expected: "float32", received: [inputs[index].dtype])
    }
    func expect(_ holds: Bool, _ expected: @autoclosure () -> String, _ index: Int)
      throws(TensorError)
    {
      if !holds {
        throw .shapeMismatch(op: name, expected: expected(), received: [inputs[index].shape])
      }
    }
    func isMatrix(_ index: Int, _ rows: Int, _ columns: Int) -> Bool {
      let shape = inputs[index].shape
      return shape.rank == 2 && shape[0] == rows && shape[1] == columns
    }
    let x = inputs[0].shape
    try expect(x.rank == 3, "an input of 3 axes [batch, time, features]", 0)
    let (batch, time, features) = (x[0], x[1], x[2])
    try expect(inputs[2].rank == 2, "recurrent weights [units, \(cell.gates) · units]", 2)
    let units = inputs[2].shape[0]
    let (width, overflow) = units.multipliedReportingOverflow(by: cell.gates)
    if overflow { throw .tooLarge(extents: [cell.gates, units]) }
    try expect(isMatrix(2, units, width), "recurrent weights (\(units), \(width))", 2)
    try expect(isMatrix(1, features, width), "kernel (\(features), \(width))", 1)
    let bias = inputs[3].shape
    try expect(
      bias.count == 0 || bias.rank == 1 && bias[0] == width, "bias (\(width),)", 3)
    for index in 4..<(cell == .lstm ? 6 : 5) {
      let state = inputs[index].shape
      try expect(
        state.rank == 1 && state[0] == 0 || isMatrix(index, batch, units),
        "an initial state (\(batch), \(units))", index)
    }
    try self.init(
      cell: cell, batch: batch, time: time, inputs: features, units: units,
      activation: Self.activation("activation", .tanh, call),
      gateActivation: Self.activation("recurrent_activation", .sigmoid, call),
      reversed: call.attributes.bool("go_backwards"))
  }

  private static func activation(
    _ name: String, _ fallback: RecurrentActivation, _ call: OpCall
  ) throws(TensorError) -> RecurrentActivation {
    guard case .text(let text) = call.attributes[name] else { return fallback }
    guard let activation = RecurrentActivation(rawValue: text) else {
      let names = RecurrentActivation.allCases.map(\.rawValue).joined(separator: ", ")
      throw .value(op: call.name, expected: "\(name) of \(names)", received: "\"\(text)\"")
    }
    return activation
  }
}
