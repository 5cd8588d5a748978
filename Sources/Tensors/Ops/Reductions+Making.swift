import Catalog
import Platform

extension OpSpec {
  static let reductionParameters: [Catalog.Parameter] = [
    .tensor("x"), .optional("axis", .axis), .optional("keepdims", .bool, default: "False"),
  ]

  static let reductionSamples: [Sample] = [
    Sample([4]), Sample([2, 3], with: ["axis": .int(0)]),
    Sample([2, 3], with: ["axis": .int(-1), "keepdims": .bool(true)]),
    Sample([2, 2, 2], with: ["axis": .ints([0, 2])]),
  ]

  /// A reduction over `axis` (a whole number, several or None) with `keepdims`.
  ///
  /// With `needsElements` reducing no elements is an error.
  static func reduction(
    _ name: String, aliases: [String] = [], summary: String, example: Example,
    needsElements: Bool = false,
    forward: @escaping @Sendable (Tensor, [Int], Bool, TensorContext) throws(TensorError) -> Tensor,
    gradient: GradientRule
  ) -> OpSpec {
    OpSpec(
      Entry(
        name, reductionParameters, group: "Tensors", summary: summary, examples: [example]),
      aliases: aliases,
      shape: { shapes, attributes throws(TensorError) in
        if needsElements {
          let axes = try shapes[0].axes(attributes.ints("axis", op: name), op: name)
          try Ops.requireElements(name, shapes[0], axes)
        }
        return try Ops.reducedShape(name, shapes[0], attributes)
      },
      forward: { call, context throws(TensorError) in
        let axes = try call[0].shape.axes(call.attributes.ints("axis", op: name), op: name)
        return try forward(call[0], axes, call.attributes.bool("keepdims"), context)
      },
      gradient: gradient, samples: reductionSamples)
  }
}

extension Ops {
  static func reducedShape(_ name: String, _ shape: Shape, _ attributes: Attributes)
    throws(TensorError) -> Shape
  {
    let axes = try shape.axes(attributes.ints("axis", op: name), op: name)
    return shape.reduced(over: axes, keepDims: attributes.bool("keepdims"))
  }

  static func requireElements(_ name: String, _ shape: Shape, _ axes: [Int]) throws(TensorError) {
    for axis in axes where shape.extents[axis] == 0 {
      throw .shapeMismatch(
        op: name, expected: "at least one element on axis \(axis)", received: [shape])
    }
  }

  static func reductionAttributes(_ axes: [Int]?, keepDims: Bool) -> Attributes {
    guard let axes else { return keepDims ? ["keepdims": .bool(true)] : .none }
    return keepDims ? ["axis": .ints(axes), "keepdims": .bool(true)] : ["axis": .ints(axes)]
  }

  /// How many elements each result of a reduction is made of.
  static func extent(of shape: Shape, along axes: [Int]) -> Int {
    axes.reduce(1) { $0 &* shape.extents[$1] }
  }

  /// `value`, which has the shape of a reduction's result, with the reduced axes back as 1.
  static func restored(_ c: GradientCall, _ value: Tensor) throws(TensorError) -> Tensor {
    let shape = c.inputs[0].shape
    let axes = try shape.axes(c.attributes.ints("axis", op: "axis"), op: "axis")
    return try reshape(value, shape.reduced(over: axes, keepDims: true).extents, c.context)
  }

  /// The gradient of a sum over everything, divided by `share`: one number in every place.
  ///
  /// Every loss ends in such a sum. One fill instead of up to five calls took a recorded mean of 16
  /// elements from 3.2 to 0.9 µs. Nil when the slope is recorded itself or is not one number.
  static func evenSlope(_ c: GradientCall, share: Double) throws(TensorError) -> Tensor? {
    guard !c.context.recording, c.incoming.count == 1, c.inputs[0].dtype == c.incoming.dtype,
      let item = try? c.incoming.item()
    else { return nil }
    switch item {
    case .float32(let value):
      return try Kernels.full(
        c.inputs[0].shape, .float32, Double(value / Float(share)), c.context)
    case .float64(let value):
      return try Kernels.full(c.inputs[0].shape, .float64, value / share, c.context)
    default: return nil
    }
  }

  /// The count less `ddof`.
  static func freedom(_ shape: Shape, _ name: String, _ attributes: Attributes)
    throws(TensorError) -> Double
  {
    let axes = try shape.axes(attributes.ints("axis", op: name), op: name)
    let lost = try attributes.float("ddof", op: name) ?? 0
    return Swift.max(Double(extent(of: shape, along: axes)) - lost, 0)
  }

  static func variance(
    _ x: Tensor, _ name: String, _ attributes: Attributes, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    let axes = try attributes.ints("axis", op: name)
    let average = try mean(x, axes: axes, keepDims: true, context)
    let distance = try subtract(x, average, context)
    let total = try sum(
      square(distance, context), axes: axes, keepDims: attributes.bool("keepdims"), context)
    let count = try Tensor.scalar(freedom(x.shape, name, attributes), weak: true, context)
    return try divide(total, count, context)
  }

  /// Writes the sums so far along an axis of `count` places that lie `inner` elements apart.
  static func runningSums<Element: BitwiseCopyable & ExpressibleByIntegerLiteral>(
    _ x: Tensor, _ count: Int, _ inner: Int, into sums: Tensor, _ context: TensorContext,
    _ add: (Element, Element) -> Element
  ) throws(TensorError) {
    let block = count &* inner
    guard block > 0 else { return }
    for index in 0..<x.count {
      if index & 0xFFFF == 0 { try context.checkInterruption() }
      let own = x.storage.element(at: index, as: Element.self)
      let isFirst = index % block < inner
      let before = isFirst ? 0 : sums.storage.element(at: index - inner, as: Element.self)
      sums.storage.set(index, to: isFirst ? own : add(before, own))
    }
  }

  /// The sum along the axes; all of them for nil.
  public static func sum(
    _ x: Tensor, axes: [Int]? = nil, keepDims: Bool = false, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    try apply(.sum, [x], reductionAttributes(axes, keepDims: keepDims), context)
  }

  /// The mean along the axes; all of them for nil.
  public static func mean(
    _ x: Tensor, axes: [Int]? = nil, keepDims: Bool = false, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    try apply(.mean, [x], reductionAttributes(axes, keepDims: keepDims), context)
  }

  /// The largest element along the axes; all of them for nil.
  public static func max(
    _ x: Tensor, axes: [Int]? = nil, keepDims: Bool = false, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    try apply(.max, [x], reductionAttributes(axes, keepDims: keepDims), context)
  }

  /// The smallest element along the axes; all of them for nil.
  public static func min(
    _ x: Tensor, axes: [Int]? = nil, keepDims: Bool = false, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    try apply(.min, [x], reductionAttributes(axes, keepDims: keepDims), context)
  }

  /// The position of the largest element along an axis.
  public static func argmax(_ x: Tensor, axis: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.argmax, [x], ["axis": .int(axis)], context) }

  /// The sum over the axes along which `shape` was spread to the shape of `x`.
  ///
  /// It undoes broadcasting: `sum(g, to: b.shape)` is the gradient by `b` of `a + b`.
  public static func sum(_ x: Tensor, to shape: Shape, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    if x.shape == shape { return x }
    guard shape.broadcasts(to: x.shape) else {
      // A gradient smaller than its input is spread, as from a rule that gives a scalar.
      return try broadcast(x, to: shape, context)
    }
    let offset = x.rank - shape.rank
    let axes = (0..<x.rank).filter {
      $0 < offset || (shape.extents[$0 - offset] == 1 && x.shape.extents[$0] != 1)
    }
    let total = try sum(x, axes: axes, keepDims: true, context)
    return try reshape(total, shape.extents, context)
  }
}
