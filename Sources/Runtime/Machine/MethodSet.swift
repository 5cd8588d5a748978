import Catalog

/// What a method name means for each kind of object, found when the call is compiled.
final class MethodSet {
  let name: String
  // Properties rather than a table by kind, since reading these counts no references; a type
  // without the method has one that takes nothing.
  private let absent: Method
  private let string: Method
  private let bytes: Method
  private let list: Method
  private let dict: Method
  private let set: Method
  /// The kinds whose method takes none, one or two arguments without binding, as bits.
  private let takers: (none: UInt32, one: UInt32, two: UInt32)
  /// The module that was met here last, and its member: `math.sin` in a loop.
  private var lastModule: ModuleObject?
  private var lastMember = Value.none
  /// That member, when it is a builtin.
  private var lastBuiltin: Builtin?

  init(_ name: String) {
    self.name = name
    absent = Method(Entry(name, summary: ""), .raw { _, _, _ in .none })
    string = MethodTable.method(name, of: .string) ?? absent
    bytes = MethodTable.method(name, of: .bytes) ?? absent
    list = MethodTable.method(name, of: .list) ?? absent
    dict = MethodTable.method(name, of: .dict) ?? absent
    set = MethodTable.method(name, of: .set) ?? absent
    func kinds(taking count: Int) -> UInt32 {
      [Object.Kind.string, .bytes, .list, .dict, .set].reduce(0) { bits, kind in
        MethodTable.method(name, of: kind)?.takes(count) == true ? bits | 1 << kind.rawValue : bits
      }
    }
    takers = (kinds(taking: 0), kinds(taking: 1), kinds(taking: 2))
  }

  /// The method of a kind; nil when the kind has none of this name.
  subscript(kind: Object.Kind) -> Method? {
    let method =
      switch kind {
      case .string: string
      case .bytes: bytes
      case .list: list
      case .dict: dict
      case .set: set
      default: absent
      }
    return method === absent ? nil : method
  }

  /// True when a kind has a method of this name that takes so many arguments without binding.
  @inline(__always)
  func takes(_ count: Int, _ kind: Object.Kind) -> Bool {
    let takers = count == 0 ? takers.none : count == 1 ? takers.one : count == 2 ? takers.two : 0
    return takers >> kind.rawValue & 1 == 1
  }

  /// Calls `value.name()`; to be asked only when its kind ``takes(_:_:)`` none.
  func call(_ value: Value, _ kind: Object.Kind, _ interpreter: Interpreter) throws(Fault) -> Value
  {
    switch kind {
    case .string: try string.call(value, interpreter)
    case .bytes: try bytes.call(value, interpreter)
    case .list: try list.call(value, interpreter)
    case .dict: try dict.call(value, interpreter)
    default: try set.call(value, interpreter)
    }
  }

  /// Calls `value.name(a)`; to be asked only when its kind takes one.
  func call(_ value: Value, _ kind: Object.Kind, _ a: Value, _ interpreter: Interpreter)
    throws(Fault) -> Value
  {
    switch kind {
    case .string: try string.call(value, a, interpreter)
    case .bytes: try bytes.call(value, a, interpreter)
    case .list: try list.call(value, a, interpreter)
    case .dict: try dict.call(value, a, interpreter)
    default: try set.call(value, a, interpreter)
    }
  }

  /// Calls `value.name(a, b)`; to be asked only when its kind takes two.
  func call(
    _ value: Value, _ kind: Object.Kind, _ a: Value, _ b: Value, _ interpreter: Interpreter
  ) throws(Fault) -> Value {
    switch kind {
    case .string: try string.call(value, a, b, interpreter)
    case .bytes: try bytes.call(value, a, b, interpreter)
    case .list: try list.call(value, a, b, interpreter)
    case .dict: try dict.call(value, a, b, interpreter)
    default: try set.call(value, a, b, interpreter)
    }
  }

  /// The member of the module that was met here last, when it is that module.
  @inline(__always)
  func member(of object: Object) -> Value? { object === lastModule ? lastMember : nil }

  /// As ``member(of:)``, when it is a builtin.
  @inline(__always)
  func builtin(of object: Object) -> Borrowed<Builtin>? {
    object === lastModule ? Borrowed(of: lastBuiltin) : nil
  }

  /// True when the member of a module is known here.
  @inline(__always)
  func knows(_ object: Object) -> Bool { object === lastModule }

  /// The function that is a member of the value; nil when the name is a method of its kind, or the
  /// member of a module, which is then known here.
  func member(_ value: Value, _ interpreter: Interpreter) throws(Fault) -> Value? {
    guard case .object(let object) = value else { return try interpreter.attribute(value, name) }
    guard let module = object.asModule else {
      return self[object.kind] == nil ? try interpreter.attribute(value, name) : nil
    }
    lastMember = try interpreter.attribute(value, name)
    lastModule = module
    lastBuiltin = lastMember.object?.asBuiltin?.builtin
    return nil
  }
}
