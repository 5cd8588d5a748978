extension TensorError {
  /// The name of Python's exception for the same mistake, or `ShapeError`.
  public var name: String {
    switch self {
    case .shapeMismatch: "ShapeError"
    case .dtype, .missing, .unsupported: "TypeError"
    case .index, .tooManyIndices: "IndexError"
    case .axis, .repeatedAxis, .value, .noGradient, .released: "ValueError"
    case .tooLarge, .outOfMemory: "MemoryError"
    case .internal: "InternalError"
    case .interrupted: "KeyboardInterrupt"
    case .foreign: "Error"
    }
  }

  /// What was expected and what was received, in one line.
  public var message: String {
    switch self {
    case .shapeMismatch(let op, let expected, let received):
      let noun = received.count == 1 ? "shape" : "shapes"
      return "\(op): expected \(expected); received \(noun) \(Self.list(received.map(\.text)))"
    case .dtype(let op, let expected, let received):
      return "\(op): expected \(expected); received \(Self.list(received.map(\.name)))"
    case .axis(let op, let axis, let rank):
      if rank == 0 { return "\(op): expected no axis for a 0-d tensor; received \(axis)" }
      return "\(op): expected an axis from \(-rank) to \(rank - 1); received \(axis)"
    case .repeatedAxis(let op, let axis):
      return "\(op): expected each axis once; received \(axis) twice"
    case .index(let index, let axis, let extent):
      if extent == 0 { return "index \(index) into axis \(axis), which is empty" }
      return "expected an index from \(-extent) to \(extent - 1) on axis \(axis); received \(index)"
    case .tooManyIndices(let received, let rank):
      return "expected at most \(rank) \(rank == 1 ? "index" : "indices"); received \(received)"
    case .value(let op, let expected, let received, _):
      return "\(op): expected \(expected); received \(received)"
    case .missing(let op, let argument):
      return "\(op): expected an argument \(argument); received none"
    case .tooLarge(let extents):
      return "expected a shape that fits in memory; received \(Shape.text(extents))"
    case .outOfMemory(let bytes, let inUse, let limit):
      let others =
        isCrowded ? ", of which \(Self.size(inUse)) are in use" : ""
      return "expected at most \(Self.size(limit)) of tensors\(others); "
        + "this step needs \(Self.size(bytes))"
    case .noGradient(let target, let reason):
      return "gradient: no gradient reaches \(target): \(reason)"
    case .released(let op):
      return "gradient: the values saved for \(op) were released by an earlier gradient"
    case .unsupported(let op, let reason): return "\(op): \(reason)"
    case .internal(let text): return "internal error: \(text)"
    case .interrupted: return "interrupted"
    case .foreign(let error): return "\(error)"
    }
  }

  /// A fact that helps, when there is one.
  public var note: String? {
    switch self {
    case .released: "gradient releases what the graph saved, to give the memory back"
    default: nil
    }
  }

  /// An edit that works, when there is one.
  public var help: String? {
    switch self {
    case .released:
      "pass keep=True to the first gradient, or cut the old graph off with stop_gradient(x)"
    case .value(_, _, _, let help): help
    case .noGradient: "make the value depend on a variable(x) or a layer weight"
    case .outOfMemory where isCrowded:
      "free what is no longer needed with del, as in del x, make the tensor smaller, "
        + "or raise the limit with --max-memory"
    case .outOfMemory: "make the tensor smaller, or raise the limit with --max-memory"
    default: nil
    }
  }

  /// True when memory would suffice but for the tensors that there are.
  private var isCrowded: Bool {
    guard case .outOfMemory(let bytes, let inUse, let limit) = self else { return false }
    return inUse > 0 && bytes <= limit
  }

  private static func list(_ parts: [String]) -> String {
    guard let last = parts.last else { return "none" }
    if parts.count == 1 { return last }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A number of bytes as people read it: `8.0 TB`, `512 bytes`.
  static func size(_ bytes: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]
    var unit = 0
    var tenths = bytes
    if bytes < 1000 { return "\(bytes) bytes" }
    var value = bytes
    while value >= 1000, unit + 1 < units.count {
      tenths = value / 100
      value /= 1000
      unit += 1
    }
    return "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}

extension TensorError: CustomStringConvertible {
  /// The same as ``message``.
  public var description: String { message }
}
