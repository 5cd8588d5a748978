/// A tensor with identity that gradients are taken by: a `variable(x)` or a weight of a layer.
///
/// Its value changes only by ``assign(_:)`` and ``update(_:)``; values read before keep what they were.
public final class Parameter {
  /// What messages and summaries call it.
  public let name: String
  /// Whether `gradient` and optimizers consider it; a frozen weight reads as a constant.
  public var isTrainable: Bool
  /// The present value, without history.
  public private(set) var value: Tensor
  let leaf = Node()

  /// Makes a parameter of a floating dtype.
  ///
  /// - Throws: ``TensorError/dtype(op:expected:received:)`` for a dtype without gradients.
  public init(_ value: Tensor, name: String = "variable", isTrainable: Bool = true)
    throws(TensorError)
  {
    guard value.dtype.isFloating else {
      throw .dtype(
        op: "variable", expected: "float32 or float64, which have gradients",
        received: [value.dtype])
    }
    self.value = value.detached
    self.name = name
    self.isTrainable = isTrainable
  }

  /// The value as the leaf of a graph: what is computed from it is recorded.
  @inline(__always)
  public var tracked: Tensor { isTrainable ? Tensor(value, node: leaf) : value }

  /// Replaces the value by one of the same shape; the dtype stays.
  ///
  /// - Throws: ``TensorError/shapeMismatch(op:expected:received:)`` for another shape.
  public func assign(_ newValue: Tensor, _ context: TensorContext) throws(TensorError) {
    guard newValue.shape == value.shape else {
      throw .shapeMismatch(
        op: "assign", expected: "the shape of \(name), \(value.shape.text)",
        received: [newValue.shape])
    }
    value = try Ops.cast(newValue.detached, to: value.dtype, context).detached
  }

  /// Changes the value in place, as an optimizer does; writing goes to unique storage only.
  public func update<E: Error>(_ body: (inout Tensor) throws(E) -> Void) throws(E) {
    try body(&value)
  }
}
