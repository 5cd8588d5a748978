import Catalog
import Diagnostics

extension Interpreter {
  /// `value.name`.
  ///
  /// - Throws: `AttributeError`, with a hint when the name is nearly right.
  public func attribute(_ value: Value, _ name: String) throws(Fault) -> Value {
    if let found = try attributeIfAny(value, name) { return found }
    throw missingAttribute(value, name)
  }

  /// `value.name`, nil when there is no such attribute.
  public func attributeIfAny(_ value: Value, _ name: String) throws(Fault) -> Value? {
    guard case .object(let object) = value else { return nil }
    switch object.kind {
    case .module: return object.asModule?.member(name)
    case .structure: return object.asStruct?.field(name)
    case .host: return try object.attribute(name, self)
    default:
      return MethodTable.method(name, of: object.kind).map {
        .object(BoundMethodObject(value, $0))
      }
    }
  }

  /// `value.name = newValue`.
  public func setAttribute(_ value: Value, _ name: String, _ newValue: Value) throws(Fault) {
    if case .object(let object) = value, object.kind == .host {
      if try object.setAttribute(name, newValue, self) { return }
      if try object.attribute(name, self) == nil { throw missingAttribute(value, name) }
    }
    throw Fault(
      "AttributeError", "'\(typeName(value))' value has no attribute '\(name)' that can be set")
  }

  /// The attributes of a value, for completion and hints.
  public func attributeNames(_ value: Value) -> [String] {
    guard case .object(let object) = value else { return [] }
    switch object.kind {
    case .structure: return object.asStruct?.fields.map(\.name) ?? []
    case .module, .host: return object.attributeNames
    default: return MethodTable.names(of: object.kind)
    }
  }

  func missingAttribute(_ value: Value, _ name: String) -> Fault {
    let near = spellingHint(name, among: attributeNames(value))
    var help = near.map { "did you mean '\($0)'?" }
    var subject = "'\(typeName(value))' value"
    if let module = value.object?.asModule {
      subject = "module '\(module.name)'"
    } else if let function = (value.object as? BuiltinObject)?.builtin.entry.name {
      subject = "function '\(function)'"
      // In Python str.lower is a function of a text.
      if let kind = MethodTable.kind(madeBy: function),
        MethodTable.method(name, of: kind)?.entry.parameters.allSatisfy(\.isOptional) == true
      {
        help = "write lambda x: x.\(name)()"
      }
    }
    return Fault("AttributeError", "\(subject) has no attribute '\(name)'", help: help)
  }

  /// The name that a misspelt one may have meant.
  func spellingHint(_ name: String, among names: [String]) -> String? {
    Spelling.nearest(to: name, among: names)
  }
}
