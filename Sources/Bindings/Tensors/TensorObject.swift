import Catalog
import Runtime
import Syntax
import Tensors

/// A tensor as a value of the language.
///
/// The object has identity, as a list has: `a[...] = v` is seen through every name of it. The
/// tensor in it is a value, so slices taken before stay what they were.
final class TensorObject: Object {
  private(set) var tensor: Tensor
  /// True once the file that made the tensor was loaded by another.
  private var isFrozen = false
  unowned let workbench: Workbench

  init(_ tensor: Tensor, _ workbench: Workbench) {
    self.tensor = tensor
    self.workbench = workbench
    super.init()
  }

  private var context: TensorContext { workbench.tensors }

  private func value(_ tensor: Tensor) -> Value { .object(TensorObject(tensor, workbench)) }

  override var typeName: String { "tensor" }

  // MARK: As a value

  override func truth(_ interpreter: Interpreter) throws(Fault) -> Bool {
    guard tensor.count == 1 else {
      throw Fault.value(
        "the truth of a tensor of shape \(tensor.shape.text) is ambiguous",
        help: "use any(x) or all(x)")
    }
    return tensor.booleans()[0]
  }

  override func length(_ interpreter: Interpreter) throws(Fault) -> Int? {
    guard tensor.rank > 0 else { throw Fault.type("len() of a tensor without axes") }
    return tensor.shape[0]
  }

  override func scalar(_ interpreter: Interpreter) throws(Fault) -> Value? {
    guard tensor.count == 1 else { return nil }
    return try interpreter.tensors { () throws(TensorError) in Scalars.value(try tensor.item()) }
  }

  override func iterate(_ interpreter: Interpreter) throws(Fault)
    -> (() throws(Fault) -> Value?)?
  {
    guard tensor.rank > 0 else { throw Fault.type("a tensor without axes cannot be iterated over") }
    // As in NumPy, a walk over a changing array sees the changes; here the rows are those of the
    // moment the walk began, since tensors are values.
    let whole = tensor
    var row = 0
    return { [workbench] () throws(Fault) in
      guard row < whole.shape[0] else { return nil }
      defer { row += 1 }
      let part = try interpreter.tensors { () throws(TensorError) in
        try whole.indexed([.at(row)], workbench.tensors)
      }
      return .object(TensorObject(part, workbench))
    }
  }

  // MARK: Indexing

  override func index(_ key: Value, _ interpreter: Interpreter) throws(Fault) -> Value {
    let indices = try TensorIndexing.indices(key, interpreter)
    return value(
      try interpreter.tensors { () throws(TensorError) in try tensor.indexed(indices, context) })
  }

  override var givesCopies: Bool { true }

  override func assign(_ value: Value, at key: Value, _ interpreter: Interpreter) throws(Fault) {
    let indices = try TensorIndexing.indices(key, interpreter)
    let source = try TensorConversion.tensor(value, workbench, interpreter)
    try checkMutable()
    try interpreter.tensors { () throws(TensorError) in
      try tensor.assign(at: indices, source, context)
    }
  }

  /// Puts another tensor in place of this one's, under every name of the object.
  func replace(with tensor: Tensor) throws(Fault) {
    try checkMutable()
    self.tensor = tensor
  }

  override func freeze() { isFrozen = true }

  private func checkMutable() throws(Fault) {
    guard isFrozen else { return }
    throw Fault.type(
      "the tensor belongs to a loaded file and cannot be changed", help: "change a copy: x.copy()")
  }

  override func contains(_ item: Value, _ interpreter: Interpreter) throws(Fault) -> Bool? {
    guard let spec = Operators.comparison(.equal) else { return nil }
    let other = try TensorConversion.tensor(item, workbench, interpreter)
    return try interpreter.tensors { () throws(TensorError) in
      let matches = try Ops.apply(spec, [tensor, other], .none, context)
      return matches.booleans().contains(true)
    }
  }

  // MARK: Operators

  override func unary(_ op: UnaryOperator, _ interpreter: Interpreter) throws(Fault) -> Value? {
    if op == .plus { return .object(self) }
    guard let spec = Operators.unary(op) else { return nil }
    return value(
      try interpreter.tensors { () throws(TensorError) in
        try Ops.apply(spec, [tensor], .none, context)
      })
  }

  override func binary(
    _ op: BinaryOperator, _ other: Value, reflected: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> Value? {
    guard let spec = Operators.binary(op),
      let operand = try TensorConversion.operand(other, workbench, interpreter)
    else { return nil }
    return value(
      try interpreter.tensors { () throws(TensorError) in
        try Ops.apply(spec, reflected ? [operand, tensor] : [tensor, operand], .none, context)
      })
  }

  override func compare(
    _ op: ComparisonOperator, _ other: Value, reflected: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> Value? {
    guard let spec = Operators.comparison(op),
      let operand = try TensorConversion.operand(other, workbench, interpreter)
    else { return nil }
    return value(
      try interpreter.tensors { () throws(TensorError) in
        try Ops.apply(spec, reflected ? [operand, tensor] : [tensor, operand], .none, context)
      })
  }

  // MARK: Text

  override var brief: String { "<tensor \(tensor.shape.text) \(tensor.dtype.name)>" }

  override func text(_ interpreter: Interpreter) throws(Fault) -> String { tensor.text }

  override func representation(_ interpreter: Interpreter) throws(Fault) -> String {
    tensor.rank == 0 ? tensor.text : tensor.repr
  }

  override func bundle(_ interpreter: Interpreter) throws(Fault) -> MimeBundle {
    guard tensor.count > TensorSummary.fullLimit else {
      return MimeBundle(text: try representation(interpreter))
    }
    return MimeBundle(text: TensorSummary.text(of: tensor, context))
  }

  override func inspection(detail: Int) -> String? {
    detail > 0 ? TensorSummary.text(of: tensor, context) : TensorSummary.head(of: tensor)
  }

  // MARK: Attributes

  override var attributeNames: [String] { TensorAttributes.names }

  override func attributeEntry(_ name: String) -> Entry? { TensorAttributes.entry(name) }

  override func attribute(_ name: String, _ interpreter: Interpreter) throws(Fault) -> Value? {
    try TensorAttributes.attribute(name, of: self, interpreter)
  }

  /// The largest of two numbers is the language's affair, even when tensors without axes stand for
  /// them: `max(loss, 0.1)`.
  override func overload(_ name: String) -> Builtin? {
    if tensor.rank == 0, name == "max" || name == "min" { return nil }
    return OpBuiltins.overloads[name]
  }
}
