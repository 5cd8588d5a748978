import Platform
import Catalog
public import JSON
public import Tensors

/// One sequence of any length: its elements, each of the same shape, one after the other.
public struct RaggedSequence: Sendable {
  /// The number of elements.
  public let length: Int
  /// The shape of one element; empty for plain numbers.
  public let elementShape: [Int]
  /// All numbers, row-major.
  public let values: [Double]

  /// Takes a sequence apart that was given as nested lists.
  public init(length: Int, elementShape: [Int], values: [Double]) {
    self.length = length
    self.elementShape = elementShape
    self.values = values
  }
}

/// Makes sequences of different lengths one tensor `[sequences, steps, ...]`.
///
/// - Parameters:
///   - sequences: The sequences; an empty one may have any element shape.
///   - arguments: The plain arguments of `pad_sequences`, by the names of its entry.
///   - context: The session's.
/// - Returns: The padded tensor, of the dtype asked for.
/// - Throws: ``NeuralError/value(owner:expected:received:help:)`` when the elements differ in shape
///   or an argument is outside its range.
public func padSequences(
  _ sequences: [RaggedSequence], _ arguments: JSONObject, _ context: NeuralContext
) throws(NeuralError) -> Tensor {
  let settings = try Settings(ModelTable.padSequences, arguments)
  let longest = sequences.map(\.length).max() ?? 0
  let steps = try settings.int("maxlen", atLeast: 0) ?? longest
  let fillsFront = try settings.choice("padding", ["pre", "post"], default: "pre") == "pre"
  let cutsFront = try settings.choice("truncating", ["pre", "post"], default: "pre") == "pre"
  let high = Double.greatestFiniteMagnitude
  let value = try settings.number("value", default: 0, in: -high...high)
  let name = try settings.text("dtype") ?? "int32"
  guard let dtype = DType(named: name) else {
    throw .value(
      owner: settings.owner, expected: "a dtype such as \"float32\" or \"int32\"",
      received: "\"\(name)\"")
  }
  let element = sequences.first { $0.length > 0 }?.elementShape ?? []
  let extents = [sequences.count, steps] + element
  let shape = try tensorWork { () throws(TensorError) in try Shape(extents) }
  guard shape.count <= context.tensors.byteLimit / DType.float64.byteSize else {
    throw .tensor(
      .outOfMemory(
        bytes: shape.count &* DType.float64.byteSize, inUse: 0,
        limit: context.tensors.byteLimit))
  }
  let width = try tensorWork { () throws(TensorError) in try Shape(element).count }

  var numbers: [Double] = []
  try tensorWork { () throws(TensorError) in
    try context.tensors.append(shape.count, to: &numbers) { _ in value }
  }
  for (index, sequence) in sequences.enumerated() where sequence.length > 0 {
    if context.tensors.interruption.isRequested { throw .interrupted }
    guard sequence.elementShape == element, sequence.values.count == sequence.length * width else {
      throw .value(
        owner: settings.owner,
        expected: "elements of shape \(SymbolicShape(element).text) in every sequence",
        received: "\(SymbolicShape(sequence.elementShape).text) in sequence \(index)")
    }
    let kept = min(sequence.length, steps)
    let from = (cutsFront ? sequence.length - kept : 0) * width
    let to = (index * steps + (fillsFront ? steps - kept : 0)) * width
    for offset in 0..<(kept * width) { numbers[to + offset] = sequence.values[from + offset] }
  }
  return try tensorWork { () throws(TensorError) in
    let wide = try Tensor(doubles: numbers, shape: shape, dtype: .float64, context.tensors)
    return try Ops.cast(wide, to: dtype, context.tensors)
  }
}

/// Class numbers as float32 rows of zeros with a one, along a new last axis.
///
/// - Throws: ``NeuralError/value(owner:expected:received:help:)`` for a number outside the classes.
public func toCategorical(_ x: Tensor, classes: Int? = nil, _ context: NeuralContext)
  throws(NeuralError) -> Tensor
{
  let numbers = x.integers()
  let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
  let depth = classes ?? (high == .max ? high : high + 1)
  guard low >= 0, high < depth else {
    throw .value(
      owner: "to_categorical", expected: "class numbers from 0 to \(depth - 1)",
      received: "\(low < 0 ? low : high)")
  }
  return try tensorWork { () throws(TensorError) in
    let labels = try Ops.cast(x.detached, to: .int64, context.tensors)
    return try Ops.oneHot(labels, depth: depth, context.tensors)
  }
}
