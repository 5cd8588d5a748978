// This folder holds the unsafe code of the target: the memory of running functions and of their
// instructions, objects that are used without counting references, and the downcasts of the
// language's own objects. Everything else sees safe types.

/// The variables of one running function: a window of the value stack.
///
/// Passing a frame passes one address. The compiler gives out slot numbers below the size that
/// it reserves with ``ValueStack/reserve(_:)``, so a slot always lies inside its frame.
@safe
struct Frame {
  /// For the files of this folder only.
  let slots: UnsafeMutablePointer<Value?>

  /// A variable; nil while it is unbound.
  subscript(slot: Int) -> Value? {
    @inline(__always) get { unsafe slots[slot] }
    @inline(__always) nonmutating set {
      unsafe replace(slots + slot) { unsafe (slots + slot).initialize(to: newValue) }
    }
  }

  /// True when a variable holds an object.
  @inline(__always)
  func holdsObject(_ slot: Int) -> Bool {
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

  /// A variable that holds a truth value; nil for all else.
  @inline(__always)
  func bool(_ slot: Int) -> Bool? {
    if case .bool(let flag)? = unsafe slots[slot] { flag } else { nil }
  }

  /// A variable that holds no object; nil for all else.
  @inline(__always)
  func scalar(_ slot: Int) -> Value? {
    // Case by case, since a copy of the whole would look for an object again.
    switch unsafe slots[slot] {
    case .some(.none): Value.none
    case .bool(let flag)?: .bool(flag)
    case .int(let number)?: .int(number)
    case .float(let number)?: .float(number)
    case .object?, nil: nil
    }
  }

  /// The kind of the object that a variable holds.
  @inline(__always)
  func kind(_ slot: Int) -> Object.Kind? {
    if case .object(let object)? = unsafe slots[slot] { object.kind } else { nil }
  }

  /// Hands the list that a variable holds to `body`, without counting a reference to it; nil when
  /// it holds something else.
  ///
  /// The variable keeps the list alive, so `body` must not run code of the language.
  @inline(__always)
  func withList<Result>(_ slot: Int, _ body: (ListObject) -> Result?) -> Result? {
    with(slot, .list, ListObject.self, body)
  }

  /// As ``withList(_:_:)``, for a tuple.
  @inline(__always)
  func withTuple<Result>(_ slot: Int, _ body: (TupleObject) -> Result?) -> Result? {
    with(slot, .tuple, TupleObject.self, body)
  }

  @inline(__always)
  private func with<Kept: Object, Result>(
    _ slot: Int, _ kind: Object.Kind, _ type: Kept.Type, _ body: (Kept) -> Result?
  ) -> Result? {
    guard let object = unsafe Borrowed(at: slots + slot), object.kind == kind else { return nil }
    return unsafe object.cast(to: type).read(body)
  }

  /// The object that a variable holds; nil when it holds none.
  ///
  /// The variable must keep its value while the object is used.
  @inline(__always)
  func object(_ slot: Int) -> Borrowed<Object>? { unsafe Borrowed(at: slots + slot) }

  /// Hands the value of a variable to `body`, without counting a reference to it; nil when it is
  /// unbound.
  ///
  /// The variable must keep its value while `body` runs.
  @inline(__always)
  func borrow<Answer>(_ slot: Int, _ body: (Value) throws(Fault) -> Answer) throws(Fault)
    -> Answer?
  {
    guard isBound(slot) else { return nil }
    // The slot keeps its bytes while the value is out of it.
    return try unsafe (slots + slot).withMemoryRebound(to: Value.self, capacity: 1) {
      place throws(Fault) in
      let value = unsafe place.move()
      defer { unsafe place.initialize(to: value) }
      return try body(value)
    }
  }

  /// The function in the cell of a captured variable, when it takes so many arguments without
  /// binding; the variable cannot change while it runs, since only its own function sets it.
  @inline(__always)
  func capturedFunction(_ slot: Int, taking count: Int) -> Borrowed<FunctionObject>? {
    guard let object = unsafe Borrowed(at: slots + slot), object.kind == .cell else { return nil }
    return unsafe object.cast(to: CellObject.self).read { cell in
      unsafe withUnsafeMutablePointer(to: &cell.value) { unsafe Borrowed(at: $0) }
    }?.function(taking: count)
  }

  /// The value in the cell of a captured variable; nil while it is unbound.
  func cellValue(_ slot: Int) -> Value? {
    with(slot, .cell, CellObject.self) { $0.value }
  }

  /// Gives a variable what the cell of a captured one holds; false while that is unbound.
  @inline(__always)
  func set(_ slot: Int, copyOfCell cell: Int) -> Bool {
    with(cell, .cell, CellObject.self) { cell in
      unsafe withUnsafeMutablePointer(to: &cell.value) { place in
        guard case .some = unsafe place.pointee else { return false }
        unsafe set(slot, copyOf: place)
        return true
      }
    } ?? false
  }

  /// True when the captured variable in a cell has a value.
  @inline(__always)
  func isCellBound(_ slot: Int) -> Bool {
    with(slot, .cell, CellObject.self) { cell in
      if case .some = cell.value { true } else { false }
    } ?? false
  }

  /// Gives a variable the element of a list at a place; false when there is none.
  @inline(__always)
  func set(_ slot: Int, elementAt place: Int, of list: Borrowed<ListObject>) -> Bool {
    list.read { list in
      guard let place = Interpreter.place(place, list.storage.count) else { return false }
      if case .int(let number) = list.storage[place] {
        set(slot, number)
        return true
      }
      self[slot] = shared(list.storage[place])
      return true
    }
  }

  /// The function that a variable holds, when it takes so many arguments without binding.
  @inline(__always)
  func function(_ slot: Int, taking count: Int) -> Borrowed<FunctionObject>? {
    unsafe Borrowed(at: slots + slot)?.function(taking: count)
  }

  /// Gives a variable the result of an operation on numbers.
  @inline(__always)
  func set(_ slot: Int, number: Number) {
    switch number {
    case .int(let number): set(slot, number)
    case .float(let number): set(slot, number)
    }
  }

  /// Gives a variable a float.
  @inline(__always)
  func set(_ slot: Int, _ number: Double) {
    unsafe replace(slots + slot) { unsafe (slots + slot).initialize(to: .float(number)) }
  }

  /// Gives a variable what another place holds.
  @unsafe
  @inline(__always)
  func set(_ slot: Int, copyOf place: UnsafeMutablePointer<Value?>) {
    unsafe copy(place, to: slots + slot)
  }

  /// Gives a variable what another holds; false when that is unbound.
  @inline(__always)
  func set(_ slot: Int, copyOf source: Int) -> Bool {
    guard isBound(source) else { return false }
    unsafe set(slot, copyOf: slots + source)
    return true
  }

  /// Gives a variable an integer.
  @inline(__always)
  func set(_ slot: Int, _ number: Int) {
    unsafe replace(slots + slot) { unsafe (slots + slot).initialize(to: .int(number)) }
  }

  /// The value of a variable; nil while it is unbound.
  ///
  /// Unlike the subscript it counts the reference that it gives without an atomic operation.
  @inline(__always)
  func copied(_ slot: Int) -> Value? {
    object(slot)?.value ?? scalar(slot)
  }

  /// Takes a value out of its slot; nil when it holds none.
  @inline(__always)
  func take(_ slot: Int) -> Value? {
    let value = unsafe (slots + slot).move()
    unsafe (slots + slot).initialize(to: nil)
    return value
  }

  /// Lets go of an object that a slot holds; a number may stay.
  @inline(__always)
  func drop(_ slot: Int) {
    if holdsObject(slot) {
      unsafe replace(slots + slot) { unsafe (slots + slot).initialize(to: nil) }
    }
  }

  /// Lets go of the objects in the first slots.
  @inline(__always)
  func clear(_ count: Int) {
    var slot = 0
    while slot < count {
      drop(slot)
      slot &+= 1
    }
  }

  /// Gives a variable of a new frame its first value.
  @inline(__always)
  func fill(_ slot: Int, _ value: consuming Value) {
    unsafe (slots + slot).initialize(to: value)
  }

  /// Lends values to slots, which count no references to them: nothing may take a value out of these,
  /// and ``unbind(from:to:)`` must clear them before who lends them goes.
  ///
  /// A function captures as many values as its layout has slots for.
  @inline(__always)
  func lend(_ values: [Value?], from first: Int) {
    unsafe values.withUnsafeBytes { bytes in
      unsafe UnsafeMutableRawBufferPointer(
        start: slots + first, count: bytes.count
      ).copyMemory(from: bytes)
    }
  }

  /// Marks variables as unbound that hold no object, or one that is only lent.
  @inline(__always)
  func unbind(from first: Int, to end: Int) {
    var slot = first
    while slot < end {
      unsafe (slots + slot).initialize(to: nil)
      slot &+= 1
    }
  }

  /// The frame that begins at a slot: that of a function whose arguments lie there.
  @inline(__always)
  func window(from slot: Int) -> Frame { unsafe Frame(slots: slots + slot) }

  /// The cell in a slot that the resolver marked as one.
  @inline(__always)
  func cell(_ slot: Int) -> CellObject {
    // The prologue of the function has put a cell here before any code of it runs.
    guard case .object(let object)? = unsafe slots[slot] else { return CellObject(nil) }
    return object.asCell ?? CellObject(nil)
  }
}
