import Platform

/// What the items between brackets mean for one shape, under NumPy's rules.
///
/// Whole numbers, slices and new axes are *basic*: the result is an offset and strides into the
/// source. As soon as one item is an array or a mask, whole numbers count as arrays too; all arrays
/// broadcast together, and their axes stand where the arrays stood if these are neighbours, else in
/// front.
struct IndexPlan {
  /// The shape of the result.
  private(set) var shape = Shape.scalar
  /// Where the first element lies.
  private(set) var offset = 0
  /// Element strides of the basic axes.
  private var strides: [Int] = []
  private var extents: [Int] = []
  /// Element offsets that the arrays add, one per element of their common shape; nil when basic.
  private var picks: [Int]?
  private var pickShape = Shape.scalar
  /// Where the axes of the arrays stand among the basic ones.
  private var place = 0

  /// The shape of the result, for which arrays of positions need not be read.
  static func shape(_ items: [TensorIndex], of source: Shape) throws(TensorError) -> Shape {
    try IndexPlan(items, of: source, nil).shape
  }

  /// Checks every index against the axis that it meets; without a context only the shape is found.
  init(_ items: [TensorIndex], of source: Shape, _ context: TensorContext?) throws(TensorError) {
    let expanded = try IndexPlan.expand(items, source)
    let advanced = expanded.contains { item in
      switch item {
      case .mask, .picks: true
      default: false
      }
    }
    let sourceStrides = source.strides
    var arrays: [(offsets: [Int], shape: Shape)] = []
    var places: [Int] = []
    var axis = 0
    for item in expanded {
      switch item {
      case .at(let index):
        let position = try IndexPlan.position(index, axis, source)
        if advanced { places.append(extents.count) }
        offset += position * sourceStrides[axis]
        axis += 1
      case .slice(let start, let stop, let step):
        let slice = try IndexPlan.resolve(start, stop, step, source.extents[axis])
        offset += slice.count > 0 ? slice.start * sourceStrides[axis] : 0
        strides.append(slice.step &* sourceStrides[axis])
        extents.append(slice.count)
        axis += 1
      case .newAxis:
        strides.append(0)
        extents.append(1)
      case .ellipsis: throw .internal("an ellipsis that was not expanded")
      case .picks(let values, let shape):
        places.append(extents.count)
        axis += 1
        guard let context else {
          arrays.append(([], shape))
          continue
        }
        var offsets: [Int] = []
        offsets.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
          try IndexPlan.look(at: index, context)
          offsets.append(try IndexPlan.position(value, axis - 1, source) * sourceStrides[axis - 1])
        }
        arrays.append((offsets, shape))
      case .mask(let flags, let shape):
        places.append(extents.count)
        try IndexPlan.check(shape, axis, source)
        let count = flags.count { $0 }
        guard let context else {
          arrays.append(([], Shape(unchecked: [count])))
          axis += shape.rank
          continue
        }
        var offsets: [Int] = []
        offsets.reserveCapacity(count)
        let maskStrides = shape.strides
        if shape.rank == 1 {
          let stride = sourceStrides[axis]
          for (index, flag) in flags.enumerated() {
            try IndexPlan.look(at: index, context)
            if flag { offsets.append(index * stride) }
          }
        } else {
          for (index, flag) in flags.enumerated() {
            try IndexPlan.look(at: index, context)
            guard flag else { continue }
            var sum = 0
            for dimension in 0..<shape.rank {
              let coordinate = (index / maskStrides[dimension]) % shape.extents[dimension]
              sum += coordinate * sourceStrides[axis + dimension]
            }
            offsets.append(sum)
          }
        }
        arrays.append((offsets, Shape(unchecked: [offsets.count])))
        axis += shape.rank
      }
    }
    guard advanced else {
      shape = try Shape(extents)
      return
    }
    pickShape = try Shape.broadcast("index", arrays.map(\.shape))
    let first = places.first ?? 0
    place = places.allSatisfy { $0 == first } ? first : 0
    shape = try Shape(
      Array(extents[..<place]) + pickShape.extents + Array(extents[place...]))
    guard let context else { return }
    var sums: [Int] = []
    if arrays.count == 1 {
      sums = arrays[0].offsets
    } else {
      sums = [Int](repeating: 0, count: pickShape.count)
    }
    for array in arrays where arrays.count > 1 {
      let arrayStrides = array.shape.strides(broadcastTo: pickShape)
      let outStrides = pickShape.strides
      for index in sums.indices {
        try IndexPlan.look(at: index, context)
        var source = 0
        for dimension in 0..<pickShape.rank where arrayStrides[dimension] != 0 {
          source +=
            (index / outStrides[dimension]) % pickShape.extents[dimension]
            * arrayStrides[dimension]
        }
        sums[index] += array.offsets[source]
      }
    }
    picks = sums
  }

  /// Now and then, looks whether work should stop.
  @inline(__always)
  private static func look(at index: Int, _ context: TensorContext) throws(TensorError) {
    if index & 0xFFFF == 0, context.interruption.isRequested { throw .interrupted }
  }

  /// Offset and strides when one strided copy reads everything; nil when arrays take part.
  var basic: (offset: Int, strides: [Int])? { picks == nil ? (offset, strides) : nil }

  /// The number of neighbouring elements that every pick reads: whole rows for `x[rows]`.
  var runLength: Int {
    guard picks != nil, place == 0 else { return 1 }
    var length = 1
    for axis in extents.indices.reversed() {
      guard strides[axis] == length || extents[axis] == 1 else { return 1 }
      length *= extents[axis]
    }
    return max(length, 1)
  }

  /// The element offset of every run of `runLength` elements, in the order of the result.
  func offsets() -> [Int] {
    guard let picks else { return IndexPlan.walk(extents[...], strides[...], [offset]) }
    if extents.isEmpty, offset == 0 { return picks }
    if extents.isEmpty || runLength > 1 { return picks.map { $0 + offset } }
    let outer = IndexPlan.walk(extents[..<place], strides[..<place], [offset])
    var combined: [Int] = []
    combined.reserveCapacity(outer.count * picks.count)
    for start in outer { for pick in picks { combined.append(start + pick) } }
    return IndexPlan.walk(extents[place...], strides[place...], combined)
  }

  /// Appends the axes of a strided walk to each start.
  private static func walk(
    _ extents: ArraySlice<Int>, _ strides: ArraySlice<Int>, _ starts: [Int]
  ) -> [Int] {
    var offsets = starts
    for (extent, stride) in zip(extents, strides) {
      var next: [Int] = []
      next.reserveCapacity(offsets.count * extent)
      for start in offsets { for step in 0..<extent { next.append(start + step * stride) } }
      offsets = next
    }
    return offsets
  }

  /// Replaces the ellipsis, or the missing rest, by whole axes.
  private static func expand(_ items: [TensorIndex], _ source: Shape) throws(TensorError)
    -> [TensorIndex]
  {
    var used = 0
    var ellipses = 0
    for item in items {
      switch item {
      case .at, .slice, .picks: used += 1
      case .mask(_, let shape): used += shape.rank
      case .newAxis: break
      case .ellipsis: ellipses += 1
      }
    }
    guard ellipses <= 1 else {
      throw .value(op: "index", expected: "at most one ...", received: "\(ellipses)")
    }
    guard used <= source.rank else {
      throw .tooManyIndices(received: used, rank: source.rank)
    }
    let rest = [TensorIndex](repeating: .all, count: source.rank - used)
    guard let place = items.firstIndex(of: .ellipsis) else { return items + rest }
    return items[..<place] + rest + items[(place + 1)...]
  }

  private static func position(_ index: Int, _ axis: Int, _ source: Shape) throws(TensorError)
    -> Int
  {
    let extent = source.extents[axis]
    guard index >= -extent, index < extent else {
      throw .index(index: index, axis: axis, extent: extent)
    }
    return index < 0 ? index + extent : index
  }

  private static func check(_ mask: Shape, _ axis: Int, _ source: Shape) throws(TensorError) {
    for dimension in 0..<mask.rank
    where mask.extents[dimension] != source.extents[axis + dimension] {
      throw .shapeMismatch(
        op: "index",
        expected:
          "a mask of length \(source.extents[axis + dimension]) on axis \(axis + dimension)",
        received: [source, mask])
    }
  }

  /// Python's rules for a slice of a sequence of that length.
  private static func resolve(_ start: Int?, _ stop: Int?, _ step: Int?, _ extent: Int)
    throws(TensorError) -> (start: Int, step: Int, count: Int)
  {
    let step = step ?? 1
    guard step != 0 else {
      throw .value(op: "slice", expected: "a step other than 0", received: "0")
    }
    // Beyond the length one step is as good as another, and cannot overflow.
    let stride = max(min(step, extent + 1), -(extent + 1))
    func clamp(_ value: Int, _ low: Int, _ high: Int) -> Int {
      max(low, min(high, value < 0 ? max(value, -extent - 1) + extent : value))
    }
    if stride > 0 {
      let first = clamp(start ?? 0, 0, extent)
      let last = clamp(stop ?? extent, 0, extent)
      return (first, stride, last > first ? (last - first + stride - 1) / stride : 0)
    }
    let first = start.map { clamp($0, -1, extent - 1) } ?? extent - 1
    let last = stop.map { clamp($0, -1, extent - 1) } ?? -1
    return (first, stride, first > last ? (first - last - stride - 1) / -stride : 0)
  }
}
