/// An object that something else keeps alive, so that using it counts no references.
///
/// Who that is, and why it lasts:
/// - A slot of a frame: only the code that runs on the frame writes there, and it waits while the
///   object is used. Cells that are lent to a frame belong to its function, which its caller keeps.
/// - A cell: only the function whose variable it is sets it, and that function waits as well, or has
///   ended.
/// - A global name: what it loses while code runs is kept by ``Globals`` until none does.
/// - The receiver and the arguments of a method: who calls it keeps them until it has ended.
/// - An element of a list, while no code of the language runs.
/// - A template that was read: ``keeping(_:_:)`` holds it while it is used.
/// - A block of code: it belongs to a function, or a program, that runs.
@safe
struct Borrowed<Kept: AnyObject> {
  private let reference: Unmanaged<Kept>

  /// Borrows an object, which the caller sees to it that it stays.
  @unsafe
  @inline(__always)
  init(_ object: Kept) { unsafe reference = .passUnretained(object) }

  /// The object that a property holds, which must not change while the object is used.
  @inline(__always)
  init?(of object: Kept?) {
    guard let object else { return nil }
    unsafe self.init(object)
  }

  /// As the other, for what always holds one.
  @inline(__always)
  init(of object: Kept) { unsafe self.init(object) }

  /// Where the object lies.
  @unsafe
  @inline(__always)
  var address: UnsafeMutableRawPointer { unsafe reference.toOpaque() }

  /// Uses the object.
  @inline(__always)
  func with<Answer>(_ body: (Kept) throws(Fault) -> Answer) throws(Fault) -> Answer {
    let answer: Result<Answer, Fault> = unsafe reference._withUnsafeGuaranteedRef { object in
      do throws(Fault) { return .success(try body(object)) } catch { return .failure(error) }
    }
    return try answer.get()
  }

  /// Looks at the object.
  @inline(__always)
  func read<Answer>(_ body: (Kept) -> Answer) -> Answer {
    unsafe reference._withUnsafeGuaranteedRef { body($0) }
  }
}

extension Borrowed where Kept == Object {
  /// The object at a place; nil when that holds none.
  ///
  /// What is found ends its scope here, so that the compiler has no reason to count a reference.
  @unsafe
  @inline(__always)
  init?(at place: UnsafeMutablePointer<Value?>) {
    guard case .object(let object)? = unsafe place.pointee else { return nil }
    unsafe self.init(object)
  }

  @inline(__always)
  var kind: Object.Kind { read { $0.kind } }

  /// The object as what its kind tells that it is.
  @unsafe
  @inline(__always)
  func cast<Other: Object>(to type: Other.Type) -> Borrowed<Other> {
    read { unsafe Borrowed<Other>(unsafe unsafeDowncast($0, to: type)) }
  }

  @inline(__always)
  private func cast<Other: Object>(_ type: Other.Type, _ wanted: Object.Kind) -> Borrowed<Other>? {
    kind == wanted ? unsafe cast(to: type) : nil
  }

  @inline(__always) var list: Borrowed<ListObject>? { cast(ListObject.self, .list) }
  @inline(__always) var tuple: Borrowed<TupleObject>? { cast(TupleObject.self, .tuple) }
  @inline(__always) var string: Borrowed<StringObject>? { cast(StringObject.self, .string) }
  @inline(__always) var dict: Borrowed<DictObject>? { cast(DictObject.self, .dict) }
  @inline(__always) var range: Borrowed<RangeObject>? { cast(RangeObject.self, .range) }
  @inline(__always) var builtin: Borrowed<BuiltinObject>? { cast(BuiltinObject.self, .builtin) }
  @inline(__always) var cell: Borrowed<CellObject>? { cast(CellObject.self, .cell) }
  @inline(__always) var walk: Borrowed<WalkObject>? { cast(WalkObject.self, .walk) }
  @inline(__always) var function: Borrowed<FunctionObject>? { cast(FunctionObject.self, .function) }

  /// The function, when it is one and takes so many arguments without binding.
  @inline(__always)
  func function(taking count: Int) -> Borrowed<FunctionObject>? {
    guard let function else { return nil }
    return function.read { $0.code.plainCount == count } ? function : nil
  }
}

extension Object {
  /// The object, which is kept by who keeps this reference.
  @inline(__always)
  var borrowed: Borrowed<Object> { unsafe Borrowed(self) }
}

extension Value {
  /// The object, which is kept by who keeps the value; nil when it is none.
  ///
  /// Where time counts, to be asked for in a statement of its own, so that what happens to the object
  /// does not make the compiler copy the value.
  @inline(__always)
  var borrowed: Borrowed<Object>? {
    guard case .object(let object) = self else { return nil }
    return object.borrowed
  }

  /// The string, when it is one.
  ///
  /// Not inline: who saw that it is the object of this value would count a reference to it.
  @inline(never)
  var string: Borrowed<StringObject>? { borrowed?.string }
}

extension Value? {
  /// As ``Value/borrowed``; nil for nil.
  @inline(__always)
  var borrowed: Borrowed<Object>? {
    guard case .object(let object)? = self else { return nil }
    return object.borrowed
  }
}
