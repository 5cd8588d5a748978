import Platform
import Tensors

/// How a weight is drawn before training, by the name it has in Keras.
///
/// `fan in` and `fan out` are the last two extents; a stream of its own serves each weight, so that
/// the same seed gives the same weights whatever else is drawn.
enum Initializer: String, CaseIterable, Sendable {
  case zeros
  case ones
  case glorotUniform = "glorot_uniform"
  case glorotNormal = "glorot_normal"
  case heUniform = "he_uniform"
  case heNormal = "he_normal"
  case lecunUniform = "lecun_uniform"
  case lecunNormal = "lecun_normal"
  case randomUniform = "random_uniform"
  case randomNormal = "random_normal"
  case orthogonal

  /// Reads the argument `name` of a layer.
  init(_ settings: Settings, _ name: String, default fallback: Initializer) throws(NeuralError) {
    let names = Initializer.allCases.map(\.rawValue)
    let text = try settings.choice(name, names, default: fallback.rawValue)
    self = Initializer(rawValue: text) ?? fallback
  }

  /// Draws the numbers of a weight.
  func draw(_ extents: [Int], _ stream: inout RandomStream, _ context: NeuralContext)
    throws(NeuralError) -> Tensor
  {
    let shape = try tensorWork { () throws(TensorError) in try Shape(extents) }
    let bytes = shape.count &* DType.float32.byteSize
    guard bytes <= context.tensors.byteLimit else {
      throw .tensor(.outOfMemory(bytes: bytes, inUse: 0, limit: context.tensors.byteLimit))
    }
    let values = try numbers(shape, &stream, context)
    return try tensorWork { () throws(TensorError) in
      try Tensor(floats: values, shape: shape, dtype: .float32, context.tensors)
    }
  }

  private func numbers(
    _ shape: Shape, _ stream: inout RandomStream, _ context: NeuralContext
  ) throws(NeuralError) -> [Float] {
    let fanOut = Double(shape.extents.last ?? 1)
    let fanIn = shape.rank < 2 ? fanOut : Double(shape[shape.rank - 2])
    let both = max(1, (fanIn + fanOut) / 2)
    func uniform(_ limit: Double) throws(NeuralError) -> [Float] {
      try drawn(shape.count, context) { (2 * stream.uniform() - 1) * limit }
    }
    func truncatedNormal(_ deviation: Double) throws(NeuralError) -> [Float] {
      // So that `deviation` is that of the numbers after the cut.
      let widened = deviation / 0.879_625_661_034_239_78
      return try drawn(shape.count, context) { Self.truncatedNormal(&stream) * widened }
    }
    switch self {
    case .zeros: return Array(repeating: 0, count: shape.count)
    case .ones: return Array(repeating: 1, count: shape.count)
    case .glorotUniform: return try uniform((3 / both).squareRoot())
    case .heUniform: return try uniform((6 / max(1, fanIn)).squareRoot())
    case .lecunUniform: return try uniform((3 / max(1, fanIn)).squareRoot())
    case .randomUniform: return try uniform(0.05)
    case .glorotNormal: return try truncatedNormal((1 / both).squareRoot())
    case .heNormal: return try truncatedNormal((2 / max(1, fanIn)).squareRoot())
    case .lecunNormal: return try truncatedNormal((1 / max(1, fanIn)).squareRoot())
    case .randomNormal: return try drawn(shape.count, context) { 0.05 * stream.normal() }
    case .orthogonal: return try orthogonal(shape, &stream, context)
    }
  }

  /// Draws one number after the other, and looks after each run of them whether to go on.
  @inline(__always)
  private func drawn(_ count: Int, _ context: NeuralContext, _ next: () -> Double)
    throws(NeuralError) -> [Float]
  {
    var numbers: [Float] = []
    numbers.reserveCapacity(count)
    while numbers.count < count {
      if context.tensors.interruption.isRequested { throw .interrupted }
      for _ in 0..<min(1 << 16, count - numbers.count) { numbers.append(Float(next())) }
    }
    return numbers
  }

  /// A normal number of at most two deviations.
  private static func truncatedNormal(_ stream: inout RandomStream) -> Double {
    var value = stream.normal()
    while abs(value) > 2 { value = stream.normal() }
    return value
  }

  /// Orthonormal columns, or rows when there are fewer of those, from normal numbers.
  ///
  /// Modified Gram-Schmidt in double, twice over, which is as exact as Householder's method here. The
  /// signs come out as a decomposition with a positive diagonal has them, which is what Keras makes.
  private func orthogonal(
    _ shape: Shape, _ stream: inout RandomStream, _ context: NeuralContext
  ) throws(NeuralError) -> [Float] {
    let columns = shape.extents.last ?? 1
    guard columns > 0, shape.count > 0 else { return [] }
    let rows = shape.count / columns
    // `vectors[v]` has `length` elements, eight to a block; there are no more vectors than elements.
    let length = max(rows, columns)
    let number = min(rows, columns)
    var vectors: [[SIMD8<Double>]] = []
    while vectors.count < number {
      if context.tensors.interruption.isRequested { throw .interrupted }
      var candidate = [SIMD8<Double>](repeating: .zero, count: (length + 7) / 8)
      for index in 0..<length { candidate[index / 8][index % 8] = stream.normal() }
      for _ in 0..<2 {
        for vector in vectors {
          let share = product(vector, candidate)
          for block in candidate.indices { candidate[block] -= share * vector[block] }
        }
      }
      let norm = product(candidate, candidate).squareRoot()
      guard norm > 1e-6 else { continue }
      vectors.append(candidate.map { $0 / norm })
    }
    var result = [Float](repeating: 0, count: shape.count)
    for row in 0..<rows {
      for column in 0..<columns {
        result[row * columns + column] = Float(
          rows >= columns
            ? vectors[column][row / 8][row % 8] : vectors[row][column / 8][column % 8])
      }
    }
    return result
  }

  private func product(_ a: [SIMD8<Double>], _ b: [SIMD8<Double>]) -> Double {
    var sum = SIMD8<Double>.zero
    for (x, y) in zip(a, b) { sum += x * y }
    return sum.sum()
  }
}
