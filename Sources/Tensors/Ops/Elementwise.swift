import Catalog

/// How element-wise records are made: promotion, broadcasting and the kernel, in one place.
extension OpSpec {
  /// An operation on two tensors that spread to one shape.
  ///
  /// `kernel` runs on operands of one dtype, `onBool` when both are bool (nil makes whole numbers of
  /// them first); `result` gives the dtype to compute in, from the common one.
  static func binary(
    _ name: String, _ kernel: Kernels.Binary, onBool: Kernels.Binary? = nil,
    result: @escaping @Sendable (DType) -> DType = { $0 }, aliases: [String] = [],
    isMethod: Bool = true, summary: String, example: Example, gradient: GradientRule,
    samples: [Sample] = [Sample([3], [3]), Sample([2, 3], [3]), Sample([2, 1], [1, 3])]
  ) -> OpSpec {
    OpSpec(
      Entry(
        name, [.tensor("x"), .tensor("y")], group: "Tensors", summary: summary,
        examples: [example]),
      aliases: aliases, isMethod: isMethod,
      shape: { shapes, _ throws(TensorError) in try .broadcast(name, shapes[0], shapes[1]) },
      forward: { call, context throws(TensorError) in
        let inputs = call.inputs
        if inputs[0].dtype == inputs[1].dtype, inputs[0].dtype.isFloating, !inputs[0].isWeak,
          !inputs[1].isWeak
        {
          // The usual case, without a copy of either operand: 0.1 µs less.
          return try Kernels.binary(kernel, inputs[0], inputs[1], call.shape, context)
        }
        var kernel = kernel
        var dtype = result(Promotion.common(call[0], call[1]))
        if dtype == .bool {
          if kernel == .subtract {
            throw .value(
              op: name, expected: "numbers", received: "two bool tensors",
              help: "use `!=` for the elements where they differ")
          }
          if let onBool { kernel = onBool } else { dtype = .int64 }
        }
        let left = try call[0].converted(to: dtype, context)
        let right = try call[1].converted(to: dtype, context)
        if kernel == .power, dtype.isInteger { try checkPowers(right) }
        return try Kernels.binary(kernel, left, right, call.shape, context)
      },
      gradient: gradient, samples: samples)
  }

  private static func checkPowers(_ exponents: Tensor) throws(TensorError) {
    guard let least = exponents.integers().min(), least < 0 else { return }
    throw .value(
      op: "power", expected: "powers of at least 0 for whole numbers", received: "\(least)",
      help: "make the base floating: x * 1.0")
  }

  /// An operation on each element of one tensor.
  ///
  /// With `keepsIntegers` int32 and int64 stay; otherwise they become float64.
  static func unary(
    _ name: String, _ kernel: Kernels.Unary, keepsIntegers: Bool = false,
    aliases: [String] = [], isMethod: Bool = true, group: String = "Tensors", summary: String,
    example: Example, gradient: GradientRule, samples: [Sample] = [Sample([3]), Sample([2, 2])]
  ) -> OpSpec {
    OpSpec(
      Entry(name, [.tensor("x")], group: group, summary: summary, examples: [example]),
      aliases: aliases, isMethod: isMethod,
      shape: { shapes, _ in shapes[0] },
      forward: { call, context throws(TensorError) in
        let dtype = call[0].settledDType
        let wanted = keepsIntegers ? (dtype == .bool ? .int64 : dtype) : dtype.floating
        return try Kernels.unary(kernel, call[0].converted(to: wanted, context), context)
      },
      gradient: gradient, samples: samples)
  }
}

extension Tensor {
  /// The dtype on its own: a weak float is float32 when it meets no tensor.
  var settledDType: DType { isWeak && dtype == .float64 ? .float32 : dtype }

  /// The same numbers in another dtype, unrecorded; the value itself when it has that dtype.
  @inline(__always)
  func converted(to wanted: DType, _ context: TensorContext) throws(TensorError) -> Tensor {
    dtype == wanted ? self : try Kernels.cast(self, to: wanted, context)
  }
}
