import BigInt
import Catalog
import Syntax

extension Interpreter {
  /// True when two values are equal: `==` as a truth value.
  public func equals(_ a: Value, _ b: Value) throws(Fault) -> Bool {
    switch a {
    case .object(let x): return try equals(x, b)
    default: break
    }
    switch b {
    case .object(let y): return try equals(y, a)
    default: break
    }
    return switch (a, b) {
    case (.int(let x), .int(let y)): x == y
    case (.float(let x), .float(let y)): x == y
    case (.int(let x), .float(let y)), (.float(let y), .int(let x)): Int(exactly: y) == x
    case (.bool(let x), .bool(let y)): x == y
    case (.none, .none): true
    default: false
    }
  }

  private func equals(_ x: Object, _ b: Value) throws(Fault) -> Bool {
    switch b {
    case .object(let y): return try equals(x, y)
    case .float(let number) where x.kind == .bigInt: return Interpreter.equals(x.asBigInt, number)
    default: return x.kind == .host ? try equalsHost(x, b, reflected: false) : false
    }
  }

  private func equals(_ x: Object, _ y: Object) throws(Fault) -> Bool {
    if x.kind == .host { return try equalsHost(x, .object(y), reflected: false) }
    if y.kind == .host { return try equalsHost(y, .object(x), reflected: true) }
    if x === y { return true }
    guard x.kind == y.kind else { return false }
    switch x.kind {
    case .string:
      guard let left = x.asString, let right = y.asString else { return false }
      return left.equals(right)
    case .bytes: return x.asBytes?.bytes == y.asBytes?.bytes
    case .bigInt: return x.asBigIntObject?.number == y.asBigIntObject?.number
    case .tuple:
      guard let left = x.asTuple, let right = y.asTuple, left.count == right.count else {
        return false
      }
      // Integers first: they cannot nest, so comparing them need not count how deep it goes.
      if let isSame = left.hasSameIntegers(as: right) { return isSame }
      return try deeper { () throws(Fault) in
        for place in 0..<left.count where !(try equals(left[place], right[place])) {
          return false
        }
        return true
      }
    case .list:
      let left = Value.object(x).sequenceElements ?? []
      let right = Value.object(y).sequenceElements ?? []
      guard left.count == right.count else { return false }
      return try deeper { () throws(Fault) in
        for place in left.indices {
          try checkInterruption()
          if !(try equals(left[place], right[place])) { return false }
        }
        return true
      }
    case .dict:
      guard let left = x.asDict, let right = y.asDict, left.count == right.count else {
        return false
      }
      return try deeper { () throws(Fault) in
        for entry in left.table.entries {
          try checkInterruption()
          guard let key = entry.key else { continue }
          guard let position = try right.table.find(key, hash: entry.hash, self),
            try equals(entry.value, right.table.entries[position].value)
          else { return false }
        }
        return true
      }
    case .set:
      guard let left = x.asSet, let right = y.asSet, left.count == right.count else {
        return false
      }
      return try left.isEach(in: right, self)
    case .range:
      guard let left = x.asRange, let right = y.asRange else { return false }
      return left.count == right.count
        && (left.count == 0
          || left.start == right.start && (left.count == 1 || left.step == right.step))
    case .structure:
      guard let left = x.asStruct?.fields, let right = y.asStruct?.fields,
        left.map(\.name) == right.map(\.name)
      else { return false }
      return try deeper { () throws(Fault) in
        for (a, b) in zip(left, right) { if !(try equals(a.value, b.value)) { return false } }
        return true
      }
    case .slice:
      guard let left = x.asSlice, let right = y.asSlice else { return false }
      guard try equals(left.start, right.start), try equals(left.stop, right.stop) else {
        return false
      }
      return try equals(left.step, right.step)
    case .ellipsis: return true
    case .boundMethod:
      guard let left = x.asBoundMethod, let right = y.asBoundMethod,
        case .object(let a) = left.receiver, case .object(let b) = right.receiver
      else { return false }
      return a === b && left.method.entry.name == right.method.entry.name
    case .function, .builtin, .module, .cell, .walk, .host: return false
    }
  }

  private func equalsHost(_ host: Object, _ other: Value, reflected: Bool) throws(Fault) -> Bool {
    if let answer = try host.compare(.equal, other, reflected: reflected, self) {
      return try truth(answer)
    }
    guard case .object(let object) = other else { return false }
    if object.kind == .host, object !== host,
      let answer = try object.compare(.equal, .object(host), reflected: !reflected, self)
    {
      return try truth(answer)
    }
    return object === host
  }

  /// Equality of keys: as `==`, but an object is always the same key as itself.
  @inline(__always)
  func sameKey(_ a: Value, _ b: Value) throws(Fault) -> Bool {
    switch a {
    case .int(let x):
      if case .int(let y) = b { return x == y }
    case .object(let x):
      switch b {
      case .object(let y): return x === y ? true : try equals(x, y)
      default: break
      }
    default: break
    }
    return try equals(a, b)
  }

  private static func equals(_ big: BigInt, _ number: Double) -> Bool {
    BigInt(exactly: number) == big
  }

  // MARK: - Hashing

  /// A hash that agrees with ``equals(_:_:)``.
  ///
  /// - Throws: `TypeError` for lists, dicts, sets and whatever holds one.
  @inline(__always)
  public func hash(_ value: Value) throws(Fault) -> Int {
    switch value {
    case .int(let number): return Interpreter.mix(number)
    case .object(let object):
      if let hash = object.borrowed.tuple?.read({ $0.integerHash }) { return hash }
    default: break
    }
    return try hashOfAny(value)
  }

  @inline(never)
  private func hashOfAny(_ value: Value) throws(Fault) -> Int {
    // Whatever takes in many keys asks for the hash of each.
    try checkInterruption()
    switch value {
    case .none: return 0x4E6F
    case .bool(let flag): return flag ? 0x7A11 : 0x3B55
    case .int(let number): return Interpreter.mix(number)
    case .float(let number):
      if let whole = Int(exactly: number) { return Interpreter.mix(whole) }
      if let whole = BigInt(exactly: number) { return Interpreter.hash(LongInteger(whole)) }
      return Interpreter.mix(Int(bitPattern: UInt(number.bitPattern)))
    case .object(let object):
      switch object.kind {
      case .string: return object.asString?.hashValue ?? 0
      case .bytes: return object.asBytes?.hash ?? 0
      case .bigInt: return object.asBigIntObject.map { Interpreter.hash($0.number) } ?? 0
      case .tuple:
        guard let tuple = object.asTuple else { break }
        var result = 0x345678
        for place in 0..<tuple.count {
          if let number = tuple.int(at: place) {
            result = Interpreter.mix(result ^ Interpreter.mix(number))
          } else {
            let part = try deeper { () throws(Fault) in try hash(tuple[place]) }
            result = Interpreter.mix(result ^ part)
          }
        }
        return result
      case .structure:
        return try deeper { () throws(Fault) in
          var result = 0x57AC7
          for field in object.asStruct?.fields ?? [] {
            result = Interpreter.mix(result ^ (try hash(field.value)))
          }
          return result
        }
      case .host: return try object.hash(self)
      case .function, .builtin, .module, .boundMethod, .ellipsis, .cell, .walk:
        return Interpreter.mix(ObjectIdentifier(object).hashValue)
      case .list, .dict, .set, .range, .slice:
        throw Fault.type(
          "unhashable type: '\(object.typeName)'",
          help: object.kind == .list ? "use a tuple as the key: tuple(x)" : nil)
      }
    }
    return 0
  }

  /// Spreads the bits: tables use the low ones.
  @inline(__always)
  static func mix(_ number: Int) -> Int {
    let product = UInt(bitPattern: number) &* 0x9E37_79B9_7F4A_7C15
    return Int(bitPattern: product ^ (product >> 32))
  }

  private static func hash(_ number: LongInteger) -> Int {
    number.words.reduce(number.isNegative ? 1 : 0) { hash, word in
      mix(hash ^ Int(bitPattern: word))
    }
  }
}
