import Catalog

extension OpSpec {
  static let take = OpSpec(
    Entry(
      "take", [.tensor("x"), .tensor("indices"), .optional("axis", .int)], group: "Tensors",
      summary: """
        Picks elements by position along `axis`; with None from the flattened tensor. Negative \
        positions count from the end.
        """,
      examples: [.init("take(tensor([10, 20, 30]), tensor([2, 0]))", prints: "tensor([30, 10])")]),
    shape: { shapes, attributes throws(TensorError) in
      guard let axis = try attributes.int("axis", op: "take") else { return shapes[1] }
      let index = try shapes[0].axis(axis, op: "take")
      var extents = shapes[0].extents
      extents.replaceSubrange(index...index, with: shapes[1].extents)
      return try Shape(extents)
    },
    forward: { call, context throws(TensorError) in
      let (x, axis) = try Ops.takeSource(call[0], call.attributes)
      let indices = try Ops.positions(call[1], extent: x.shape.extents[axis], axis, context)
      return try Kernels.take(x, indices: indices, axis: axis, context).viewed(as: call.shape)
    },
    gradient: .rule { c throws(TensorError) in
      let (x, axis) = try Ops.takeSource(c.inputs[0].detached, c.attributes)
      let slope = try Ops.apply(
        .scatterAdd, [c.incoming, c.inputs[1]],
        ["shape": .ints(x.shape.extents), "axis": .int(axis)], c.context)
      return [try Ops.reshape(slope, c.inputs[0].shape.extents, c.context), nil]
    }, samples: [])

  /// Adds each update to the place its index names in a tensor of zeros: the gradient of `take`.
  ///
  /// Not a name of the language.
  static let scatterAdd: OpSpec = OpSpec(
    Entry(
      "scatter_add", [.tensor("updates"), .tensor("indices"), .required("shape", .shape)],
      summary: "Adds updates at positions."),
    shape: { _, attributes throws(TensorError) in
      try Shape(attributes.ints("shape", op: "scatter_add") ?? [])
    },
    forward: { call, context throws(TensorError) in
      let axis = try call.attributes.int("axis", op: "scatter_add") ?? 0
      let extent = call.shape.extents[axis]
      let indices = try Ops.positions(call[1], extent: extent, axis, context)
      return try Kernels.scatterAdd(
        call[0].detached, indices: indices, into: call.shape, axis: axis, context)
    },
    gradient: .rule { c throws(TensorError) in
      let axis = try c.attributes.int("axis", op: "scatter_add") ?? 0
      let picked = try Ops.take(c.incoming, c.inputs[1], axis: axis, c.context)
      return [try Ops.reshape(picked, c.inputs[0].shape.extents, c.context), nil]
    }, samples: [])

  static let repeated = OpSpec(
    Entry(
      "repeat", [.tensor("x"), .required("repeats", .int), .optional("axis", .int)],
      group: "Tensors",
      summary: """
        Repeats each element `repeats` times along `axis`, or as often as a list says for each; \
        with None the tensor is flattened first.
        """,
      examples: [.init("repeat(tensor([1, 2]), 2)", prints: "tensor([1, 1, 2, 2])")]),
    shape: { shapes, attributes throws(TensorError) in
      let plan = try Ops.repeats(shapes[0], attributes)
      var extents = plan.source.extents
      extents[plan.axis] = plan.total
      return try Shape(extents)
    },
    forward: { call, context throws(TensorError) in
      let plan = try Ops.repeats(call[0].shape, call.attributes)
      let indices = try plan.indices(context)
      return try Kernels.take(
        call[0].viewed(as: plan.source), indices: indices, axis: plan.axis, context)
    },
    gradient: .rule { c throws(TensorError) in
      let plan = try Ops.repeats(c.inputs[0].shape, c.attributes)
      let slope = try Ops.apply(
        .scatterAdd, [c.incoming, plan.indices(c.context)],
        ["shape": .ints(plan.source.extents), "axis": .int(plan.axis)], c.context)
      return [try Ops.reshape(slope, c.inputs[0].shape.extents, c.context)]
    },
    samples: [
      Sample([3], with: ["repeats": .int(2)]),
      Sample([2, 2], with: ["repeats": .ints([1, 3]), "axis": .int(1)]),
    ])

  static let oneHot = OpSpec(
    Entry(
      "one_hot",
      [
        .tensor("indices"), .required("num_classes", .int),
        .optional("dtype", .dtype, default: "float32"),
      ],
      group: "Tensors",
      summary: "Turns each class number into a row with 1 at that place; others become zeros.",
      examples: [
        .init(
          "one_hot(tensor([2, 0]), 3)", prints: "tensor([[0., 0., 1.],\n        [1., 0., 0.]])")
      ]),
    isMethod: false,
    shape: { shapes, attributes throws(TensorError) in
      guard let depth = try attributes.int("num_classes", op: "one_hot") else {
        throw .missing(op: "one_hot", argument: "num_classes")
      }
      return try Shape(shapes[0].extents + [depth])
    },
    forward: { call, context throws(TensorError) in
      guard !call[0].dtype.isFloating else {
        throw .dtype(op: "one_hot", expected: "whole numbers", received: [call[0].dtype])
      }
      let dtype = try call.attributes.dtype(op: "one_hot") ?? .float32
      let depth = call.shape.extents[call.shape.rank - 1]
      if call.shape.count == 0 { return try Kernels.empty(call.shape, dtype, context) }
      return try Kernels.oneHot(
        call[0].converted(to: .int64, context), depth: depth, dtype: dtype, context)
    },
    gradient: .none(reason: "one_hot takes class numbers, which have no slope"), samples: [])
}

extension Ops {
  fileprivate static func takeSource(_ x: Tensor, _ attributes: Attributes) throws(TensorError)
    -> (Tensor, Int)
  {
    guard let axis = try attributes.int("axis", op: "take") else {
      return (x.viewed(as: Shape(unchecked: [x.count])), 0)
    }
    return (x, try x.shape.axis(axis, op: "take"))
  }

  /// Non-negative int64 positions within an axis of that extent.
  static func positions(_ indices: Tensor, extent: Int, _ axis: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    guard indices.dtype.isInteger || indices.count == 0 else {
      throw .dtype(op: "take", expected: "whole numbers as positions", received: [indices.dtype])
    }
    let wide = try indices.detached.converted(to: .int64, context)
    if let wrapped = try Kernels.normaliseIndices(wide, extent: extent, context) { return wrapped }
    let wrong = wide.integers().first { $0 < -extent || $0 >= extent } ?? extent
    throw .index(index: wrong, axis: axis, extent: extent)
  }

  /// How `repeat` lays out its result.
  fileprivate struct Repeats {
    let source: Shape
    let axis: Int
    let counts: [Int]
    let total: Int

    func indices(_ context: TensorContext) throws(TensorError) -> Tensor {
      // Refuses a size beyond the limit before the list of positions is made.
      _ = try Kernels.empty(Shape([total]), .int64, context)
      var list: [Int] = []
      list.reserveCapacity(total)
      for index in 0..<source.extents[axis] {
        let count = counts.count == 1 ? counts[0] : counts[index]
        try context.append(count, to: &list) { _ in index }
      }
      return try Tensor(integers: list, shape: Shape([total]), context)
    }
  }

  fileprivate static func repeats(_ shape: Shape, _ attributes: Attributes) throws(TensorError)
    -> Repeats
  {
    guard let counts = try attributes.ints("repeats", op: "repeat") else {
      throw .missing(op: "repeat", argument: "repeats")
    }
    var source = Shape(unchecked: [shape.count])
    var axis = 0
    if let given = try attributes.int("axis", op: "repeat") {
      source = shape
      axis = try shape.axis(given, op: "repeat")
    }
    let extent = source.extents[axis]
    guard counts.count == 1 || counts.count == extent else {
      throw .value(
        op: "repeat", expected: "one count or \(extent)", received: "\(counts.count) counts")
    }
    var total = 0
    for count in counts {
      guard count >= 0 else {
        throw .value(op: "repeat", expected: "counts of at least 0", received: "\(count)")
      }
      let (sum, overflow) = total.addingReportingOverflow(count)
      if overflow { throw .tooLarge(extents: [count]) }
      total = sum
    }
    if counts.count == 1 {
      let (product, overflow) = total.multipliedReportingOverflow(by: extent)
      if overflow { throw .tooLarge(extents: [extent, total]) }
      total = product
    }
    return Repeats(source: source, axis: axis, counts: counts, total: total)
  }

  /// The elements at whole-number positions along an axis.
  public static func take(_ x: Tensor, _ indices: Tensor, axis: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.take, [x, indices], ["axis": .int(axis)], context) }

  /// Class numbers as rows with a single 1.
  public static func oneHot(_ indices: Tensor, depth: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.oneHot, [indices], ["num_classes": .int(depth)], context) }
}
