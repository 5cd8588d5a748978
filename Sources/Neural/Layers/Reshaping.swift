import Catalog
import JSON
import Tensors

/// Gives each sample another shape; one extent may be -1.
final class Reshape: Layer {
  let kind = "Reshape"
  let core: LayerCore
  let target: [Int]

  static let record = LayerRecord(
    Entry(
      "Reshape", [.required("target_shape", .shape), .keyword("name", .string)],
      kind: .type, group: "Layers",
      summary: "Gives each sample another shape with the same number of elements; the batch axis "
        + "stays. One extent may be -1: it is worked out from the others.",
      examples: [Example("Reshape((10, 2))(ones((3, 20))).shape", prints: "(3, 10, 2)")])
  ) { settings, context throws(NeuralError) in try Reshape(settings, context) }

  init(_ settings: Settings, _ context: NeuralContext) throws(NeuralError) {
    target = try settings.extents("target_shape", atLeast: -1)
    guard target.filter({ $0 == -1 }).count <= 1, !target.contains(0) else {
      throw .value(
        owner: kind, expected: "extents of at least 1, at most one of them -1",
        received: SymbolicShape(target).text)
    }
    core = LayerCore(kind, name: try settings.text("name"), context)
  }

  func build(_ shapes: [SymbolicShape], _ context: NeuralContext) throws(NeuralError) {}

  func forward(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError) -> [Tensor] {
    let shape = inputs[0].shape
    let result = try outputShapes(for: [SymbolicShape(shape)])[0]
    return [
      try tensorWork { () throws(TensorError) in
        try Ops.reshape(inputs[0], result.extents.map { $0 ?? 0 }, context.tensors)
      }
    ]
  }

  func outputShapes(for shapes: [SymbolicShape]) throws(NeuralError) -> [SymbolicShape] {
    let shape = try one(shapes)
    guard let batch = shape.extents.first else {
      throw .shape(layer: kind, expected: "at least 1 axis [batch, ...]", received: [shape])
    }
    var known = 1
    for extent in target where extent != -1 {
      let (product, overflow) = known.multipliedReportingOverflow(by: extent)
      if overflow { throw .tensor(.tooLarge(extents: target)) }
      known = product
    }
    guard let count = shape.elementsPerSample else {
      return [SymbolicShape([batch] + target.map { $0 == -1 ? nil : $0 })]
    }
    let isOpen = target.contains(-1)
    guard isOpen ? count % known == 0 : count == known else {
      throw .shape(
        layer: kind,
        expected: "\(isOpen ? "a multiple of \(known)" : "\(known)") elements for each sample, "
          + "to make \(SymbolicShape(target).text)",
        received: [shape])
    }
    return [SymbolicShape([batch] + target.map { $0 == -1 ? count / known : $0 })]
  }

  var finalActivation: FinalActivation? { .passesThrough }

  var configuration: JSONObject {
    JSONObject([
      ("target_shape", .array(target.map { .int($0) })), ("name", .string(name)),
    ])
  }
}

/// Puts all axes behind the batch into one.
final class Flatten: Layer {
  let kind = "Flatten"
  let core: LayerCore

  static let record = LayerRecord(
    Entry(
      "Flatten", [.keyword("name", .string)], kind: .type, group: "Layers",
      summary: "Puts all axes behind the batch into one.",
      examples: [Example("Flatten()(ones((3, 10, 2))).shape", prints: "(3, 20)")])
  ) { settings, context throws(NeuralError) in try Flatten(settings, context) }

  init(_ settings: Settings, _ context: NeuralContext) throws(NeuralError) {
    core = LayerCore(kind, name: try settings.text("name"), context)
  }

  func build(_ shapes: [SymbolicShape], _ context: NeuralContext) throws(NeuralError) {}

  func forward(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError) -> [Tensor] {
    let shape = SymbolicShape(inputs[0].shape)
    let extents = [inputs[0].shape[0], shape.elementsPerSample ?? 0]
    return [
      try tensorWork { () throws(TensorError) in
        try Ops.reshape(inputs[0], extents, context.tensors)
      }
    ]
  }

  func outputShapes(for shapes: [SymbolicShape]) throws(NeuralError) -> [SymbolicShape] {
    let shape = try one(shapes)
    guard let batch = shape.extents.first else {
      throw .shape(layer: kind, expected: "at least 1 axis [batch, ...]", received: [shape])
    }
    return [SymbolicShape([batch, shape.elementsPerSample])]
  }

  var finalActivation: FinalActivation? { .passesThrough }

  var configuration: JSONObject { JSONObject([("name", .string(name))]) }
}

/// Repeats a vector as the steps of a sequence: `[batch, features]` to `[batch, n, features]`.
final class RepeatVector: Layer {
  let kind = "RepeatVector"
  let core: LayerCore
  let count: Int

  static let record = LayerRecord(
    Entry(
      "RepeatVector", [.required("n", .int), .keyword("name", .string)],
      kind: .type, group: "Layers",
      summary: "Repeats a vector n times, as the steps of a sequence: [batch, features] becomes "
        + "[batch, n, features]. It goes between an encoder's code and a recurrent decoder.",
      examples: [Example("RepeatVector(10)(ones((3, 20))).shape", prints: "(3, 10, 20)")])
  ) { settings, context throws(NeuralError) in try RepeatVector(settings, context) }

  init(_ settings: Settings, _ context: NeuralContext) throws(NeuralError) {
    count = try settings.requiredInt("n", atLeast: 1)
    core = LayerCore(kind, name: try settings.text("name"), context)
  }

  func build(_ shapes: [SymbolicShape], _ context: NeuralContext) throws(NeuralError) {}

  func forward(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError) -> [Tensor] {
    let (batch, features) = (inputs[0].shape[0], inputs[0].shape[1])
    return [
      try tensorWork { () throws(TensorError) in
        let single = try Ops.reshape(inputs[0], [batch, 1, features], context.tensors)
        return try Ops.broadcast(
          single, to: Shape([batch, count, features]), context.tensors)
      }
    ]
  }

  func outputShapes(for shapes: [SymbolicShape]) throws(NeuralError) -> [SymbolicShape] {
    let shape = try one(shapes)
    guard shape.rank == 2 else {
      throw .shape(layer: kind, expected: "2 axes [batch, features]", received: [shape])
    }
    return [SymbolicShape([shape.extents[0], count, shape.extents[1]])]
  }

  var finalActivation: FinalActivation? { .passesThrough }

  var configuration: JSONObject {
    JSONObject([("n", .int(count)), ("name", .string(name))])
  }
}

/// Applies a function to every element, or softmax along the last axis.
final class Activation: Layer {
  let kind = "Activation"
  let core: LayerCore
  let activation: ActivationRecord

  static let record = LayerRecord(
    Entry(
      "Activation",
      [
        .required("activation", .activation), .keyword("name", .string),
      ], kind: .type, group: "Layers",
      summary: "Applies an activation by its name: \"relu\", \"sigmoid\", \"tanh\", \"softmax\" …",
      examples: [
        Example("Activation(\"relu\")(tensor([[-1.0, 2.0]]))", prints: "tensor([[0., 2.]])")
      ])
  ) { settings, context throws(NeuralError) in try Activation(settings, context) }

  init(_ settings: Settings, _ context: NeuralContext) throws(NeuralError) {
    activation = try ActivationTable.read(settings, default: "linear")
    core = LayerCore(kind, name: try settings.text("name"), context)
  }

  func build(_ shapes: [SymbolicShape], _ context: NeuralContext) throws(NeuralError) {}

  func forward(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError) -> [Tensor] {
    [try activation(inputs[0], context)]
  }

  func outputShapes(for shapes: [SymbolicShape]) throws(NeuralError) -> [SymbolicShape] {
    [try one(shapes)]
  }

  var finalActivation: FinalActivation? { .named(activation.name) }

  var configuration: JSONObject {
    JSONObject([("activation", .string(activation.name)), ("name", .string(name))])
  }
}
