import Catalog
import Runtime
import Syntax
import Tensors

/// A weight or a `variable`: a tensor with identity, whose gradient can be asked for.
final class ParameterObject: Object {
  let parameter: Tensors.Parameter
  unowned let workbench: Workbench

  init(_ parameter: Tensors.Parameter, _ workbench: Workbench) {
    self.parameter = parameter
    self.workbench = workbench
    super.init()
  }

  /// The value as a tensor that records what is computed from it.
  private var tracked: TensorObject { TensorObject(parameter.tracked, workbench) }

  override var typeName: String { "variable" }

  override func truth(_ interpreter: Interpreter) throws(Fault) -> Bool {
    try tracked.truth(interpreter)
  }

  override func length(_ interpreter: Interpreter) throws(Fault) -> Int? {
    try tracked.length(interpreter)
  }

  override func scalar(_ interpreter: Interpreter) throws(Fault) -> Value? {
    try tracked.scalar(interpreter)
  }

  override func iterate(_ interpreter: Interpreter) throws(Fault)
    -> (() throws(Fault) -> Value?)?
  { try tracked.iterate(interpreter) }

  override func index(_ key: Value, _ interpreter: Interpreter) throws(Fault) -> Value {
    try tracked.index(key, interpreter)
  }

  override func assign(_ value: Value, at key: Value, _ interpreter: Interpreter) throws(Fault) {
    let indices = try TensorIndexing.indices(key, interpreter)
    let source = try TensorConversion.tensor(value, workbench, interpreter)
    let context = workbench.tensors
    try interpreter.tensors { () throws(TensorError) in
      var changed = parameter.value
      try changed.assign(at: indices, source.detached, context)
      try parameter.assign(changed, context)
    }
  }

  override func unary(_ op: UnaryOperator, _ interpreter: Interpreter) throws(Fault) -> Value? {
    try tracked.unary(op, interpreter)
  }

  override func binary(
    _ op: BinaryOperator, _ other: Value, reflected: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> Value? {
    try tracked.binary(op, other, reflected: reflected, interpreter)
  }

  override func compare(
    _ op: ComparisonOperator, _ other: Value, reflected: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> Value? {
    try tracked.compare(op, other, reflected: reflected, interpreter)
  }

  override func representation(_ interpreter: Interpreter) throws(Fault) -> String {
    // Rows after the first stand below the first.
    let lines = parameter.value.repr.split(separator: "\n", omittingEmptySubsequences: false)
    return "variable(\(lines.joined(separator: "\n         ")))"
  }

  override func text(_ interpreter: Interpreter) throws(Fault) -> String {
    parameter.value.text
  }

  override var attributeNames: [String] {
    ["assign", "name", "trainable", "value"] + TensorAttributes.names
  }

  override func attributeEntry(_ name: String) -> Entry? {
    name == "assign" ? Self.assign.entry : TensorAttributes.entry(name)
  }

  override func attribute(_ name: String, _ interpreter: Interpreter) throws(Fault) -> Value? {
    switch name {
    case "name": .string(parameter.name)
    case "trainable": .bool(parameter.isTrainable)
    case "value": .object(TensorObject(parameter.value, workbench))
    case "assign": .object(BoundMethodObject(.object(self), Self.assign))
    default: try tracked.attribute(name, interpreter)
    }
  }

  override func setAttribute(_ name: String, _ value: Value, _ interpreter: Interpreter)
    throws(Fault) -> Bool
  {
    guard name == "trainable" else { return false }
    parameter.isTrainable = try interpreter.truth(value)
    return true
  }

  override func overload(_ name: String) -> Builtin? { tracked.overload(name) }

  static let assign = Method(
    Entry(
      "assign", [.positional("value", .tensor)], kind: .method(of: "variable"),
      summary: "Replaces the value by another of the same shape.",
      examples: [Example("w = variable([1.0])\nw.assign([2.0])\nprint(w)", prints: "[2.]")]),
    .one { receiver, value, interpreter throws(Fault) in
      guard case .object(let object) = receiver, let own = object as? ParameterObject else {
        throw .internal("assign without a variable")
      }
      let source = try TensorConversion.tensor(value, own.workbench, interpreter)
      try interpreter.tensors { () throws(TensorError) in
        try own.parameter.assign(source.detached, own.workbench.tensors)
      }
      return .none
    })
}
