/// The instructions of a block, in memory of their own: reading the next one is one load.
@safe
final class InstructionList {
  fileprivate let first: UnsafeMutablePointer<Instruction>
  private let count: Int

  init(_ instructions: [Instruction]) {
    count = instructions.count
    unsafe first = .allocate(capacity: count)
    unsafe first.initialize(from: instructions, count: count)
  }

  deinit { unsafe first.deallocate() }

  /// The place of the first instruction.
  @inline(__always)
  var start: Cursor { unsafe Cursor(next: first) }

  /// The number of the instruction that was taken last.
  func number(before cursor: Cursor) -> Int { unsafe cursor.next - first - 1 }
}

/// An instruction where it lies: each operation reads the fields that it needs, and no others.
@safe
struct Step {
  fileprivate let place: UnsafeMutablePointer<Instruction>

  @inline(__always) var operation: Operation { unsafe place.pointee.operation }
  @inline(__always) var detail: Int { unsafe Int(place.pointee.detail) }
  @inline(__always) var a: Int { unsafe Int(place.pointee.a) }
  @inline(__always) var b: Int { unsafe Int(place.pointee.b) }
  @inline(__always) var c: Int { unsafe Int(place.pointee.c) }

  // Fields that hold a distance or a number of the text.
  @inline(__always) var signedA: Int { unsafe Instruction.signed(place.pointee.a) }
  @inline(__always) var signedB: Int { unsafe Instruction.signed(place.pointee.b) }
  @inline(__always) var signedC: Int { unsafe Instruction.signed(place.pointee.c) }

  /// `detail` as yes or no.
  @inline(__always) var isFlagged: Bool { detail == 1 }
}

/// A place between two instructions.
///
/// The assembler ends each block with a return and jumps to no other place than it has assembled.
@safe
struct Cursor {
  fileprivate var next: UnsafeMutablePointer<Instruction>

  /// The next instruction; the cursor moves on.
  @inline(__always)
  mutating func take() -> Step {
    let step = unsafe Step(place: next)
    unsafe next += 1
    return step
  }

  /// Moves by so many instructions.
  @inline(__always)
  mutating func jump(_ distance: Int) { unsafe next += distance }
}
