import Catalog

extension OpSpec {
  /// Comparisons, logic, tests and choices.
  static let comparison: [OpSpec] = [
    .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .logicalAnd, .logicalOr,
    .logicalXor, .logicalNot, .isNaN, .isFinite, .isInfinite, .select,
  ]

  static let equal = OpSpec.comparison(
    "equal", .equal, "equal to", example: "[False,  True, False]")
  static let notEqual = OpSpec.comparison(
    "not_equal", .notEqual, "different from", example: "[ True, False,  True]")
  static let less = OpSpec.comparison(
    "less", .less, "less than", example: "[ True, False, False]")
  static let lessEqual = OpSpec.comparison(
    "less_equal", .lessEqual, "less than or equal to", example: "[ True,  True, False]")
  static let greater = OpSpec.comparison(
    "greater", .greater, "greater than", example: "[False, False,  True]")
  static let greaterEqual = OpSpec.comparison(
    "greater_equal", .greaterEqual, "greater than or equal to", example: "[False,  True,  True]")

  private static func comparison(
    _ name: String, _ kernel: Kernels.Comparison, _ words: String, example: String
  ) -> OpSpec {
    OpSpec(
      Entry(
        name, [.tensor("x"), .tensor("y")], group: "Tensors",
        summary: "Says for each element whether the first is \(words) the second.",
        examples: [.init("\(name)(tensor([1, 2, 3]), 2)", prints: "tensor(\(example))")]),
      isMethod: false,
      shape: { shapes, _ throws(TensorError) in try .broadcast(name, shapes[0], shapes[1]) },
      forward: { call, context throws(TensorError) in
        let dtype = Promotion.common(call[0], call[1])
        let left = try call[0].converted(to: dtype, context)
        let right = try call[1].converted(to: dtype, context)
        return try Kernels.compare(kernel, left, right, call.shape, context)
      },
      gradient: .none(reason: "\(name) gives true or false, which has no slope"),
      samples: [Sample([3], [3]), Sample([2, 1], [1, 3])])
  }

  static let logicalAnd = OpSpec.logic(
    "logical_and", .and, "both are true", example: "[ True, False]")
  static let logicalOr = OpSpec.logic(
    "logical_or", .or, "at least one is true", example: "[ True,  True]")
  static let logicalXor = OpSpec.logic(
    "logical_xor", .xor, "exactly one is true", example: "[False,  True]")

  private static func logic(
    _ name: String, _ kernel: Kernels.Binary, _ words: String, example: String
  ) -> OpSpec {
    OpSpec(
      Entry(
        name, [.tensor("x"), .tensor("y")], group: "Tensors",
        summary: "Says for each element whether \(words); numbers are true unless 0.",
        examples: [
          .init("\(name)(tensor([True, True]), tensor([1, 0]))", prints: "tensor(\(example))")
        ]),
      isMethod: false,
      shape: { shapes, _ throws(TensorError) in try .broadcast(name, shapes[0], shapes[1]) },
      forward: { call, context throws(TensorError) in
        let left = try call[0].converted(to: .bool, context)
        let right = try call[1].converted(to: .bool, context)
        return try Kernels.binary(kernel, left, right, call.shape, context)
      },
      gradient: .none(reason: "\(name) gives true or false, which has no slope"),
      samples: [Sample([3], [3])])
  }

  static let logicalNot = OpSpec.test(
    "logical_not", .not, "is false or 0", casts: true,
    example: .init("logical_not(tensor([True, False]))", prints: "tensor([False,  True])"))
  static let isNaN = OpSpec.test(
    "isnan", .isNaN, "is not a number",
    example: .init("isnan(tensor([1.0, nan]))", prints: "tensor([False,  True])"))
  static let isFinite = OpSpec.test(
    "isfinite", .isFinite, "is neither infinite nor NaN",
    example: .init("isfinite(tensor([1.0, inf]))", prints: "tensor([ True, False])"))
  static let isInfinite = OpSpec.test(
    "isinf", .isInfinite, "is infinite",
    example: .init("isinf(tensor([1.0, -inf]))", prints: "tensor([False,  True])"))

  private static func test(
    _ name: String, _ kernel: Kernels.Unary, _ words: String, casts: Bool = false,
    example: Example
  ) -> OpSpec {
    OpSpec(
      Entry(
        name, [.tensor("x")], group: "Tensors",
        summary: "Says for each element whether it \(words).", examples: [example]),
      isMethod: false,
      shape: { shapes, _ in shapes[0] },
      forward: { call, context throws(TensorError) in
        let wanted = casts ? .bool : call[0].dtype.floating
        return try Kernels.unary(kernel, call[0].converted(to: wanted, context), context)
      },
      gradient: .none(reason: "\(name) gives true or false, which has no slope"),
      samples: [Sample([3])])
  }

  static let select = OpSpec(
    Entry(
      "where", [.tensor("condition"), .tensor("x"), .tensor("y")], group: "Tensors",
      summary: "Takes the element of `x` where the condition is true, else that of `y`.",
      examples: [
        .init("where(tensor([True, False]), tensor([1.0, 2.0]), 0)", prints: "tensor([1., 0.])")
      ]),
    isMethod: false,
    shape: { shapes, _ throws(TensorError) in
      let choices = try Shape.broadcast("where", shapes[1], shapes[2])
      return try .broadcast("where", shapes[0], choices)
    },
    forward: { call, context throws(TensorError) in
      let dtype = Promotion.common(call[1], call[2])
      return try Kernels.select(
        call[0].converted(to: .bool, context), call[1].converted(to: dtype, context),
        call[2].converted(to: dtype, context), call.shape, context)
    },
    gradient: .rule { c throws(TensorError) in
      let zero = try Tensor.scalar(0.0, weak: true, c.context)
      let mask = c.inputs[0]
      return [
        nil,
        c.needs(1) ? try Ops.select(mask, c.incoming, zero, c.context) : nil,
        c.needs(2) ? try Ops.select(mask, zero, c.incoming, c.context) : nil,
      ]
    },
    samples: [Sample([3], [3], [3]), Sample([2, 1], [3], [])])
}

extension Ops {
  /// True where the elements are equal.
  public static func equal(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.equal, [x, y], .none, context) }

  /// True where the elements differ.
  public static func notEqual(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.notEqual, [x, y], .none, context) }

  /// True where the first element is less.
  public static func less(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.less, [x, y], .none, context) }

  /// True where the first element is less or equal.
  public static func lessEqual(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.lessEqual, [x, y], .none, context) }

  /// True where the first element is greater.
  public static func greater(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.greater, [x, y], .none, context) }

  /// True where the first element is greater or equal.
  public static func greaterEqual(_ x: Tensor, _ y: Tensor, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.greaterEqual, [x, y], .none, context) }

  /// `x` where the mask is true, else `y`; the language calls it `where`.
  public static func select(
    _ mask: Tensor, _ x: Tensor, _ y: Tensor, _ context: TensorContext
  ) throws(TensorError) -> Tensor { try apply(.select, [mask, x, y], .none, context) }
}
