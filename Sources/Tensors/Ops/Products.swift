import Catalog

extension OpSpec {
  /// Matrix products.
  static let products: [OpSpec] = [.matmul, .dot]

  static let matmul = OpSpec(
    Entry(
      "matmul", [.tensor("x"), .tensor("y")], group: "Tensors",
      summary: """
        Multiplies matrices, as `@` does. 1-d operands are a row on the left and a column on the \
        right; leading axes are batches and broadcast.
        """,
      examples: [
        .init(
          "matmul(tensor([[1.0, 2.0]]), tensor([[3.0], [4.0]]))", prints: "tensor([[11.]])")
      ]),
    isMethod: false,
    shape: { shapes, _ throws(TensorError) in
      try MatrixProduct("matmul", shapes[0], shapes[1]).result
    },
    forward: { call, context throws(TensorError) in
      let plan = try MatrixProduct("matmul", call[0].shape, call[1].shape)
      return try plan.run(call[0], call[1], context).viewed(as: call.shape)
    },
    gradient: .rule { c throws(TensorError) in
      let plan = try MatrixProduct("matmul", c.inputs[0].shape, c.inputs[1].shape)
      let incoming = try Ops.reshape(c.incoming, plan.matrixResult, c.context)
      let left = try Ops.reshape(c.inputs[0], plan.left.extents, c.context)
      let right = try Ops.reshape(c.inputs[1], plan.right.extents, c.context)
      var gradients: [Tensor?] = [nil, nil]
      if c.needs(0) {
        let slope = try Ops.product(incoming, right, transposeRight: true, c.context)
        let fitted = try Ops.sum(slope, to: plan.left, c.context)
        gradients[0] = try Ops.reshape(fitted, c.inputs[0].shape.extents, c.context)
      }
      if c.needs(1) {
        let slope = try Ops.weightSlope(left, incoming, plan.right, c.context)
        let fitted = try Ops.sum(slope, to: plan.right, c.context)
        gradients[1] = try Ops.reshape(fitted, c.inputs[1].shape.extents, c.context)
      }
      return gradients
    },
    samples: [
      Sample([2, 3], [3, 4]), Sample([3], [3, 2]), Sample([2, 3], [3]), Sample([3], [3]),
      Sample([2, 2, 3], [3, 2]), Sample([2, 2, 3], [2, 3, 2]), Sample([2, 1, 2, 3], [3, 3, 2]),
    ])

  static let dot = OpSpec(
    Entry(
      "dot", [.tensor("x"), .tensor("y")], group: "Tensors",
      summary: """
        Returns the inner product of two 1-d tensors, the matrix product of two 2-d tensors, and \
        the plain product when one is a number.
        """,
      examples: [.init("dot(tensor([1.0, 2.0]), tensor([3.0, 4.0]))", prints: "11.0")]),
    shape: { shapes, _ throws(TensorError) in
      if shapes[0].rank == 0 || shapes[1].rank == 0 {
        return try .broadcast("dot", shapes[0], shapes[1])
      }
      guard shapes[1].rank <= 2 else {
        throw .shapeMismatch(
          op: "dot", expected: "at most 2 axes on the right; matmul takes batches",
          received: shapes.all)
      }
      return try MatrixProduct("dot", shapes[0], shapes[1]).result
    },
    forward: { call, context throws(TensorError) in
      let (left, right) = (call[0].detached, call[1].detached)
      return try left.rank == 0 || right.rank == 0
        ? Ops.multiply(left, right, context) : Ops.matmul(left, right, context)
    },
    gradient: .rule { c throws(TensorError) in
      let spec: OpSpec = c.inputs[0].rank == 0 || c.inputs[1].rank == 0 ? .multiply : .matmul
      guard case .rule(let rule) = spec.gradient else { return [nil, nil] }
      return try rule(c)
    },
    samples: [Sample([3], [3]), Sample([2, 3], [3, 2]), Sample([], [3]), Sample([2, 3], [3])])

  /// The product of operands that have at least 2 axes, either one transposed: what the gradients
  /// of products are made of.
  ///
  /// Not a name of the language.
  static let product: OpSpec = OpSpec(
    Entry("product", [.tensor("x"), .tensor("y")], summary: "Multiplies matrices."),
    shape: { shapes, attributes throws(TensorError) in
      let transposes = Ops.transposes(attributes)
      return try MatrixProduct(
        "matmul", Ops.turned(shapes[0], transposes.left), Ops.turned(shapes[1], transposes.right)
      ).result
    },
    forward: { call, context throws(TensorError) in
      let transposes = Ops.transposes(call.attributes)
      let plan = try MatrixProduct(
        "matmul", Ops.turned(call[0].shape, transposes.left),
        Ops.turned(call[1].shape, transposes.right), transposes: transposes)
      return try plan.run(call[0], call[1], context).viewed(as: call.shape)
    },
    gradient: .rule { c throws(TensorError) in
      let (x, y) = (c.inputs[0], c.inputs[1])
      let (left, right) = Ops.transposes(c.attributes)
      let byLeft =
        left
        ? try Ops.product(
          y, c.incoming, transposeLeft: right, transposeRight: true, c.context)
        : try Ops.product(c.incoming, y, transposeRight: !right, c.context)
      let byRight =
        right
        ? try Ops.product(
          c.incoming, x, transposeLeft: true, transposeRight: left, c.context)
        : try Ops.product(x, c.incoming, transposeLeft: !left, c.context)
      return [byLeft, byRight]
    },
    samples: [
      Sample([3, 2], [3, 4], with: Ops.transposedLeft),
      Sample([2, 3], [4, 3], with: Ops.transposedRight),
      Sample([3, 2], [4, 3], with: Ops.transposedBoth),
      Sample([2, 3, 2], [2, 3, 4], with: Ops.transposedLeft),
    ])
}

extension Ops {
  static let transposedLeft: Attributes = ["left": .bool(true)]
  static let transposedRight: Attributes = ["right": .bool(true)]
  static let transposedBoth: Attributes = ["left": .bool(true), "right": .bool(true)]

  static func transposes(_ attributes: Attributes) -> (left: Bool, right: Bool) {
    (attributes.bool("left"), attributes.bool("right"))
  }

  /// The shape with its last two axes exchanged.
  static func turned(_ shape: Shape, _ turns: Bool) -> Shape {
    guard turns, shape.rank >= 2 else { return shape }
    var extents = shape.extents
    extents.swapAt(shape.rank - 1, shape.rank - 2)
    return Shape(trusted: extents, count: shape.count)
  }

  static func product(
    _ x: Tensor, _ y: Tensor, transposeLeft: Bool = false, transposeRight: Bool = false,
    _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    let attributes: Attributes =
      switch (transposeLeft, transposeRight) {
      case (false, false): .none
      case (true, false): transposedLeft
      case (false, true): transposedRight
      case (true, true): transposedBoth
      }
    return try apply(.product, [x, y], attributes, context)
  }

  /// `leftᵀ · incoming`, for the gradient of a right operand of shape `right`.
  ///
  /// Batches that met in one matrix are one tall matrix: one product instead of many and a sum.
  fileprivate static func weightSlope(
    _ left: Tensor, _ incoming: Tensor, _ right: Shape, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    guard right.rank == 2, left.rank > 2 else {
      return try product(left, incoming, transposeLeft: true, context)
    }
    let rows = left.shape.product(0..<left.rank - 1)
    return try product(
      reshape(left, [rows, right.extents[0]], context),
      reshape(incoming, [rows, right.extents[1]], context), transposeLeft: true, context)
  }

  /// The matrix product.
  public static func matmul(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.matmul, [x, y], .none, context) }
}
