import Catalog
import JSON
import Runtime
import Tensors

/// Arguments of layers, losses and optimizers in the form that the neural engine reads: plain data
/// by parameter name.
enum PlainArguments {
  /// The arguments given, by the names of the record's parameters, from a place on.
  static func object(
    _ bound: BoundArguments, _ entry: Entry, from first: Int = 0, without skipped: Set<String> = [],
    _ interpreter: Interpreter
  ) throws(Fault) -> JSONObject {
    var object = JSONObject()
    for (index, parameter) in entry.parameters.enumerated() where index >= first {
      guard let value = bound[index], !skipped.contains(parameter.name) else { continue }
      object[parameter.name] = try json(value, "\(entry.name)() \(parameter.name)", interpreter)
    }
    return object
  }

  /// One argument: numbers, texts, None, tuples; a function or dtype stands for its name.
  static func json(_ value: Value, _ what: String, _ interpreter: Interpreter) throws(Fault)
    -> JSONValue
  {
    switch value {
    case .none: return .null
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .float(let number): return .double(number)
    case .object(let object):
      if let text = value.stringText { return .string(text) }
      if let elements = value.sequenceElements {
        var items: [JSONValue] = []
        for element in elements { items.append(try json(element, what, interpreter)) }
        return .array(items)
      }
      if let dtype = object as? DTypeObject { return .string(dtype.dtype.name) }
      if object.kind == .builtin, let name = object.entry?.name { return .string(name) }
      if object.kind == .host, let scalar = try object.scalar(interpreter) {
        return try json(scalar, what, interpreter)
      }
      throw Fault.type(
        "\(what): expected a number, a text or a tuple; received '\(interpreter.typeName(value))'")
    }
  }
}
