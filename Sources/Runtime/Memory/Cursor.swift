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

/// A place between two instructions.
///
/// The assembler ends each block with a return and jumps to no other place than it has assembled.
@safe
struct Cursor {
  fileprivate var next: UnsafeMutablePointer<Instruction>

  /// The next instruction; the cursor moves on.
  @inline(__always)
  mutating func take() -> Instruction {
    let instruction = unsafe next.pointee
    unsafe next += 1
    return instruction
  }

  /// Moves by so many instructions.
  @inline(__always)
  mutating func jump(_ distance: UInt32) { unsafe next += Instruction.signed(distance) }
}
