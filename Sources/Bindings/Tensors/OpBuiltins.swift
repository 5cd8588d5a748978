import Catalog
import Runtime
import Tensors

/// The operations of the tensor engine as builtins and methods, made from their records.
enum OpBuiltins {
  /// Every operation by its main name and its aliases.
  static let all: [Builtin] = OpTable.all.flatMap { spec in
    [builtin(spec)] + spec.aliases.map { builtin(spec, named: $0) }
  }

  /// The operations by name.
  ///
  /// They take over from the language's builtins of the same name when the first argument is a
  /// tensor: `sum`, `max`, `round`.
  static let overloads: [String: Builtin] = {
    var table: [String: Builtin] = [:]
    for builtin in all { table[builtin.entry.name] = builtin }
    return table
  }()

  /// The operations that can be called on a tensor, by main name and aliases.
  static let methodList: [Method] = OpTable.all.filter(\.isMethod).flatMap { spec in
    ([spec.name] + spec.aliases).map { method(spec, named: $0) }
  }

  /// The same by name.
  static let methods: [String: Method] = Dictionary(
    methodList.map { ($0.entry.name, $0) }
  ) { first, _ in first }

  /// The operation without the tensor in its signature.
  private static func method(_ spec: OpSpec, named name: String) -> Method {
    let entry = Entry(
      name, Array(spec.entry.parameters.dropFirst()), kind: .method(of: "tensor"),
      group: spec.entry.group, summary: spec.entry.summary, examples: spec.entry.examples)
    // `x.reshape(2, 3)` and `x.transpose(1, 0)`: NumPy takes the numbers one by one.
    let first = spec.entry.parameters.dropFirst().first?.type
    let gathersNumbers = first == .shape || first == .axis
    return Method(
      entry,
      .raw { receiver, arguments, interpreter throws(Fault) in
        var whole = arguments
        if gathersNumbers, arguments.positional.count > 1 {
          whole.positional = [.tuple(arguments.positional)]
        }
        whole.positional.insert(receiver, at: 0)
        return try call(spec, whole, interpreter)
      })
  }

  private static func builtin(_ spec: OpSpec, named name: String? = nil) -> Builtin {
    let entry =
      name.map {
        Entry(
          $0, spec.entry.parameters, kind: spec.entry.kind, group: spec.entry.group,
          summary: spec.entry.summary, examples: spec.entry.examples)
      } ?? spec.entry
    return Builtin(
      entry,
      .raw { arguments, interpreter throws(Fault) in try call(spec, arguments, interpreter) })
  }

  /// Binds arguments to the record, converts them and runs the operation.
  static func call(_ spec: OpSpec, _ arguments: Arguments, _ interpreter: Interpreter)
    throws(Fault) -> Value
  {
    let workbench = try Workbench.of(interpreter)
    let bound = try interpreter.bind(arguments, to: spec.entry)
    var inputs: [Tensor] = []
    var attributes = Attributes.none
    let parameters = spec.entry.parameters
    let inputCount = spec.inputCount
    if inputCount == nil {
      inputs = try manyInputs(bound, workbench, interpreter)
    }
    for (index, parameter) in parameters.enumerated() {
      guard let value = bound[index] else { continue }
      if let inputCount, index < inputCount {
        inputs.append(try TensorConversion.tensor(value, workbench, interpreter))
      } else if inputCount != nil || index > 0 {
        attributes[parameter.name] = try attribute(value, parameter, spec, interpreter)
      }
    }
    let results = try interpreter.tensors { () throws(TensorError) in
      try Ops.applyAll(spec, inputs, attributes, workbench.tensors)
    }
    let values = results.map { Value.object(TensorObject($0, workbench)) }
    return values.count == 1 && !givesList(spec) ? values[0] : .list(values)
  }

  /// Operations that cut a tensor give a list even of one piece.
  private static func givesList(_ spec: OpSpec) -> Bool { spec.name == "split" }

  /// The tensors of an operation that takes any number: one list, or several arguments.
  private static func manyInputs(
    _ bound: BoundArguments, _ workbench: Workbench, _ interpreter: Interpreter
  ) throws(Fault) -> [Tensor] {
    var values = bound.rest
    if let list = bound[0] { values = try interpreter.elements(of: list) }
    var inputs: [Tensor] = []
    for value in values {
      inputs.append(try TensorConversion.tensor(value, workbench, interpreter))
    }
    return inputs
  }

  /// The numbers of a list.
  private static func numbers(
    _ elements: [Value], _ parameter: Catalog.Parameter, _ spec: OpSpec,
    _ interpreter: Interpreter
  ) throws(Fault) -> [Double] {
    var numbers: [Double] = []
    for element in elements {
      switch try attribute(element, parameter, spec, interpreter) {
      case .int(let number): numbers.append(Double(number))
      case .float(let number): numbers.append(number)
      default:
        throw Fault.type(
          "\(spec.name)() \(parameter.name): expected numbers; received "
            + "'\(interpreter.typeName(element))'")
      }
    }
    return numbers
  }

  /// An argument that is no tensor, as the engine reads it.
  private static func attribute(
    _ value: Value, _ parameter: Catalog.Parameter, _ spec: OpSpec, _ interpreter: Interpreter
  ) throws(Fault) -> Attribute {
    switch value {
    case .none: return .absent
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .float(let number): return .float(number)
    case .object(let object):
      if let dtype = object as? DTypeObject { return .dtype(dtype.dtype) }
      if let text = value.stringText { return .text(text) }
      if let name = object.entry?.name, object.kind == .builtin, parameter.type == .dtype,
        let dtype = DTypeObject.dtype(named: name)
      {
        return .dtype(dtype)
      }
      if let scalar = try object.scalar(interpreter) {
        return try attribute(scalar, parameter, spec, interpreter)
      }
      if let elements = value.sequenceElements {
        if parameter.type == .number {
          return .floats(try numbers(elements, parameter, spec, interpreter))
        }
        var numbers: [Int] = []
        for element in elements {
          numbers.append(
            try interpreter.integer(element, what: "\(spec.name)() \(parameter.name)"))
        }
        return .ints(numbers)
      }
      if let tensor = object as? TensorObject, tensor.tensor.rank == 1, parameter.type == .number {
        return .floats(tensor.tensor.doubles())
      }
      if let tensor = object as? TensorObject, tensor.tensor.rank == 1,
        tensor.tensor.dtype.isInteger
      {
        return .ints(tensor.tensor.integers())
      }
    }
    throw Fault.type(
      "\(spec.name)() \(parameter.name): expected \(parameter.type.rawValue); received "
        + "'\(interpreter.typeName(value))'")
  }
}
