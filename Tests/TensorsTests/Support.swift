import Platform

@testable import Tensors

/// A context for one test.
func makeContext(byteLimit: Int = 1 << 30) -> TensorContext {
  TensorContext(interruption: Interruption(), threads: 1, byteLimit: byteLimit)
}

/// A float64 vector or matrix written in the test.
func tensor(_ values: [Double], _ shape: Shape, _ context: TensorContext) throws -> Tensor {
  try Tensor(doubles: values, shape: shape, context)
}

/// A float64 vector.
func tensor(_ values: [Double], _ context: TensorContext) throws -> Tensor {
  try tensor(values, Shape([values.count]), context)
}

/// Numbers between the bounds, all different, the same in every run.
func numbers(_ count: Int, from low: Double, to high: Double, salt: Int) -> [Double] {
  var stream = RandomStream(seed: 7, .number(salt), .text("samples"))
  return (0..<count).map { _ in low + (high - low) * stream.uniform() }
}
