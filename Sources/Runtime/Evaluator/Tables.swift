public import Catalog

/// The builtins of the language itself; each family is a list beside its code.
enum BuiltinTable {}

/// The methods of built-in types.
enum MethodTable {
  /// The methods of a type by name; built once.
  private static let byKind: [Object.Kind: [String: Method]] = [
    .string: index(stringMethods), .bytes: index(bytesMethods), .list: index(listMethods),
    .dict: index(dictMethods), .set: index(setMethods),
  ]

  /// The methods of all types.
  static let all: [Method] =
    stringMethods + bytesMethods + listMethods + dictMethods + setMethods

  private static func index(_ methods: [Method]) -> [String: Method] {
    Dictionary(methods.map { ($0.entry.name, $0) }) { first, _ in first }
  }

  /// The method `name` of values of a kind.
  static func method(_ name: String, of kind: Object.Kind) -> Method? { byKind[kind]?[name] }

  /// The kind of values with methods that a builtin function makes; nil for other functions.
  static func kind(madeBy function: String) -> Object.Kind? {
    switch function {
    case "str": .string
    case "bytes": .bytes
    case "list": .list
    case "dict": .dict
    case "set": .set
    default: nil
    }
  }

  /// The names of the methods of a kind, in the order of their lists.
  static func names(of kind: Object.Kind) -> [String] {
    switch kind {
    case .string: stringMethods.map(\.entry.name)
    case .bytes: bytesMethods.map(\.entry.name)
    case .list: listMethods.map(\.entry.name)
    case .dict: dictMethods.map(\.entry.name)
    case .set: setMethods.map(\.entry.name)
    default: []
    }
  }
}

/// The modules of the language itself: `math`, `json`, `random`, `time`.
enum ModuleTable {}

/// The records of all names of the language itself: what help, completion, the reference and the
/// generated tests read.
public enum LanguageEntries {
  /// Builtins, then methods by type, then modules with their functions.
  public static let all: [Entry] =
    BuiltinTable.all.map(\.entry) + (MethodTable.all + DisplayHandle.methods).map(\.entry)
    + ModuleTable.all.flatMap { [$0.entry] + $0.builtins.map(\.entry) }
}

/// A built-in module: its record, its functions and its constants.
public struct ModuleRecord: Sendable {
  /// Name and help.
  public let entry: Entry
  /// Its functions.
  public let builtins: [Builtin]
  /// Its other members.
  ///
  /// Values are no `Sendable`, so a record holds what makes them.
  public let constants: [(name: String, value: @Sendable () -> Value)]

  /// Describes a module.
  public init(
    _ entry: Entry, builtins: [Builtin],
    constants: [(name: String, value: @Sendable () -> Value)] = []
  ) {
    self.entry = entry
    self.builtins = builtins
    self.constants = constants
  }

  /// The module as a value.
  func make() -> ModuleObject {
    ModuleObject(
      entry.name,
      builtins.map { ($0.entry.name, .object(BuiltinObject($0))) }
        + constants.map { ($0.name, $0.value()) },
      entry: entry)
  }
}
