extension Shape {
  /// The shape that both spread to under NumPy's rule: aligned at the last axis, extents equal or 1.
  ///
  /// - Throws: ``TensorError/shapeMismatch(op:expected:received:)`` naming the axis that differs.
  @inline(__always)
  static func broadcast(_ op: String, _ left: Shape, _ right: Shape) throws(TensorError) -> Shape {
    if left == right || right.rank == 0 { return left }
    if left.rank == 0 { return right }
    return try broadcastSlowly(op, left, right)
  }

  private static func broadcastSlowly(_ op: String, _ left: Shape, _ right: Shape)
    throws(TensorError) -> Shape
  {
    let rank = max(left.rank, right.rank)
    var extents = [Int](repeating: 1, count: rank)
    for back in 1...rank {
      let first = back <= left.rank ? left.extents[left.rank - back] : 1
      let second = back <= right.rank ? right.extents[right.rank - back] : 1
      guard first == second || first == 1 || second == 1 else {
        throw .shapeMismatch(
          op: op,
          expected: "equal extents, or 1, on axis \(-back), where \(first) meets \(second)",
          received: [left, right])
      }
      extents[rank - back] = first == 1 ? second : first
    }
    return try Shape(extents)
  }

  /// The shape that all of them spread to.
  static func broadcast(_ op: String, _ shapes: [Shape]) throws(TensorError) -> Shape {
    var result = Shape.scalar
    for shape in shapes { result = try broadcast(op, result, shape) }
    return result
  }

  /// Strides that read a tensor of this shape as if it had the shape `target`: 0 where it repeats.
  func strides(broadcastTo target: Shape) -> [Int] {
    let own = strides
    let offset = target.rank - rank
    return target.extents.indices.map { axis in
      axis < offset || extents[axis - offset] == 1 ? 0 : own[axis - offset]
    }
  }

  /// Whether a tensor of this shape spreads to `target`.
  func broadcasts(to target: Shape) -> Bool {
    guard rank <= target.rank else { return false }
    let offset = target.rank - rank
    return extents.indices.allSatisfy {
      extents[$0] == 1 || extents[$0] == target.extents[$0 + offset]
    }
  }

  /// The non-negative number of an axis that may count from the end.
  func axis(_ axis: Int, op: String) throws(TensorError) -> Int {
    guard axis >= -rank, axis < rank else { throw .axis(op: op, axis: axis, rank: rank) }
    return axis < 0 ? axis + rank : axis
  }

  /// Non-negative, sorted, each once; all axes for nil.
  func axes(_ axes: [Int]?, op: String) throws(TensorError) -> [Int] {
    guard let axes else { return Array(0..<rank) }
    var result: [Int] = []
    for axis in axes {
      let index = try self.axis(axis, op: op)
      if result.contains(index) { throw .repeatedAxis(op: op, axis: axis) }
      result.append(index)
    }
    return result.sorted()
  }

  /// The shape after a reduction over sorted `axes`.
  func reduced(over axes: [Int], keepDims: Bool) -> Shape {
    if keepDims {
      var kept = extents
      for axis in axes { kept[axis] = 1 }
      return Shape(unchecked: kept)
    }
    return Shape(unchecked: extents.indices.filter { !axes.contains($0) }.map { extents[$0] })
  }
}
