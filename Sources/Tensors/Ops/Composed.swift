import Catalog

extension OpSpec {
  /// What is made of other operations, which gradients flow through by themselves.
  static let composed: [OpSpec] = [
    .median, .quantile, .percentile, .vstack, .hstack, .difference, .outer,
  ]

  static let median = OpSpec(
    Entry(
      "median", OpSpec.rankParameters, group: "Tensors",
      summary: """
        Returns the middle of the sorted elements along `axis` (None: of all), the mean of both \
        when there are two; NaN wins.
        """,
      examples: [.init("median(tensor([1.0, 9.0, 2.0, 4.0]))", prints: "3.0")]),
    isMethod: false,
    composing: { call, context throws(TensorError) in
      let ranked = try Ranked(call, context)
      let last = ranked.extent - 1
      let middle = try Ops.slice(
        ranked.sorted, axis: ranked.axis, from: last / 2, count: 1 + last % 2, context)
      return try ranked.result(
        Ops.mean(middle, axes: [ranked.axis], keepDims: true, context), context)
    },
    samples: [Sample([5]), Sample([4]), Sample([3, 2], with: ["axis": .int(0)])])

  static let quantile = OpSpec.quantile(
    "quantile", whole: 1, words: "fraction",
    example: .init("quantile(tensor([1.0, 2.0, 4.0]), 0.75)", prints: "3.0"))
  static let percentile = OpSpec.quantile(
    "percentile", whole: 100, words: "percentage",
    example: .init("percentile(tensor([1.0, 2.0, 4.0]), [50, 100])", prints: "tensor([2., 4.])"))

  private static func quantile(_ name: String, whole: Double, words: String, example: Example)
    -> OpSpec
  {
    OpSpec(
      Entry(
        name, [.tensor("x"), .required("q", .number)] + OpSpec.rankParameters.dropFirst(),
        group: "Tensors",
        summary: """
          Returns the number below which the \(words) `q` of the elements along `axis` (None: of \
          all) lies, on a line between neighbours; for a list, one for each. NaN wins.
          """,
        examples: [example]),
      isMethod: false,
      composing: { call, context throws(TensorError) in
        let ranked = try Ranked(call, context)
        var results: [Tensor] = []
        let given = try call.attributes.floats("q", op: name)
        for q in given.values {
          guard q >= 0, q <= whole else {
            throw .value(
              op: name, expected: "q from 0 to \(Int(whole))", received: "\(q)")
          }
          results.append(try ranked.value(at: q / whole, context))
        }
        if given.isOne, let result = results.first { return result }
        guard !results.isEmpty else {
          throw .value(op: name, expected: "at least one number for q", received: "none")
        }
        return try Ops.stack(results, context)
      },
      samples: [
        Sample([5], with: ["q": .float(0.3 * whole)]),
        Sample([3, 2], with: ["q": .floats([0, 0.8 * whole]), "axis": .int(0)]),
      ])
  }

  private static let rankParameters: [Catalog.Parameter] = [
    .tensor("x"), .optional("axis", .int), .optional("keepdims", .bool, default: "False"),
  ]

  static let vstack = OpSpec.joined(
    "vstack", rank: 2, axis: { _ in 0 },
    summary: "Puts tensors below each other; one of a single axis is a row.",
    example: .init(
      "vstack([tensor([1, 2]), tensor([3, 4])])", prints: "tensor([[1, 2],\n        [3, 4]])"))
  static let hstack = OpSpec.joined(
    "hstack", rank: 1, axis: { $0 == 1 ? 0 : 1 },
    summary: "Puts tensors side by side: along the second axis, or the only one.",
    example: .init("hstack([tensor([1, 2]), tensor([3])])", prints: "tensor([1, 2, 3])"))

  /// Joins tensors of at least so many axes along the axis for that many.
  private static func joined(
    _ name: String, rank: Int, axis: @escaping @Sendable (Int) -> Int, summary: String,
    example: Example
  ) -> OpSpec {
    OpSpec(
      Entry(
        name, [.required("tensors", .list)], group: "Tensors", summary: summary,
        examples: [example]),
      isMethod: false,
      composing: { call, context throws(TensorError) in
        var parts: [Tensor] = []
        for input in call.inputs {
          let missing = Swift.max(rank - input.rank, 0)
          let ones = [Int](repeating: 1, count: missing)
          parts.append(try Ops.reshape(input, ones + input.shape.extents, context))
        }
        guard let first = parts.first else {
          throw .value(op: name, expected: "at least one tensor", received: "none")
        }
        return try Ops.concat(parts, axis: axis(first.rank), context)
      },
      samples: [Sample([2], [2]), Sample([2, 3], [2, 3])])
  }

  static let difference = OpSpec(
    Entry(
      "diff",
      [.tensor("x"), .optional("n", .int, default: "1"), .optional("axis", .int, default: "-1")],
      group: "Tensors",
      summary: "Returns what each element adds to the one before along `axis`, `n` times over.",
      examples: [.init("diff(tensor([1, 4, 9]))", prints: "tensor([3, 5])")]),
    isMethod: false,
    composing: { call, context throws(TensorError) in
      var x = call[0]
      let axis = try x.shape.axis(call.attributes.int("axis", op: "diff") ?? -1, op: "diff")
      let times = try call.attributes.int("n", op: "diff") ?? 1
      guard times >= 0 else {
        throw .value(op: "diff", expected: "n of at least 0", received: "\(times)")
      }
      for _ in 0..<Swift.min(times, x.shape.extents[axis]) {
        let count = x.shape.extents[axis] - 1
        let before = try Ops.slice(x, axis: axis, from: 0, count: count, context)
        let after = try Ops.slice(x, axis: axis, from: 1, count: count, context)
        x =
          try x.dtype == .bool
          ? Ops.notEqual(after, before, context) : Ops.subtract(after, before, context)
      }
      return x
    },
    samples: [Sample([4]), Sample([3, 2], with: ["axis": .int(0), "n": .int(2)])])

  static let outer = OpSpec(
    Entry(
      "outer", [.tensor("x"), .tensor("y")], group: "Tensors",
      summary: "Multiplies each element of `x`, one a row, by each of `y`, one a column.",
      examples: [
        .init("outer(tensor([1, 2]), tensor([3, 4]))", prints: "tensor([[3, 4],\n        [6, 8]])")
      ]),
    isMethod: false,
    composing: { call, context throws(TensorError) in
      let rows = try Ops.reshape(call[0], [call[0].count, 1], context)
      return try Ops.multiply(rows, Ops.reshape(call[1], [1, call[1].count], context), context)
    },
    samples: [Sample([2], [3]), Sample([2, 2], [2])])
}

/// The elements of an operation's input in rising order along one axis.
private struct Ranked {
  let sorted: Tensor
  let axis: Int
  let extent: Int
  /// The extents of the result.
  private let extents: [Int]

  init(_ call: OpCall, _ context: TensorContext) throws(TensorError) {
    let name = call.name
    let given = try call.attributes.int("axis", op: name)
    let axes = try call[0].shape.axes(given.map { [$0] }, op: name)
    try Ops.requireElements(name, call[0].shape, axes)
    extents = call[0].shape.reduced(over: axes, keepDims: call.attributes.bool("keepdims")).extents
    var x = try Ops.cast(call[0], to: call[0].settledDType.floating, context)
    if given == nil { x = try Ops.reshape(x, [x.count], context) }
    axis = given == nil ? 0 : axes[0]
    extent = x.shape.extents[axis]
    sorted = try Ops.apply(.sort, [x], ["axis": .int(axis)], context)
  }

  /// The value at a fraction of the way from the first element to the last.
  func value(at fraction: Double, _ context: TensorContext) throws(TensorError) -> Tensor {
    let place = fraction * Double(extent - 1)
    let below = Swift.min(Int(exactly: place.rounded(.down)) ?? 0, extent - 1)
    let rest = place - Double(below)
    let low = try Ops.slice(sorted, axis: axis, from: below, count: 1, context)
    // Between infinities a part of the way is NaN, and none of it is not.
    guard rest > 0, below + 1 < extent else { return try result(low, context) }
    let high = try Ops.slice(sorted, axis: axis, from: below + 1, count: 1, context)
    let distance = try Ops.subtract(high, low, context)
    // From the nearer end, as NumPy does, so that the digits are the same.
    let isNearHigh = rest >= 0.5
    let part = try Ops.multiply(
      distance, Tensor.scalar(isNearHigh ? rest - 1 : rest, weak: true, context), context)
    return try result(Ops.add(isNearHigh ? high : low, part, context), context)
  }

  /// The value, which keeps the axis as 1, in the shape of the result; NaN where there is any.
  func result(_ value: Tensor, _ context: TensorContext) throws(TensorError) -> Tensor {
    // NaN is sorted last.
    let last = try Ops.slice(sorted, axis: axis, from: extent - 1, count: 1, context)
    let isNumber = try Ops.equal(last.detached, last.detached, context)
    return try Ops.reshape(Ops.select(isNumber, value, last, context), extents, context)
  }
}
