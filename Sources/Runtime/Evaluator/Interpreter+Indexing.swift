import BigInt

extension Interpreter {
  /// `container[key]`.
  public func index(_ container: Value, _ key: Value) throws(Fault) -> Value {
    switch container {
    case .object(let object): return try index(object, key)
    default: throw notSubscriptable(container)
    }
  }

  @inline(__always)
  private func index(_ object: Object, _ key: Value) throws(Fault) -> Value {
    switch object.kind {
    case .list:
      guard let list = object.asList else { break }
      if case .int(let index) = key, let place = Interpreter.place(index, list.storage.count) {
        return list.storage[place]
      }
      if let slice = key.object?.asSlice { return .list(try sliced(list.storage, slice)) }
      return list.storage[try place(key, list.storage.count, "list")]
    case .tuple:
      guard let tuple = object.asTuple else { break }
      if let slice = key.object?.asSlice { return .tuple(try sliced(tuple.elements, slice)) }
      return tuple[try place(key, tuple.count, "tuple")]
    case .dict:
      guard let dict = object.asDict else { break }
      if let value = try dict.get(key, self) { return value }
      throw try missingKey(key, dict)
    case .string:
      guard let string = object.asString else { break }
      return try index(string, key)
    case .range:
      guard let range = object.asRange else { break }
      if let slice = key.object?.asSlice { return try sliced(range, slice) }
      return range.element(try place(key, range.count, "range"))
    case .bytes:
      guard let bytes = object.asBytes?.bytes else { break }
      if let slice = key.object?.asSlice { return .object(BytesObject(try sliced(bytes, slice))) }
      return .int(Int(bytes[try place(key, bytes.count, "bytes")]))
    case .host: return try object.index(key, self)
    default: break
    }
    throw notSubscriptable(.object(object))
  }

  private func index(_ string: StringObject, _ key: Value) throws(Fault) -> Value {
    guard let slice = key.object?.asSlice else {
      let place = try place(key, string.count, "string")
      if string.isASCII { return part(string.bytes, place..<place + 1) }
      return .object(string.slice(place, place + 1))
    }
    let (start, _, step, count) = try sliceBounds(slice, string.count)
    if step == 1 { return .object(string.slice(start, start + count)) }
    if string.isASCII {
      return .object(try self.string(utf8: try sliced(string.bytes.array, slice)))
    }
    var places: [Int] = []
    places.reserveCapacity(string.count)
    try string.forEachCharacter { bytes throws(Fault) in
      try checkInterruption()
      places.append(bytes.startIndex)
    }
    var result: [UInt8] = []
    for place in try sliced(places, slice) {
      try checkInterruption()
      result += string.bytes[place..<place + StringObject.width(of: string.bytes[place])]
    }
    return .object(try self.string(utf8: result))
  }

  /// `container[key] = value`.
  public func assign(_ container: Value, _ key: Value, _ value: Value) throws(Fault) {
    switch container {
    case .object(let object): try assign(object, key, value)
    default: throw notAssignable(container)
    }
  }

  @inline(__always)
  private func assign(_ object: Object, _ key: Value, _ value: Value) throws(Fault) {
    switch object.kind {
    case .list:
      guard let list = object.asList else { break }
      try list.checkMutable()
      note(value, putInto: list)
      if case .int(let index) = key, let place = Interpreter.place(index, list.storage.count) {
        list.storage[place] = value
        return
      }
      if key.object?.kind == .slice {
        throw Fault.type(
          "a slice of a list cannot be assigned to",
          help: "build the list anew: xs[:start] + new + xs[stop:]")
      }
      list.storage[try place(key, list.storage.count, "list")] = value
    case .dict: try object.asDict?.set(key, value, self)
    case .host: try object.assign(value, at: key, self)
    default: throw notAssignable(.object(object))
    }
  }

  /// `del container[key]`.
  public func delete(_ container: Value, _ key: Value) throws(Fault) {
    guard case .object(let object) = container else { throw notDeletable(container) }
    switch object.kind {
    case .list:
      guard let list = object.asList else { break }
      try list.checkMutable()
      if let slice = key.object?.asSlice {
        let (start, _, step, count) = try sliceBounds(slice, list.storage.count)
        var kept: [Value] = []
        kept.reserveCapacity(list.storage.count)
        for (place, element) in list.storage.enumerated() {
          try checkInterruption()
          let distance = step > 0 ? place - start : start - place
          let isTaken =
            distance >= 0 && distance.isMultiple(of: Int(clamping: step.magnitude))
            && distance / Int(clamping: step.magnitude) < count
          if !isTaken { kept.append(element) }
        }
        list.storage = kept
        return
      }
      list.storage.remove(at: try place(key, list.storage.count, "list"))
    case .dict:
      guard let dict = object.asDict else { break }
      if try dict.remove(key, self) == nil { throw try missingKey(key, dict) }
    default: throw notDeletable(container)
    }
  }

  // MARK: - Places

  /// The place that an index means, counted from the end when negative; nil outside.
  @inline(__always)
  static func place(_ index: Int, _ count: Int) -> Int? {
    if index >= 0 { return index < count ? index : nil }
    return index >= -count ? index + count : nil
  }

  private func place(_ key: Value, _ count: Int, _ type: String) throws(Fault) -> Int {
    let index: Int
    switch key {
    case .int(let number): index = number
    case .object(let object) where object.kind == .bigInt:
      throw Fault.index("\(type) index out of range: received \(object.brief)")
    default:
      do throws(Fault) {
        index = try integer(key, what: "\(type) index")
      } catch {
        throw Fault.type("\(type) index must be an int or a slice; received '\(typeName(key))'")
      }
    }
    guard let place = Interpreter.place(index, count) else {
      throw Fault.index(
        count == 0
          ? "\(type) index out of range: received \(index) for an empty \(type)"
          : "\(type) index out of range: expected \(-count) to \(count - 1); received \(index)")
    }
    return place
  }

  /// The places that a slice takes from a sequence of `length` elements: `start`, `start + step`,
  /// … `count` times; all lie inside.
  ///
  /// `stop` is the bound that Python's `slice.indices` gives.
  public func sliceBounds(_ slice: SliceObject, _ length: Int) throws(Fault) -> (
    start: Int, stop: Int, step: Int, count: Int
  ) {
    let step = try sliceBound(slice.step) ?? 1
    guard step != 0 else { throw Fault.value("slice step cannot be zero") }
    let lowest = step > 0 ? 0 : -1
    let highest = step > 0 ? length : length - 1
    func clamp(_ bound: Int) -> Int {
      if bound < 0 {
        let (sum, overflow) = bound.addingReportingOverflow(length)
        return overflow ? lowest : max(sum, lowest)
      }
      return min(bound, highest)
    }
    let start = try sliceBound(slice.start).map(clamp) ?? (step > 0 ? lowest : highest)
    let stop = try sliceBound(slice.stop).map(clamp) ?? (step > 0 ? highest : lowest)
    let distance = step > 0 ? stop - start : start - stop
    let count = distance > 0 ? (distance - 1) / Int(clamping: step.magnitude) + 1 : 0
    return (start, stop, step, count)
  }

  private func sliceBound(_ value: Value) throws(Fault) -> Int? {
    switch value {
    case .none: return nil
    case .int(let number): return number
    case .object(let object) where object.kind == .bigInt:
      return object.asBigInt.sign == .minus ? Int.min : Int.max
    default: return try integer(value, what: "slice index")
    }
  }

  private func sliced<T>(_ elements: [T], _ slice: SliceObject) throws(Fault) -> [T] {
    let (start, _, step, count) = try sliceBounds(slice, elements.count)
    var result: [T] = []
    if step == 1 {
      if count > 0 { try append(elements[start..<start + count], to: &result) }
      return result
    }
    result.reserveCapacity(count)
    // The last step may leave the range of integers, but is not used then.
    var place = start
    for _ in 0..<count {
      try checkInterruption()
      result.append(elements[place])
      place = place &+ step
    }
    return result
  }

  private func sliced(_ range: RangeObject, _ slice: SliceObject) throws(Fault) -> Value {
    let (start, stop, step, count) = try sliceBounds(slice, range.count)
    // Elements fit; what is cut to fit lies beyond them.
    func number(at place: Int) -> Int {
      Int(clamping: Int128(range.start) + Int128(place) * Int128(range.step))
    }
    let newStep = Int128(range.step) * Int128(step)
    let result = RangeObject(number(at: start), number(at: stop), step: Int(clamping: newStep))
    guard count < 2 || Int(exactly: newStep) != nil, let result, result.count == count else {
      throw Fault.value("the slice of the range leaves 64 bits")
    }
    return .object(result)
  }

  // MARK: - Faults

  func missingKey(_ key: Value, _ dict: DictObject) throws(Fault) -> Fault {
    let message = "key \(try citation(key)) is not in the dict"
    let known = dict.firstKeys(1000).compactMap(\.stringText)
    guard let wanted = key.stringText else { return Fault("KeyError", message) }
    if let near = spellingHint(wanted, among: known) {
      return Fault("KeyError", message, help: "did you mean \(Interpreter.quoted(near))?")
    }
    // A few short names are worth telling, such as those of a training's history.
    let isShort = known.count == dict.count && 1...8 ~= known.count
    guard isShort, known.allSatisfy({ $0.utf8.count <= 40 }) else {
      return Fault("KeyError", message)
    }
    let list = known.map { Interpreter.quoted($0) }.joined(separator: ", ")
    return Fault(
      "KeyError", message, help: known.count == 1 ? "the key is \(list)" : "the keys are \(list)")
  }

  private func notSubscriptable(_ value: Value) -> Fault {
    Fault.type("'\(typeName(value))' value is not subscriptable")
  }

  private func notAssignable(_ value: Value) -> Fault {
    Fault.type("'\(typeName(value))' value does not support item assignment")
  }

  private func notDeletable(_ value: Value) -> Fault {
    Fault.type("'\(typeName(value))' value does not support item deletion")
  }
}
