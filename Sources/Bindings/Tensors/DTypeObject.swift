import Catalog
import Runtime
import Syntax
import Tensors

/// An element type as a value: `float32`.
final class DTypeObject: Object {
  let dtype: DType
  private let record: Entry

  init(_ dtype: DType) {
    self.dtype = dtype
    record = Self.record(of: dtype)
    super.init()
  }

  /// The element type that a name means; Python's `int` and `float` mean NumPy's defaults.
  static func dtype(named name: String) -> DType? {
    switch name {
    case "int": .int64
    case "float": .float64
    case "bool": .bool
    default: DType(named: name)
    }
  }

  override var typeName: String { "dtype" }

  override var entry: Entry? { record }

  private static func record(of dtype: DType) -> Entry {
    let bytes = dtype.byteSize == 1 ? "1 byte" : "\(dtype.byteSize) bytes"
    return Entry(
      dtype.name, [.positional("x", default: "0")], kind: .type, group: "Tensors",
      summary: """
        Elements of \(bytes); `dtype=\(dtype.name)` asks for them. Called, it makes a tensor of \
        them, of no dimension for a number.
        """,
      examples: [
        Example("\(dtype.name)(1).dtype", prints: dtype.name),
        Example("\(dtype.name)([0, 1]).shape", prints: "(2,)"),
      ])
  }

  override var canBeCalled: Bool { true }

  /// `float32(2)`: a tensor of no dimension, which is what elements of tensors are too.
  override func call(_ arguments: Arguments, _ interpreter: Interpreter) throws(Fault) -> Value {
    let value = try interpreter.bind(arguments, to: record)[0] ?? .int(0)
    if value.stringText != nil {
      throw Fault.type(
        "\(dtype.name)() expected a number, a tensor or nested lists of numbers; received 'string'",
        help: "read the number first: \(dtype.name)(\(dtype.isFloating ? "float" : "int")(…))")
    }
    let workbench = try Workbench.of(interpreter)
    return .object(
      TensorObject(
        try TensorConversion.array(value, dtype: dtype, workbench, interpreter), workbench))
  }

  override func representation(_ interpreter: Interpreter) throws(Fault) -> String { dtype.name }

  override func hash(_ interpreter: Interpreter) throws(Fault) -> Int { Int(dtype.rawValue) }

  override func compare(
    _ op: ComparisonOperator, _ other: Value, reflected: Bool, _ interpreter: Interpreter
  ) throws(Fault) -> Value? {
    guard op == .equal || op == .notEqual else { return nil }
    var same = other.stringText.map { $0 == dtype.name } ?? false
    if case .object(let object) = other {
      if let right = object as? DTypeObject { same = right.dtype == dtype }
      if object.kind == .builtin, let name = object.entry?.name {
        same = DTypeObject.dtype(named: name) == dtype
      }
    }
    return .bool(same == (op == .equal))
  }

  override var attributeNames: [String] { ["itemsize", "name"] }

  override func attribute(_ name: String, _ interpreter: Interpreter) throws(Fault) -> Value? {
    switch name {
    case "itemsize": .int(dtype.byteSize)
    case "name": .string(dtype.name)
    default: nil
    }
  }
}
