import Catalog
import Runtime
import Tensors

/// What stands behind the dot of a tensor: properties, the operations, and conversions.
enum TensorAttributes {
  private static let properties = ["T", "dtype", "nbytes", "ndim", "shape", "size"]

  static let names: [String] =
    properties + (OpBuiltins.methods.keys + own.map(\.entry.name)).sorted()

  static func entry(_ name: String) -> Entry? {
    (OpBuiltins.methods[name] ?? own.first { $0.entry.name == name })?.entry
  }

  static func attribute(_ name: String, of object: TensorObject, _ interpreter: Interpreter)
    throws(Fault) -> Value?
  {
    let tensor = object.tensor
    switch name {
    case "shape": return .tuple(tensor.shape.extents.map { .int($0) })
    case "dtype": return .object(DTypeObject(tensor.dtype))
    case "ndim": return .int(tensor.rank)
    case "size": return .int(tensor.count)
    case "nbytes": return .int(tensor.byteCount)
    case "T":
      let workbench = object.workbench
      let turned = try interpreter.tensors { () throws(TensorError) in
        try Ops.transpose(tensor, axes: nil, workbench.tensors)
      }
      return .object(TensorObject(turned, workbench))
    default:
      guard let method = OpBuiltins.methods[name] ?? own.first(where: { $0.entry.name == name })
      else { return nil }
      return .object(BoundMethodObject(.object(object), method))
    }
  }

  /// The methods that are no operations.
  static let own: [Method] = [
    Method(
      Entry(
        "item", kind: .method(of: "tensor"),
        summary: "The only element as a number of the language.",
        examples: [Example("tensor([2.5]).item()", prints: "2.5")]),
      .zero { receiver, interpreter throws(Fault) in
        let tensor = try tensor(receiver)
        return try interpreter.tensors { () throws(TensorError) in
          Scalars.value(try tensor.tensor.item())
        }
      }),
    Method(
      Entry(
        "tolist", kind: .method(of: "tensor"), summary: "The elements as nested lists of numbers.",
        examples: [Example("tensor([[1, 2], [3, 4]]).tolist()", prints: "[[1, 2], [3, 4]]")]),
      .zero { receiver, interpreter throws(Fault) in
        let object = try tensor(receiver)
        let tensor = object.tensor
        try interpreter.checkSize(
          tensor.count.multipliedReportingOverflow(by: 16), "a list of that many numbers")
        let elements = try interpreter.tensors { () throws(TensorError) in
          try scalars(tensor, object.workbench.tensors)
        }
        var next = 0
        return try nested(elements, &next, tensor.shape.extents[...], interpreter)
      }),
    Method(
      Entry(
        "copy", kind: .method(of: "tensor"),
        summary: "A tensor of the same elements, without history.",
        examples: [Example("tensor([1, 2]).copy()", prints: "tensor([1, 2])")]),
      .zero { receiver, _ throws(Fault) in
        let tensor = try tensor(receiver)
        return .object(TensorObject(tensor.tensor.detached, tensor.workbench))
      }),
    Method(
      Entry(
        "numpy", kind: .method(of: "tensor"),
        summary: "The tensor itself, without history: for code that comes from other libraries.",
        examples: [Example("tensor([1, 2]).numpy()", prints: "tensor([1, 2])")]),
      .zero { receiver, _ throws(Fault) in
        let tensor = try tensor(receiver)
        return .object(TensorObject(tensor.tensor.detached, tensor.workbench))
      }),
  ]

  private static func tensor(_ value: Value) throws(Fault) -> TensorObject {
    guard case .object(let object) = value, let tensor = object as? TensorObject else {
      throw .internal("a tensor method without a tensor")
    }
    return tensor
  }

  /// The elements in row-major order, each made when it is asked for.
  private static func scalars(_ tensor: Tensor, _ context: TensorContext) throws(TensorError)
    -> (Int) -> Value
  {
    switch tensor.dtype {
    case .bool:
      let elements = try tensor.integers(context)
      return { .bool(elements[$0] != 0) }
    case .int32, .int64:
      let elements = try tensor.integers(context)
      return { .int(elements[$0]) }
    case .float32, .float64:
      let elements = try tensor.doubles(context)
      return { .float(elements[$0]) }
    }
  }

  private static func nested(
    _ elements: (Int) -> Value, _ next: inout Int, _ extents: ArraySlice<Int>,
    _ interpreter: Interpreter
  ) throws(Fault) -> Value {
    guard let extent = extents.first else {
      if next & 0xFFF == 0 { try interpreter.checkInterruption() }
      next += 1
      return elements(next - 1)
    }
    try interpreter.checkInterruption()
    return .list(
      try interpreter.gather(capacity: extent) { list throws(Fault) in
        for _ in 0..<extent {
          list.append(try nested(elements, &next, extents.dropFirst(), interpreter))
        }
      })
  }
}
