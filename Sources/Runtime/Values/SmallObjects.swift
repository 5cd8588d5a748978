public import BigInt

/// An integer that does not fit 64 bits; smaller ones are ``Value/int(_:)``.
public final class BigIntObject: Object {
  let number: LongInteger

  /// Use ``LongInteger/value``, which keeps small numbers inline.
  init(_ number: LongInteger) {
    self.number = number
    super.init(kind: .bigInt)
  }

  /// The number.
  public var value: BigInt { number.bigInt }

  /// The name that `type(x)` gives.
  public override var typeName: String { "int" }

  public override var brief: String {
    number.bitWidth < 256 ? value.description : "an int of \(number.bitWidth) bits"
  }
}

/// What `range` gives: integers at equal steps, computed as they are asked for.
public final class RangeObject: Object {
  /// The first number.
  public let start: Int
  /// Where it ends, exclusive.
  public let stop: Int
  /// The step, never 0.
  public let step: Int
  /// The number of numbers.
  public let count: Int

  /// Makes a range; nil when the step is 0, and when `count` would leave 64 bits.
  public init?(_ start: Int, _ stop: Int, step: Int = 1) {
    guard step != 0 else { return nil }
    self.start = start
    self.stop = stop
    self.step = step
    let isEmpty = step > 0 ? start >= stop : start <= stop
    if isEmpty {
      count = 0
    } else {
      // As unsigned numbers the distance always fits.
      let distance =
        step > 0
        ? UInt(bitPattern: stop) &- UInt(bitPattern: start)
        : UInt(bitPattern: start) &- UInt(bitPattern: stop)
      guard let count = Int(exactly: (distance - 1) / step.magnitude + 1) else { return nil }
      self.count = count
    }
    super.init(kind: .range)
  }

  /// The number at a place from 0 up to `count - 1`.
  func element(_ index: Int) -> Value { .int(start &+ index &* step) }

  /// True when the number is one of the range's.
  func contains(_ number: Int) -> Bool {
    guard count > 0 else { return false }
    let last = start &+ (count - 1) &* step
    guard step > 0 ? number >= start && number <= last : number <= start && number >= last else {
      return false
    }
    let distance =
      step > 0
      ? UInt(bitPattern: number) &- UInt(bitPattern: start)
      : UInt(bitPattern: start) &- UInt(bitPattern: number)
    return distance % step.magnitude == 0
  }

  /// The name that `type(x)` gives.
  public override var typeName: String { "range" }
}

/// `start:stop:step` between the brackets of an index; a part left out is ``Value/none``.
public final class SliceObject: Object {
  /// Where it starts.
  public let start: Value
  /// Where it ends, exclusive.
  public let stop: Value
  /// The step.
  public let step: Value

  /// Makes a slice.
  public init(start: Value, stop: Value, step: Value) {
    self.start = start
    self.stop = stop
    self.step = step
    super.init(kind: .slice)
  }

  /// The name that `type(x)` gives.
  public override var typeName: String { "slice" }
}

/// The value of `...`, which stands for all further axes of an index.
public final class EllipsisObject: Object {
  /// Makes the value.
  public override init() { super.init(kind: .ellipsis) }

  /// The name that `type(x)` gives.
  public override var typeName: String { "ellipsis" }
}

/// The box of a variable that an inner function captures.
final class CellObject: Object {
  /// Nil while the variable is unbound.
  var value: Value?
  /// True once a function holds the box: before that it cannot be part of a circle.
  var isCaptured = false

  init(_ value: Value?) {
    self.value = value
    super.init(kind: .cell)
  }

  override var typeName: String { "cell" }

  override func visitReferences(_ visit: (Value) -> Void) {
    if let value { visit(value) }
  }
}

/// What `struct(a=1)` gives: fixed fields with names.
public final class StructObject: Object {
  /// The fields, by name.
  public private(set) var fields: [(name: String, value: Value)]

  /// Takes fields in the order of their names, in which the language prints them.
  init(sorted fields: [(name: String, value: Value)]) {
    self.fields = fields
    super.init(kind: .structure)
  }

  deinit {
    guard fields.contains(where: { $0.value.nests() }) else { return }
    var pending: [Value] = []
    empty(into: &pending)
    release(&pending)
  }

  /// True when a field can hold other values.
  var holdsContainers: Bool { fields.contains { $0.value.isContainer } }

  /// Hands over the values of the fields when the structure is about to go.
  func empty(into pending: inout [Value]) {
    pending += fields.map(\.value)
    fields = []
  }

  /// The value of a field, nil when there is none.
  public func field(_ name: String) -> Value? { fields.first { $0.name == name }?.value }

  /// The name that `type(x)` gives.
  public override var typeName: String { "struct" }

  /// The values that this object holds.
  public override func visitReferences(_ visit: (Value) -> Void) {
    for field in fields { visit(field.value) }
  }
}
