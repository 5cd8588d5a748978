import Catalog

extension OpSpec {
  /// `x[…]`.
  ///
  /// Not a name of the language: Bindings calls ``Tensor/indexed(_:_:)``.
  static let index = OpSpec(
    Entry("getitem", [.tensor("x"), .required("index")], summary: "Picks elements by position."),
    shape: { shapes, attributes throws(TensorError) in
      try IndexPlan.shape(Ops.items(attributes), of: shapes[0])
    },
    forward: { call, context throws(TensorError) in
      let plan = try IndexPlan(Ops.items(call.attributes), of: call[0].shape, context)
      return try Ops.read(call[0].detached, plan, context)
    },
    gradient: .rule { c throws(TensorError) in
      let shape = c.inputs[0].shape.extents
      var attributes = c.attributes
      attributes["shape"] = .ints(shape)
      return [try Ops.apply(.unindex, [c.incoming], attributes, c.context)]
    },
    samples: [
      Sample([4], with: ["index": .index([.at(1)])]),
      Sample([4], with: ["index": .index([.slice(start: nil, stop: nil, step: -2)])]),
      Sample([3, 4], with: ["index": .index([.ellipsis, .newAxis, .at(-1)])]),
      Sample([3, 2], with: ["index": .index([.picks([0, 2, 0], shape: [3])])]),
      Sample([2, 2], with: ["index": .index([.mask([true, false, true, true], shape: [2, 2])])]),
    ])

  /// Adds the elements of `x` to the places that an index names in a tensor of zeros: the gradient
  /// of `x[…]`.
  ///
  /// Not a name of the language.
  static let unindex: OpSpec = OpSpec(
    Entry("unindex", [.tensor("x"), .required("index")], summary: "Adds elements at positions."),
    shape: { _, attributes throws(TensorError) in
      try Shape(attributes.ints("shape", op: "index") ?? [])
    },
    forward: { call, context throws(TensorError) in
      let plan = try IndexPlan(Ops.items(call.attributes), of: call.shape, context)
      let x = call[0].detached
      if let basic = plan.basic {
        var result = try Kernels.full(call.shape, x.dtype, 0, context)
        if x.count > 0 {
          try Kernels.assign(
            x, into: &result, offset: basic.offset, strides: basic.strides, shape: plan.shape,
            context)
        }
        return result
      }
      let run = plan.runLength
      let rows = try Shape([call.shape.count / run, run])
      let places = plan.offsets().map { $0 / run }
      let indices = try Tensor(integers: places, shape: Shape([places.count]), context)
      let updates = x.viewed(as: try Shape([places.count, run]))
      return try Kernels.scatterAdd(updates, indices: indices, into: rows, axis: 0, context)
        .viewed(as: call.shape)
    },
    gradient: .rule { c throws(TensorError) in
      [try Ops.apply(.index, [c.incoming], c.attributes, c.context)]
    }, samples: [])
}

extension Ops {
  fileprivate static func items(_ attributes: Attributes) -> [TensorIndex] {
    if case .index(let items)? = attributes["index"] { return items }
    return []
  }

  fileprivate static func read(_ x: Tensor, _ plan: IndexPlan, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    if plan.shape.count == 0 { return try Kernels.empty(plan.shape, x.dtype, context) }
    if let basic = plan.basic {
      return try Kernels.strided(
        x, offset: basic.offset, strides: basic.strides, shape: plan.shape, context)
    }
    _ = try Kernels.empty(plan.shape, .int64, context)
    let run = plan.runLength
    let offsets = plan.offsets()
    let places = run == 1 ? offsets : offsets.map { $0 / run }
    let indices = try Tensor(integers: places, shape: Shape([places.count]), context)
    let rows = x.viewed(as: try Shape([x.count / run, run]))
    return try Kernels.take(rows, indices: indices, axis: 0, context).viewed(as: plan.shape)
  }

  /// `count` positions of one axis from `start` on.
  static func slice(
    _ x: Tensor, axis: Int, from start: Int, count: Int, _ context: TensorContext
  ) throws(TensorError) -> Tensor {
    var items = [TensorIndex](repeating: .all, count: axis)
    items.append(.slice(start: start, stop: start + count, step: nil))
    return try x.indexed(items, context)
  }
}

extension Tensor {
  /// `x[…]`: a new value, recorded when this one is tracked.
  ///
  /// - Throws: ``TensorError/index(index:axis:extent:)`` for a position outside its axis.
  public func indexed(_ items: [TensorIndex], _ context: TensorContext) throws(TensorError)
    -> Tensor
  { try Ops.apply(.index, [self], ["index": .index(items)], context) }

  /// The tensor as an index: a mask when bool, positions when whole numbers.
  ///
  /// - Throws: ``TensorError/dtype(op:expected:received:)`` for floats.
  public func asIndex() throws(TensorError) -> TensorIndex {
    switch dtype {
    case .bool: return .mask(booleans(), shape: shape)
    case .int32, .int64:
      return rank == 0 ? .at(integers().first ?? 0) : .picks(integers(), shape: shape)
    case .float32, .float64:
      throw .dtype(op: "index", expected: "whole numbers or a bool mask", received: [dtype])
    }
  }

  /// `x[…] = value`: changes this value alone; copies of it and recorded values keep what they had.
  ///
  /// The value is cast to this tensor's dtype and spread to the shape of what is replaced. The result
  /// is a constant: no gradient flows through an assignment.
  ///
  /// - Throws: ``TensorError/shapeMismatch(op:expected:received:)`` when it does not spread.
  public mutating func assign(
    at items: [TensorIndex], _ value: Tensor, _ context: TensorContext
  ) throws(TensorError) {
    let plan = try IndexPlan(items, of: shape, context)
    let fitting = try value.detached.fitted(to: plan.shape, dtype, context)
    node = nil
    if plan.shape.count == 0 { return }
    if let basic = plan.basic {
      try Kernels.assign(
        fitting, into: &self, offset: basic.offset, strides: basic.strides, shape: plan.shape,
        context)
      return
    }
    if !isKnownUniquelyReferenced(&storage) { storage = try Kernels.copy(self, context).storage }
    let run = plan.runLength
    switch dtype {
    case .bool: write(fitting.booleans().map { $0 ? UInt8(1) : 0 }, plan.offsets(), run)
    case .int32: write(fitting.storage.array(of: Int32.self, count: fitting.count), plan, run)
    case .int64: write(fitting.integers(), plan.offsets(), run)
    case .float32: write(fitting.floats(), plan.offsets(), run)
    case .float64: write(fitting.doubles(), plan.offsets(), run)
    }
  }

  private func write<Element: BitwiseCopyable>(_ values: [Element], _ plan: IndexPlan, _ run: Int) {
    write(values, plan.offsets(), run)
  }

  private func write<Element: BitwiseCopyable>(_ values: [Element], _ offsets: [Int], _ run: Int) {
    for (row, offset) in offsets.enumerated() {
      for step in 0..<run { storage.set(offset + step, to: values[row * run + step]) }
    }
  }

  /// Cast and spread for an assignment; leading axes of length 1 that are too many are dropped.
  private func fitted(to target: Shape, _ dtype: DType, _ context: TensorContext)
    throws(TensorError) -> Tensor
  {
    var source = self
    while source.rank > target.rank, source.shape.extents[0] == 1 {
      source = source.viewed(as: Shape(unchecked: Array(source.shape.extents.dropFirst())))
    }
    guard source.shape.broadcasts(to: target) else {
      throw .shapeMismatch(
        op: "assignment", expected: "a value that spreads to \(target.text)", received: [shape])
    }
    return try source.converted(to: dtype, context).spread(to: target, context)
  }
}
