import BigInt
public import Syntax

extension Interpreter {
  /// `a op b`.
  public func binary(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(Fault) -> Value {
    switch (a, b) {
    case (.int(let x), .int(let y)): return try IntegerArithmetic.binary(op, x, y, self)
    case (.float(let x), .float(let y)):
      if let result = try FloatArithmetic.binary(op, x, y) { return result }
    case (.int(let x), .float(let y)):
      if let result = try FloatArithmetic.binary(op, Double(x), y) { return result }
    case (.float(let x), .int(let y)):
      if let result = try FloatArithmetic.binary(op, x, Double(y)) { return result }
    default:
      if let result = try binaryObjects(op, a, b) { return result }
    }
    throw unsupported(op, a, b)
  }

  private func binaryObjects(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(Fault) -> Value? {
    let text = op == .modulo || op == .add ? a.string : nil
    if let text, b.kind != .host {
      if op == .modulo {
        var format = PercentFormat(b)
        return try text.with { text throws(Fault) in try format.render(text, self) }
      }
      return try b.string?.with { more throws(Fault) in
        try text.with { text throws(Fault) in .object(try joined(text, more)) }
      }
    }
    if case .object(let object) = a, object.kind == .host,
      let result = try object.binary(op, b, reflected: false, self)
    {
      return result
    }
    if case .object(let object) = b, object.kind == .host,
      let result = try object.binary(op, a, reflected: true, self)
    {
      return result
    }
    if case .object(let object) = a, let template = object.asString, op == .modulo {
      var format = PercentFormat(b)
      return try format.render(template, self)
    }
    if a.object?.kind == .bigInt || b.object?.kind == .bigInt {
      return try binaryBig(op, a, b)
    }
    switch op {
    case .add: return try concatenate(a, b)
    case .multiply:
      if case .int(let count) = b { return try repeated(a, count) }
      if case .int(let count) = a { return try repeated(b, count) }
      return nil
    case .or, .and, .subtract, .xor: return try combine(op, a, b)
    default: return nil
    }
  }

  private func binaryBig(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(Fault) -> Value? {
    if let x = LongInteger(a), let y = LongInteger(b) {
      return try IntegerArithmetic.binary(op, x, y, self)
    }
    if case .float(let y) = b, let x = a.bigInteger {
      return try FloatArithmetic.binary(op, IntegerArithmetic.double(x), y)
    }
    if case .float(let x) = a, let y = b.bigInteger {
      return try FloatArithmetic.binary(op, x, IntegerArithmetic.double(y))
    }
    if op == .multiply,
      a.sequenceElements != nil || b.sequenceElements != nil
        || a.asString != nil || b.asString != nil
    {
      throw Fault.memory("the repetition is too large")
    }
    return nil
  }

  private func concatenate(_ a: Value, _ b: Value) throws(Fault) -> Value? {
    guard case .object(let x) = a, case .object(let y) = b, x.kind == y.kind else { return nil }
    switch x.kind {
    case .bytes:
      return .object(
        BytesObject(try joined(x.asBytes?.bytes ?? [], y.asBytes?.bytes ?? [], "the bytes")))
    case .list:
      return .list(try joined(x.asList?.storage ?? [], y.asList?.storage ?? [], "the list"))
    case .tuple:
      return .tuple(try joined(x.asTuple?.elements ?? [], y.asTuple?.elements ?? [], "the tuple"))
    default: return nil
    }
  }

  private func joined<T>(_ first: [T], _ second: [T], _ what: String) throws(Fault) -> [T] {
    let count = first.count.addingReportingOverflow(second.count).partialValue
    try checkSize(count.multipliedReportingOverflow(by: MemoryLayout<T>.stride), what)
    return try collect(capacity: count) { result throws(Fault) in
      try append(first, to: &result)
      try append(second, to: &result)
    }
  }

  private func repeated(_ value: Value, _ count: Int) throws(Fault) -> Value? {
    guard case .object(let object) = value else { return nil }
    let count = max(count, 0)
    switch object.kind {
    case .string:
      guard let string = object.asString else { return nil }
      return .object(try self.string(utf8: try repeated(string.bytes.array, count, "the string")))
    case .bytes:
      return .object(
        BytesObject(try repeated(object.asBytes?.bytes ?? [], count, "the bytes")))
    case .list: return .list(try repeated(object.asList?.storage ?? [], count, "the list"))
    case .tuple: return .tuple(try repeated(object.asTuple?.elements ?? [], count, "the tuple"))
    default: return nil
    }
  }

  private func repeated<T>(_ elements: [T], _ count: Int, _ what: String) throws(Fault) -> [T] {
    if elements.isEmpty { return [] }
    let total = elements.count.multipliedReportingOverflow(by: count)
    let bytes = total.partialValue.multipliedReportingOverflow(by: MemoryLayout<T>.stride)
    try checkSize((bytes.partialValue, bytes.overflow || total.overflow), what)
    return try collect(capacity: total.partialValue) { result throws(Fault) in
      if elements.count == 1 {
        return try append(repeatElement(elements[0], count: count), to: &result)
      }
      for _ in 0..<count {
        try append(elements, to: &result)
        try checkInterruption()
      }
    }
  }

  /// `|`, `&`, `-` and `^` of sets, and `|` of dicts.
  private func combine(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(Fault) -> Value? {
    if op == .or, let left = a.asDict, let right = b.asDict {
      let result = DictObject(try HashTable(copying: left.table, self))
      try result.update(with: right, self)
      return .object(result)
    }
    guard let left = a.asSet, let right = b.asSet else { return nil }
    switch op {
    case .or:
      let result = SetObject(try HashTable(copying: left.table, self))
      try result.formUnion(right, self)
      return .object(result)
    case .xor: return .object(try left.symmetricDifference(right, self))
    default: return .object(try left.filtered(by: right, isIn: op == .and, self))
    }
  }

  /// Adds all elements of a value at the end of a list.
  func extend(_ list: ListObject, with value: Value) throws(Fault) {
    let added = try elements(of: value)
    let size = list.count.addingReportingOverflow(added.count).partialValue
    try checkSize(size.multipliedReportingOverflow(by: MemoryLayout<Value>.stride), "the list")
    try list.checkMutable()
    for value in added where !list.isRegistered { note(value, putInto: list) }
    try extend(&list.storage, by: added)
  }

  /// `a op= b` for the value of `a`: lists, dicts and sets change in place.
  func augmented(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(Fault) -> Value {
    guard case .object(let object) = a else { return try binary(op, a, b) }
    switch (object.kind, op) {
    case (.list, .add):
      guard let list = object.asList else { break }
      if b.object?.kind == .host { break }
      try extend(list, with: b)
      return a
    case (.list, .multiply):
      guard let list = object.asList, let result = try binary(op, a, b).asList else { break }
      try list.replace(with: result.storage)
      return a
    case (.dict, .or):
      guard let dict = object.asDict, let other = b.asDict else { break }
      try dict.update(with: other, self)
      return a
    case (.set, .or):
      guard let set = object.asSet, let other = b.asSet else { break }
      try set.formUnion(other, self)
      return a
    case (.set, .and), (.set, .subtract), (.set, .xor):
      guard let set = object.asSet, let result = try binary(op, a, b).object?.asSet else { break }
      try set.replace(with: result, self)
      return a
    case (.host, _):
      if let result = try object.augmented(op, b, self) { return result }
    default: break
    }
    return try binary(op, a, b)
  }

  /// `-value`, `+value`, `~value`.
  public func unary(_ op: UnaryOperator, _ value: Value) throws(Fault) -> Value {
    switch (op, value) {
    case (.minus, .int(let number)):
      let (negated, overflow) = 0.subtractingReportingOverflow(number)
      return overflow ? .integer(-BigInt(number)) : .int(negated)
    case (.minus, .float(let number)): return .float(-number)
    case (.plus, .int), (.plus, .float): return value
    case (.invert, .int(let number)): return .int(~number)
    case (_, .object(let object)):
      if object.kind == .bigInt {
        switch op {
        case .minus: return try binary(.subtract, .int(0), value)
        case .plus: return value
        case .invert: return try binary(.subtract, .int(-1), value)
        }
      }
      if object.kind == .host, let result = try object.unary(op, self) { return result }
    default: break
    }
    throw Fault.type("unary '\(op.rawValue)' is not defined for '\(typeName(value))'")
  }

  private static let wordsOfBools = [BinaryOperator.and: "and", .or: "or", .xor: "!="]

  private func unsupported(_ op: BinaryOperator, _ a: Value, _ b: Value) -> Fault {
    var help: String?
    if op == .add, a.asString != nil { help = "turn the right side into text: str(…)" }
    if op == .add, b.asString != nil { help = "turn the left side into text: str(…)" }
    if op == .add, a.asString != nil, b.asString != nil { help = nil }
    if help != nil, a.kind == .host || b.kind == .host {
      help = "turn the text into a number: float(…), or the other side into a text: str(…)"
    }
    if case .bool = a { help = "turn a bool into a number first: int(…)" }
    if case .bool = b { help = "turn a bool into a number first: int(…)" }
    if case (.bool, .bool) = (a, b), let word = Interpreter.wordsOfBools[op] {
      help = "write '\(word)' between bools"
    }
    return Fault.type(
      "'\(op.rawValue)' is not defined between '\(typeName(a))' and '\(typeName(b))'", help: help)
  }
}
