import Catalog

extension OpSpec {
  /// Logic on the bits of integers and on truth values: what `&`, `|`, `^` and `~` mean.
  static let bitwise: [OpSpec] = [.bitwiseAnd, .bitwiseOr, .bitwiseXor, .bitwiseInvert]

  static let bitwiseAnd = OpSpec.bitwise(
    "bitwise_and", .and, "set in both", example: "bitwise_and(tensor([6, 5]), 3)",
    prints: "tensor([2, 1])")
  static let bitwiseOr = OpSpec.bitwise(
    "bitwise_or", .or, "set in at least one", example: "bitwise_or(tensor([6, 5]), 1)",
    prints: "tensor([7, 5])")
  static let bitwiseXor = OpSpec.bitwise(
    "bitwise_xor", .xor, "set in exactly one", example: "bitwise_xor(tensor([6, 5]), 1)",
    prints: "tensor([7, 4])")

  private static func bitwise(
    _ name: String, _ kernel: Kernels.Binary, _ words: String, example: String,
    prints output: String
  ) -> OpSpec {
    OpSpec(
      Entry(
        name, [.tensor("x"), .tensor("y")], group: "Tensors",
        summary:
          "The bits that are \(words), of integers or truth values; an operator does the same.",
        examples: [.init(example, prints: output)]),
      isMethod: false,
      shape: { shapes, _ throws(TensorError) in try .broadcast(name, shapes[0], shapes[1]) },
      forward: { call, context throws(TensorError) in
        let dtype = Promotion.common(call[0], call[1])
        try expectBits(name, dtype)
        let left = try call[0].converted(to: dtype, context)
        let right = try call[1].converted(to: dtype, context)
        return try Kernels.binary(kernel, left, right, call.shape, context)
      },
      gradient: .none(reason: "\(name) works on bits, which have no slope"),
      samples: [Sample([3], [3], from: 0, to: 9, dtype: .int64)])
  }

  static let bitwiseInvert = OpSpec(
    Entry(
      "bitwise_invert", [.tensor("x")], group: "Tensors",
      summary: "Turns over every bit of integers, and every truth value; `~x` does the same.",
      examples: [
        .init("~tensor([True, False])", prints: "tensor([False,  True])"),
        .init("bitwise_invert(tensor([0, 5]))", prints: "tensor([-1, -6])"),
      ]),
    aliases: ["invert", "bitwise_not"], isMethod: false,
    shape: { shapes, _ in shapes[0] },
    forward: { call, context throws(TensorError) in
      let x = call[0]
      try expectBits("bitwise_invert", x.dtype)
      if x.dtype == .bool { return try Kernels.unary(.not, x, context) }
      let ones = try Kernels.full(.scalar, x.dtype, integer: -1, context)
      return try Kernels.binary(.xor, x, ones, x.shape, context)
    },
    gradient: .none(reason: "bitwise_invert works on bits, which have no slope"),
    samples: [Sample([3], from: 0, to: 9, dtype: .int64)])

  private static func expectBits(_ name: String, _ dtype: DType) throws(TensorError) {
    guard !dtype.isFloating else {
      throw .dtype(op: name, expected: "integers or truth values", received: [dtype])
    }
  }
}
