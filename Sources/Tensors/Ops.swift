/// The recorded functions: every tensor operation of the language and of the layers goes through
/// ``apply(_:_:_:_:)``.
public enum Ops {
  /// Runs an operation with one result, and records it when an input is tracked.
  ///
  /// - Throws: What the shape rule or the kernel finds wrong.
  public static func apply(
    _ spec: OpSpec, _ inputs: [Tensor], _ attributes: Attributes,
    _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    switch spec.forward {
    case .one(let rule, let run):
      let shape = try rule(InputShapes(of: inputs), attributes)
      let call = OpCall(spec: spec, inputs: inputs, attributes: attributes, shape: shape)
      let value = try run(call, context).detached
      guard context.recording, let tracked = trackedNode(inputs) else { return value }
      return Tensor(value, node: record(call, [value], tracked, context))
    case .many, .composed:
      let results = try applyAll(spec, inputs, attributes, context)
      guard results.count == 1 else {
        throw .internal("\(spec.name) has \(results.count) results")
      }
      return results[0]
    }
  }

  /// Runs an operation with one result and no further arguments.
  public static func apply(_ spec: OpSpec, _ inputs: [Tensor], _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(spec, inputs, .none, context) }

  /// Runs an operation with any number of results, and records it when an input is tracked.
  public static func applyAll(
    _ spec: OpSpec, _ inputs: [Tensor], _ attributes: Attributes,
    _ context: TensorContext
  ) throws(TensorError) -> [Tensor] {
    if case .composed(let run) = spec.forward {
      let call = OpCall(spec: spec, inputs: inputs, attributes: attributes, shape: .scalar)
      return [try run(call, context)]
    }
    guard case .many(let run) = spec.forward else {
      return [try apply(spec, inputs, attributes, context)]
    }
    let call = OpCall(spec: spec, inputs: inputs, attributes: attributes, shape: .scalar)
    var values = try run(call, context)
    for slot in values.indices where values[slot].node != nil || values[slot].isWeak {
      values[slot] = values[slot].detached
    }
    guard context.recording, let tracked = trackedNode(inputs) else { return values }
    let node = record(call, values, tracked, context)
    for slot in values.indices where values[slot].dtype.isFloating {
      values[slot] = Tensor(values[slot], node: node, slot: slot)
    }
    return values
  }

  /// A node that the inputs depend on: one that carries gradients, else one that stopped them.
  @inline(__always)
  private static func trackedNode(_ inputs: [Tensor]) -> Node? {
    var blocker: Node?
    // By index: iterating would retain whole tensors.
    for index in inputs.indices {
      guard let node = inputs[index].node else { continue }
      if !node.isBlocker { return node }
      blocker = node
    }
    return blocker
  }

  /// A call without a gradient is recorded without its inputs: it holds no memory, and says why.
  ///
  /// What is computed from such calls alone shares their node, so that no chain grows.
  private static func record(
    _ call: OpCall, _ values: [Tensor], _ tracked: Node, _ context: TensorContext
  ) -> Node {
    if tracked.isBlocker { return tracked }
    if call.spec.isBlocker {
      return Node(call.spec, inputs: [], attributes: .none, outputs: [], ledger: context.ledger)
    }
    return Node(
      call.spec, inputs: call.inputs, attributes: call.attributes,
      outputs: values, ledger: context.ledger)
  }

  /// The same value without its history; gradients stop here.
  public static func stopGradient(_ x: Tensor) -> Tensor { x.detached }
}
