import Catalog

extension OpSpec {
  /// What layers apply to their sums.
  static let activations: [OpSpec] = [.tanh, .sigmoid, .relu, .softmax, .logSoftmax]

  static let tanh = OpSpec.unary(
    "tanh", .tanh, group: "Activations",
    summary: "Returns the hyperbolic tangent, between -1 and 1.",
    example: .init("tanh(tensor([0.0]))", prints: "tensor([0.])"),
    gradient: .rule { c throws(TensorError) in
      if let slope = try Ops.fused(.tanhGradient, c) { return [slope] }
      // 1 - y², from the result.
      let one = try Tensor.scalar(1.0, weak: true, c.context)
      let slope = try Ops.subtract(one, Ops.square(c.output, c.context), c.context)
      return [try Ops.multiply(c.incoming, slope, c.context)]
    })

  static let sigmoid = OpSpec.unary(
    "sigmoid", .sigmoid, group: "Activations",
    summary: "Returns `1 / (1 + exp(-x))`, between 0 and 1.",
    example: .init("sigmoid(tensor([0.0]))", prints: "tensor([0.5])"),
    gradient: .rule { c throws(TensorError) in
      if let slope = try Ops.fused(.sigmoidGradient, c) { return [slope] }
      let one = try Tensor.scalar(1.0, weak: true, c.context)
      let slope = try Ops.multiply(
        c.output, Ops.subtract(one, c.output, c.context), c.context)
      return [try Ops.multiply(c.incoming, slope, c.context)]
    })

  static let relu = OpSpec.unary(
    "relu", .relu, keepsIntegers: true, group: "Activations",
    summary: "Replaces negative elements with zero.",
    example: .init("relu(tensor([-1.0, 2.0]))", prints: "tensor([0., 2.])"),
    gradient: .rule { c throws(TensorError) in
      if let slope = try Ops.fused(.reluGradient, c) { return [slope] }
      let zero = try Tensor.scalar(0.0, weak: true, c.context)
      let positive = try Ops.greater(c.inputs[0], zero, c.context)
      return [try Ops.select(positive, c.incoming, zero, c.context)]
    },
    samples: [Sample([3]), Sample([2, 2], from: -0.9, to: -0.3)])

  static let softmax = OpSpec.normalisation(
    "softmax", logarithm: false,
    summary: "Turns scores into shares that add up to 1 along an axis.",
    example: .init("softmax(tensor([0.0, 0.0]))", prints: "tensor([0.5, 0.5])"),
    gradient: .rule { c throws(TensorError) in
      let axis = try c.attributes.int("axis", op: "softmax") ?? -1
      if let slope = try Ops.fusedSoftmax(c, axis: axis, logarithm: false) { return [slope] }
      let weighted = try Ops.multiply(c.incoming, c.output, c.context)
      let total = try Ops.sum(weighted, axes: [axis], keepDims: true, c.context)
      return [
        try Ops.subtract(weighted, Ops.multiply(c.output, total, c.context), c.context)
      ]
    })

  static let logSoftmax = OpSpec.normalisation(
    "log_softmax", logarithm: true,
    summary: "Returns the logarithm of `softmax`, exact also where the share is tiny.",
    example: .init("log_softmax(tensor([0.0]))", prints: "tensor([0.])"),
    gradient: .rule { c throws(TensorError) in
      let axis = try c.attributes.int("axis", op: "log_softmax") ?? -1
      if let slope = try Ops.fusedSoftmax(c, axis: axis, logarithm: true) { return [slope] }
      let total = try Ops.sum(c.incoming, axes: [axis], keepDims: true, c.context)
      let shares = try Ops.exp(c.output, c.context)
      return [try Ops.subtract(c.incoming, Ops.multiply(shares, total, c.context), c.context)]
    })

  /// Both work along the last axis; another axis is swapped there and back.
  private static func normalisation(
    _ name: String, logarithm: Bool, summary: String, example: Example, gradient: GradientRule
  ) -> OpSpec {
    OpSpec(
      Entry(
        name, [.tensor("x"), .optional("axis", .int, default: "-1")], group: "Activations",
        summary: summary, examples: [example]),
      shape: { shapes, attributes throws(TensorError) in
        _ = try shapes[0].axis(attributes.int("axis", op: name) ?? -1, op: name)
        return shapes[0]
      },
      forward: { call, context throws(TensorError) in
        let x = try call[0].converted(to: call[0].settledDType.floating, context)
        let axis = try x.shape.axis(call.attributes.int("axis", op: name) ?? -1, op: name)
        if x.count == 0 { return x.detached }
        if axis == x.rank - 1 { return try Kernels.softmax(x, log: logarithm, context) }
        let moved = try x.permuted(x.shape.swapping(axis, x.rank - 1), context)
        let result = try Kernels.softmax(moved, log: logarithm, context)
        return try result.permuted(result.shape.swapping(axis, x.rank - 1), context)
      },
      gradient: gradient,
      samples: [Sample([4]), Sample([2, 3]), Sample([3, 2], with: ["axis": .int(0)])])
  }
}

extension Ops {
  /// The gradient from the result in one kernel, when it is not recorded itself.
  ///
  /// One pass over memory instead of three to five, and one call of about 0.3 µs.
  fileprivate static func fused(_ kernel: Kernels.Binary, _ c: GradientCall) throws(TensorError)
    -> Tensor?
  {
    guard !c.context.recording else { return nil }
    let output = c.node.outputs[0]
    let incoming = try c.incoming.converted(to: output.dtype, c.context)
    return try Kernels.binary(kernel, output, incoming, output.shape, c.context)
  }

  /// The gradient of a softmax along the last axis in one kernel, when it is not recorded itself.
  fileprivate static func fusedSoftmax(_ c: GradientCall, axis: Int, logarithm: Bool)
    throws(TensorError) -> Tensor?
  {
    let output = c.node.outputs[0]
    guard !c.context.recording, axis == -1 || axis == output.rank - 1, output.count > 0 else {
      return nil
    }
    let incoming = try c.incoming.converted(to: output.dtype, c.context)
    return try Kernels.softmaxGradient(output, incoming, log: logarithm, c.context)
  }

  /// The hyperbolic tangent.
  public static func tanh(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.tanh, [x], .none, context)
  }

  /// `1 / (1 + exp(-x))`.
  public static func sigmoid(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.sigmoid, [x], .none, context)
  }

  /// Negative elements replaced with zero.
  public static func relu(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.relu, [x], .none, context)
  }

  /// Shares that add up to 1 along an axis.
  public static func softmax(_ x: Tensor, axis: Int = -1, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.softmax, [x], axis == -1 ? .none : ["axis": .int(axis)], context) }

  /// The logarithm of ``softmax(_:axis:_:)``.
  public static func logSoftmax(_ x: Tensor, axis: Int = -1, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.logSoftmax, [x], axis == -1 ? .none : ["axis": .int(axis)], context) }
}
