/// What can go wrong in tensor work, with the facts; its words are made in `TensorError+Text.swift`.
public enum TensorError: Error {
  /// Shapes that do not go together; `expected` says what would.
  case shapeMismatch(op: String, expected: String, received: [Shape])
  /// A dtype that the operation does not take.
  case dtype(op: String, expected: String, received: [DType])
  /// An axis that the tensor does not have.
  case axis(op: String, axis: Int, rank: Int)
  /// The same axis given twice.
  case repeatedAxis(op: String, axis: Int)
  /// An index outside the axis.
  case index(index: Int, axis: Int, extent: Int)
  /// More indices than axes.
  case tooManyIndices(received: Int, rank: Int)
  /// An argument outside its range, or of the wrong kind.
  case value(op: String, expected: String, received: String, help: String? = nil)
  /// An argument that is missing.
  case missing(op: String, argument: String)
  /// A shape whose number of elements no machine can hold.
  case tooLarge(extents: [Int])
  /// More bytes than the limit leaves.
  case outOfMemory(bytes: Int, inUse: Int, limit: Int)
  /// No gradient reaches `target`; `reason` says why.
  case noGradient(target: String, reason: String)
  /// A graph that an earlier `gradient` has released.
  case released(op: String)
  /// A combination that has no kernel.
  case unsupported(op: String, reason: String)
  /// Something that cannot happen.
  case `internal`(String)
  /// The work was asked to stop.
  case interrupted
  /// An error of a function given by the caller.
  case foreign(any Error)
}
