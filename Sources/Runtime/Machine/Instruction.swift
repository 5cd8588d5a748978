// What the machine runs: a function is a list of instructions that work on the slots of its frame.
//
// The first slots are the variables, then come the cells that it has captured, then temporaries,
// which the assembler gives out like a stack. A temporary is read once: who reads an object from
// one takes it out, so that nothing lives longer than it is needed and a frame that is left holds
// objects in variables only. Numbers may stay behind.

import Syntax

/// An operation on up to three slots.
struct Instruction {
  var operation: Operation
  /// What is told apart within an operation: an operator, a number of arguments, a yes or no.
  var detail: UInt8 = 0
  // Unsigned, since most are numbers of slots and need not be extended with a sign.
  var a: UInt32 = 0
  var b: UInt32 = 0
  var c: UInt32 = 0

  /// A field that holds a distance or a number of the text.
  @inline(__always)
  static func signed(_ field: UInt32) -> Int { Int(Int32(bitPattern: field)) }
}

/// What an instruction does.
///
/// `a ← b + c` means: the slot `a` gets the sum of the slots `b` and `c`. Jumps tell a distance, counted from the instruction behind them.
enum Operation: UInt8 {
  /// a ← the variable b.
  case copy
  /// a ← the temporary b.
  case move
  /// a ← the constant b.
  case constant
  /// a ← the global name b.
  case global
  /// a ← the variable in the cell b.
  case captured
  /// The global name a ← the temporary b.
  case setGlobal
  /// The variable in the cell a ← the temporary b.
  case setCaptured
  /// Fails unless the variable a is bound.
  case check
  /// Fails unless the variable in the cell a is bound; its name is b.
  case checkCaptured
  /// Fails unless the global name a is bound.
  case checkGlobal

  // a ← b op c; `detail` is 1 for `b op= c`.
  case add, subtract, multiply, divide, floorDivide, modulo
  // As these, where c is the number itself.
  case addNumber, subtractNumber, multiplyNumber, floorDivideNumber, moduloNumber
  // As these, where c is a constant that is a float.
  case addFloat, subtractFloat, multiplyFloat, divideFloat
  /// a ← b op c by any operator: `detail` is its place in ``Instruction/operators``.
  case binary
  /// As ``binary``, for `b op= c`.
  case augment
  /// a ← op b: `detail` is the place in ``Instruction/unaries``.
  case unary
  /// a ← not b.
  case not
  /// a ← b op c: `detail` is the place in ``Instruction/comparisons``.
  case compare

  // Compare the slots a and b, and jump by c unless the answer is `detail`.
  case ifEqual, ifNotEqual, ifLess, ifLessOrEqual, ifGreater, ifGreaterOrEqual
  // As these, where b is the number itself.
  case ifEqualNumber, ifNotEqualNumber, ifLessNumber, ifLessOrEqualNumber
  case ifGreaterNumber, ifGreaterOrEqualNumber
  /// Jump by b unless the truth of a is `detail`.
  case ifTrue
  /// As ``ifTrue``, where the temporary a keeps its value.
  case ifTrueKeeping
  /// Jump by a.
  case jump
  /// Jump back by a, after a look whether the program shall stop.
  case loop
  /// ``loop`` and ``next`` in one: jump back by c when there is a next element.
  case loopNext
  /// ``loop`` and ``nextPair`` in one: jump back by the a of the instruction behind.
  case loopNextPair

  /// a ← the element of b at c; with a `detail` of 1, b and c keep what they have.
  case index
  /// The element of a at b ← c.
  case setIndex
  /// a ← the attribute of b by the name c.
  case attribute

  /// a ← the call of b with the `detail` arguments behind it.
  case call
  /// a ← the call of the global name c with the `detail` arguments from b on.
  case callGlobal
  /// a ← the call of the variable c with the `detail` arguments from b on.
  case callVariable
  /// a ← the call of the variable in the cell c with the `detail` arguments from b on.
  case callCaptured
  /// a ← the call of b with the `detail` arguments behind it, of which the last have the names c.
  case callNamed
  /// a ← what the method name c of b means for `detail` arguments, unless that needs no object.
  case method
  /// a ← the call of the method name c with `detail` arguments, where ``method`` left its answer in b.
  ///
  /// The instruction behind tells the receiver and, when there are one or two, the arguments; more
  /// lie behind b.
  case callMethod
  /// As ``callMethod``, for the name `append` and one argument.
  case callAppend

  /// a ← a list of the c temporaries from b on.
  case list
  /// a ← a tuple of the c temporaries from b on.
  case tuple
  /// a ← an empty list.
  case newList
  /// a ← an empty dict.
  case newDict
  /// Appends b to the list that is made in a.
  case append
  /// Puts the value c under the key b into the dict that is made in a.
  case put
  /// The slots from a on ← the c elements of b.
  case unpack

  /// a, with the slots behind it, ← a walk over b.
  case walk
  /// a, with the slots behind it, ← a walk over the pairs of the call whose parts lie from b on;
  /// `detail` tells which, as a ``PairSource``.
  case walkPairs
  /// b ← the next element of the walk a; jump by c when there is none.
  case next
  /// b and c ← the next element of the walk a, which is a pair; jump by the a of the instruction
  /// behind when there is none.
  case nextPair
  /// Ends the walk a.
  case finish

  /// Opens a text, which an f-string writes into.
  case beginText
  /// Writes the constant a into the open text.
  case writeText
  /// Writes the text of a into the open text.
  case write
  /// a ← the open text, which ends.
  case endText

  /// Does what the closure a does.
  case perform
  /// Lets go of the temporary a.
  case drop
  /// Lets go of the value a of a bare expression.
  case discard
  /// Ends the function with a.
  case `return`
  /// Ends the function with None.
  case returnNone
  /// Belongs to the instruction before.
  case extra
}

extension Instruction {
  /// The operators by which ``Operation/binary`` and ``Operation/augment`` tell them.
  static let operators: [BinaryOperator] = [
    .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power, .matmul, .and, .or, .xor,
    .shiftLeft, .shiftRight,
  ]

  /// The operators by which ``Operation/unary`` tells them.
  static let unaries: [UnaryOperator] = [.plus, .minus, .invert]

  /// The comparisons by which ``Operation/compare`` tells them.
  static let comparisons: [ComparisonOperator] = [
    .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .in, .notIn, .is, .isNot,
  ]
}

extension Operation {
  /// Which of its fields are slots of variables that it may read.
  var reads: (a: Bool, b: Bool, c: Bool) {
    switch self {
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .binary, .augment, .compare,
      .index, .put, .extra:
      (false, true, true)
    case .copy, .addNumber, .subtractNumber, .multiplyNumber, .floorDivideNumber, .moduloNumber,
      .addFloat, .subtractFloat, .multiplyFloat, .divideFloat, .unary, .not, .attribute, .method,
      .append, .unpack, .walk:
      (false, true, false)
    case .ifEqual, .ifNotEqual, .ifLess, .ifLessOrEqual, .ifGreater, .ifGreaterOrEqual:
      (true, true, false)
    case .check, .ifEqualNumber, .ifNotEqualNumber, .ifLessNumber, .ifLessOrEqualNumber,
      .ifGreaterNumber, .ifGreaterOrEqualNumber, .ifTrue, .ifTrueKeeping, .write, .discard,
      .return:
      (true, false, false)
    case .setIndex: (true, true, true)
    case .callVariable: (false, false, true)
    case .move, .constant, .global, .captured, .setGlobal, .setCaptured, .checkCaptured,
      .checkGlobal, .jump, .loop, .loopNext, .loopNextPair, .call, .callGlobal, .callCaptured,
      .callNamed, .callMethod, .callAppend, .list, .tuple, .newList, .newDict, .walkPairs, .next,
      .nextPair, .finish, .beginText, .writeText, .endText, .perform, .drop, .returnNone:
      (false, false, false)
    }
  }
}

extension Instruction {
  /// Lets an instruction that jumps do so by a distance.
  mutating func aim(_ distance: Int) {
    let distance = UInt32(truncatingIfNeeded: distance)
    switch operation {
    case .jump, .loop, .extra: a = distance
    case .ifTrue, .ifTrueKeeping: b = distance
    default: c = distance
    }
  }
}
