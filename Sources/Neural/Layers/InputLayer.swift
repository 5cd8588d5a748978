import JSON
import Tensors

/// Where a graph starts: stands for the value that a model is given.
final class InputLayer: Layer {
  let kind = "InputLayer"
  let core: LayerCore
  let shape: SymbolicShape
  let dtype: DType

  init(shape: SymbolicShape, dtype: DType, name: String) {
    self.shape = shape
    self.dtype = dtype
    self.core = LayerCore(weightless: name)
  }

  var configuration: JSONObject {
    JSONObject([
      ("shape", .array(shape.extents.dropFirst().map { $0.map { .int($0) } ?? .null })),
      ("dtype", .string(dtype.name)),
      ("name", .string(name)),
    ])
  }

  func build(_ shapes: [SymbolicShape], _ context: NeuralContext) throws(NeuralError) {}

  func forward(_ inputs: [Tensor], _ context: NeuralContext) throws(NeuralError) -> [Tensor] {
    inputs
  }

  func outputShapes(for shapes: [SymbolicShape]) throws(NeuralError) -> [SymbolicShape] {
    [shape]
  }
}
