// The one unsafe file of this target: the frames of running functions, and the downcasts of the
// language's own objects. Everything else sees safe types.

import BigInt

/// The variables of one running function: a window of the value stack.
///
/// Passing a frame passes one address. The compiler gives out slot numbers below the size that
/// it reserves with ``ValueStack/reserve(_:)``, so a slot always lies inside its frame.
@safe
struct Frame {
  fileprivate let slots: UnsafeMutablePointer<Value?>

  /// A variable; nil while it is unbound.
  subscript(slot: Int) -> Value? {
    @inline(__always) get { unsafe slots[slot] }
    @inline(__always) nonmutating set {
      // Letting a number go is nothing to do, and setting a variable is mostly that.
      if holdsObject(slot) {
        unsafe slots[slot] = newValue
      } else {
        unsafe (slots + slot).initialize(to: newValue)
      }
    }
  }

  @inline(__always)
  fileprivate func holdsObject(_ slot: Int) -> Bool {
    if case .object? = unsafe slots[slot] { true } else { false }
  }

  /// True when a variable has a value.
  @inline(__always)
  func isBound(_ slot: Int) -> Bool {
    if case nil = unsafe slots[slot] { false } else { true }
  }

  /// A variable that holds an integer; nil for all else.
  ///
  /// Unlike a look at the value it counts no references.
  @inline(__always)
  func int(_ slot: Int) -> Int? {
    if case .int(let number)? = unsafe slots[slot] { number } else { nil }
  }

  /// A variable that holds a float; nil for all else.
  @inline(__always)
  func float(_ slot: Int) -> Double? {
    if case .float(let number)? = unsafe slots[slot] { number } else { nil }
  }

  /// True when a variable holds a list.
  @inline(__always)
  func holdsList(_ slot: Int) -> Bool {
    if case .object(let object)? = unsafe slots[slot] { object.kind == .list } else { false }
  }

  /// Hands the list that a variable holds to `body`, without counting a reference to it; nil when
  /// it holds something else.
  ///
  /// The variable keeps the list alive, so `body` must not run code of the language.
  @inline(__always)
  func withList<Result>(_ slot: Int, _ body: (ListObject) -> Result?) -> Result? {
    guard case .object(let object)? = unsafe slots[slot], object.kind == .list else { return nil }
    let list = unsafe Unmanaged.passUnretained(unsafe unsafeDowncast(object, to: ListObject.self))
    return unsafe list._withUnsafeGuaranteedRef { body($0) }
  }

  /// As ``withList(_:_:)``, for a dict.
  @inline(__always)
  func withDict<Result>(_ slot: Int, _ body: (DictObject) -> Result?) -> Result? {
    guard case .object(let object)? = unsafe slots[slot], object.kind == .dict else { return nil }
    let dict = unsafe Unmanaged.passUnretained(unsafe unsafeDowncast(object, to: DictObject.self))
    return unsafe dict._withUnsafeGuaranteedRef { body($0) }
  }

  /// The value in the cell of a captured variable; nil while it is unbound.
  @inline(__always)
  func cellValue(_ slot: Int) -> Value? {
    guard case .object(let object)? = unsafe slots[slot], object.kind == .cell else { return nil }
    let cell = unsafe Unmanaged.passUnretained(unsafe unsafeDowncast(object, to: CellObject.self))
    return unsafe cell._withUnsafeGuaranteedRef { $0.value }
  }

  /// Gives a variable of a new frame its first value.
  @inline(__always)
  func fill(_ slot: Int, _ value: consuming Value) {
    unsafe (slots + slot).initialize(to: value)
  }

  /// The cell in a slot that the resolver marked as one.
  @inline(__always)
  func cell(_ slot: Int) -> CellObject {
    // The prologue of the function has put a cell here before any code of it runs.
    guard case .object(let object)? = unsafe slots[slot] else { return CellObject(nil) }
    return unsafe unsafeDowncast(object, to: CellObject.self)
  }
}

/// The stack that frames lie on: one block, of which only touched pages cost memory.
@safe
final class ValueStack {
  private let base: UnsafeMutablePointer<Value?>
  private let end: UnsafeMutablePointer<Value?>
  private var top: UnsafeMutablePointer<Value?>
  /// Slots below are initialized, and those between `top` and here are nil.
  ///
  /// So a call pays for clearing its frame once, when it leaves.
  private var touched: UnsafeMutablePointer<Value?>

  /// Enough for the recursion limit with a thousand variables in each call.
  private static let capacity = 1 << 20

  init() {
    unsafe base = .allocate(capacity: ValueStack.capacity)
    unsafe end = base + ValueStack.capacity
    unsafe top = base
    unsafe touched = base
  }

  deinit {
    unsafe base.deinitialize(count: touched - base)
    unsafe base.deallocate()
  }

  /// A frame of unbound variables; nil when the stack is used up.
  @inline(__always)
  func reserve(_ count: Int) -> Frame? {
    let slots = unsafe top
    guard unsafe slots + count <= end else { return nil }
    unsafe top = slots + count
    if unsafe top > touched { touch() }
    return unsafe Frame(slots: slots)
  }

  /// Visits the variables of all frames.
  func visitValues(_ visit: (Value) -> Void) {
    var slot = unsafe base
    while unsafe slot < top {
      if let value = unsafe slot.pointee { visit(value) }
      unsafe slot += 1
    }
  }

  @inline(never)
  private func touch() {
    unsafe touched.initialize(repeating: nil, count: top - touched)
    unsafe touched = top
  }

  /// Gives up the newest frame, which had `count` slots.
  @inline(__always)
  func release(_ frame: Frame, _ count: Int) {
    var slot = 0
    while slot < count {
      frame[slot] = nil
      slot &+= 1
    }
    unsafe top = frame.slots
  }
}

// `kind` is set by the initializer of the one final class that bears it: see `Object.init(kind:)`.
extension Object {
  @inline(__always)
  private func cast<T: Object>(_ type: T.Type, _ wanted: Kind) -> T? {
    kind == wanted ? unsafe unsafeDowncast(self, to: type) : nil
  }

  @inline(__always) var asString: StringObject? { cast(StringObject.self, .string) }
  @inline(__always) var asList: ListObject? { cast(ListObject.self, .list) }
  @inline(__always) var asTuple: TupleObject? { cast(TupleObject.self, .tuple) }
  @inline(__always) var asDict: DictObject? { cast(DictObject.self, .dict) }
  @inline(__always) var asSet: SetObject? { cast(SetObject.self, .set) }
  @inline(__always) var asRange: RangeObject? { cast(RangeObject.self, .range) }
  @inline(__always) var asSlice: SliceObject? { cast(SliceObject.self, .slice) }
  @inline(__always) var asBytes: BytesObject? { cast(BytesObject.self, .bytes) }
  @inline(__always) var asFunction: FunctionObject? { cast(FunctionObject.self, .function) }
  @inline(__always) var asBuiltin: BuiltinObject? { cast(BuiltinObject.self, .builtin) }
  @inline(__always) var asBoundMethod: BoundMethodObject? {
    cast(BoundMethodObject.self, .boundMethod)
  }
  @inline(__always) var asModule: ModuleObject? { cast(ModuleObject.self, .module) }
  @inline(__always) var asStruct: StructObject? { cast(StructObject.self, .structure) }
  @inline(__always) var asCell: CellObject? { cast(CellObject.self, .cell) }
  @inline(__always) var asBigIntObject: BigIntObject? { cast(BigIntObject.self, .bigInt) }
}

extension Object {
  /// The number of a big integer; 0 for all else.
  var asBigInt: BigInt { asBigIntObject?.value ?? 0 }
}

// As with frames, whoever holds the object keeps it alive, so no body must run code of the language.
extension Object {
  /// Hands a tuple to `body` without counting a reference; nil for all else.
  @inline(__always)
  func withTuple<Result>(_ body: (TupleObject) -> Result?) -> Result? {
    guard kind == .tuple else { return nil }
    let tuple = unsafe Unmanaged.passUnretained(unsafe unsafeDowncast(self, to: TupleObject.self))
    return unsafe tuple._withUnsafeGuaranteedRef { body($0) }
  }

  /// As ``withTuple(_:)``, for a string.
  @inline(__always)
  func withString<Result>(_ body: (StringObject) -> Result?) -> Result? {
    guard kind == .string else { return nil }
    let text = unsafe Unmanaged.passUnretained(unsafe unsafeDowncast(self, to: StringObject.self))
    return unsafe text._withUnsafeGuaranteedRef { body($0) }
  }
}
