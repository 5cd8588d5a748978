/// A list: values in order, which can change unless the list is frozen or being walked over.
public final class ListObject: Object {
  var storage: [Value]
  /// True once the file that made the list was loaded by another.
  var isFrozen = false
  /// How many loops walk over the list now; it cannot change meanwhile.
  var walkers: Int32 = 0

  /// Makes a list.
  public init(_ elements: [Value] = []) {
    storage = elements
    super.init(kind: .list)
  }

  /// The values now.
  ///
  /// To change them from other targets, use ``replace(with:)`` or ``edit(_:)``.
  public var elements: [Value] { storage }

  /// The number of values.
  public var count: Int { storage.count }

  /// Takes new values.
  ///
  /// - Throws: When the list is frozen or being walked over.
  public func replace(with elements: [Value]) throws(Fault) {
    try checkMutable()
    storage = elements
  }

  /// Changes the values in place.
  ///
  /// - Throws: When the list is frozen or being walked over.
  public func edit(_ change: (inout [Value]) -> Void) throws(Fault) {
    try checkMutable()
    change(&storage)
  }

  /// True when one element more moves a long list to another place, which is not always there.
  @inline(__always)
  var needsRoom: Bool { storage.count >= Interpreter.long && storage.count == storage.capacity }

  /// Adds an element to a list that may change.
  ///
  /// - Throws: `MemoryError` when there is no room for it.
  @inline(__always)
  func append(_ value: Value, _ interpreter: Interpreter) throws(Fault) {
    try interpreter.append(value, to: &storage)
  }

  /// True when the list may change now.
  @inline(__always)
  var isMutable: Bool { !isFrozen && walkers == 0 }

  /// Throws unless the list may change now.
  ///
  /// Every method that changes a list calls it first.
  @inline(__always)
  func checkMutable() throws(Fault) {
    if !isMutable { throw immutable(self, isFrozen: isFrozen) }
  }

  /// The element at an index, counted from the end when negative; nil outside.
  @inline(__always)
  func element(at index: Int) -> Value? {
    Interpreter.place(index, storage.count).map { storage[$0] }
  }

  /// Replaces an element by a value that holds no others; nil outside, and when the list must not
  /// change now.
  @inline(__always)
  func replace(at index: Int, with value: Value) -> Void? {
    guard isMutable, let place = Interpreter.place(index, storage.count) else {
      return nil
    }
    storage[place] = value
    return ()
  }

  deinit { release(&storage) }

  /// The name that `type(x)` gives.
  public override var typeName: String { "list" }

  /// The values that this object holds.
  public override func visitReferences(_ visit: (Value) -> Void) { storage.forEach(visit) }
}

/// A tuple: values in order, never changed.
///
/// Up to two are kept in the object itself: most tuples are pairs, and a pair then takes one block
/// of memory instead of two.
public final class TupleObject: Object {
  /// The number of values.
  public private(set) var count: Int
  private var first: Value
  private var second: Value
  /// All values when there are more than two.
  private var others: [Value]

  /// Makes a tuple.
  public init(_ elements: [Value]) {
    count = elements.count
    let isSmall = elements.count <= 2
    first = isSmall ? elements.first ?? .none : .none
    second = isSmall && elements.count == 2 ? elements[1] : .none
    others = isSmall ? [] : elements
    super.init(kind: .tuple)
  }

  /// Makes a pair.
  init(_ first: consuming Value, _ second: consuming Value) {
    count = 2
    self.first = first
    self.second = second
    others = []
    super.init(kind: .tuple)
  }

  /// The value at a place from 0 up to ``count`` - 1.
  @inline(__always)
  subscript(place: Int) -> Value {
    count > 2 ? others[place] : place == 0 ? first : second
  }

  /// The integer at a place; nil for all else.
  @inline(__always)
  func int(at place: Int) -> Int? {
    count > 2 ? others[place].asInt : place == 0 ? first.asInt : second.asInt
  }

  /// The hash of a tuple of integers; nil for all others.
  @inline(__always)
  var integerHash: Int? {
    var result = 0x345678
    for place in 0..<count {
      guard let number = int(at: place) else { return nil }
      result = Interpreter.mix(result ^ Interpreter.mix(number))
    }
    return result
  }

  /// Whether a tuple of as many integers has the same; nil where others have to be compared.
  @inline(__always)
  func hasSameIntegers(as other: TupleObject) -> Bool? {
    guard count == other.count else { return false }
    for place in 0..<count {
      guard let a = int(at: place), let b = other.int(at: place) else { return nil }
      if a != b { return false }
    }
    return true
  }

  /// As ``hasSameIntegers(as:)`` for pairs only, without a loop, in which references would be counted.
  @inline(__always)
  func isSamePair(as other: TupleObject) -> Bool? {
    guard count == 2, other.count == 2, case .int(let a) = first, case .int(let b) = second,
      case .int(let c) = other.first, case .int(let d) = other.second
    else { return nil }
    return a == c && b == d
  }

  /// True when no value keeps others.
  var isPlain: Bool {
    (0..<count).allSatisfy { int(at: $0) != nil || self[$0].object?.kind.holdsValues != true }
  }

  /// The values.
  public var elements: [Value] {
    switch count {
    case 0: []
    case 1: [first]
    case 2: [first, second]
    default: others
    }
  }

  /// True when a value can hold other values.
  var holdsContainers: Bool {
    count > 2 ? others.contains(where: \.isContainer) : first.isContainer || second.isContainer
  }

  deinit {
    if count > 2 ? others.contains(where: { $0.nests() }) : first.nests() || second.nests() {
      var pending: [Value] = []
      empty(into: &pending)
      release(&pending)
    } else if count > Leftovers.portion {
      release(&others)
    } else {
      letGo(&first)
      letGo(&second)
    }
  }

  /// The name that `type(x)` gives.
  public override var typeName: String { "tuple" }

  /// The values that this object holds.
  public override func visitReferences(_ visit: (Value) -> Void) { elements.forEach(visit) }

  /// Hands over the elements when the tuple is about to go.
  func empty(into pending: inout [Value]) {
    pending += elements
    (count, first, second, others) = (0, .none, .none, [])
  }
}

/// The fault for a change of a container that must not change now.
func immutable(_ object: Object, isFrozen: Bool) -> Fault {
  isFrozen
    ? Fault.value(
      "cannot change a frozen \(object.typeName)",
      note: "values of a loaded file are frozen", help: "make a copy and change that")
    : Fault.value(
      "cannot change the \(object.typeName) while it is being iterated over",
      help: "iterate over a copy: for x in \(object.typeName)(…)")
}
