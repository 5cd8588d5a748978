import Catalog

extension OpSpec {
  /// Other dtypes, and the end of gradients.
  static let casting: [OpSpec] = [.cast, .stopGradient]

  static let cast = OpSpec(
    Entry(
      "astype", [.tensor("x"), .required("dtype", .dtype)], group: "Tensors",
      summary: """
        Converts to another dtype. Floats lose their fraction on the way to whole numbers; NaN \
        becomes 0, and what does not fit becomes the nearest that does.
        """,
      examples: [.init("astype(tensor([1.5, -1.5]), int64)", prints: "tensor([ 1, -1])")]),
    shape: { shapes, _ in shapes[0] },
    forward: { call, context throws(TensorError) in
      guard let dtype = try call.attributes.dtype(op: "astype") else {
        throw .missing(op: "astype", argument: "dtype")
      }
      return try call[0].converted(to: dtype, context)
    },
    // The engine casts to the dtype of the input.
    gradient: .rule { c in [c.incoming] },
    samples: [Sample([3], with: ["dtype": .dtype(.float64)])])

  static let stopGradient = OpSpec(
    Entry(
      "stop_gradient", [.tensor("x")], group: "Gradients",
      summary: "Returns the same value as a constant: no gradient flows back through it.",
      examples: [.init("stop_gradient(tensor([1.0]))", prints: "tensor([1.])")]),
    aliases: ["detach"],
    shape: { shapes, _ in shapes[0] },
    forward: { call, _ in call[0] },
    gradient: .none(reason: "stop_gradient makes a constant of its value"),
    samples: [Sample([3])])
}

extension Ops {
  /// The numbers in another dtype; the value itself when it has that dtype.
  public static func cast(_ x: Tensor, to dtype: DType, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    if x.dtype == dtype, !x.isWeak { return x }
    return try apply(.cast, [x], ["dtype": .dtype(dtype)], context)
  }
}
