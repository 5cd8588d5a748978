public import Catalog

/// One operation, whole: its record for people, its shape rule, its forward and its gradient.
///
/// Help, completion, the language's builtins and methods and the generated tests all read it.
public final class OpSpec: Sendable {
  /// The record under the main name.
  public let entry: Entry
  /// Further names of the same operation, such as `concatenate` for `concat`.
  public let aliases: [String]
  /// True when it can be called on its first tensor, as in `x.sum(axis=0)`.
  public let isMethod: Bool
  let forward: Forward
  let gradient: GradientRule
  /// True when no gradient flows; stored, since every recorded call asks.
  let isBlocker: Bool
  /// Inputs on which the generated tests run it.
  let samples: [Sample]

  /// Computes the shape of the result from those of the inputs, and checks everything that can be
  /// checked without the elements.
  typealias ShapeRule = @Sendable (InputShapes, Attributes) throws(TensorError) -> Shape
  /// Computes the result; `call.shape` is what the shape rule gave.
  typealias Run = @Sendable (OpCall, TensorContext) throws(TensorError) -> Tensor

  /// Computes the result with `Ops`.
  typealias Compose = @Sendable (OpCall, TensorContext) throws(TensorError) -> Tensor

  enum Forward: Sendable {
    /// One result, whose shape is known beforehand.
    case one(shape: ShapeRule, run: Run)
    /// Several results, or results whose shape depends on the elements.
    case many(run: @Sendable (OpCall, TensorContext) throws(TensorError) -> [Tensor])
    /// One result of other operations.
    case composed(run: Compose)
  }

  /// An operation with one result.
  init(
    _ entry: Entry, aliases: [String] = [], isMethod: Bool = true,
    shape: @escaping ShapeRule, forward: @escaping Run, gradient: GradientRule,
    samples: [Sample]
  ) {
    self.entry = entry
    self.aliases = aliases
    self.isMethod = isMethod
    self.forward = .one(shape: shape, run: forward)
    self.gradient = gradient
    self.isBlocker = gradient.isNone
    self.samples = samples
  }

  /// An operation with several results, or whose shapes depend on the elements.
  init(
    _ entry: Entry, aliases: [String] = [], isMethod: Bool = true,
    forwardMany: @escaping @Sendable (OpCall, TensorContext) throws(TensorError) -> [Tensor],
    gradient: GradientRule, samples: [Sample]
  ) {
    self.entry = entry
    self.aliases = aliases
    self.isMethod = isMethod
    self.forward = .many(run: forwardMany)
    self.gradient = gradient
    self.isBlocker = gradient.isNone
    self.samples = samples
  }

  /// An operation that is made of others: these are recorded, and it is not.
  init(
    _ entry: Entry, aliases: [String] = [], isMethod: Bool = true, composing: @escaping Compose,
    samples: [Sample]
  ) {
    self.entry = entry
    self.aliases = aliases
    self.isMethod = isMethod
    self.forward = .composed(run: composing)
    self.gradient = .ofParts
    self.isBlocker = false
    self.samples = samples
  }

  /// The main name.
  public var name: String { entry.name }

  /// How many leading parameters of the entry are tensors; nil when the first one is a list or
  /// variadic and takes any number.
  public var inputCount: Int? {
    if let first = entry.parameters.first, first.type == .list || first.passing == .variadic {
      return nil
    }
    return entry.parameters.prefix { $0.type == .tensor }.count
  }

  /// The shape of the result for inputs of these shapes, or nil when it depends on the elements.
  public func resultShape(of shapes: [Shape], _ attributes: Attributes = .none)
    throws(TensorError) -> Shape?
  {
    switch forward {
    case .one(let rule, _): try rule(InputShapes(shapes), attributes)
    case .many, .composed: nil
    }
  }

  /// Why no gradient flows through this operation; nil when one does.
  public var noGradientReason: String? {
    if case .none(let reason) = gradient { return reason }
    return nil
  }
}

/// How the gradient of an operation is made.
enum GradientRule: Sendable {
  /// Written with `Ops`, so that a gradient can be differentiated again. One element per input; nil
  /// where no gradient flows. The engine sums what was broadcast and casts to the input's dtype.
  case rule(@Sendable (GradientCall) throws(TensorError) -> [Tensor?])
  /// The operations that this one is made of have their own.
  case ofParts
  /// A decision, in words that the user will read: "argmax has no gradient, because it …".
  case none(reason: String)

  fileprivate var isNone: Bool {
    if case .none = self { return true }
    return false
  }
}

/// What a forward gets.
struct OpCall {
  let spec: OpSpec
  let inputs: [Tensor]
  let attributes: Attributes
  /// What the shape rule gave; a scalar for operations with several results.
  let shape: Shape

  @inline(__always)
  subscript(index: Int) -> Tensor { inputs[index] }

  var name: String { spec.entry.name }
}

/// The shapes of the inputs, read from tensors or given bare, without making an array.
struct InputShapes {
  private let tensors: [Tensor]
  private let shapes: [Shape]
  let count: Int

  @inline(__always)
  init(of tensors: [Tensor]) {
    self.tensors = tensors
    self.shapes = []
    self.count = tensors.count
  }

  init(_ shapes: [Shape]) {
    self.tensors = []
    self.shapes = shapes
    self.count = shapes.count
  }

  @inline(__always)
  subscript(index: Int) -> Shape { shapes.isEmpty ? tensors[index].shape : shapes[index] }

  /// All of them.
  var all: [Shape] { shapes.isEmpty ? tensors.map(\.shape) : shapes }
}

/// What a gradient rule gets: the recorded call and the gradient of the loss by its result.
struct GradientCall {
  let node: Node
  let incoming: Tensor
  /// The gradients by each of several results; nil where none arrived.
  let incomings: [Tensor?]
  let context: TensorContext

  /// The inputs of the recorded call, with their histories.
  var inputs: [Tensor] { node.inputs }
  /// The result of the recorded call, with its history.
  var output: Tensor { output(0) }
  /// The arguments of the recorded call.
  var attributes: Attributes { node.attributes }
  /// False when nobody asked for the gradient by that input.
  func needs(_ index: Int) -> Bool { node.inputs[index].node?.isNeeded ?? false }

  /// One of the results of the recorded call, with its history.
  func output(_ index: Int) -> Tensor { Tensor(node.outputs[index], node: node, slot: index) }
}

/// Inputs for the generated tests: shapes, the range that values are drawn from (away from kinks and
/// poles), and the other arguments.
struct Sample: Sendable {
  let shapes: [Shape]
  let attributes: Attributes
  let low: Double
  let high: Double
  let dtype: DType

  init(
    _ shapes: Shape..., with attributes: Attributes = .none, from low: Double = 0.3,
    to high: Double = 0.9, dtype: DType = .float64
  ) {
    self.shapes = shapes
    self.attributes = attributes
    self.low = low
    self.high = high
    self.dtype = dtype
  }
}
