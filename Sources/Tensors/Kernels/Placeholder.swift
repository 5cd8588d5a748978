// Declarations that the other files of this target build against; replaced by the real kernels.
public final class BufferPool { public let byteLimit: Int; public init(byteLimit: Int) { self.byteLimit = byteLimit } }
public final class Workers { public init(threads: Int) {} }
public final class Storage {
  func array<T>(of: T.Type, count: Int) -> [T] { [] }
  func fill<T>(from: [T]) {}
  func element<T: ExpressibleByIntegerLiteral>(at: Int, as: T.Type) -> T { 0 }
  func set<T>(_ i: Int, to: T) {}
}
enum Kernels {
  enum Unary { case negative, absolute, sign, square, squareRoot, reciprocal, exp, log, log1p, expm1, sin, cos, tan, tanh, sigmoid, relu, floor, ceil, round, truncate, log2, log10, not, isNaN, isInfinite, isFinite }
  enum Binary { case add, subtract, multiply, divide, floorDivide, remainder, power, minimum, maximum, and, or, xor, tanhGradient, sigmoidGradient, reluGradient }
  enum Comparison { case equal, notEqual, less, lessEqual, greater, greaterEqual }
  enum Reduction { case sum, product, minimum, maximum, any, all }
  static func empty(_ s: Shape, _ d: DType, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func full(_ s: Shape, _ d: DType, _ v: Double, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func full(_ s: Shape, _ d: DType, integer: Int64, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func copy(_ x: Tensor, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func cast(_ x: Tensor, to: DType, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func unary(_ op: Unary, _ x: Tensor, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func binary(_ op: Binary, _ a: Tensor, _ b: Tensor, _ s: Shape, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func compare(_ op: Comparison, _ a: Tensor, _ b: Tensor, _ s: Shape, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func select(_ m: Tensor, _ a: Tensor, _ b: Tensor, _ s: Shape, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func reduce(_ op: Reduction, _ x: Tensor, axes: [Int], keepDims: Bool, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func argReduce(largest: Bool, _ x: Tensor, axis: Int, keepDims: Bool, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func softmax(_ x: Tensor, log: Bool, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func matmul(_ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false, bias: Tensor? = nil, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func strided(_ x: Tensor, offset: Int, strides: [Int], shape: Shape, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func assign(_ v: Tensor, into x: inout Tensor, offset: Int, strides: [Int], shape: Shape, _ c: TensorContext) throws(TensorError) { throw .internal("") }
  static func concatenate(_ xs: [Tensor], axis: Int, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func take(_ x: Tensor, indices: Tensor, axis: Int, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func scatterAdd(_ u: Tensor, indices: Tensor, into: Shape, axis: Int, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func normaliseIndices(_ i: Tensor, extent: Int, _ c: TensorContext) throws(TensorError) -> Tensor? { throw .internal("") }
  static func oneHot(_ i: Tensor, depth: Int, dtype: DType, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
  static func nonzero(_ m: Tensor, _ c: TensorContext) throws(TensorError) -> Tensor { throw .internal("") }
}
