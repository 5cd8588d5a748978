/// The record of one call on tracked values: what reverse mode walks back over.
///
/// Outputs are kept detached, so that a node does not hold itself. Freeing is iterative: a chain of a
/// million nodes would overflow the stack if each freed the one before it.
final class Node {
  /// What was called; nil for a leaf.
  let spec: OpSpec?
  private(set) var inputs: [Tensor]
  let attributes: Attributes
  private(set) var outputs: [Tensor]
  /// The order of creation, which is a topological order.
  let sequence: UInt64
  private(set) var isReleased = false
  private let ledger: GraphLedger?
  private let bytes: Int

  // Working fields of one walk over the graph; see `Gradient.swift`.
  var mark: UInt64 = 0
  var isNeeded = false
  var incoming: Tensor?
  var otherIncoming: [Tensor?] = []

  /// Records a call.
  init(
    _ spec: OpSpec, inputs: [Tensor], attributes: Attributes, outputs: [Tensor],
    ledger: GraphLedger
  ) {
    self.spec = spec
    self.inputs = inputs
    self.attributes = attributes
    var bytes = 0
    for index in outputs.indices { bytes &+= outputs[index].byteCount }
    self.outputs = outputs
    self.ledger = ledger
    self.bytes = bytes
    self.sequence = ledger.add(bytes)
  }

  /// The leaf of a parameter: before every call.
  init() {
    self.spec = nil
    self.inputs = []
    self.attributes = .none
    self.outputs = []
    self.ledger = nil
    self.sequence = 0
    self.bytes = 0
  }

  var isLeaf: Bool { spec == nil }

  /// True for a call without a gradient: it holds nothing, and says why gradients stop.
  var isBlocker: Bool { spec?.isBlocker ?? false }

  /// Lets go of everything saved; a later walk that comes here is an error.
  func release() {
    guard !isReleased, !isLeaf else { return }
    isReleased = true
    outputs = []
    ledger?.remove(bytes)
    dropInputs()
  }

  deinit {
    if isLeaf { return }
    if !isReleased { ledger?.remove(bytes) }
    dropInputs()
  }

  /// Empties the inputs; nodes that only this one held are taken apart in a loop.
  private func dropInputs() {
    if inputs.isEmpty { return }
    var pending: [Node] = []
    Node.take(&inputs, into: &pending)
    while var node = pending.popLast() {
      // A shared node stays whole: its last holder takes it apart.
      if isKnownUniquelyReferenced(&node) { Node.take(&node.inputs, into: &pending) }
    }
  }

  private static func take(_ inputs: inout [Tensor], into pending: inout [Node]) {
    for index in inputs.indices {
      if let node = inputs[index].node, !node.isLeaf {
        inputs[index].node = nil
        pending.append(node)
      }
    }
    inputs = []
  }
}

/// Counts what graphs hold, and numbers the nodes.
final class GraphLedger {
  /// In one value, so that counting a node is one access.
  private var counts = (bytes: 0, nodes: 0, sequence: UInt64(0))
  private var marks: UInt64 = 0

  var bytes: Int { counts.bytes }
  var nodes: Int { counts.nodes }

  /// A number that no walk has used.
  func nextMark() -> UInt64 {
    marks &+= 1
    return marks
  }

  /// Counts a node, and gives its place in the order of creation.
  func add(_ bytes: Int) -> UInt64 {
    GraphLedger.add(bytes, to: &counts)
    return counts.sequence
  }

  private static func add(
    _ bytes: Int, to counts: inout (bytes: Int, nodes: Int, sequence: UInt64)
  ) {
    counts.bytes &+= bytes
    counts.nodes &+= 1
    counts.sequence &+= 1
  }

  func remove(_ bytes: Int) {
    counts.bytes &-= bytes
    counts.nodes &-= 1
  }
}
