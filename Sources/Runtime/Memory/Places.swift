/// The constants of a block, which instructions refer to by the numbers that the assembler gave out.
@safe
final class ConstantList {
  private let first: UnsafeMutablePointer<Value?>
  private let count: Int

  init(_ values: [Value]) {
    count = values.count
    unsafe first = .allocate(capacity: count)
    for (place, value) in values.enumerated() { unsafe (first + place).initialize(to: value) }
  }

  deinit {
    unsafe first.deinitialize(count: count)
    unsafe first.deallocate()
  }

  /// The constant of a number, which the assembler gave out.
  subscript(number: Int) -> Value? { unsafe first[number] }

  /// A constant that the assembler put here as a float.
  @inline(__always)
  func float(_ number: Int) -> Double {
    if case .float(let value)? = unsafe first[number] { value } else { .nan }
  }

  /// Copies a constant into a slot.
  @inline(__always)
  func copy(_ number: Int, to slot: Int, _ frame: Frame) {
    unsafe frame.set(slot, copyOf: first + number)
  }
}

/// Objects that instructions refer to by the numbers that the assembler gave out; using one counts no
/// references.
@safe
final class Pool<Kept: AnyObject> {
  private let references: UnsafeMutablePointer<Unmanaged<Kept>>
  private let count: Int

  init(_ objects: [Kept]) {
    count = objects.count
    unsafe references = .allocate(capacity: count)
    for (place, object) in objects.enumerated() {
      unsafe (references + place).initialize(to: .passRetained(object))
    }
  }

  deinit {
    for place in 0..<count { unsafe references[place].release() }
    unsafe references.deallocate()
  }

  /// The object of a number, which the assembler gave out.
  @inline(__always)
  subscript(number: Int) -> Borrowed<Kept> {
    unsafe references[number]._withUnsafeGuaranteedRef { unsafe Borrowed($0) }
  }
}

/// The memory of one global variable; nil while it is unbound.
@safe
struct ValuePlace {
  private let place: UnsafeMutablePointer<Value?>

  init() {
    unsafe place = .allocate(capacity: 1)
    unsafe place.initialize(to: nil)
  }

  /// Gives the memory back; the place must not be used any more.
  func free() {
    unsafe place.deinitialize(count: 1)
    unsafe place.deallocate()
  }

  var value: Value? {
    @inline(__always) get { unsafe place.pointee }
    @inline(__always) nonmutating set { unsafe place.pointee = newValue }
  }

  /// True when the variable has a value.
  @inline(__always)
  var isBound: Bool {
    if case nil = unsafe place.pointee { false } else { true }
  }

  /// Copies the value into a slot; false when the variable is unbound.
  @inline(__always)
  func copy(to slot: Int, _ frame: Frame) -> Bool {
    guard isBound else { return false }
    unsafe frame.set(slot, copyOf: place)
    return true
  }

  /// The function that the variable holds, when it takes so many arguments without binding.
  ///
  /// A function that a name loses while it runs is kept: see ``Globals``.
  @inline(__always)
  func function(taking count: Int) -> Borrowed<FunctionObject>? {
    unsafe Borrowed(at: place)?.function(taking: count)
  }

  /// The object that the variable holds; nil when it holds none.
  @inline(__always)
  var object: Borrowed<Object>? { unsafe Borrowed(at: place) }
}
