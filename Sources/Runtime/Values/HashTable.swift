/// The insertion-ordered hash table behind dicts and sets.
///
/// Entries lie in the order of insertion; a second array, indexed by the low bits of the hash,
/// holds their positions (open addressing, linear probing). A removed entry leaves a hole in the
/// entries and a mark in the index, both swept when the table next grows. Swift's `Dictionary`
/// keeps no order and took 136 ns for a look-up by string, this 7 to 9. It is a class, since a
/// struct inside an object would be copied, with counted references, for each look-up.
final class HashTable {
  struct Entry: MovedInPortions {
    static var filler: Entry { Entry(value: .none, hash: 0) }
    static func letGo(of array: inout [Entry]) {
      let rest = HashTable()
      swap(&rest.entries, &array)
      rest.discard()
    }

    /// Nil for a hole.
    var key: Value?
    var value: Value
    var hash: Int

    /// True when the key is the same object or integer, which is seen without counting references.
    @inline(__always)
    fileprivate func isSame(_ other: Value) -> Bool {
      switch other {
      case .object(let y): if case .object(let x)? = key { x === y } else { false }
      case .int(let y): if case .int(let x)? = key { x == y } else { false }
      default: false
      }
    }

    /// True when the key is the same object.
    @inline(__always)
    fileprivate func isSame(_ text: StringObject) -> Bool {
      if case .object(let object)? = key { object === text } else { false }
    }

    /// True when the key is a string with the same code points.
    @inline(never)
    fileprivate func holds(_ text: StringObject) -> Bool {
      switch key {
      case .object(let object): object.asString?.equals(text) == true
      default: false
      }
    }

    /// True when the key is the same as another.
    @inline(never)
    fileprivate func holds(_ other: Value, _ interpreter: Interpreter) throws(Fault) -> Bool {
      switch key {
      case .some(let key): try interpreter.sameKey(key, other)
      case nil: false
      }
    }

    /// Hands over what can hold other values.
    func hand(to pending: inout [Value]) {
      if let key, key.isContainer { pending.append(key) }
      if value.isContainer { pending.append(value) }
    }
  }

  /// What tables with the same entries have in common.
  private final class Sharing {}

  private(set) var entries: [Entry] = []
  /// Positions in `entries`; `empty` and `removed` are marks.
  private var index: [Int32] = []
  /// The number of keys, without holes.
  private(set) var count = 0
  /// Places of `index` that are not empty: what probing steps over, removed keys included.
  private var used = 0
  /// Holes before the first entry, so that taking entries from the front stays cheap.
  private var leadingHoles = 0
  /// Held together with the tables that have the same entries, until one of them changes.
  private var sharing: Sharing?

  private static let empty: Int32 = -1
  private static let removed: Int32 = -2
  private static let small = 256
  private static let part = 1 << 20

  init() {}

  /// Takes the keys and values of another table in place of its own.
  func replace(with other: HashTable) {
    if !other.entries.isEmpty, other.sharing == nil { other.sharing = Sharing() }
    sharing = other.sharing
    entries = other.entries
    index = other.index
    count = other.count
    used = other.used
    leadingHoles = other.leadingHoles
  }

  /// Another table of the same keys and values, for a change to come; a large one is copied in
  /// portions, so that it can be interrupted.
  convenience init(copying other: HashTable, _ interpreter: Interpreter) throws(Fault) {
    self.init()
    guard other.entries.count > Leftovers.portion else {
      replace(with: other)
      return
    }
    do throws(Fault) {
      try interpreter.append(other.entries, to: &entries)
      try interpreter.append(other.index, to: &index)
    } catch {
      discard()
      throw error
    }
    count = other.count
    used = other.used
    leadingHoles = other.leadingHoles
  }

  /// The position of a key, nil when it is not there.
  func find(_ key: Value, hash: Int, _ interpreter: Interpreter) throws(Fault) -> Int? {
    if index.isEmpty { return nil }
    let mask = index.count - 1
    var place = hash & mask
    while true {
      let position = Int(index[place])
      if position == Int(HashTable.empty) { return nil }
      if position >= 0, entries[position].hash == hash {
        if entries[position].isSame(key) { return position }
        let (x, y) = (entries[position].key.borrowed, key.borrowed)
        if let x = x?.tuple, let y = y?.tuple,
          let isSame = x.read({ x in y.read { y in x.isSamePair(as: y) } })
        {
          if isSame { return position }
        } else if try entries[position].holds(key, interpreter) {
          return position
        }
      }
      place = (place + 1) & mask
    }
  }

  /// The position of a string key, nil when it is not there.
  func find(_ key: StringObject) -> Int? {
    if index.isEmpty { return nil }
    let mask = index.count - 1
    let hash = key.hashValue
    var place = hash & mask
    while true {
      let position = Int(index[place])
      if position == Int(HashTable.empty) { return nil }
      if position >= 0, entries[position].hash == hash {
        if entries[position].isSame(key) || entries[position].holds(key) { return position }
      }
      place = (place + 1) & mask
    }
  }

  /// True while another table has the same entries, so that a change would first copy them.
  private var sharesEntries: Bool { sharing != nil && !isKnownUniquelyReferenced(&sharing) }

  /// Moves a long table that is full to a larger place, which is not always there.
  @inline(__always)
  func makeRoom(_ what: String, _ interpreter: Interpreter) throws(Fault) {
    if entries.count >= Interpreter.long, entries.count == entries.capacity {
      try interpreter.grow(&entries, what)
    }
  }

  /// Adds a key that is known to be absent.
  func insert(_ key: Value, hash: Int, _ value: Value) {
    if sharing != nil { sharing = nil }
    // At most two thirds full, marks of removed keys included, so that probing ends (soon).
    if (max(used, entries.count) + 1) * 3 > index.count * 2 { rebuild(capacity: (count + 1) * 2) }
    let mask = index.count - 1
    var place = hash & mask
    while index[place] >= 0 { place = (place + 1) & mask }
    if index[place] == HashTable.empty { used += 1 }
    index[place] = Int32(truncatingIfNeeded: entries.count)
    entries.append(Entry(key: shared(key), value: shared(value), hash: hash))
    count += 1
  }

  /// Replaces the value at a position that `find` gave.
  func update(at position: Int, _ value: Value) {
    if sharing != nil { sharing = nil }
    entries[position].value = value
  }

  /// Removes the entry at a position that `find` gave.
  func remove(at position: Int) -> (key: Value, value: Value)? {
    guard let key = entries[position].key else { return nil }
    if sharing != nil { sharing = nil }
    let entry = entries[position]
    let mask = index.count - 1
    var place = entry.hash & mask
    while Int(index[place]) != position { place = (place + 1) & mask }
    index[place] = HashTable.removed
    count -= 1
    entries[position].key = nil
    entries[position].value = .none
    while let last = entries.last, last.key == nil { entries.removeLast() }
    while leadingHoles < entries.count, entries[leadingHoles].key == nil { leadingHoles += 1 }
    leadingHoles = min(leadingHoles, entries.count)
    return (key, entry.value)
  }

  func removeAll() { replace(with: HashTable()) }

  /// True when a key or a value can hold other values.
  var holdsContainers: Bool {
    entries.contains { $0.key?.isContainer == true || $0.value.isContainer }
  }

  /// Lets all keys and values go, for the end of the dict or set whose table this is.
  func discard() {
    while entries.count > Leftovers.portion, !sharesEntries {
      var pending: [Value] = []
      for entry in entries.suffix(Leftovers.portion) { entry.hand(to: &pending) }
      entries.removeLast(Leftovers.portion)
      release(&pending)
      if let leftovers = Leftovers.current, leftovers.isWaiting {
        let rest = HashTable()
        swap(&rest.entries, &entries)
        return leftovers.keep(DictObject(rest))
      }
    }
    guard entries.contains(where: { $0.key?.nests() == true || $0.value.nests() }) else { return }
    var pending: [Value] = []
    empty(into: &pending)
    release(&pending)
  }

  /// Hands over all keys and values.
  func empty(into pending: inout [Value]) {
    for entry in entries { entry.hand(to: &pending) }
    removeAll()
  }

  /// The position of the first entry at or after `start`, nil at the end.
  func position(from start: Int) -> Int? {
    var position = max(start, leadingHoles)
    while position < entries.count {
      if entries[position].key != nil { return position }
      position += 1
    }
    return nil
  }

  /// The position of the last entry.
  var lastPosition: Int? { entries.lastIndex { $0.key != nil } }

  /// The keys in order.
  var keys: [Value] { entries.compactMap(\.key) }

  /// The values in order.
  var values: [Value] { entries.compactMap { $0.key == nil ? nil : $0.value } }

  /// Keys and values in order.
  var pairs: [(key: Value, value: Value)] {
    entries.compactMap { entry in entry.key.map { ($0, entry.value) } }
  }

  func reserve(_ capacity: Int) {
    if capacity * 3 > index.count * 2 { rebuild(capacity: capacity) }
  }

  /// Closes holes and makes the index large enough for `capacity` entries.
  private func rebuild(capacity: Int) {
    var size = 8
    while size * 2 < capacity * 3 { size *= 2 }
    // With an index that still fits and has room, a large table may stay as it is until the
    // interrupt that somebody has asked for ends what fills it.
    let mayStay = count == entries.count && used + used / 4 < index.count
    func mustStop() -> Bool { mayStay && Leftovers.current?.isWaiting == true }
    if mustStop() { return }
    if count < entries.count { entries.removeAll { $0.key == nil } }
    leadingHoles = 0
    // A small table gets all its room at once, instead of moving at each doubling.
    if size <= HashTable.small { entries.reserveCapacity(size * 2 / 3) }
    var fresh: [Int32] = []
    fresh.reserveCapacity(size)
    for _ in stride(from: 0, to: size, by: HashTable.part) {
      fresh.append(contentsOf: repeatElement(HashTable.empty, count: min(size, HashTable.part)))
      if mustStop() { return }
    }
    let mask = size - 1
    for position in entries.indices {
      if position % Leftovers.portion == Leftovers.portion - 1, mustStop() { return }
      var place = entries[position].hash & mask
      while fresh[place] >= 0 { place = (place + 1) & mask }
      fresh[place] = Int32(truncatingIfNeeded: position)
    }
    used = count
    index = fresh
  }
}
