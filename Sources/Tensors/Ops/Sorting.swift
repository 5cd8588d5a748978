import Catalog
import Platform

extension OpSpec {
  /// Order, and comparisons of whole tensors.
  static let sorting: [OpSpec] = [.sort, .argsort, .unique, .allClose, .arrayEqual]

  static let sort = OpSpec(
    Entry(
      "sort", [.tensor("x"), .optional("axis", .int, default: "-1")], group: "Tensors",
      summary: "Puts the elements in rising order along `axis`; NaN comes last.",
      examples: [.init("sort(tensor([3, 1, 2]))", prints: "tensor([1, 2, 3])")]),
    shape: { shapes, attributes throws(TensorError) in
      _ = try shapes[0].axis(attributes.int("axis", op: "sort") ?? -1, op: "sort")
      return shapes[0]
    },
    forward: { call, context throws(TensorError) in
      let axis = try call.shape.axis(call.attributes.int("axis", op: "sort") ?? -1, op: "sort")
      let places = try Ops.sortedPlaces(call[0], axis, context)
      let flat = call[0].viewed(as: Shape(unchecked: [call.shape.count]))
      return try Kernels.take(flat, indices: places, axis: 0, context).viewed(as: call.shape)
    },
    gradient: .rule { c throws(TensorError) in
      let x = c.inputs[0]
      let axis = try x.shape.axis(c.attributes.int("axis", op: "sort") ?? -1, op: "sort")
      let places = try Ops.sortedPlaces(x.detached, axis, c.context)
      let flat = try Ops.reshape(c.incoming, [x.count], c.context)
      let slope = try Ops.apply(
        .scatterAdd, [flat, places], ["shape": .ints([x.count])], c.context)
      return [try Ops.reshape(slope, x.shape.extents, c.context)]
    },
    samples: [Sample([5]), Sample([3, 2], with: ["axis": .int(0)])])

  static let argsort = OpSpec(
    Entry(
      "argsort", [.tensor("x"), .optional("axis", .int, default: "-1")], group: "Tensors",
      summary: "Returns the positions that put the elements in rising order; equals keep theirs.",
      examples: [.init("argsort(tensor([3, 1, 2]))", prints: "tensor([1, 2, 0])")]),
    shape: { shapes, attributes throws(TensorError) in
      _ = try shapes[0].axis(attributes.int("axis", op: "argsort") ?? -1, op: "argsort")
      return shapes[0]
    },
    forward: { call, context throws(TensorError) in
      let shape = call.shape
      let axis = try shape.axis(call.attributes.int("axis", op: "argsort") ?? -1, op: "argsort")
      let places = try Ops.sortedPlaces(call[0], axis, context).integers(context)
      let stride = shape.strides[axis]
      let extent = Swift.max(shape.extents[axis], 1)
      return try Tensor(
        integers: places.map { ($0 / stride) % extent }, shape: shape, context)
    },
    gradient: .none(reason: "argsort gives positions, which have no slope"),
    samples: [Sample([5]), Sample([3, 2], with: ["axis": .int(0)])])

  static let unique = OpSpec(
    Entry(
      "unique", [.tensor("x")], group: "Tensors",
      summary: "Returns each value once, in rising order, as a 1-d tensor.",
      examples: [.init("unique(tensor([3, 1, 3]))", prints: "tensor([1, 3])")]),
    isMethod: false,
    forwardMany: { call, context throws(TensorError) in
      let flat = call[0].viewed(as: Shape(unchecked: [call[0].count]))
      if flat.count == 0 { return [flat] }
      let places = try Ops.sortedPlaces(flat, 0, context).integers(context)
      let values = try flat.doubles(context)
      let exact = flat.dtype == .int64 ? try flat.integers(context) : []
      var kept: [Int] = []
      for (index, place) in places.enumerated() {
        if index & 0xFFFF == 0 { try context.checkInterruption() }
        if let last = kept.last {
          let same = exact.isEmpty ? values[last] == values[place] : exact[last] == exact[place]
          if same || (values[last].isNaN && values[place].isNaN) { continue }
        }
        kept.append(place)
      }
      let indices = try Tensor(integers: kept, shape: Shape([kept.count]), context)
      return [try Kernels.take(flat, indices: indices, axis: 0, context)]
    },
    gradient: .none(reason: "unique drops elements, so no slope leads back to them"), samples: [])

  static let allClose = OpSpec(
    Entry(
      "allclose",
      [
        .tensor("x"), .tensor("y"), .optional("rtol", .float, default: "1e-05"),
        .optional("atol", .float, default: "1e-08"),
      ],
      group: "Tensors",
      summary: "Says whether `|x - y| <= atol + rtol * |y|` for all elements; NaN is near nothing.",
      examples: [.init("allclose(tensor([1.0]), tensor([1.0000001]))", prints: "True")]),
    isMethod: false,
    shape: { shapes, _ throws(TensorError) in
      _ = try Shape.broadcast("allclose", shapes[0], shapes[1])
      return .scalar
    },
    forward: { call, context throws(TensorError) in
      let relative = try call.attributes.float("rtol", op: "allclose") ?? 1e-5
      let absolute = try call.attributes.float("atol", op: "allclose") ?? 1e-8
      let shape = try Shape.broadcast("allclose", call[0].shape, call[1].shape)
      let left = try call[0].spread(to: shape, context).doubles(context)
      let right = try call[1].spread(to: shape, context).doubles(context)
      for (index, (x, y)) in zip(left, right).enumerated() {
        if index & 0xFFFF == 0 { try context.checkInterruption() }
        if x == y { continue }
        guard y.isFinite, (x - y).magnitude <= absolute + relative * y.magnitude else {
          return try Tensor.scalar(false, context)
        }
      }
      return try Tensor.scalar(true, context)
    },
    gradient: .none(reason: "allclose gives true or false, which has no slope"),
    samples: [Sample([3], [3])])

  static let arrayEqual = OpSpec(
    Entry(
      "array_equal", [.tensor("x"), .tensor("y")], group: "Tensors",
      summary: "Says whether two tensors have one shape and equal elements.",
      examples: [.init("array_equal(tensor([1, 2]), tensor([1, 2]))", prints: "True")]),
    isMethod: false,
    shape: { _, _ in .scalar },
    forward: { call, context throws(TensorError) in
      guard call[0].shape == call[1].shape else { return try Tensor.scalar(false, context) }
      let left = call[0].detached
      let equal = try Ops.equal(left, call[1].detached, context)
      return try Kernels.reduce(
        .all, equal, axes: Array(0..<equal.rank), keepDims: false, context)
    },
    gradient: .none(reason: "array_equal gives true or false, which has no slope"),
    samples: [Sample([3], [3]), Sample([3], [2])])
}

extension Ops {
  /// The flat places of the elements in sorted order along an axis, laid out as the tensor is.
  fileprivate static func sortedPlaces(_ x: Tensor, _ axis: Int, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    let shape = x.shape
    _ = try Kernels.empty(shape, .int64, context)
    let stride = shape.strides[axis]
    let extent = shape.extents[axis]
    var places: [Int] = []
    let integers = x.dtype.isFloating ? [] : try x.integers(context)
    let values = x.dtype.isFloating ? try x.doubles(context) : []
    for start in 0..<shape.count where extent > 0 && (start / stride) % extent == 0 {
      if context.interruption.isRequested { throw .interrupted }
      var order: [Int] = []
      try context.append(extent, to: &order) { start + $0 * stride }
      // NaN sorts last; equal elements keep their order.
      try order.sort(checking: context.interruption) { first, second in
        if x.dtype.isFloating {
          let (a, b) = (values[first], values[second])
          if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? first < second : b.isNaN }
          return a == b ? first < second : a < b
        }
        return (integers[first], first) < (integers[second], second)
      }
      if order.count == shape.count {
        places = order
        break
      }
      if places.isEmpty { places = [Int](repeating: 0, count: shape.count) }
      for (step, place) in order.enumerated() { places[start + step * stride] = place }
    }
    return try Tensor(integers: places, shape: Shape([shape.count]), context)
  }
}

extension Array {
  /// Sorts, looking between comparisons whether to go on.
  fileprivate mutating func sort(
    checking interruption: Interruption, by isBefore: (Element, Element) -> Bool
  ) throws(TensorError) {
    do {
      try sort { (first, second) throws(TensorError) in
        if interruption.isRequested { throw .interrupted }
        return isBefore(first, second)
      }
    } catch {
      throw .interrupted
    }
  }
}
