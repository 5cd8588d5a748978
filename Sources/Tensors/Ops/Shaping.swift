import Catalog

extension OpSpec {
  /// What changes the shape and not the elements.
  static let shaping: [OpSpec] = [
    .reshape, .ravel, .transpose, .swapAxes, .moveAxis, .squeeze, .expandDims, .broadcast, .flip,
    .roll,
  ]

  /// Every rearrangement that keeps the elements in order undoes itself by a reshape.
  private static let reshapeBack = GradientRule.rule { c throws(TensorError) in
    [try Ops.reshape(c.incoming, c.inputs[0].shape.extents, c.context)]
  }

  static let reshape = OpSpec(
    Entry(
      "reshape", [.tensor("x"), .required("shape", .shape)], group: "Tensors",
      summary: "Gives the elements another shape; one extent may be -1 and is worked out.",
      examples: [
        .init("reshape(tensor([1, 2, 3, 4]), (2, -1))", prints: "tensor([[1, 2],\n        [3, 4]])")
      ]),
    shape: { shapes, attributes throws(TensorError) in
      guard let wanted = try attributes.ints("shape", op: "reshape") else {
        throw .missing(op: "reshape", argument: "shape")
      }
      return try Ops.resolve(wanted, for: shapes[0])
    },
    forward: { call, _ in call[0].viewed(as: call.shape) },
    gradient: reshapeBack,
    samples: [
      Sample([6], with: ["shape": .ints([2, 3])]),
      Sample([2, 3], with: ["shape": .ints([3, -1])]),
    ])

  static let ravel = OpSpec(
    Entry(
      "ravel", [.tensor("x")], group: "Tensors", summary: "Makes the tensor 1-d, row by row.",
      examples: [.init("ravel(tensor([[1, 2], [3, 4]]))", prints: "tensor([1, 2, 3, 4])")]),
    aliases: ["flatten"],
    shape: { shapes, _ in Shape(unchecked: [shapes[0].count]) },
    forward: { call, _ in call[0].viewed(as: call.shape) },
    gradient: reshapeBack, samples: [Sample([2, 3])])

  static let transpose = OpSpec(
    Entry(
      "transpose", [.tensor("x"), .optional("axes", .axis)], group: "Tensors",
      summary: "Puts the axes in the order of `axes`; None reverses them.",
      examples: [
        .init("transpose(tensor([[1, 2], [3, 4]]))", prints: "tensor([[1, 3],\n        [2, 4]])")
      ]),
    aliases: ["permute", "permute_dims"],
    shape: { shapes, attributes throws(TensorError) in
      let order = try Ops.order(shapes[0], attributes)
      return Shape(trusted: order.map { shapes[0].extents[$0] }, count: shapes[0].count)
    },
    forward: { call, context throws(TensorError) in
      try call[0].permuted(Ops.order(call[0].shape, call.attributes), context)
    },
    gradient: .rule { c throws(TensorError) in
      let order = try Ops.order(c.inputs[0].shape, c.attributes)
      var inverse = order
      for (index, axis) in order.enumerated() { inverse[axis] = index }
      return [try Ops.transpose(c.incoming, axes: inverse, c.context)]
    },
    samples: [Sample([2, 3]), Sample([2, 3, 2], with: ["axes": .ints([1, 2, 0])])])

  static let swapAxes = OpSpec(
    Entry(
      "swapaxes", [.tensor("x"), .required("axis1", .int), .required("axis2", .int)],
      group: "Tensors", summary: "Exchanges two axes.",
      examples: [.init("swapaxes(zeros((2, 3, 4)), 0, 2).shape", prints: "(4, 3, 2)")]),
    shape: { shapes, attributes throws(TensorError) in
      let order = try Ops.swap(shapes[0], attributes)
      return Shape(trusted: order.map { shapes[0].extents[$0] }, count: shapes[0].count)
    },
    forward: { call, context throws(TensorError) in
      try call[0].permuted(Ops.swap(call[0].shape, call.attributes), context)
    },
    gradient: .rule { c throws(TensorError) in
      [try Ops.transpose(c.incoming, axes: Ops.swap(c.inputs[0].shape, c.attributes), c.context)]
    },
    samples: [Sample([2, 3, 2], with: ["axis1": .int(0), "axis2": .int(-1)])])

  static let moveAxis = OpSpec(
    Entry(
      "moveaxis", [.tensor("x"), .required("source", .int), .required("destination", .int)],
      group: "Tensors", summary: "Moves one axis to another place; the others keep their order.",
      examples: [.init("moveaxis(zeros((2, 3, 4)), 0, -1).shape", prints: "(3, 4, 2)")]),
    shape: { shapes, attributes throws(TensorError) in
      let order = try Ops.move(shapes[0], attributes)
      return Shape(trusted: order.map { shapes[0].extents[$0] }, count: shapes[0].count)
    },
    forward: { call, context throws(TensorError) in
      try call[0].permuted(Ops.move(call[0].shape, call.attributes), context)
    },
    gradient: .rule { c throws(TensorError) in
      let order = try Ops.move(c.inputs[0].shape, c.attributes)
      var inverse = order
      for (index, axis) in order.enumerated() { inverse[axis] = index }
      return [try Ops.transpose(c.incoming, axes: inverse, c.context)]
    },
    samples: [Sample([2, 3, 2], with: ["source": .int(0), "destination": .int(-1)])])

  static let squeeze = OpSpec(
    Entry(
      "squeeze", [.tensor("x"), .optional("axis", .axis)], group: "Tensors",
      summary: "Drops axes of length 1: those of `axis`, or all.",
      examples: [.init("squeeze(tensor([[1, 2]]))", prints: "tensor([1, 2])")]),
    shape: { shapes, attributes throws(TensorError) in
      let shape = shapes[0]
      guard let given = try attributes.ints("axis", op: "squeeze") else {
        return Shape(trusted: shape.extents.filter { $0 != 1 }, count: shape.count)
      }
      let axes = try shape.axes(given, op: "squeeze")
      for axis in axes where shape.extents[axis] != 1 {
        throw .shapeMismatch(
          op: "squeeze", expected: "length 1 on axis \(axis)", received: [shape])
      }
      return shape.reduced(over: axes, keepDims: false)
    },
    forward: { call, _ in call[0].viewed(as: call.shape) },
    gradient: reshapeBack,
    samples: [Sample([2, 1, 3]), Sample([1, 2, 1], with: ["axis": .int(0)])])

  static let expandDims = OpSpec(
    Entry(
      "expand_dims", [.tensor("x"), .optional("axis", .int, default: "0")], group: "Tensors",
      summary: "Adds an axis of length 1 at `axis` of the result.",
      examples: [.init("expand_dims(tensor([1, 2]), 0)", prints: "tensor([[1, 2]])")]),
    shape: { shapes, attributes throws(TensorError) in
      let rank = shapes[0].rank + 1
      let axis = try attributes.int("axis", op: "expand_dims") ?? 0
      guard axis >= -rank, axis < rank else {
        throw .axis(op: "expand_dims", axis: axis, rank: rank)
      }
      var extents = shapes[0].extents
      extents.insert(1, at: axis < 0 ? axis + rank : axis)
      return try Shape(extents)
    },
    forward: { call, _ in call[0].viewed(as: call.shape) },
    gradient: reshapeBack, samples: [Sample([2, 3], with: ["axis": .int(1)])])

  static let broadcast = OpSpec(
    Entry(
      "broadcast_to", [.tensor("x"), .required("shape", .shape)], group: "Tensors",
      summary: "Repeats the elements along axes that are missing or of length 1.",
      examples: [
        .init(
          "broadcast_to(tensor([1, 2]), (2, 2))", prints: "tensor([[1, 2],\n        [1, 2]])")
      ]),
    shape: { shapes, attributes throws(TensorError) in
      guard let wanted = try attributes.ints("shape", op: "broadcast_to") else {
        throw .missing(op: "broadcast_to", argument: "shape")
      }
      let target = try Shape(wanted)
      guard shapes[0].broadcasts(to: target) else {
        throw .shapeMismatch(
          op: "broadcast_to", expected: "a shape that spreads to \(target.text)",
          received: [shapes[0]])
      }
      return target
    },
    forward: { call, context throws(TensorError) in try call[0].spread(to: call.shape, context) },
    gradient: .rule { c in [c.incoming] },
    samples: [Sample([3], with: ["shape": .ints([2, 3])])])

  static let flip = OpSpec(
    Entry(
      "flip", [.tensor("x"), .optional("axis", .axis)], group: "Tensors",
      summary: "Reverses the order along `axis` (None: every axis).",
      examples: [.init("flip(tensor([1, 2, 3]))", prints: "tensor([3, 2, 1])")]),
    shape: { shapes, attributes throws(TensorError) in
      _ = try shapes[0].axes(attributes.ints("axis", op: "flip"), op: "flip")
      return shapes[0]
    },
    forward: { call, context throws(TensorError) in
      let axes = try call.shape.axes(call.attributes.ints("axis", op: "flip"), op: "flip")
      if call.shape.count == 0 { return call[0] }
      var strides = call.shape.strides
      var offset = 0
      for axis in axes {
        offset += (call.shape.extents[axis] - 1) * strides[axis]
        strides[axis] = -strides[axis]
      }
      return try Kernels.strided(
        call[0], offset: offset, strides: strides, shape: call.shape, context)
    },
    gradient: .rule { c throws(TensorError) in
      [try Ops.flip(c.incoming, axes: c.attributes.ints("axis", op: "flip"), c.context)]
    },
    samples: [Sample([3]), Sample([2, 3], with: ["axis": .int(1)])])

  static let roll: OpSpec = OpSpec(
    Entry(
      "roll", [.tensor("x"), .required("shift", .int), .optional("axis", .int)], group: "Tensors",
      summary: """
        Moves the elements by `shift` places along `axis`; what leaves at one end enters at the \
        other. With None it works on the flattened tensor.
        """,
      examples: [.init("roll(tensor([1, 2, 3]), 1)", prints: "tensor([3, 1, 2])")]),
    shape: { shapes, attributes throws(TensorError) in
      if let axis = try attributes.int("axis", op: "roll") {
        _ = try shapes[0].axis(axis, op: "roll")
      }
      return shapes[0]
    },
    forward: { call, context throws(TensorError) in
      let shift = try call.attributes.int("shift", op: "roll") ?? 0
      var x = call[0]
      var axis = 0
      if let given = try call.attributes.int("axis", op: "roll") {
        axis = try x.shape.axis(given, op: "roll")
      } else {
        x = x.viewed(as: Shape(unchecked: [x.count]))
      }
      let extent = x.shape.extents[axis]
      guard extent > 0 else { return call[0] }
      let places = ((shift % extent) + extent) % extent
      let indices = (0..<extent).map { ($0 + extent - places) % extent }
      let positions = try Tensor(integers: indices, shape: [extent], context)
      return try Kernels.take(x, indices: positions, axis: axis, context).viewed(as: call.shape)
    },
    gradient: .rule { c throws(TensorError) in
      var back = c.attributes
      let shift = try c.attributes.int("shift", op: "roll") ?? 0
      back["shift"] = .int(0 &- shift)
      return [try Ops.apply(.roll, [c.incoming], back, c.context)]
    },
    samples: [
      Sample([4], with: ["shift": .int(1)]),
      Sample([2, 3], with: ["shift": .int(-2), "axis": .int(1)]),
    ])
}

extension Ops {
  /// Works out a -1, and checks that the counts agree.
  static func resolve(_ wanted: [Int], for shape: Shape) throws(TensorError) -> Shape {
    let open = wanted.filter { $0 == -1 }.count
    guard open <= 1 else {
      throw .value(
        op: "reshape", expected: "at most one extent of -1", received: Shape.text(wanted))
    }
    var extents = wanted
    if let place = wanted.firstIndex(of: -1) {
      extents[place] = 1
      let known = try Shape(extents).count
      guard known > 0, shape.count % known == 0 else {
        throw .shapeMismatch(
          op: "reshape",
          expected: "a count that \(Shape.text(wanted)) divides, not \(shape.count) elements",
          received: [shape])
      }
      extents[place] = shape.count / known
    }
    let result = try Shape(extents)
    guard result.count == shape.count else {
      throw .shapeMismatch(
        op: "reshape",
        expected: "\(result.count) elements for \(result.text), not \(shape.count)",
        received: [shape])
    }
    return result
  }

  fileprivate static func order(_ shape: Shape, _ attributes: Attributes) throws(TensorError)
    -> [Int]
  {
    guard let axes = try attributes.ints("axes", op: "transpose") else {
      return Array((0..<shape.rank).reversed())
    }
    guard axes.count == shape.rank else {
      throw .value(
        op: "transpose", expected: "each of the \(shape.rank) axes once",
        received: Shape.text(axes))
    }
    _ = try shape.axes(axes, op: "transpose")
    return axes.map { $0 < 0 ? $0 + shape.rank : $0 }
  }

  fileprivate static func swap(_ shape: Shape, _ attributes: Attributes) throws(TensorError)
    -> [Int]
  {
    let first = try shape.axis(attributes.int("axis1", op: "swapaxes") ?? 0, op: "swapaxes")
    let second = try shape.axis(attributes.int("axis2", op: "swapaxes") ?? 1, op: "swapaxes")
    return shape.swapping(first, second)
  }

  fileprivate static func move(_ shape: Shape, _ attributes: Attributes) throws(TensorError)
    -> [Int]
  {
    let source = try shape.axis(attributes.int("source", op: "moveaxis") ?? 0, op: "moveaxis")
    let place = try shape.axis(attributes.int("destination", op: "moveaxis") ?? 0, op: "moveaxis")
    var order = Array(0..<shape.rank)
    order.remove(at: source)
    order.insert(source, at: place)
    return order
  }

  /// The elements under another shape; one extent may be -1.
  public static func reshape(_ x: Tensor, _ extents: [Int], _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    if x.shape.extents == extents { return x }
    return try apply(.reshape, [x], ["shape": .ints(extents)], context)
  }

  /// The axes in another order; nil reverses them.
  public static func transpose(_ x: Tensor, axes: [Int]? = nil, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.transpose, [x], axes.map { ["axes": .ints($0)] } ?? .none, context) }

  /// Two axes exchanged.
  public static func swapAxes(_ x: Tensor, _ first: Int, _ second: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.swapAxes, [x], ["axis1": .int(first), "axis2": .int(second)], context) }

  /// One more axis of length 1.
  public static func expandDims(_ x: Tensor, axis: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.expandDims, [x], ["axis": .int(axis)], context) }

  /// Fewer axes of length 1.
  public static func squeeze(_ x: Tensor, axes: [Int]? = nil, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.squeeze, [x], axes.map { ["axis": .ints($0)] } ?? .none, context) }

  /// The elements repeated to fill `shape`.
  public static func broadcast(_ x: Tensor, to shape: Shape, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    if x.shape == shape { return x }
    return try apply(.broadcast, [x], ["shape": .ints(shape.extents)], context)
  }

  /// The order reversed along the axes; every axis for nil.
  public static func flip(_ x: Tensor, axes: [Int]? = nil, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.flip, [x], axes.map { ["axis": .ints($0)] } ?? .none, context) }
}
