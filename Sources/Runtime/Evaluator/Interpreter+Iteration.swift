/// A walk over a value, one element at a time.
///
/// While it lasts, the list, dict or set cannot change; call ``finish()`` when it ends early.
public struct Walk {
  private enum Source {
    case range(RangeObject)
    case list(ListObject)
    case array([Value])
    case bytes([UInt8])
    case dict(DictObject)
    case set(SetObject)
    case function(() throws(Fault) -> Value?)
    case done
  }

  private var source: Source
  private var position = 0

  fileprivate init?(_ value: Value, _ interpreter: Interpreter) throws(Fault) {
    guard case .object(let object) = value else { return nil }
    switch object.kind {
    case .list:
      guard let list = object.asList else { return nil }
      list.walkers += 1
      source = .list(list)
    case .tuple: source = .array(object.asTuple?.elements ?? [])
    case .range:
      guard let range = object.asRange else { return nil }
      source = .range(range)
    case .dict:
      guard let dict = object.asDict else { return nil }
      dict.walkers += 1
      source = .dict(dict)
    case .set:
      guard let set = object.asSet else { return nil }
      set.walkers += 1
      source = .set(set)
    case .bytes: source = .bytes(object.asBytes?.bytes ?? [])
    case .host:
      guard let next = try object.iterate(interpreter) else { return nil }
      source = .function(next)
    default: return nil
    }
  }

  /// The next element; nil at the end.
  @inline(__always)
  public mutating func next() throws(Fault) -> Value? {
    switch source {
    case .range(let range):
      if position < range.count {
        position += 1
        return range.element(position - 1)
      }
    case .list(let list):
      if position < list.storage.count {
        position += 1
        return list.storage[position - 1]
      }
    case .array(let array):
      if position < array.count {
        position += 1
        return array[position - 1]
      }
    case .bytes(let bytes):
      if position < bytes.count {
        position += 1
        return .int(Int(bytes[position - 1]))
      }
    case .dict(let dict):
      if let found = dict.table.position(from: position) {
        position = found + 1
        return dict.table.entries[found].key
      }
    case .set(let set):
      if let found = set.table.position(from: position) {
        position = found + 1
        return set.table.entries[found].key
      }
    case .function(let next): return try next()
    case .done: return nil
    }
    finish()
    return nil
  }

  /// True when it gives the keys of a dict.
  var isOverKeys: Bool { if case .dict = source { true } else { false } }

  /// Ends the walk, so that the container may change again.
  public mutating func finish() {
    switch source {
    case .list(let list): list.walkers -= 1
    case .dict(let dict): dict.walkers -= 1
    case .set(let set): set.walkers -= 1
    default: break
    }
    source = .done
  }
}

extension Interpreter {
  /// Starts a walk over a value.
  ///
  /// - Throws: `TypeError` when the value cannot be iterated.
  public func walk(_ value: Value) throws(Fault) -> Walk {
    guard let walk = try Walk(value, self) else { throw notIterable(value) }
    return walk
  }

  /// All elements of a value that can be iterated.
  public func elements(of value: Value) throws(Fault) -> [Value] {
    // Known where the elements are made here: what grows lies in memory twice for a while.
    var count = 0
    if case .object(let object) = value {
      if let list = value.borrowed?.list { return list.read { $0.storage } }
      if let tuple = object.asTuple { return tuple.elements }
      if object.kind == .range || object.kind == .bytes { count = try length(value) }
      try checkSize(count.multipliedReportingOverflow(by: 16), "the list")
    }
    return try gather(capacity: count) { result throws(Fault) in
      try forEach(value) { (element) throws(Fault) in try append(element, to: &result) }
    }
  }

  /// The elements of a value that is assigned to several targets, as many as these take.
  func unpacked(_ value: Value, into counts: ClosedRange<Int>) throws(Fault) -> [Value] {
    func message(_ received: String) -> String {
      "unpacking expected \(counts.upperBound == .max ? "at least " : "")\(counts.lowerBound) "
        + (counts.lowerBound == 1 ? "value" : "values") + "; received \(received)"
    }
    let elements: [Value]
    do throws(Fault) { elements = try self.elements(of: value) } catch {
      if var walk = try? walk(value) {
        walk.finish()
        throw error
      }
      throw Fault.type(
        message("'\(typeName(value))'"),
        help: value.asString != nil ? "take its characters with .elems()" : nil)
    }
    guard counts.contains(elements.count) else {
      throw Fault.value(message("\(elements.count)"))
    }
    return elements
  }

  /// All elements of a value, for a list that will change: many are copied at once, in portions,
  /// instead of all together at the first change.
  func newElements(of value: Value) throws(Fault) -> [Value] {
    let elements = try elements(of: value)
    guard elements.count > Leftovers.portion, value.sequenceElements != nil else { return elements }
    return try copy(of: elements)
  }

  /// Calls `body` with each element, checking for interruption in between.
  public func forEach(_ value: Value, _ body: (Value) throws(Fault) -> Void) throws(Fault) {
    var walk = try walk(value)
    defer { walk.finish() }
    while let element = try walk.next() {
      try tick()
      try body(element)
    }
  }

  func notIterable(_ value: Value) -> Fault {
    switch value {
    case .object(let object) where object.kind == .string:
      Fault.type(
        "a string is not iterable", help: "walk over its characters with .elems()")
    case .int(let number) where number > 0:
      Fault.type("'int' value is not iterable", help: "range(\(number)) gives the numbers below it")
    default: Fault.type("'\(typeName(value))' value is not iterable")
    }
  }

  /// The number of elements, as `len` gives it.
  public func length(_ value: Value) throws(Fault) -> Int {
    if case .object(let object) = value {
      switch object.kind {
      case .string: return object.asString?.count ?? 0
      case .bytes: return object.asBytes?.bytes.count ?? 0
      case .list: return object.asList?.count ?? 0
      case .tuple: return object.asTuple?.count ?? 0
      case .dict: return object.asDict?.count ?? 0
      case .set: return object.asSet?.count ?? 0
      case .range: return object.asRange?.count ?? 0
      case .host: if let length = try object.length(self) { return length }
      default: break
      }
    }
    throw Fault.type("a value of type '\(typeName(value))' has no length")
  }

  /// Makes a value that cannot change, with all that it holds: lists, dicts and sets.
  public func freeze(_ value: Value) {
    var pending = [value]
    while let value = pending.popLast() {
      guard case .object(let object) = value else { continue }
      switch object.kind {
      case .list:
        guard let list = object.asList, !list.isFrozen else { continue }
        list.isFrozen = true
      case .dict:
        guard let dict = object.asDict, !dict.isFrozen else { continue }
        dict.isFrozen = true
      case .set:
        guard let set = object.asSet, !set.isFrozen else { continue }
        set.isFrozen = true
      case .tuple, .structure: break
      case .host:
        object.freeze()
        continue
      default: continue
      }
      object.visitReferences { pending.append($0) }
    }
  }

  // MARK: - Numbers

  /// An integer argument, from an int or a host value that behaves as one.
  ///
  /// `what` is what the message calls it: `range() argument`.
  public func integer(_ value: Value, what: @autoclosure () -> String) throws(Fault) -> Int {
    switch value {
    case .int(let number): return number
    case .object(let object):
      if object.kind == .bigInt {
        throw Fault("OverflowError", "\(what()) is too large: expected at most 64 bits")
      }
      if object.kind == .host, case .int(let number)? = try object.scalar(self) { return number }
    default: break
    }
    throw Fault.type("\(what()) must be an int; received '\(typeName(value))'")
  }

  /// A number argument as a float.
  ///
  /// A fault says that `what` must be `expected`.
  public func double(
    _ value: Value, what: @autoclosure () -> String, expected: String = "a number"
  ) throws(Fault) -> Double {
    switch value {
    case .int(let number): return Double(number)
    case .float(let number): return number
    case .object(let object):
      if object.kind == .bigInt { return try IntegerArithmetic.double(object.asBigInt) }
      if object.kind == .host, let scalar = try object.scalar(self), scalar.object == nil {
        return try double(scalar, what: what())
      }
    default: break
    }
    throw Fault.type("\(what()) must be \(expected); received '\(typeName(value))'")
  }
}
