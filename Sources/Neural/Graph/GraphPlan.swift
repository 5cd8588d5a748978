import Tensors

/// The calls of a graph in an order in which each finds its inputs made.
///
/// Nodes are found backwards from the outputs with a list, not by recursion, and sorted by their
/// order of creation, which is a topological order. Values live in numbered places while it runs.
struct GraphPlan {
  struct Step {
    let layer: any Layer
    let inputs: [Int]
    let outputs: [Int]
  }

  let steps: [Step]
  let inputPlaces: [Int]
  let outputPlaces: [Int]
  /// Each layer once, those of the inputs among them, in order of creation of their first node.
  let layers: [any Layer]
  private let placeCount: Int

  /// Plans the way from `inputs` to `outputs`.
  ///
  /// - Throws: ``NeuralError/disconnected(model:input:)`` when an output needs another input.
  init(model: String, inputs: [Symbol], outputs: [Symbol]) throws(NeuralError) {
    let given = Set(inputs.map { Place($0) })
    var seen: Set<ObjectIdentifier> = []
    var nodes: [GraphNode] = []
    var pending = outputs
    while let symbol = pending.popLast() {
      if given.contains(Place(symbol)) { continue }
      guard seen.insert(ObjectIdentifier(symbol.node)).inserted else { continue }
      if symbol.node.layer is InputLayer {
        throw .disconnected(model: model, input: symbol.name)
      }
      nodes.append(symbol.node)
      pending += symbol.node.inputs
    }
    nodes.sort { $0.sequence < $1.sequence }

    var places: [Place: Int] = [:]
    func place(_ place: Place) -> Int {
      if let known = places[place] { return known }
      places[place] = places.count
      return places.count - 1
    }
    inputPlaces = inputs.map { place(Place($0)) }
    var steps: [Step] = []
    for node in nodes {
      let counts = try node.layer.outputShapes(for: node.inputs.map(\.shape)).count
      steps.append(
        Step(
          layer: node.layer, inputs: node.inputs.map { place(Place($0)) },
          outputs: (0..<counts).map { place(Place(node, $0)) }))
    }
    outputPlaces = outputs.map { place(Place($0)) }
    placeCount = places.count
    self.steps = steps

    var layers: [any Layer] = []
    var known: Set<ObjectIdentifier> = []
    let starts = inputs.map(\.node).filter { $0.layer is InputLayer }
    for node in starts + nodes where known.insert(ObjectIdentifier(node.layer)).inserted {
      layers.append(node.layer)
    }
    self.layers = layers
  }

  /// Runs all steps; every result is made once and let go when the run ends.
  func run(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError) -> [Tensor] {
    var values = [Tensor?](repeating: nil, count: placeCount)
    for (place, input) in zip(inputPlaces, inputs) { values[place] = input }
    for step in steps {
      var arguments: [Tensor] = []
      for place in step.inputs { arguments.append(try made(values[place])) }
      let results = try step.layer.run(arguments, context)
      for (place, result) in zip(step.outputs, results) { values[place] = result }
    }
    var results: [Tensor] = []
    for place in outputPlaces { results.append(try made(values[place])) }
    return results
  }

  private func made(_ value: Tensor?) throws(NeuralError) -> Tensor {
    guard let value else { throw .internal("a value of the graph was used before it was made") }
    return value
  }

  /// One result of one node.
  private struct Place: Hashable {
    let node: ObjectIdentifier
    let slot: Int

    init(_ symbol: Symbol) { self.init(symbol.node, symbol.slot) }

    init(_ node: GraphNode, _ slot: Int) {
      self.node = ObjectIdentifier(node)
      self.slot = slot
    }
  }
}
