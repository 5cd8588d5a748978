public import Catalog

/// What is known of one name without running anything: for completion and inspection.
public struct NameRecord: Sendable {
  /// The name.
  public let name: String
  /// The type of its value: `function`, `list`, `tensor`.
  public let type: String
  /// Its record, when it has one.
  public let entry: Entry?

  /// Describes a name.
  public init(name: String, type: String, entry: Entry?) {
    self.name = name
    self.type = type
    self.entry = entry
  }

  /// Describes a name by its value.
  public init(name: String, value: Value, _ interpreter: Interpreter) {
    self.init(name: name, type: interpreter.typeName(value), entry: value.entry)
  }
}

extension Value {
  /// The record of a builtin, method, function, module or host object.
  public var entry: Entry? { if case .object(let object) = self { object.entry } else { nil } }
}

extension Interpreter {
  /// The attributes of a value as records; members of a module come with theirs.
  public func attributeRecords(_ value: Value) -> [NameRecord] {
    guard case .object(let object) = value else { return [] }
    let methods = MethodTable.records(of: object.kind)
    if !methods.isEmpty {
      return methods.map { NameRecord(name: $0.name, type: "method", entry: $0) }
    }
    if let module = object.asModule {
      return module.members.map { NameRecord(name: $0.name, value: $0.value, self) }
    }
    return attributeNames(value).map { name in
      NameRecord(name: name, type: "attribute", entry: object.attributeEntry(name))
    }
  }
}

extension MethodTable {
  /// The records of the methods of a kind, in the order of their lists.
  static func records(of kind: Object.Kind) -> [Entry] {
    names(of: kind).compactMap { method($0, of: kind)?.entry }
  }
}
