public import Tensors

/// A value that is yet to come: an `Input`, or what a layer will make of other symbols.
public final class Symbol {
  /// The extents, with nil for the batch.
  public let shape: SymbolicShape
  /// The kind of number it will hold.
  public let dtype: DType
  /// The call that makes it.
  let node: GraphNode
  /// Which of the node's results it is.
  let slot: Int

  init(shape: SymbolicShape, dtype: DType, node: GraphNode, slot: Int) {
    self.shape = shape
    self.dtype = dtype
    self.node = node
    self.slot = slot
  }

  /// The name of the layer that makes it.
  public var name: String { node.layer.name }

  /// For messages: `encoder (Functional)`.
  var source: String { "\(node.layer.name) (\(node.layer.kind))" }

  /// The start of a graph: what `Input(shape)` gives.
  ///
  /// - Parameters:
  ///   - shape: The extents behind the batch axis; nil for an axis of any length.
  ///   - dtype: The kind of number that the model will be given.
  ///   - name: A name of its own; nil for `input_layer`, `input_layer_1` and so on.
  ///   - context: The session's.
  /// - Returns: The symbol, with the batch axis in front.
  /// - Throws: ``NeuralError/value(owner:expected:received:help:)`` for an extent below 1.
  public static func input(
    shape: [Int?], dtype: DType = .float32, name: String? = nil, _ context: NeuralContext
  ) throws(NeuralError) -> Symbol {
    for case let extent? in shape where extent < 1 {
      throw .value(
        owner: "Input", expected: "a shape of extents of at least 1, without the batch",
        received: SymbolicShape(shape).text)
    }
    let full = SymbolicShape([nil] + shape)
    let layer = InputLayer(
      shape: full, dtype: dtype, name: name ?? context.uniqueName(for: "InputLayer"))
    let node = GraphNode(
      layer: layer, inputs: [], depth: 0, sequence: context.nextNodeSequence())
    return Symbol(shape: full, dtype: dtype, node: node, slot: 0)
  }

  /// The models among the layers that make the symbols, and those within them, each once.
  public static func models(behind symbols: [Symbol]) -> [Model] {
    var models: [Model] = []
    var seen: Set<ObjectIdentifier> = []
    var pending = symbols.map(\.node)
    while let node = pending.popLast() {
      guard seen.insert(ObjectIdentifier(node)).inserted else { continue }
      pending += node.inputs.map(\.node)
      guard let model = node.layer as? Model, seen.insert(ObjectIdentifier(model)).inserted else {
        continue
      }
      models.append(model)
      pending += (model.inputs + model.outputs).map(\.node)
    }
    return models
  }
}

/// One call of a layer on symbols.
final class GraphNode {
  let layer: any Layer
  let inputs: [Symbol]
  /// The longest way from an input; limited, since a chain is freed recursively.
  let depth: Int
  /// The order of creation, which is a topological order.
  let sequence: Int

  static let depthLimit = 10_000

  init(layer: any Layer, inputs: [Symbol], depth: Int, sequence: Int) {
    self.layer = layer
    self.inputs = inputs
    self.depth = depth
    self.sequence = sequence
  }
}

/// What a layer or model is called on, and what it gives: a tensor at hand or a symbol.
public enum Flow {
  case tensor(Tensor)
  case symbol(Symbol)
}
