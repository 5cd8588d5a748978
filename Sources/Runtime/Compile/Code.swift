// Compiled code is closures. Each kind is a struct around one, since a bare closure that goes
// through an array, an optional or a generic is wrapped in a thunk each time: measured, that made
// calls three times slower.

/// A compiled expression: run with a frame, it gives the value.
struct Code {
  private let run: (Frame) throws(Fault) -> Value

  init(_ run: @escaping (Frame) throws(Fault) -> Value) { self.run = run }

  @inline(__always)
  func callAsFunction(_ frame: Frame) throws(Fault) -> Value { try run(frame) }
}

/// A compiled condition: an expression of which only the truth is wanted.
struct Condition {
  private let run: (Frame) throws(Fault) -> Bool

  init(_ run: @escaping (Frame) throws(Fault) -> Bool) { self.run = run }

  @inline(__always)
  func callAsFunction(_ frame: Frame) throws(Fault) -> Bool { try run(frame) }
}

/// A compiled statement.
struct Step {
  private let run: (Frame) throws(Fault) -> Completion

  init(_ run: @escaping (Frame) throws(Fault) -> Completion) { self.run = run }

  @inline(__always)
  func callAsFunction(_ frame: Frame) throws(Fault) -> Completion { try run(frame) }
}

/// A compiled target of an assignment.
struct Store {
  private let run: (Frame, Value) throws(Fault) -> Void

  init(_ run: @escaping (Frame, Value) throws(Fault) -> Void) { self.run = run }

  @inline(__always)
  func callAsFunction(_ frame: Frame, _ value: Value) throws(Fault) { try run(frame, value) }
}

/// A part of a comprehension: adds to the list or dict that it makes.
struct Collect {
  private let run: (Frame, Object) throws(Fault) -> Void

  init(_ run: @escaping (Frame, Object) throws(Fault) -> Void) { self.run = run }

  @inline(__always)
  func callAsFunction(_ frame: Frame, _ result: Object) throws(Fault) { try run(frame, result) }
}

/// A piece of text that is made while the program runs, and appended to what is there.
struct Text {
  private let run: (Frame, inout [UInt8]) throws(Fault) -> Void

  init(_ run: @escaping (Frame, inout [UInt8]) throws(Fault) -> Void) { self.run = run }

  @inline(__always)
  func callAsFunction(_ frame: Frame, _ text: inout [UInt8]) throws(Fault) { try run(frame, &text) }
}

/// How a statement ended.
enum Completion {
  case next
  case `break`
  case `continue`
  case `return`(Value)
}
