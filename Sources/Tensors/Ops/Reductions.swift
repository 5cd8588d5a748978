import Catalog

extension OpSpec {
  /// What makes fewer elements of many, along some axes or all.
  static let reductions: [OpSpec] = [
    .sum, .mean, .prod, .max, .min, .variance, .standardDeviation, .any, .all, .argmax, .argmin,
    .cumsum,
  ]

  static let sum = OpSpec.reduction(
    "sum", summary: "Adds the elements along `axis` (None: all).",
    example: .init("sum(tensor([[1.0, 2.0], [3.0, 4.0]]), axis=0)", prints: "tensor([4., 6.])"),
    forward: { x, axes, keepDims, context throws(TensorError) in
      let dtype: DType = x.dtype.isFloating ? x.settledDType : .int64
      return try Kernels.reduce(
        .sum, x.converted(to: dtype, context), axes: axes, keepDims: keepDims, context)
    },
    gradient: .rule { c throws(TensorError) in
      if let slope = try Ops.evenSlope(c, share: 1) { return [slope] }
      return [try Ops.broadcast(Ops.restored(c, c.incoming), to: c.inputs[0].shape, c.context)]
    })

  static let mean = OpSpec.reduction(
    "mean", summary: "Averages the elements along `axis` (None: all); NaN when there are none.",
    example: .init("mean(tensor([1.0, 2.0, 6.0]))", prints: "3.0"),
    forward: { x, axes, keepDims, context throws(TensorError) in
      let dtype = x.settledDType.floating
      let total = try Kernels.reduce(
        .sum, x.converted(to: dtype, context), axes: axes, keepDims: keepDims, context)
      let count = Ops.extent(of: x.shape, along: axes)
      let divisor = try Kernels.full(.scalar, dtype, Double(count), context)
      return try Kernels.binary(.divide, total, divisor, total.shape, context)
    },
    gradient: .rule { c throws(TensorError) in
      let x = c.inputs[0]
      let axes = try x.shape.axes(c.attributes.ints("axis", op: "mean"), op: "mean")
      let extent = Double(Ops.extent(of: x.shape, along: axes))
      if let slope = try Ops.evenSlope(c, share: extent) { return [slope] }
      let count = try Tensor.scalar(extent, weak: true, c.context)
      let share = try Ops.divide(c.incoming, count, c.context)
      return [try Ops.broadcast(Ops.restored(c, share), to: x.shape, c.context)]
    })

  static let prod = OpSpec.reduction(
    "prod", summary: "Multiplies the elements along `axis` (None: all).",
    example: .init("prod(tensor([2.0, 3.0, 4.0]))", prints: "24.0"),
    forward: { x, axes, keepDims, context throws(TensorError) in
      let dtype: DType = x.dtype.isFloating ? x.settledDType : .int64
      return try Kernels.reduce(
        .product, x.converted(to: dtype, context), axes: axes, keepDims: keepDims, context)
    },
    gradient: .rule { c throws(TensorError) in try productGradient(c) })

  /// The product of the others: with one zero only its own slope is left, with two none.
  private static func productGradient(_ c: GradientCall) throws(TensorError) -> [Tensor?] {
    let x = c.inputs[0]
    let axes = try c.attributes.ints("axis", op: "prod")
    let zero = try Tensor.scalar(0.0, weak: true, c.context)
    let one = try Tensor.scalar(1.0, weak: true, c.context)
    let isZero = try Ops.equal(x, zero, c.context)
    let safe = try Ops.select(isZero, one, x, c.context)
    let product = try Ops.apply(
      .prod, [safe], Ops.reductionAttributes(axes, keepDims: true), c.context)
    let zeros = try Ops.sum(isZero, axes: axes, keepDims: true, c.context)
    let zerosElsewhere = try Ops.subtract(
      zeros, Ops.cast(isZero, to: .int64, c.context), c.context)
    let others = try Ops.divide(product, safe, c.context)
    let slope = try Ops.select(Ops.equal(zerosElsewhere, zero, c.context), others, zero, c.context)
    return [try Ops.multiply(Ops.restored(c, c.incoming), slope, c.context)]
  }

  static let max = OpSpec.extreme(
    "max", .maximum, aliases: ["amax"], word: "largest",
    example: .init("max(tensor([1.0, 5.0, 3.0]))", prints: "5.0"))
  static let min = OpSpec.extreme(
    "min", .minimum, aliases: ["amin"], word: "smallest",
    example: .init("min(tensor([1.0, 5.0, 3.0]))", prints: "1.0"))

  private static func extreme(
    _ name: String, _ kernel: Kernels.Reduction, aliases: [String], word: String,
    example: Example
  ) -> OpSpec {
    .reduction(
      name, aliases: aliases,
      summary: "Returns the \(word) element along `axis` (None: of all); NaN wins.",
      example: example, needsElements: true,
      forward: { x, axes, keepDims, context throws(TensorError) in
        if x.dtype == .bool {
          return try Kernels.reduce(
            kernel == .maximum ? .any : .all, x, axes: axes, keepDims: keepDims, context)
        }
        let x = try x.converted(to: x.settledDType, context)
        return try Kernels.reduce(kernel, x, axes: axes, keepDims: keepDims, context)
      },
      gradient: .rule { c throws(TensorError) in
        // Equal winners share.
        let winner = try Ops.restored(c, c.output)
        let hits = try Ops.cast(
          Ops.equal(c.inputs[0], winner, c.context), to: c.output.dtype, c.context)
        let axes = try c.attributes.ints("axis", op: name)
        let count = try Ops.sum(hits, axes: axes, keepDims: true, c.context)
        let share = try Ops.divide(Ops.restored(c, c.incoming), count, c.context)
        return [try Ops.multiply(share, hits, c.context)]
      })
  }

  static let variance = OpSpec.spread("var", root: false, "the variance: the mean squared distance")
  static let standardDeviation = OpSpec.spread(
    "std", root: true, "the standard deviation: the root of the mean squared distance")

  private static func spread(_ name: String, root: Bool, _ words: String) -> OpSpec {
    OpSpec(
      Entry(
        name, OpSpec.reductionParameters + [.optional("ddof", .number, default: "0")],
        group: "Tensors",
        summary: """
          Returns \(words) from the mean along `axis` (None: all). The divisor is the count less \
          `ddof`.
          """,
        examples: [.init("\(name)(tensor([1.0, 3.0]))", prints: "1.0")]),
      shape: { shapes, attributes throws(TensorError) in
        try Ops.reducedShape(name, shapes[0], attributes)
      },
      forward: { call, context throws(TensorError) in
        let x = try call[0].detached.converted(to: call[0].settledDType.floating, context)
        return try context.withRecording(false) { () throws(TensorError) in
          let result = try Ops.variance(x, name, call.attributes, context)
          return root ? try Ops.sqrt(result, context) : result
        }
      },
      gradient: .rule { c throws(TensorError) in
        // By x: 2 (x - mean) / (n - ddof); the root divides by 2 std.
        let x = c.inputs[0]
        let axes = try c.attributes.ints("axis", op: name)
        let mean = try Ops.mean(x, axes: axes, keepDims: true, c.context)
        let distance = try Ops.subtract(x, mean, c.context)
        let count = try Ops.freedom(x.shape, name, c.attributes)
        let factor = try Tensor.scalar((root ? 1 : 2) / count, weak: true, c.context)
        var slope = try Ops.multiply(distance, factor, c.context)
        if root { slope = try Ops.divide(slope, Ops.restored(c, c.output), c.context) }
        return [try Ops.multiply(Ops.restored(c, c.incoming), slope, c.context)]
      },
      samples: reductionSamples + [Sample([4], with: ["ddof": .int(1)])])
  }

  static let any = OpSpec.truth(
    "any", .any, "one element is true",
    example: .init("any(tensor([False, True]))", prints: "True"))
  static let all = OpSpec.truth(
    "all", .all, "every element is true",
    example: .init("all(tensor([False, True]))", prints: "False"))

  private static func truth(
    _ name: String, _ kernel: Kernels.Reduction, _ words: String, example: Example
  ) -> OpSpec {
    .reduction(
      name, summary: "Says whether \(words) along `axis` (None: of all).", example: example,
      forward: { x, axes, keepDims, context throws(TensorError) in
        try Kernels.reduce(
          kernel, x.converted(to: .bool, context), axes: axes, keepDims: keepDims, context)
      },
      gradient: .none(reason: "\(name) gives true or false, which has no slope"))
  }

  static let argmax = OpSpec.place(
    "argmax", largest: true, example: .init("argmax(tensor([1.0, 5.0, 3.0]))", prints: "1"))
  static let argmin = OpSpec.place(
    "argmin", largest: false, example: .init("argmin(tensor([1.0, 5.0, 3.0]))", prints: "0"))

  private static func place(_ name: String, largest: Bool, example: Example) -> OpSpec {
    let word = largest ? "largest" : "smallest"
    return OpSpec(
      Entry(
        name,
        [.tensor("x"), .optional("axis", .int), .optional("keepdims", .bool, default: "False")],
        group: "Tensors",
        summary: """
          Returns the position of the \(word) element along `axis`; with None, its place in the \
          flattened tensor. The first of equals wins, NaN before all.
          """,
        examples: [example]),
      shape: { shapes, attributes throws(TensorError) in
        let axis = try attributes.int("axis", op: name)
        let axes = try shapes[0].axes(axis.map { [$0] }, op: name)
        try Ops.requireElements(name, shapes[0], axes)
        return shapes[0].reduced(over: axes, keepDims: attributes.bool("keepdims"))
      },
      forward: { call, context throws(TensorError) in
        var x = call[0].detached
        if x.dtype == .bool { x = try x.converted(to: .int32, context) }
        var axis = 0
        if let given = try call.attributes.int("axis", op: name) {
          axis = try x.shape.axis(given, op: name)
        } else {
          x = x.viewed(as: Shape(unchecked: [x.count]))
        }
        let result = try Kernels.argReduce(
          largest: largest, x, axis: axis, keepDims: false, context)
        return result.viewed(as: call.shape)
      },
      gradient: .none(reason: "\(name) gives a position, which has no slope"),
      samples: [Sample([4]), Sample([2, 3], with: ["axis": .int(1)])])
  }

  static let cumsum: OpSpec = OpSpec(
    Entry(
      "cumsum", [.tensor("x"), .optional("axis", .int)], group: "Tensors",
      summary: "Adds up the elements so far along `axis`; with None, of the flattened tensor.",
      examples: [.init("cumsum(tensor([1.0, 2.0, 3.0]))", prints: "tensor([1., 3., 6.])")]),
    aliases: ["cumulative_sum"],
    shape: { shapes, attributes throws(TensorError) in
      guard let axis = try attributes.int("axis", op: "cumsum") else {
        return Shape(unchecked: [shapes[0].count])
      }
      _ = try shapes[0].axis(axis, op: "cumsum")
      return shapes[0]
    },
    forward: { call, context throws(TensorError) in
      let dtype: DType = call[0].dtype.isFloating ? call[0].settledDType : .int64
      let x = try call[0].converted(to: dtype, context)
      let axis = try call.shape.axis(
        call.attributes.int("axis", op: "cumsum") ?? 0, op: "cumsum")
      let inner = call.shape.product(axis + 1..<call.shape.rank)
      let count = call.shape.extents[axis]
      let sums = try Kernels.empty(call.shape, dtype, context)
      switch dtype {
      case .float32:
        try Ops.runningSums(x, count, inner, into: sums, context) { (a: Float, b) in a + b }
      case .float64:
        try Ops.runningSums(x, count, inner, into: sums, context) { (a: Double, b) in a + b }
      default: try Ops.runningSums(x, count, inner, into: sums, context) { (a: Int, b) in a &+ b }
      }
      return sums
    },
    gradient: .rule { c throws(TensorError) in
      // Each element is part of every later sum: sums from the other end.
      let axis = try c.attributes.int("axis", op: "cumsum") ?? 0
      let reversed = try Ops.flip(c.incoming, axes: [axis], c.context)
      let sums = try Ops.apply(.cumsum, [reversed], ["axis": .int(axis)], c.context)
      let slopes = try Ops.flip(sums, axes: [axis], c.context)
      return [try Ops.reshape(slopes, c.inputs[0].shape.extents, c.context)]
    },
    samples: [Sample([4]), Sample([2, 3]), Sample([2, 3], with: ["axis": .int(0)])])
}
