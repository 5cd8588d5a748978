public import BigInt

/// A value of the language: scalars inline, everything else behind one counted reference.
///
/// One object payload keeps copying a value to one retain without a switch over many classes.
public enum Value {
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  case object(Object)
}

extension Value {
  /// A string.
  public static func string(_ text: String) -> Value { .object(StringObject(text)) }

  /// A string of bytes that are valid UTF-8.
  static func string(utf8 bytes: [UInt8]) -> Value { .object(StringObject(utf8: bytes)) }

  /// A new list.
  public static func list(_ elements: [Value]) -> Value { .object(ListObject(elements)) }

  /// A pair.
  static func pair(_ first: consuming Value, _ second: consuming Value) -> Value {
    .object(TupleObject(first, second))
  }

  /// A tuple.
  public static func tuple(_ elements: [Value]) -> Value { .object(TupleObject(elements)) }

  /// An integer of any size, inline when it fits.
  public static func integer(_ number: BigInt) -> Value { LongInteger(number).value }

  /// True for `None`.
  public var isNone: Bool { if case .none = self { true } else { false } }

  /// The kind of an object; nil for a scalar.
  @inline(__always)
  var kind: Object.Kind? {
    switch self {
    case .object(let object): object.kind
    default: nil
    }
  }

  /// The integer, if it is a small one.
  @inline(__always)
  var asInt: Int? { if case .int(let number) = self { number } else { nil } }

  /// The payload of an object.
  public var object: Object? { if case .object(let object) = self { object } else { nil } }

  /// The string, if it is one.
  public var asString: StringObject? { object?.asString }

  /// The text, if it is a string.
  public var stringText: String? { object?.asString?.text }

  /// The list, if it is one.
  public var asList: ListObject? { object?.asList }

  /// The tuple, if it is one.
  public var asTuple: TupleObject? { object?.asTuple }

  /// The dict, if it is one.
  public var asDict: DictObject? { object?.asDict }

  /// The set, if it is one.
  public var asSet: SetObject? { object?.asSet }

  /// The elements, if it is a tuple.
  public var tupleElements: [Value]? { asTuple?.elements }

  /// The elements, if it is a list or a tuple.
  public var sequenceElements: [Value]? { asList?.elements ?? asTuple?.elements }

  /// True for a dict.
  public var isDict: Bool { object?.kind == .dict }

  /// True for a value that `call` accepts without a host's help.
  public var isCallable: Bool {
    switch object?.kind {
    case .function, .builtin, .boundMethod: true
    default: false
    }
  }

  /// The integer of any size, if it is one; a bool is none.
  public var bigInteger: BigInt? {
    switch self {
    case .int(let number): BigInt(number)
    case .object(let object) where object.kind == .bigInt: object.asBigInt
    default: nil
    }
  }

  /// True for a container of containers, so that letting it go may recurse without end.
  ///
  /// Functions, which keep what they hold in cells, are looked through as many levels as said.
  @inline(__always)
  func nests(levels: Int = 3) -> Bool { borrowed?.nests(levels: levels) == true }

  /// True when other values can hang on it.
  @inline(__always)
  var isContainer: Bool {
    switch self {
    case .object(let object): object.kind.isContainer
    default: false
    }
  }
}

extension Borrowed where Kept == Object {
  /// As ``Value/nests(levels:)``.
  @inline(__always)
  func nests(levels: Int) -> Bool { kind.isContainer && holdsContainers(levels) }

  @inline(never)
  private func holdsContainers(_ levels: Int) -> Bool { read { $0.holdsContainers(levels) } }
}

extension Object {
  /// As ``Value/nests(levels:)``, for what is a container.
  fileprivate func holdsContainers(_ levels: Int) -> Bool {
    switch kind {
    case .list: asList?.storage.contains { $0.isContainer } == true
    case .tuple: borrowed.tuple?.read { $0.holdsContainers } == true
    case .dict: asDict?.table.holdsContainers == true
    case .set: asSet?.table.holdsContainers == true
    case .structure: asStruct?.holdsContainers == true
    case .cell: borrowed.cell?.read { $0.value.borrowed?.nests(levels: levels) } == true
    case .function: levels == 0 || borrowed.function?.read { $0.nests(levels: levels - 1) } == true
    case .boundMethod: levels == 0 || asBoundMethod?.receiver.nests(levels: levels - 1) == true
    default: false
    }
  }
}
