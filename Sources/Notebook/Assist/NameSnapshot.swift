import Catalog
import Platform
public import Runtime

/// What is bound at one moment, for threads that must not touch values.
public struct NameSnapshot: Sendable {
  /// A global: its record and what its attributes and keys are.
  public struct Name: Sendable {
    /// The name, its type and record.
    public let record: NameRecord
    /// Its attributes.
    public let attributes: [NameRecord]
    /// The text keys of a dict, at most 200.
    public let keys: [String]
    /// One line on the value: for a tensor, shape and dtype.
    public let summary: String
  }

  /// The names that the program has bound, in order.
  public internal(set) var globals: [Name] = []
  /// The names that are always there.
  public internal(set) var builtins: [Name] = []
  /// What the literals `""`, `[]` and `{}` offer.
  var literals: [Name] = []
  /// The names of the modules that `import` knows, by their paths.
  var modules: [String: [NameRecord]] = [:]

  /// Nothing is bound.
  public init() {}

  /// The name as it would be looked up now.
  public func find(_ name: String) -> Name? {
    globals.first { $0.record.name == name } ?? builtins.first { $0.record.name == name }
      ?? literals.first { $0.record.name == name }
  }

  /// What dotted names lead to, as far as records tell: to the attributes of a name.
  func find(_ path: [String]) -> Name? {
    guard let head = path.first, var name = find(head) else { return nil }
    for part in path.dropFirst() {
      guard let record = name.attributes.first(where: { $0.name == part }) else { return nil }
      // A module's record bears the path by which it is imported.
      let module = record.entry.flatMap { $0.kind == .module ? modules[$0.name] : nil }
      name = Name(record: record, attributes: module ?? [], keys: [], summary: "")
    }
    return name
  }
}

/// The latest snapshot: written by the evaluator, read by the wire.
public final class SnapshotBox: Sendable {
  private let monitor = Monitor(NameSnapshot())

  /// Makes a box in which nothing is bound.
  public init() {}

  /// The latest snapshot.
  public var current: NameSnapshot {
    get { monitor.withLock { $0 } }
    set { monitor.withLock { $0 = newValue } }
  }
}

/// Makes snapshots on the evaluator thread: when the session begins, at the end of each cell, and
/// while one runs at most every 100 ms, when something new was bound.
final class SnapshotPublisher {
  private let box: SnapshotBox
  private let interpreter: Interpreter
  private var bindings = -1
  private var lastTime = 0.0
  private var builtins: [NameSnapshot.Name] = []
  private var literals: [NameSnapshot.Name] = []
  private var modules: [String: [NameRecord]] = [:]

  init(_ box: SnapshotBox, _ interpreter: Interpreter) {
    self.box = box
    self.interpreter = interpreter
  }

  /// The latest snapshot.
  var current: NameSnapshot { box.current }

  /// Publishes when the last snapshot is old enough and names have been bound since.
  func publishIfDue() {
    guard interpreter.globals.bindingCount != bindings else { return }
    let now = Clocks.monotonic()
    guard now - lastTime >= 0.1 else { return }
    publish()
  }

  /// Publishes what is bound now.
  func publish() {
    lastTime = Clocks.monotonic()
    bindings = interpreter.globals.bindingCount
    if builtins.isEmpty {
      builtins = interpreter.builtinNames.compactMap { name in
        interpreter.builtin(name).map { describe(name, $0) }
      }
      literals = Self.makeLiterals().map { describe($0, $1) }
      for path in interpreter.modulePaths {
        modules[path] = interpreter.module(path).map { interpreter.attributeRecords(.object($0)) }
      }
    }
    var snapshot = NameSnapshot()
    snapshot.builtins = builtins
    snapshot.literals = literals
    snapshot.modules = modules
    snapshot.globals = interpreter.globals.items.map { describe($0.name, $0.value) }
    box.current = snapshot
  }

  /// The value that dotted names lead to now; no code of the program runs.
  func value(at path: [String]) -> Value? {
    guard let head = path.first else { return nil }
    var value =
      interpreter.globals[head] ?? interpreter.builtin(head)
      ?? Self.makeLiterals().first { $0.name == head }?.value
    for name in path.dropFirst() {
      value = value.flatMap { try? interpreter.attributeIfAny($0, name) }
    }
    return value
  }

  private static func makeLiterals() -> [(name: String, value: Value)] {
    [
      ("\"\"", .string("")), ("[]", .object(ListObject([]))), ("{}", .object(DictObject())),
    ]
  }

  func describe(_ name: String, _ value: Value) -> NameSnapshot.Name {
    var keys: [String] = []
    if case .object(let object) = value, let dict = object as? DictObject {
      for key in dict.firstKeys(200) {
        if let text = key.stringText { keys.append(text) }
      }
    }
    return NameSnapshot.Name(
      record: NameRecord(name: name, value: value, interpreter),
      attributes: interpreter.attributeRecords(value), keys: keys,
      summary: Interpreter.shortText(value))
  }
}
