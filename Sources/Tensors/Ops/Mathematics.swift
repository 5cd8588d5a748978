import Catalog

extension OpSpec {
  /// Functions of one element, and the two that work along the last axis.
  static let mathematics: [OpSpec] = [
    .exp, .expm1, .log, .log1p, .log2, .log10, .sqrt, .sin, .cos, .tan, .floor, .ceil, .round,
  ]

  static let exp = OpSpec.unary(
    "exp", .exp, summary: "Raises e to each element; above about 88 in float32 it is infinite.",
    example: .init("exp(tensor([0.0, 1.0]))", prints: "tensor([1.       , 2.7182817])"),
    gradient: .rule { c throws(TensorError) in
      [try Ops.multiply(c.incoming, c.output, c.context)]
    })

  static let expm1 = OpSpec.unary(
    "expm1", .expm1, summary: "Returns `exp(x) - 1` without losing the digits of a small x.",
    example: .init("expm1(tensor([0.0]))", prints: "tensor([0.])"),
    gradient: .rule { c throws(TensorError) in
      [try Ops.multiply(c.incoming, Ops.exp(c.inputs[0], c.context), c.context)]
    })

  static let log = OpSpec.unary(
    "log", .log, summary: "Returns the natural logarithm: -inf at 0, NaN below.",
    example: .init("log(tensor([1.0, 0.0]))", prints: "tensor([  0., -inf])"),
    gradient: .rule { c throws(TensorError) in
      [try Ops.divide(c.incoming, c.inputs[0], c.context)]
    })

  static let log1p = OpSpec.unary(
    "log1p", .log1p, summary: "Returns `log(1 + x)` without losing the digits of a small x.",
    example: .init("log1p(tensor([0.0]))", prints: "tensor([0.])"),
    gradient: .rule { c throws(TensorError) in
      let one = try Tensor.scalar(1.0, weak: true, c.context)
      return [try Ops.divide(c.incoming, Ops.add(c.inputs[0], one, c.context), c.context)]
    })

  static let log2 = OpSpec.unary(
    "log2", .log2, summary: "Returns the logarithm to base 2.",
    example: .init("log2(tensor([8.0]))", prints: "tensor([3.])"),
    gradient: .rule { c throws(TensorError) in try logGradient(c, base: 0.693147180559945309) })

  static let log10 = OpSpec.unary(
    "log10", .log10, summary: "Returns the logarithm to base 10.",
    example: .init("log10(tensor([100.0]))", prints: "tensor([2.])"),
    gradient: .rule { c throws(TensorError) in try logGradient(c, base: 2.302585092994045684) })

  private static func logGradient(_ c: GradientCall, base: Double) throws(TensorError) -> [Tensor?]
  {
    let factor = try Tensor.scalar(base, weak: true, c.context)
    return [
      try Ops.divide(c.incoming, Ops.multiply(c.inputs[0], factor, c.context), c.context)
    ]
  }

  static let sqrt = OpSpec.unary(
    "sqrt", .squareRoot, summary: "Returns the square root; NaN below 0.",
    example: .init("sqrt(tensor([4.0, 9.0]))", prints: "tensor([2., 3.])"),
    gradient: .rule { c throws(TensorError) in
      let doubled = try Ops.add(c.output, c.output, c.context)
      return [try Ops.divide(c.incoming, doubled, c.context)]
    })

  static let sin = OpSpec.unary(
    "sin", .sin, summary: "Returns the sine of an angle in radians.",
    example: .init("sin(tensor([0.0]))", prints: "tensor([0.])"),
    gradient: .rule { c throws(TensorError) in
      [try Ops.multiply(c.incoming, Ops.cos(c.inputs[0], c.context), c.context)]
    })

  static let cos = OpSpec.unary(
    "cos", .cos, summary: "Returns the cosine of an angle in radians.",
    example: .init("cos(tensor([0.0]))", prints: "tensor([1.])"),
    gradient: .rule { c throws(TensorError) in
      let slope = try Ops.negative(Ops.sin(c.inputs[0], c.context), c.context)
      return [try Ops.multiply(c.incoming, slope, c.context)]
    })

  static let tan = OpSpec.unary(
    "tan", .tan, summary: "Returns the tangent of an angle in radians.",
    example: .init("tan(tensor([0.0]))", prints: "tensor([0.])"),
    gradient: .rule { c throws(TensorError) in
      let one = try Tensor.scalar(1.0, weak: true, c.context)
      let slope = try Ops.add(Ops.square(c.output, c.context), one, c.context)
      return [try Ops.multiply(c.incoming, slope, c.context)]
    })

  static let floor = OpSpec.unary(
    "floor", .floor, keepsIntegers: true, summary: "Rounds towards minus infinity.",
    example: .init("floor(tensor([1.5, -1.5]))", prints: "tensor([ 1., -2.])"),
    gradient: .none(reason: "floor is a staircase, flat wherever it does not jump"))

  static let ceil = OpSpec.unary(
    "ceil", .ceil, keepsIntegers: true, summary: "Rounds towards infinity.",
    example: .init("ceil(tensor([1.5, -1.5]))", prints: "tensor([ 2., -1.])"),
    gradient: .none(reason: "ceil is a staircase, flat wherever it does not jump"))

  static let round = OpSpec(
    Entry(
      "round", [.tensor("x"), .optional("decimals", .int, default: "0")], group: "Tensors",
      summary: "Rounds to that many decimals, halves to the even neighbour.",
      examples: [.init("round(tensor([0.5, 1.5, 2.7]))", prints: "tensor([0., 2., 3.])")]),
    shape: { shapes, _ in shapes[0] },
    forward: { call, context throws(TensorError) in
      let dtype = call[0].settledDType
      let decimals = try call.attributes.int("decimals", op: "round") ?? 0
      guard dtype.isFloating else { return try call[0].converted(to: dtype, context) }
      let x = try call[0].converted(to: dtype, context)
      if decimals == 0 { return try Kernels.unary(.round, x, context) }
      guard abs(decimals) <= 300 else {
        throw .value(op: "round", expected: "decimals from -300 to 300", received: "\(decimals)")
      }
      var scale = 1.0
      for _ in 0..<abs(decimals) { scale *= 10 }
      let factor = try Kernels.full(.scalar, dtype, scale, context)
      let (up, down): (Kernels.Binary, Kernels.Binary) =
        decimals > 0 ? (.multiply, .divide) : (.divide, .multiply)
      let scaled = try Kernels.binary(up, x, factor, call.shape, context)
      let rounded = try Kernels.unary(.round, scaled, context)
      return try Kernels.binary(down, rounded, factor, call.shape, context)
    },
    gradient: .none(reason: "round is a staircase, flat wherever it does not jump"),
    samples: [Sample([3]), Sample([3], with: ["decimals": .int(1)])])
}

extension Ops {
  /// e to the power of each element.
  public static func exp(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.exp, [x], .none, context)
  }

  /// The natural logarithm.
  public static func log(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.log, [x], .none, context)
  }

  /// `log(1 + x)`, exact for small elements.
  public static func log1p(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.log1p, [x], .none, context)
  }

  /// The square root.
  public static func sqrt(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.sqrt, [x], .none, context)
  }

  /// The sine.
  public static func sin(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.sin, [x], .none, context)
  }

  /// The cosine.
  public static func cos(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.cos, [x], .none, context)
  }
}
