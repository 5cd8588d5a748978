import BigInt
public import Syntax

extension Interpreter {
  /// True when `a < b`.
  ///
  /// - Throws: `TypeError` when the values have no order.
  public func precedes(_ a: Value, _ b: Value) throws(Fault) -> Bool {
    if let answer = Less.apply(a, b) { return answer }
    return try truth(compare(.less, a, b))
  }

  /// The order of `sorted`: `<`, with NaN after all numbers.
  public func sortsBefore(_ a: Value, _ b: Value) throws(Fault) -> Bool {
    switch (a, b) {
    case (.int(let x), .int(let y)): return x < y
    case (.float(let x), .float(let y)): return x < y || y.isNaN && !x.isNaN
    case (.float(let x), .int) where x.isNaN, (.float(let x), .object) where x.isNaN:
      _ = try precedes(a, b)
      return false
    case (.int, .float(let y)) where y.isNaN, (.object, .float(let y)) where y.isNaN:
      _ = try precedes(a, b)
      return true
    default:
      if case .object(let x) = a, case .object(let y) = b, let left = x.asString,
        let right = y.asString
      {
        return left.precedes(right)
      }
      if case .object(let x) = a, case .object(let y) = b, x.kind == .tuple, y.kind == .tuple {
        return try order(a, b).map { $0 < 0 } ?? false
      }
      return try precedes(a, b)
    }
  }

  /// `a op b` for any comparison but `is`; tensors answer with tensors.
  public func compare(_ op: ComparisonOperator, _ a: Value, _ b: Value) throws(Fault) -> Value {
    switch op {
    case .in: return .bool(try contains(a, in: b))
    case .notIn: return .bool(!(try contains(a, in: b)))
    case .is, .isNot:
      let same = Interpreter.isSame(a, b)
      return .bool(op == .is ? same : !same)
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual: break
    }
    if let answer = try compareHost(op, a, b) { return answer }
    switch op {
    case .equal: return .bool(try equals(a, b))
    case .notEqual: return .bool(!(try equals(a, b)))
    default:
      if case .object(let x) = a, case .object(let y) = b, let left = x.asSet,
        let right = y.asSet
      {
        return .bool(try compareSets(op, left, right))
      }
      guard let order = try order(a, b, op) else { return .bool(false) }
      switch op {
      case .less: return .bool(order < 0)
      case .lessEqual: return .bool(order <= 0)
      case .greater: return .bool(order > 0)
      default: return .bool(order >= 0)
      }
    }
  }

  private func compareHost(_ op: ComparisonOperator, _ a: Value, _ b: Value) throws(Fault)
    -> Value?
  {
    if case .object(let object) = a, object.kind == .host,
      let answer = try object.compare(op, b, reflected: false, self)
    {
      return answer
    }
    if case .object(let object) = b, object.kind == .host,
      let answer = try object.compare(op, a, reflected: true, self)
    {
      return answer
    }
    return nil
  }

  /// `is`: the same of None, True and False; the compiler refuses other uses.
  static func isSame(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.none, .none): true
    case (.bool(let x), .bool(let y)): x == y
    case (.object(let x), .object(let y)): x === y
    default: false
    }
  }

  /// Negative, zero or positive as `a` comes before, with or after `b`; nil when NaN is met.
  ///
  /// A fault names `op`.
  private func order(
    _ a: Value, _ b: Value, _ op: ComparisonOperator = .less
  ) throws(Fault) -> Int? {
    switch (a, b) {
    case (.int(let x), .int(let y)): return x < y ? -1 : x == y ? 0 : 1
    case (.float(let x), .float(let y)): return x < y ? -1 : x == y ? 0 : x > y ? 1 : nil
    case (.int(let x), .float(let y)): return Interpreter.order(x, y)
    case (.float(let x), .int(let y)): return Interpreter.order(y, x).map { -$0 }
    case (.bool(let x), .bool(let y)): return x == y ? 0 : y ? -1 : 1
    case (.object(let x), .object(let y)) where x.kind == y.kind:
      switch x.kind {
      case .string:
        guard let left = x.asString, let right = y.asString else { return 0 }
        return left.equals(right) ? 0 : left.precedes(right) ? -1 : 1
      case .bytes:
        guard let left = x.asBytes?.bytes, let right = y.asBytes?.bytes else { return 0 }
        return left == right ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
      case .bigInt:
        guard let left = x.asBigIntObject?.number, let right = y.asBigIntObject?.number else {
          return 0
        }
        return left == right ? 0 : left < right ? -1 : 1
      case .tuple:
        guard let left = x.asTuple, let right = y.asTuple else { return 0 }
        return try deeper { () throws(Fault) in
          for place in 0..<min(left.count, right.count) {
            if let a = left.int(at: place), let b = right.int(at: place) {
              if a != b { return a < b ? -1 : 1 }
            } else if !(try equals(left[place], right[place])) {
              return try order(left[place], right[place], op)
            }
          }
          return left.count < right.count ? -1 : left.count == right.count ? 0 : 1
        }
      case .list:
        let left = a.sequenceElements ?? []
        let right = b.sequenceElements ?? []
        return try deeper { () throws(Fault) in
          for (a, b) in zip(left, right) {
            try checkInterruption()
            if !(try equals(a, b)) { return try order(a, b, op) }
          }
          return left.count < right.count ? -1 : left.count == right.count ? 0 : 1
        }
      default: break
      }
    // Beyond 64 bits, the sign decides.
    case (.object(let x), .int) where x.kind == .bigInt:
      return x.asBigIntObject?.number.isNegative == true ? -1 : 1
    case (.int, .object(let y)) where y.kind == .bigInt:
      return y.asBigIntObject?.number.isNegative == true ? 1 : -1
    case (.object(let x), .float(let y)) where x.kind == .bigInt:
      return Interpreter.order(x.asBigInt, y)
    case (.float(let x), .object(let y)) where y.kind == .bigInt:
      return Interpreter.order(y.asBigInt, x).map { -$0 }
    default: break
    }
    throw Fault.type(
      "'\(op.rawValue)' is not defined between '\(typeName(a))' and '\(typeName(b))'")
  }

  /// Compares exactly: an integer above 2⁵³ is not rounded to a float first.
  private static func order(_ x: Int, _ y: Double) -> Int? {
    if y.isNaN { return nil }
    if y >= 0x1p63 { return -1 }
    if y < -0x1p63 { return 1 }
    let whole = Int(y.rounded(.towardZero))
    if x != whole { return x < whole ? -1 : 1 }
    let fraction = y - y.rounded(.towardZero)
    return fraction > 0 ? -1 : fraction < 0 ? 1 : 0
  }

  private static func order(_ x: BigInt, _ y: Double) -> Int? {
    if y.isNaN { return nil }
    if y.isInfinite { return y > 0 ? -1 : 1 }
    guard let whole = BigInt(exactly: y.rounded(.towardZero)) else { return nil }
    return x < whole ? -1 : x == whole ? 0 : 1
  }

  private func compareSets(_ op: ComparisonOperator, _ left: SetObject, _ right: SetObject)
    throws(Fault) -> Bool
  {
    switch op {
    case .less: left.count < right.count ? try left.isEach(in: right, self) : false
    case .lessEqual: try left.isEach(in: right, self)
    case .greater: right.count < left.count ? try right.isEach(in: left, self) : false
    default: try right.isEach(in: left, self)
    }
  }

  // MARK: - Membership

  /// `item in container`.
  public func contains(_ item: Value, in container: Value) throws(Fault) -> Bool {
    guard case .object(let object) = container else { throw notContainer(container) }
    switch object.kind {
    case .dict: return try object.asDict?.get(item, self) != nil
    case .set: return try object.asSet?.has(item, self) ?? false
    case .list, .tuple:
      for element in container.sequenceElements ?? [] {
        if try sameKey(element, item) { return true }
      }
      return false
    case .range:
      switch item {
      case .int(let number): return object.asRange?.contains(number) ?? false
      case .float(let number):
        return Int(exactly: number).map { object.asRange?.contains($0) ?? false } ?? false
      default: return false
      }
    case .string:
      guard let part = item.string else {
        throw Fault.type(
          "'in <string>' expects a string on its left; received '\(typeName(item))'")
      }
      guard let text = object.asString else { return false }
      return try ByteSearch.first(
        part.bytes, in: text.bytes, from: 0, to: text.byteCount, self) != nil
    case .bytes:
      let bytes = object.asBytes?.bytes ?? []
      if case .int(let number) = item { return UInt8(exactly: number).map(bytes.contains) ?? false }
      guard let part = item.object?.asBytes else {
        throw Fault.type("'in <bytes>' expects bytes or an int; received '\(typeName(item))'")
      }
      // The search reads strings, and does not mind what they mean.
      let (wanted, text) = (try string(utf8: part.bytes), try string(utf8: bytes))
      defer { extendLifetime((wanted, text)) }
      return try ByteSearch.first(
        wanted.bytes, in: text.bytes, from: 0, to: text.byteCount, self) != nil
    case .host:
      if let answer = try object.contains(item, self) { return answer }
      guard let next = try object.iterate(self) else { throw notContainer(container) }
      while let element = try next() {
        try tick()
        if try equals(element, item) { return true }
      }
      return false
    default: throw notContainer(container)
    }
  }

  private func notContainer(_ value: Value) -> Fault {
    Fault.type("'in' expects a container on its right; received '\(typeName(value))'")
  }
}
