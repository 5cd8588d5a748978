import Catalog

extension OpSpec {
  /// What puts tensors together, takes them apart, or repeats them.
  static let joining: [OpSpec] = [.concat, .stack, .split, .repeated, .tile, .take, .oneHot]

  static let concat = OpSpec(
    Entry(
      "concat", [.required("tensors", .list), .optional("axis", .int, default: "0")],
      group: "Tensors",
      summary: "Joins tensors along an axis they have; with axis=None they are flattened first.",
      examples: [
        .init("concat([tensor([1, 2]), tensor([3])])", prints: "tensor([1, 2, 3])")
      ]),
    aliases: ["concatenate"], isMethod: false,
    shape: { shapes, attributes throws(TensorError) in
      try Ops.joined("concat", shapes.all, attributes)
    },
    forward: { call, context throws(TensorError) in
      let dtype = Promotion.common(call.inputs)
      var parts: [Tensor] = []
      for input in call.inputs {
        let part = try input.converted(to: dtype, context)
        parts.append(
          Ops.flattens(call.attributes) ? part.viewed(as: Shape(unchecked: [part.count])) : part)
      }
      let axis = try call.shape.axis(
        call.attributes.int("axis", op: "concat") ?? 0, op: "concat")
      return try Kernels.concatenate(parts, axis: axis, context).viewed(as: call.shape)
    },
    gradient: .rule { c throws(TensorError) in
      let flattens = Ops.flattens(c.attributes)
      let axis = try c.output.shape.axis(
        c.attributes.int("axis", op: "concat") ?? 0, op: "concat")
      var gradients: [Tensor?] = []
      var start = 0
      for (index, input) in c.inputs.enumerated() {
        let length = flattens ? input.count : input.shape.extents[axis]
        defer { start += length }
        guard c.needs(index) else {
          gradients.append(nil)
          continue
        }
        let part = try Ops.slice(
          c.incoming, axis: axis, from: start, count: length, c.context)
        gradients.append(try Ops.reshape(part, input.shape.extents, c.context))
      }
      return gradients
    },
    samples: [
      Sample([2], [3]), Sample([2, 2], [2, 1], with: ["axis": .int(1)]),
      Sample([2, 2], [3], with: ["axis": .absent]),
    ])

  static let stack = OpSpec(
    Entry(
      "stack", [.required("tensors", .list), .optional("axis", .int, default: "0")],
      group: "Tensors", summary: "Joins tensors of one shape along a new axis.",
      examples: [
        .init(
          "stack([tensor([1, 2]), tensor([3, 4])])", prints: "tensor([[1, 2],\n        [3, 4]])")
      ]),
    isMethod: false,
    shape: { shapes, attributes throws(TensorError) in
      let all = shapes.all
      guard let first = all.first else {
        throw .value(op: "stack", expected: "at least one tensor", received: "none")
      }
      guard all.allSatisfy({ $0 == first }) else {
        throw .shapeMismatch(op: "stack", expected: "one shape", received: all)
      }
      var extents = first.extents
      let axis = try Ops.stackAxis(first, attributes)
      extents.insert(all.count, at: axis)
      return try Shape(extents)
    },
    forward: { call, context throws(TensorError) in
      let dtype = Promotion.common(call.inputs)
      let axis = try Ops.stackAxis(call[0].shape, call.attributes)
      var extents = call.shape.extents
      extents[axis] = 1
      let single = Shape(trusted: extents, count: call[0].count)
      var parts: [Tensor] = []
      for input in call.inputs {
        parts.append(try input.converted(to: dtype, context).viewed(as: single))
      }
      return try Kernels.concatenate(parts, axis: axis, context)
    },
    gradient: .rule { c throws(TensorError) in
      let axis = try Ops.stackAxis(c.inputs[0].shape, c.attributes)
      var gradients: [Tensor?] = []
      for (index, input) in c.inputs.enumerated() {
        let part = try Ops.slice(c.incoming, axis: axis, from: index, count: 1, c.context)
        gradients.append(try Ops.reshape(part, input.shape.extents, c.context))
      }
      return gradients
    },
    samples: [Sample([2], [2]), Sample([2, 3], [2, 3], with: ["axis": .int(-1)])])

  static let split = OpSpec(
    Entry(
      "split",
      [
        .tensor("x"), .required("indices_or_sections", .any), .optional("axis", .int, default: "0"),
      ],
      group: "Tensors",
      summary: "Cuts a tensor along an axis: into equal parts, or before each position of a list.",
      examples: [
        .init(
          "split(tensor([1, 2, 3, 4]), 2)", prints: "[tensor([1, 2]), tensor([3, 4])]")
      ]),
    forwardMany: { call, context throws(TensorError) in
      let shape = call[0].shape
      let axis = try shape.axis(call.attributes.int("axis", op: "split") ?? 0, op: "split")
      var parts: [Tensor] = []
      for range in try Ops.cuts(shape, axis, call.attributes) {
        parts.append(
          try Ops.slice(
            call[0].detached, axis: axis, from: range.lowerBound, count: range.count, context))
      }
      return parts
    },
    gradient: .rule { c throws(TensorError) in
      let axis = try c.inputs[0].shape.axis(
        c.attributes.int("axis", op: "split") ?? 0, op: "split")
      var parts: [Tensor] = []
      for (slot, part) in c.incomings.enumerated() {
        if let part {
          parts.append(part)
        } else {
          let shape = c.output(slot).shape
          parts.append(try Kernels.full(shape, c.inputs[0].dtype, 0, c.context))
        }
      }
      if parts.isEmpty { parts = [c.incoming] }
      return [try Ops.concat(parts, axis: axis, c.context)]
    },
    samples: [
      Sample([4], with: ["indices_or_sections": .int(2)]),
      Sample([2, 3], with: ["indices_or_sections": .ints([1]), "axis": .int(1)]),
    ])

  static let tile = OpSpec(
    Entry(
      "tile", [.tensor("x"), .required("reps", .shape)], group: "Tensors",
      summary: "Lays copies of the tensor side by side, `reps` of them along each axis.",
      examples: [.init("tile(tensor([1, 2]), 2)", prints: "tensor([1, 2, 1, 2])")]),
    shape: { shapes, attributes throws(TensorError) in
      let layout = try Ops.tiling(shapes[0], attributes)
      var extents: [Int] = []
      for axis in layout.own.indices {
        let (extent, overflow) = layout.own[axis].multipliedReportingOverflow(by: layout.reps[axis])
        if overflow { throw .tooLarge(extents: layout.reps) }
        extents.append(extent)
      }
      return try Shape(extents)
    },
    forward: { call, context throws(TensorError) in
      let layout = try Ops.tiling(call[0].shape, call.attributes)
      var (single, repeated): ([Int], [Int]) = ([], [])
      for axis in layout.own.indices {
        single += [1, layout.own[axis]]
        repeated += [layout.reps[axis], layout.own[axis]]
      }
      return try call[0].viewed(as: Shape(single)).spread(to: Shape(repeated), context)
        .viewed(as: call.shape)
    },
    gradient: .rule { c throws(TensorError) in
      let layout = try Ops.tiling(c.inputs[0].shape, c.attributes)
      var repeated: [Int] = []
      for axis in layout.own.indices { repeated += [layout.reps[axis], layout.own[axis]] }
      let apart = try Ops.reshape(c.incoming, repeated, c.context)
      let axes = layout.own.indices.map { $0 * 2 }
      let total = try Ops.sum(apart, axes: axes, c.context)
      return [try Ops.reshape(total, c.inputs[0].shape.extents, c.context)]
    },
    samples: [
      Sample([3], with: ["reps": .int(2)]), Sample([2, 2], with: ["reps": .ints([2, 1, 3])]),
    ])
}

extension Ops {
  /// True for `axis=None`, which is not the same as leaving it out.
  static func flattens(_ attributes: Attributes) -> Bool {
    if case .absent? = attributes["axis"] { return true }
    return false
  }

  fileprivate static func joined(_ op: String, _ shapes: [Shape], _ attributes: Attributes)
    throws(TensorError) -> Shape
  {
    guard let first = shapes.first else {
      throw .value(op: op, expected: "at least one tensor", received: "none")
    }
    if flattens(attributes) {
      return try Shape([shapes.reduce(0) { $0 &+ $1.count }])
    }
    let axis = try first.axis(attributes.int("axis", op: op) ?? 0, op: op)
    var extents = first.extents
    for shape in shapes.dropFirst() {
      let agrees =
        shape.rank == first.rank
        && first.extents.indices.allSatisfy {
          $0 == axis || shape.extents[$0] == first.extents[$0]
        }
      guard agrees else {
        throw .shapeMismatch(
          op: op, expected: "equal extents on every axis but \(axis)", received: shapes)
      }
      extents[axis] += shape.extents[axis]
    }
    return try Shape(extents)
  }

  fileprivate static func stackAxis(_ shape: Shape, _ attributes: Attributes) throws(TensorError)
    -> Int
  {
    let axis = try attributes.int("axis", op: "stack") ?? 0
    let rank = shape.rank + 1
    guard axis >= -rank, axis < rank else { throw .axis(op: "stack", axis: axis, rank: rank) }
    return axis < 0 ? axis + rank : axis
  }

  /// The ranges that `split` cuts an axis into.
  fileprivate static func cuts(_ shape: Shape, _ axis: Int, _ attributes: Attributes)
    throws(TensorError) -> [Range<Int>]
  {
    let extent = shape.extents[axis]
    switch attributes["indices_or_sections"] {
    case .int(let parts):
      guard parts > 0, extent % parts == 0 else {
        throw .shapeMismatch(
          op: "split", expected: "an axis \(axis) that \(parts) divides", received: [shape])
      }
      let length = extent / parts
      return (0..<parts).map { $0 * length..<($0 + 1) * length }
    case .ints(let places):
      var ranges: [Range<Int>] = []
      var start = 0
      for place in places + [extent] {
        let stop = Swift.min(Swift.max(place < 0 ? place + extent : place, 0), extent)
        ranges.append(start..<Swift.max(start, stop))
        start = Swift.max(start, stop)
      }
      return ranges
    default: throw .missing(op: "split", argument: "indices_or_sections")
    }
  }

  fileprivate static func tiling(_ shape: Shape, _ attributes: Attributes) throws(TensorError)
    -> (own: [Int], reps: [Int])
  {
    guard var reps = try attributes.ints("reps", op: "tile") else {
      throw .missing(op: "tile", argument: "reps")
    }
    for count in reps where count < 0 {
      throw .value(op: "tile", expected: "at least 0 copies", received: "\(count)")
    }
    guard reps.count * 2 <= Shape.maximumRank, shape.rank * 2 <= Shape.maximumRank else {
      throw .value(
        op: "tile", expected: "at most \(Shape.maximumRank / 2) axes", received: "\(reps.count)")
    }
    var own = shape.extents
    while own.count < reps.count { own.insert(1, at: 0) }
    while reps.count < own.count { reps.insert(1, at: 0) }
    return (own, reps)
  }

  /// The tensors joined along an axis.
  public static func concat(_ tensors: [Tensor], axis: Int = 0, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.concat, tensors, ["axis": .int(axis)], context) }

  /// The tensors joined along a new axis.
  public static func stack(_ tensors: [Tensor], axis: Int = 0, _ context: TensorContext)
    throws(TensorError) -> Tensor
  { try apply(.stack, tensors, ["axis": .int(axis)], context) }

  /// `parts` equal pieces along an axis.
  public static func split(
    _ x: Tensor, into parts: Int, axis: Int = 0, _ context: TensorContext
  ) throws(TensorError) -> [Tensor] {
    try applyAll(
      .split, [x], ["indices_or_sections": .int(parts), "axis": .int(axis)], context)
  }
}
