/// What gradients are taken by: a parameter, or any tracked tensor.
public enum GradientTarget {
  case parameter(Parameter)
  case tensor(Tensor)

  var node: Node? {
    switch self {
    case .parameter(let parameter): parameter.leaf
    case .tensor(let tensor): tensor.node
    }
  }

  var slot: Int {
    if case .tensor(let tensor) = self { return Int(tensor.slot) }
    return 0
  }

  func name(_ index: Int) -> String {
    if case .parameter(let parameter) = self { return parameter.name }
    return "argument \(index + 1)"
  }
}

/// The gradients of a single number by each target, in the order of the targets.
///
/// Walks the recorded nodes that lead from a target to `loss`, latest first: their order of creation
/// is a topological order. Sums are taken in that order, so the bits never depend on anything else.
///
/// - Parameters:
///   - loss: One element, computed from every target.
///   - targets: What to differentiate by.
///   - keep: Whether the graph may be used again and the gradients are recorded themselves. Without
///     it, everything that the graph saved is released.
///   - context: The session's.
/// - Returns: One gradient per target, with the target's shape and dtype.
/// - Throws: ``TensorError/noGradient(target:reason:)`` when nothing reaches a target,
///   ``TensorError/released(op:)`` when an earlier call released the graph.
public func gradient(
  of loss: Tensor, by targets: [GradientTarget], keep: Bool = false, _ context: TensorContext
) throws(TensorError) -> [Tensor] {
  guard loss.count == 1 else {
    throw .shapeMismatch(
      op: "gradient", expected: "a single number, such as mean(loss)", received: [loss.shape])
  }
  guard let root = loss.node else {
    throw .noGradient(
      target: targets.first?.name(0) ?? "the loss",
      reason: "the loss was not computed from a variable or a layer weight")
  }
  var walk = GradientWalk(root: root, context: context)
  try walk.collect()
  walk.markNeeded(targets)
  let before = context.recording
  context.recording = keep
  defer {
    context.recording = before
    walk.finish(release: !keep)
  }
  return try walk.run(loss: loss, targets: targets)
}

/// The gradients by parameters; see ``gradient(of:by:keep:_:)``.
public func gradient(
  of loss: Tensor, with parameters: [Parameter], keep: Bool = false, _ context: TensorContext
) throws(TensorError) -> [Tensor] {
  try gradient(of: loss, by: parameters.map { .parameter($0) }, keep: keep, context)
}

/// One walk back over a graph.
private struct GradientWalk {
  let root: Node
  let context: TensorContext
  let mark: UInt64
  /// The nodes below the root, latest first.
  var nodes: [Node] = []
  /// Why gradients stopped, for the message when a target was not reached.
  var blockers: [String] = []

  init(root: Node, context: TensorContext) {
    self.root = root
    self.context = context
    self.mark = context.ledger.nextMark()
  }

  mutating func collect() throws(TensorError) {
    root.mark = mark
    var pending = [root]
    while let node = pending.popLast() {
      if node.isReleased { throw .released(op: node.spec?.name ?? "a variable") }
      nodes.append(node)
      if case .none(let reason)? = node.spec?.gradient, !blockers.contains(reason) {
        blockers.append(reason)
      }
      let inputs = node.inputs
      for index in inputs.indices {
        guard let next = inputs[index].node, next.mark != mark else { continue }
        next.mark = mark
        pending.append(next)
      }
    }
    // All leaves have sequence 0 and stay in the order found.
    nodes.sort { $0.sequence > $1.sequence }
  }

  /// A node is needed when a target is at or below it; the rest of the graph is left alone.
  func markNeeded(_ targets: [GradientTarget]) {
    for node in nodes { node.isNeeded = false }
    for target in targets { target.node?.isNeeded = true }
    for node in nodes.reversed() where !node.isNeeded {
      let inputs = node.inputs
      for index in inputs.indices where inputs[index].node?.isNeeded == true {
        node.isNeeded = true
        break
      }
    }
  }

  func run(loss: Tensor, targets: [GradientTarget]) throws(TensorError) -> [Tensor] {
    let one = try Kernels.full(loss.shape, loss.dtype, 1, context)
    try add(one, to: root, slot: Int(loss.slot))
    for node in nodes where node.isNeeded && !node.isLeaf {
      guard node.incoming != nil || !node.otherIncoming.isEmpty else { continue }
      try step(node)
    }
    var results: [Tensor] = []
    for (index, target) in targets.enumerated() {
      guard let node = target.node, node.mark == mark, let value = arrived(node, target.slot) else {
        throw .noGradient(target: target.name(index), reason: reason(target))
      }
      results.append(value)
    }
    return results
  }

  private func step(_ node: Node) throws(TensorError) {
    guard let spec = node.spec, case .rule(let rule) = spec.gradient else { return }
    let incomings = node.outputs.count == 1 ? [] : all(node)
    let first: Tensor
    if let incoming = node.incoming {
      first = incoming
    } else {
      first = try Kernels.full(node.outputs[0].shape, node.outputs[0].dtype, 0, context)
    }
    let call = GradientCall(
      node: node, incoming: first, incomings: incomings, context: context)
    let gradients = try rule(call)
    // By index: iterating would retain whole tensors.
    let inputs = node.inputs
    for index in 0..<min(gradients.count, inputs.count) {
      guard let target = inputs[index].node, target.isNeeded, var fitted = gradients[index] else {
        continue
      }
      if fitted.shape != inputs[index].shape {
        fitted = try Ops.sum(fitted, to: inputs[index].shape, context)
      }
      if fitted.dtype != inputs[index].dtype {
        fitted = try Ops.cast(fitted, to: inputs[index].dtype, context)
      }
      try add(fitted, to: target, slot: Int(inputs[index].slot))
    }
  }

  private func add(_ value: Tensor, to node: Node, slot: Int) throws(TensorError) {
    let sum = if let old = arrived(node, slot) { try Ops.add(old, value, context) } else { value }
    if slot == 0 {
      node.incoming = sum
      return
    }
    while node.otherIncoming.count < slot { node.otherIncoming.append(nil) }
    node.otherIncoming[slot - 1] = sum
  }

  private func all(_ node: Node) -> [Tensor?] {
    node.outputs.indices.map { arrived(node, $0) }
  }

  private func arrived(_ node: Node, _ slot: Int) -> Tensor? {
    if slot == 0 { return node.incoming }
    return slot <= node.otherIncoming.count ? node.otherIncoming[slot - 1] : nil
  }

  private func reason(_ target: GradientTarget) -> String {
    if target.node == nil { return "it does not depend on a variable or a layer weight" }
    if let first = blockers.first { return first }
    return "the loss was not computed from it"
  }

  func finish(release: Bool) {
    for node in nodes {
      node.incoming = nil
      node.otherIncoming = []
      if release { node.release() }
    }
  }
}
