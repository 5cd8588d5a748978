import Catalog

extension OpSpec {
  /// `+ - * / // % **`, negation, absolute value and what is nearest to them.
  static let arithmetic: [OpSpec] = [
    .add, .subtract, .multiply, .divide, .floorDivide, .remainder, .power, .maximum, .minimum,
    .negative, .absolute, .sign, .square, .clip,
  ]

  static let add = OpSpec.binary(
    "add", .add, onBool: .or, isMethod: false,
    summary: "Adds two tensors, element by element.",
    example: .init("add(tensor([1.0, 2.0]), 3)", prints: "tensor([4., 5.])"),
    gradient: .rule { c in [c.incoming, c.incoming] })

  static let subtract = OpSpec.binary(
    "subtract", .subtract, isMethod: false,
    summary: "Subtracts the second tensor from the first, element by element.",
    example: .init("subtract(tensor([1.0, 2.0]), 3)", prints: "tensor([-2., -1.])"),
    gradient: .rule { c throws(TensorError) in
      [c.incoming, c.needs(1) ? try Ops.negative(c.incoming, c.context) : nil]
    })

  static let multiply = OpSpec.binary(
    "multiply", .multiply, onBool: .and, isMethod: false,
    summary: "Multiplies two tensors, element by element; `@` is the matrix product.",
    example: .init("multiply(tensor([1.0, 2.0]), 3)", prints: "tensor([3., 6.])"),
    gradient: .rule { c throws(TensorError) in
      [
        c.needs(0) ? try Ops.multiply(c.incoming, c.inputs[1], c.context) : nil,
        c.needs(1) ? try Ops.multiply(c.incoming, c.inputs[0], c.context) : nil,
      ]
    })

  static let divide = OpSpec.binary(
    "divide", .divide, result: \.floating, aliases: ["true_divide"], isMethod: false,
    summary: "Divides the first tensor by the second; the result is always floating.",
    example: .init("divide(tensor([1.0, 2.0]), 4)", prints: "tensor([0.25, 0.5 ])"),
    gradient: .rule { c throws(TensorError) in
      let first = try Ops.divide(c.incoming, c.inputs[1], c.context)
      guard c.needs(1) else { return [first, nil] }
      let second = try Ops.multiply(first, c.output, c.context)
      return [first, try Ops.negative(second, c.context)]
    })

  static let floorDivide = OpSpec.binary(
    "floor_divide", .floorDivide, isMethod: false,
    summary:
      "Divides and rounds towards minus infinity, as `//` does; integers divided by 0 give 0.",
    example: .init("floor_divide(tensor([7, -7]), 2)", prints: "tensor([ 3, -4])"),
    gradient: .none(reason: "floor_divide is a staircase, flat wherever it does not jump"))

  static let remainder = OpSpec.binary(
    "remainder", .remainder, aliases: ["mod"], isMethod: false,
    summary: "Returns what `//` leaves over, with the sign of the divisor, as `%` does.",
    example: .init("remainder(tensor([7, -7]), 4)", prints: "tensor([3, 1])"),
    gradient: .rule { c throws(TensorError) in
      guard c.needs(1) else { return [c.incoming, nil] }
      let quotient = try Ops.floorDivide(c.inputs[0], c.inputs[1], c.context)
      let product = try Ops.multiply(c.incoming, quotient, c.context)
      return [c.incoming, try Ops.negative(product, c.context)]
    })

  static let power = OpSpec.binary(
    "power", .power, aliases: ["pow"], isMethod: false,
    summary: """
      Raises the first tensor to the powers of the second. Whole numbers to a negative power are an \
      error, as in NumPy; the gradient by the exponent takes 0 for log 0 where the base is 0.
      """,
    example: .init("power(tensor([1.0, 2.0, 3.0]), 2)", prints: "tensor([1., 4., 9.])"),
    gradient: .rule { c throws(TensorError) in
      let (base, exponent) = (c.inputs[0], c.inputs[1])
      let one = try Tensor.scalar(1.0, weak: true, c.context)
      var gradients: [Tensor?] = [nil, nil]
      if c.needs(0) {
        let lowered = try Ops.power(base, Ops.subtract(exponent, one, c.context), c.context)
        let slope = try Ops.multiply(exponent, lowered, c.context)
        gradients[0] = try Ops.multiply(c.incoming, slope, c.context)
      }
      if c.needs(1) {
        let zero = try Tensor.scalar(0.0, weak: true, c.context)
        let isZero = try Ops.equal(base, zero, c.context)
        let safe = try Ops.select(isZero, one, base, c.context)
        let slope = try Ops.multiply(c.output, Ops.log(safe, c.context), c.context)
        gradients[1] = try Ops.multiply(c.incoming, slope, c.context)
      }
      return gradients
    })

  static let maximum = OpSpec.binary(
    "maximum", .maximum, onBool: .or, isMethod: false,
    summary: "Takes the larger of two tensors, element by element; NaN wins.",
    example: .init("maximum(tensor([1.0, 5.0]), 3)", prints: "tensor([3., 5.])"),
    gradient: .rule { c throws(TensorError) in try winnerGradient(c) },
    samples: [Sample([4], [4]), Sample([2, 3], [3])])

  static let minimum = OpSpec.binary(
    "minimum", .minimum, onBool: .and, isMethod: false,
    summary: "Takes the smaller of two tensors, element by element; NaN wins.",
    example: .init("minimum(tensor([1.0, 5.0]), 3)", prints: "tensor([1., 3.])"),
    gradient: .rule { c throws(TensorError) in try winnerGradient(c) },
    samples: [Sample([4], [4]), Sample([2, 3], [3])])

  /// The gradient goes to the operand that was taken, and half to each where they are equal.
  private static func winnerGradient(_ c: GradientCall) throws(TensorError) -> [Tensor?] {
    let (left, right) = (c.inputs[0], c.inputs[1])
    let takesLeft = try Ops.cast(
      Ops.equal(left, c.output, c.context), to: c.output.dtype, c.context)
    let takesRight = try Ops.cast(
      Ops.equal(right, c.output, c.context), to: c.output.dtype, c.context)
    let both = try Ops.add(takesLeft, takesRight, c.context)
    let share = try Ops.divide(c.incoming, both, c.context)
    return [
      try Ops.multiply(share, takesLeft, c.context),
      try Ops.multiply(share, takesRight, c.context),
    ]
  }

  static let negative = OpSpec.unary(
    "negative", .negative, keepsIntegers: true, isMethod: false,
    summary: "Changes the sign.",
    example: .init("negative(tensor([1.0, -2.0]))", prints: "tensor([-1.,  2.])"),
    gradient: .rule { c throws(TensorError) in [try Ops.negative(c.incoming, c.context)] })

  static let absolute = OpSpec.unary(
    "absolute", .absolute, keepsIntegers: true, aliases: ["abs"],
    summary: "Returns the distance from zero.",
    example: .init("absolute(tensor([1.0, -2.0]))", prints: "tensor([1., 2.])"),
    gradient: .rule { c throws(TensorError) in
      [try Ops.multiply(c.incoming, Ops.sign(c.inputs[0], c.context), c.context)]
    },
    samples: [Sample([3]), Sample([3], from: -0.9, to: -0.3)])

  static let sign = OpSpec.unary(
    "sign", .sign, keepsIntegers: true,
    summary: "Returns -1, 0 or 1 as the element is negative, zero or positive.",
    example: .init("sign(tensor([1.5, -2.0, 0.0]))", prints: "tensor([ 1., -1.,  0.])"),
    gradient: .none(reason: "sign is flat wherever it does not jump"))

  static let square = OpSpec.unary(
    "square", .square, keepsIntegers: true,
    summary: "Multiplies each element by itself.",
    example: .init("square(tensor([1.0, -2.0]))", prints: "tensor([1., 4.])"),
    gradient: .rule { c throws(TensorError) in
      let doubled = try Ops.add(c.inputs[0], c.inputs[0], c.context)
      return [try Ops.multiply(c.incoming, doubled, c.context)]
    })

  static let clip = OpSpec(
    Entry(
      "clip", [.tensor("x"), .optional("min", .number), .optional("max", .number)],
      group: "Tensors",
      summary: "Limits the elements to the range from `min` to `max`; None leaves a side open.",
      examples: [.init("clip(tensor([-1.0, 0.5, 2.0]), 0, 1)", prints: "tensor([0. , 0.5, 1. ])")]),
    shape: { shapes, _ in shapes[0] },
    forward: { call, context throws(TensorError) in
      let (low, high) = try Ops.clipBounds(call.attributes, context)
      var x = try call[0].detached.converted(
        to: call[0].dtype == .bool ? .int64 : call[0].settledDType, context)
      if let low { x = try Ops.maximum(x, low, context) }
      if let high { x = try Ops.minimum(x, high, context) }
      return x
    },
    gradient: .rule { c throws(TensorError) in
      let inside = try Ops.equal(c.inputs[0], c.output, c.context)
      return [try Ops.multiply(c.incoming, inside, c.context)]
    },
    samples: [
      Sample([5], with: ["min": .float(0.05), "max": .float(0.95)]),
      Sample([2, 2], with: ["min": .float(0.95)]),
    ])
}

extension Ops {
  fileprivate static func clipBounds(_ attributes: Attributes, _ context: TensorContext)
    throws(TensorError) -> (Tensor?, Tensor?)
  {
    func bound(_ name: String) throws(TensorError) -> Tensor? {
      if case .int(let value)? = attributes[name] {
        return try Tensor.scalar(value, weak: true, context)
      }
      guard let value = try attributes.float(name, op: "clip") else { return nil }
      return try Tensor.scalar(value, weak: true, context)
    }
    return (try bound("min"), try bound("max"))
  }

  /// The sum, element by element.
  public static func add(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.add, [x, y], .none, context) }

  /// The difference, element by element.
  public static func subtract(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.subtract, [x, y], .none, context) }

  /// The product, element by element.
  public static func multiply(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.multiply, [x, y], .none, context) }

  /// The quotient, element by element; always floating.
  public static func divide(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.divide, [x, y], .none, context) }

  /// The quotient rounded towards minus infinity.
  public static func floorDivide(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.floorDivide, [x, y], .none, context) }

  /// The power, element by element.
  public static func power(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.power, [x, y], .none, context) }

  /// The larger, element by element.
  public static func maximum(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.maximum, [x, y], .none, context) }

  /// The smaller, element by element.
  public static func minimum(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.minimum, [x, y], .none, context) }

  /// The elements with their signs changed.
  public static func negative(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.negative, [x], .none, context)
  }

  /// The distances from zero.
  public static func absolute(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.absolute, [x], .none, context)
  }

  /// The signs: -1, 0 or 1.
  public static func sign(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.sign, [x], .none, context)
  }

  /// The squares.
  public static func square(_ x: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    try apply(.square, [x], .none, context)
  }

  /// The elements limited to a range; nil leaves a side open.
  public static func clip(
    _ x: Tensor, from low: Double?, to high: Double?, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    var attributes = Attributes.none
    if let low { attributes["min"] = .float(low) }
    if let high { attributes["max"] = .float(high) }
    return try apply(.clip, [x], attributes, context)
  }
}
