/// A dict: keys with values, in the order in which the keys came.
public final class DictObject: Object {
  let table: HashTable
  /// True once the file that made the dict was loaded by another.
  var isFrozen = false
  /// How many loops walk over the dict now; it cannot change meanwhile.
  var walkers: Int32 = 0

  init(_ table: HashTable) {
    self.table = table
    super.init(kind: .dict)
  }

  /// Makes an empty dict.
  public override convenience init() { self.init(HashTable()) }

  /// Makes a dict with string keys; of equal keys the last one's value stays.
  public convenience init(_ items: [(String, Value)]) {
    self.init()
    for (key, value) in items { put(StringObject(key), value) }
  }

  /// The number of keys.
  public var count: Int { table.count }

  /// The keys in order.
  public var keys: [Value] { table.keys }

  /// The first `limit` keys, without a walk over all others.
  public func firstKeys(_ limit: Int) -> [Value] {
    Array(table.entries.lazy.compactMap(\.key).prefix(limit))
  }

  /// The values in the order of the keys.
  public var values: [Value] { table.values }

  /// Keys with their values, in order.
  public var pairs: [(key: Value, value: Value)] { table.pairs }

  /// The value of a key, nil when it is not there.
  ///
  /// - Throws: `TypeError` for a key that has no hash.
  public func get(_ key: Value, _ interpreter: Interpreter) throws(Fault) -> Value? {
    switch key {
    case .object(let object) where object.kind == .string: return get(text: object)
    default: break
    }
    let hash = try interpreter.hash(key)
    guard let position = try table.find(key, hash: hash, interpreter) else { return nil }
    return shared(table.entries[position].value)
  }

  /// The value of a key that is a string.
  @inline(never)
  private func get(text object: Object) -> Value? {
    guard let position = object.borrowed.string?.read({ table.find($0) }) else {
      return nil
    }
    return shared(table.entries[position].value)
  }

  /// The value of a string key.
  public func get(_ key: String) -> Value? {
    table.find(StringObject(key)).map { table.entries[$0].value }
  }

  /// Sets a key.
  ///
  /// - Throws: `TypeError` for a key that has no hash; when the dict must not change now.
  public func set(_ key: Value, _ value: Value, _ interpreter: Interpreter) throws(Fault) {
    try interpreter.checkInterruption()
    switch key {
    case .object(let object) where object.kind == .string:
      return try set(text: object, value, interpreter)
    default: break
    }
    let hash = try interpreter.hash(key)
    // As in Python, a walk does not forbid new values for keys that are there.
    if let position = try table.find(key, hash: hash, interpreter) {
      if isFrozen { try checkMutable() }
      table.update(at: position, value)
    } else {
      try checkMutable()
      try table.makeRoom("a dict", interpreter)
      table.insert(key, hash: hash, value)
      interpreter.note(key, putInto: self)
    }
    interpreter.note(value, putInto: self)
  }

  @inline(never)
  private func set(text object: Object, _ value: Value, _ interpreter: Interpreter) throws(Fault) {
    let key = object.borrowed.string
    if let position = key?.read({ table.find($0) }) {
      if isFrozen { try checkMutable() }
      table.update(at: position, value)
    } else {
      try checkMutable()
      try table.makeRoom("a dict", interpreter)
      table.insert(.object(object), hash: key?.read { $0.hashValue } ?? 0, value)
    }
    interpreter.note(value, putInto: self)
  }

  /// Sets all keys of another dict.
  func update(with other: DictObject, _ interpreter: Interpreter) throws(Fault) {
    for entry in other.table.entries {
      if let key = entry.key { try set(key, entry.value, interpreter) }
    }
  }

  /// Removes a key; nil when it was not there.
  public func remove(_ key: Value, _ interpreter: Interpreter) throws(Fault) -> Value? {
    try checkMutable()
    let hash = try interpreter.hash(key)
    guard let position = try table.find(key, hash: hash, interpreter) else { return nil }
    return table.remove(at: position)?.value
  }

  /// Sets a string key without asking whether the dict may change.
  func put(_ key: StringObject, _ value: Value) {
    if let position = table.find(key) {
      table.update(at: position, value)
    } else {
      table.insert(.object(key), hash: key.hashValue, value)
    }
  }

  /// Throws unless the dict may change now.
  ///
  /// Every method that changes a dict calls it first.
  func checkMutable() throws(Fault) {
    if isFrozen || walkers != 0 { throw immutable(self, isFrozen: isFrozen) }
  }

  deinit { table.discard() }

  /// The name that `type(x)` gives.
  public override var typeName: String { "dict" }

  /// The values that this object holds.
  public override func visitReferences(_ visit: (Value) -> Void) {
    for (key, value) in table.pairs {
      visit(key)
      visit(value)
    }
  }
}

/// A set: values without repetition, in the order in which they came.
public final class SetObject: Object {
  let table: HashTable
  /// True once the file that made the set was loaded by another.
  var isFrozen = false
  /// How many loops walk over the set now; it cannot change meanwhile.
  var walkers: Int32 = 0

  init(_ table: HashTable) {
    self.table = table
    super.init(kind: .set)
  }

  /// Makes an empty set.
  public override convenience init() { self.init(HashTable()) }

  /// The number of values.
  public var count: Int { table.count }

  /// The values in order.
  public var elements: [Value] { table.keys }

  /// True when the value is in the set.
  ///
  /// - Throws: `TypeError` for a value that has no hash.
  public func has(_ value: Value, _ interpreter: Interpreter) throws(Fault) -> Bool {
    try interpreter.checkInterruption()
    let hash = try interpreter.hash(value)
    return try table.find(value, hash: hash, interpreter) != nil
  }

  /// Adds a value; false when it was there.
  @discardableResult
  public func insert(_ value: Value, _ interpreter: Interpreter) throws(Fault) -> Bool {
    try interpreter.checkInterruption()
    let hash = try interpreter.hash(value)
    if try table.find(value, hash: hash, interpreter) != nil { return false }
    try checkMutable()
    try add(value, hash: hash, interpreter)
    return true
  }

  /// Adds a value that is known to be absent.
  @inline(__always)
  private func add(_ value: Value, hash: Int, _ interpreter: Interpreter) throws(Fault) {
    try table.makeRoom("a set", interpreter)
    table.insert(value, hash: hash, .none)
    interpreter.note(value, putInto: self)
  }

  /// Removes a value; false when it was not there.
  @discardableResult
  public func remove(_ value: Value, _ interpreter: Interpreter) throws(Fault) -> Bool {
    try checkMutable()
    let hash = try interpreter.hash(value)
    guard let position = try table.find(value, hash: hash, interpreter) else { return false }
    return table.remove(at: position) != nil
  }

  /// Takes the values of another set in place of its own.
  func replace(with other: SetObject, _ interpreter: Interpreter) throws(Fault) {
    try checkMutable()
    try other.forEach(interpreter) { key, _ throws(Fault) in
      interpreter.note(key, putInto: self)
      return true
    }
    table.replace(with: other.table)
  }

  /// Calls `body` with each value and its hash until it answers false.
  @inline(__always)
  private func forEach(
    _ interpreter: Interpreter, _ body: (Value, Int) throws(Fault) -> Bool
  ) throws(Fault) {
    for entry in table.entries {
      try interpreter.checkInterruption()
      if let key = entry.key, try !body(key, entry.hash) { return }
    }
  }

  /// Adds the values of another set.
  func formUnion(_ other: SetObject, _ interpreter: Interpreter) throws(Fault) {
    try checkMutable()
    try other.forEach(interpreter) { key, hash throws(Fault) in
      if try table.find(key, hash: hash, interpreter) == nil {
        try add(key, hash: hash, interpreter)
      }
      return true
    }
  }

  /// The values that are in another set, or those that are not.
  func filtered(by other: SetObject, isIn: Bool, _ interpreter: Interpreter) throws(Fault)
    -> SetObject
  {
    let result = SetObject()
    try forEach(interpreter) { key, hash throws(Fault) in
      if try (other.table.find(key, hash: hash, interpreter) != nil) == isIn {
        try result.add(key, hash: hash, interpreter)
      }
      return true
    }
    return result
  }

  /// True when all values are in another set, or when none is.
  func isEach(in other: SetObject, isIn: Bool = true, _ interpreter: Interpreter) throws(Fault)
    -> Bool
  {
    var isEach = true
    try forEach(interpreter) { key, hash throws(Fault) in
      isEach = try (other.table.find(key, hash: hash, interpreter) != nil) == isIn
      return isEach
    }
    return isEach
  }

  /// The values that are in just one of two sets.
  func symmetricDifference(_ other: SetObject, _ interpreter: Interpreter) throws(Fault)
    -> SetObject
  {
    let result = try filtered(by: other, isIn: false, interpreter)
    try result.formUnion(try other.filtered(by: self, isIn: false, interpreter), interpreter)
    return result
  }

  /// Throws unless the set may change now.
  ///
  /// Every method that changes a set calls it first.
  func checkMutable() throws(Fault) {
    if isFrozen || walkers != 0 { throw immutable(self, isFrozen: isFrozen) }
  }

  deinit { table.discard() }

  /// The name that `type(x)` gives.
  public override var typeName: String { "set" }

  /// The values that this object holds.
  public override func visitReferences(_ visit: (Value) -> Void) { table.keys.forEach(visit) }
}
