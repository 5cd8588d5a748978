import Runtime
import Tensors

/// What stands between the brackets of a tensor, as the engine reads it.
enum TensorIndexing {
  /// A key as indices: integers, slices, `None`, `...`, lists, and boolean or integer tensors.
  static func indices(_ key: Value, _ interpreter: Interpreter) throws(Fault) -> [TensorIndex] {
    guard let parts = key.tupleElements else { return [try index(key, interpreter)] }
    var indices: [TensorIndex] = []
    indices.reserveCapacity(parts.count)
    for part in parts { indices.append(try index(part, interpreter)) }
    return indices
  }

  private static func index(_ part: Value, _ interpreter: Interpreter) throws(Fault)
    -> TensorIndex
  {
    switch part {
    case .int(let place): return .at(place)
    case .none: return .newAxis
    case .bool, .float: break
    case .object(let object):
      switch object.kind {
      case .ellipsis: return .ellipsis
      case .slice:
        guard let slice = object as? SliceObject else { break }
        return .slice(
          start: try bound(slice.start, interpreter), stop: try bound(slice.stop, interpreter),
          step: try bound(slice.step, interpreter))
      case .list, .range:
        let workbench = try Workbench.of(interpreter)
        return try index(
          try TensorConversion.tensor(part, workbench, interpreter), interpreter)
      case .host:
        if let tensor = object as? TensorObject { return try index(tensor.tensor, interpreter) }
      default: break
      }
    }
    throw Fault(
      "IndexError",
      "expected integers, slices, None, ..., lists or tensors as indices; received "
        + "'\(interpreter.typeName(part))'")
  }

  private static func index(_ tensor: Tensor, _ interpreter: Interpreter) throws(Fault)
    -> TensorIndex
  {
    switch tensor.dtype {
    case .bool: return .mask(tensor.booleans(), shape: tensor.shape)
    case .int32, .int64:
      if tensor.rank == 0 { return .at(tensor.integers()[0]) }
      return .picks(tensor.integers(), shape: tensor.shape)
    case .float32, .float64:
      if tensor.count == 0 { return .picks([], shape: tensor.shape) }
      throw Fault(
        "IndexError", "expected integer or boolean indices; received \(tensor.dtype.name)",
        help: "turn them into integers: x.astype(int64)")
    }
  }

  private static func bound(_ value: Value, _ interpreter: Interpreter) throws(Fault) -> Int? {
    value.isNone ? nil : try interpreter.integer(value, what: "a slice bound")
  }
}
