/// The stack that frames lie on: one block, of which only touched pages cost memory.
@safe
final class ValueStack {
  private let base: UnsafeMutablePointer<Value?>
  private let end: UnsafeMutablePointer<Value?>
  private var top: UnsafeMutablePointer<Value?>
  /// Slots below are initialized, and those between `top` and here hold no object.
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

  /// A new frame behind all others; nil when the stack is used up.
  ///
  /// Its slots may hold numbers of calls that have ended.
  @inline(__always)
  func reserve(_ count: Int) -> Frame? {
    let frame = unsafe Frame(slots: top)
    return enter(frame, count) ? frame : nil
  }

  /// Makes a frame the newest one; false when the stack is used up.
  @inline(__always)
  func enter(_ frame: Frame, _ count: Int) -> Bool {
    let end = unsafe frame.slots + count
    guard unsafe end <= self.end else { return false }
    unsafe top = end
    if unsafe end > touched { touch() }
    return true
  }

  /// Gives up all frames behind one of `count` slots, which is the newest again.
  @inline(__always)
  func leave(to frame: Frame, _ count: Int) { unsafe top = frame.slots + count }

  /// Gives up a frame, which holds no objects any more, and all behind it.
  @inline(__always)
  func release(_ frame: Frame) { unsafe top = frame.slots }

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
}
