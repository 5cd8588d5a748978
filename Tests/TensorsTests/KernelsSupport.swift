import Platform

@testable import Tensors

/// What the tests of kernels share: contexts of one level, and numbers that are the same every time.
enum KernelCase {
  static func context(
    _ level: KernelLevel = .selected, threads: Int = 1, byteLimit: Int = 1 << 30
  ) -> TensorContext {
    TensorContext(
      interruption: Interruption(), threads: threads, byteLimit: byteLimit, level: level)
  }

  /// Numbers from -1 to 1 by a small generator of its own.
  static func numbers(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Exact in single precision, so that both precisions start from the same numbers.
      return Double(Int(state >> 44) - 524_288) / 524_288
    }
  }

  static func tensor(
    _ values: [Double], _ extents: [Int], _ dtype: DType, _ context: TensorContext
  ) throws -> Tensor {
    try Tensor(doubles: values, shape: Shape(extents), dtype: dtype, context)
  }

  static func random(
    _ extents: [Int], seed: UInt64, _ dtype: DType, _ context: TensorContext
  ) throws -> Tensor {
    let shape = try Shape(extents)
    return try Tensor(
      doubles: numbers(shape.count, seed: seed), shape: shape, dtype: dtype, context)
  }

  static func tensor(_ values: [Double], _ extents: [Int], _ context: TensorContext) throws
    -> Tensor
  {
    try tensor(values, extents, .float32, context)
  }

  static func random(_ extents: [Int], seed: UInt64, _ context: TensorContext) throws -> Tensor {
    try random(extents, seed: seed, .float32, context)
  }

  static func bits(_ tensors: [Tensor]) -> [[UInt32]] {
    tensors.map { $0.floats().map(\.bitPattern) }
  }
}
