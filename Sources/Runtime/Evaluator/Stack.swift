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
    @inline(__always) nonmutating set { unsafe slots[slot] = newValue }
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
    guard unsafe count <= end - slots else { return nil }
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
    for slot in 0..<count { unsafe frame.slots[slot] = nil }
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
