// References to objects of the language are counted without atomic operations where the machine
// copies values and lets them go: an atomic one waits 20 cycles, many times as long as a copy.
//
// This is sound as long as all references to an object are held by one thread. The compiler sees to
// it, since `Object` is not `Sendable`; what it does not check (the state of a `Monitor`, the bodies
// that the workers of Tensors run) holds facts and numbers only. What threads share (texts, events,
// the catalog) is no `Object`, and is counted as everywhere. One thread may count in both ways.

import CCounting

extension Borrowed where Kept == Object {
  /// The object as a value, for somebody else to hold.
  @inline(__always)
  var value: Value {
    unsafe counting_retain(address)
    return .object(unsafe Unmanaged<Object>.fromOpaque(address).takeRetainedValue())
  }
}

/// A value that something holds, for somebody else to hold as well.
///
/// It is read twice, so that neither reading has to last.
@inline(__always)
func shared(_ value: @autoclosure () -> Value) -> Value {
  if let object = value().borrowed { return object.value }
  // Case by case, since a copy of the whole would look for an object again.
  return switch value() {
  case .none: .none
  case .bool(let flag): .bool(flag)
  case .int(let number): .int(number)
  case .float(let number): .float(number)
  case .object(let object): .object(object)
  }
}

/// Lets go of a value that is held here, of which None stays.
@inline(__always)
func letGo(_ value: inout Value) {
  guard let object = value.borrowed else { return }
  unsafe withUnsafeMutablePointer(to: &value) { unsafe $0.initialize(to: .none) }
  unsafe counting_release(object.address)
}

/// Lets go of a value that is not used any more.
@inline(__always)
func letGo(_ value: consuming Value) { letGo(&value) }

/// Lets go of a value that is held here, of which nil stays.
@inline(__always)
func letGo(_ value: inout Value?) {
  guard let object = value.borrowed else { return }
  unsafe withUnsafeMutablePointer(to: &value) { unsafe $0.initialize(to: nil) }
  unsafe counting_release(object.address)
}

/// True when nothing else holds the elements of an array, so that it can change without a copy.
@inline(__always)
func isHeldOnce<Element>(_ array: inout [Element]) -> Bool {
  // An array is the reference to its elements.
  unsafe withUnsafeBytes(of: &array) {
    unsafe swift_isUniquelyReferenced_nonNull_native($0.load(as: UnsafeRawPointer.self))
  }
}

/// Hands an object to `body`, and keeps it until that has ended, whatever else lets go of it.
///
/// As ``Object``s, what is used so must be held by one thread.
@inline(__always)
func keeping<Kept: AnyObject, Answer>(
  _ object: Borrowed<Kept>, _ body: (Kept) throws(Fault) -> Answer
) throws(Fault) -> Answer {
  unsafe counting_retain(object.address)
  defer { unsafe counting_release(object.address) }
  return try object.with(body)
}

/// A place of memory that holds a value.
typealias Place = UnsafeMutablePointer<Value?>

/// The object at a place; nil when that holds none.
@unsafe
@inline(__always)
private func object(at place: Place) -> UnsafeMutableRawPointer? {
  guard case .object? = unsafe place.pointee else { return nil }
  // What a case holds lies at the beginning.
  return unsafe UnsafeRawPointer(place).load(as: UnsafeMutableRawPointer.self)
}

/// Counts a reference more to what a place holds.
@unsafe
@inline(__always)
func retain(_ place: Place) {
  if let object = unsafe object(at: place) { unsafe counting_retain(object) }
}

/// Lets a body put something else into a place, which then lets go of what it held.
@unsafe
@inline(__always)
func replace(_ place: Place, _ body: () -> Void) {
  // Letting a number go is nothing to do, and setting a variable is mostly that.
  let old = unsafe object(at: place)
  body()
  if let old = unsafe old { unsafe counting_release(old) }
}

/// Copies what a place holds to a slot of a frame, which lets go of what it held.
@unsafe
@inline(__always)
func copy(_ source: Place, to slot: Place) {
  unsafe retain(source)
  // What a value holds, and the case that it is.
  let bytes = unsafe UnsafeRawPointer(source).load(as: (UInt, UInt8).self)
  unsafe replace(slot) {
    unsafe UnsafeMutableRawPointer(slot).storeBytes(of: bytes, as: (UInt, UInt8).self)
  }
}
