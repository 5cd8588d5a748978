import Testing

@testable import Tensors

/// Operations that layers and losses call against the plain operations that they stand for.
@Suite struct FusedTests {
  let context = makeContext()

  private func float(_ shape: Shape, from low: Double, to high: Double, salt: Int) throws
    -> Tensor
  {
    let values = numbers(shape.count, from: low, to: high, salt: salt)
    return try Tensor(doubles: values, shape: shape, dtype: .float32, context)
  }

  private func near(_ left: [Tensor], _ right: [Tensor]) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { first, second in
        first.shape == second.shape
          && zip(first.doubles(), second.doubles()).allSatisfy { abs($0 - $1) < 1e-5 }
      }
  }

  @Test(arguments: [[2, 3], [7, 5, 3], [0, 3], [1, 1, 2, 3]])
  func `affine is a product and a sum`(extents: [Int]) throws {
    let x = try Parameter(float(Shape(extents), from: -1, to: 1, salt: 1))
    let kernel = try Parameter(float([3, 2], from: -1, to: 1, salt: 2))
    let bias = try Parameter(float([2], from: -1, to: 1, salt: 3))
    let fused = try Ops.affine(x.tracked, kernel.tracked, bias.tracked, context)
    let plain = try Ops.add(
      Ops.matmul(x.tracked, kernel.tracked, context), bias.tracked, context)
    #expect(near([fused], [plain]))
    let weights = [x, kernel, bias]
    // The slope depends on the value, so that no row of it is like another.
    let slopes = try gradient(
      of: Ops.sum(Ops.square(fused, context), context), with: weights, context)
    let expected = try gradient(
      of: Ops.sum(Ops.square(plain, context), context), with: weights, context)
    #expect(near(slopes, expected))
  }

  @Test func `affine says which shapes it takes`() throws {
    let x = try float([2, 3], from: -1, to: 1, salt: 1)
    #expect(throws: TensorError.self) { try Ops.affine(x, x, x, context) }
  }

  @Test(arguments: [1, 2, 5, 16, 17, 40])
  func `the loss of classes has one slope, recorded or not`(classes: Int) throws {
    let x = try Parameter(float([33, classes], from: -3, to: 3, salt: classes))
    let labels = try Tensor(integers: (0..<33).map { $0 % classes }, shape: [33], context)
    func loss() throws -> Tensor {
      let losses = try Ops.sparseCrossentropy(logits: x.tracked, labels: labels, context)
      return try Ops.sum(Ops.square(losses, context), context)
    }
    let once = try gradient(of: loss(), with: [x], context)
    #expect(near(once, try gradient(of: loss(), with: [x], keep: true, context)))
    let logs = try Ops.logSoftmax(x.tracked, context)
    let hot = try Ops.oneHot(labels, depth: classes, context)
    let plain = try Ops.sum(Ops.multiply(hot, logs, context), axes: [-1], context)
    let total = try Ops.sum(Ops.square(plain, context), context)
    #expect(near(once, try gradient(of: total, with: [x], context)))
  }

  @Test func `the loss of probabilities has one slope, recorded or not`() throws {
    let p = try Parameter(float([9, 5], from: -0.2, to: 1.2, salt: 4))
    let target = try float([9, 5], from: 0, to: 1, salt: 5)
    func loss() throws -> Tensor {
      let losses = try Ops.binaryCrossentropy(
        target: target, prediction: p.tracked, epsilon: 1e-7, context)
      return try Ops.sum(losses, context)
    }
    let once = try gradient(of: loss(), with: [p], context)
    #expect(near(once, try gradient(of: loss(), with: [p], keep: true, context)))
    let parts = try Ops.sum(parts(target, p.tracked), context)
    #expect(near(once, try gradient(of: parts, with: [p], context)))
  }

  /// `mean(-t·log q - (1 - t)·log(1 - q))` of each row in plain operations, q being p cut.
  private func parts(_ target: Tensor, _ p: Tensor) throws -> Tensor {
    let q = try Ops.clip(p, from: 1e-7, to: 1 - 1e-7, context)
    let one = try Tensor.scalar(1.0, weak: true, context)
    let hit = try Ops.multiply(target, Ops.log(q, context), context)
    let miss = try Ops.multiply(
      Ops.subtract(one, target, context), Ops.log(Ops.subtract(one, q, context), context), context)
    return try Ops.negative(Ops.mean(Ops.add(hit, miss, context), axes: [1], context), context)
  }

  @Test func `the loss of probabilities is that of its parts`() throws {
    // Rows that end within a vector; targets of 0 and 1 take a way of their own, up to a mixed one.
    let p = try float([150, 5], from: -0.2, to: 1.2, salt: 6)
    var targets = (0..<750).map { Float($0 * 7 % 3 == 0 ? 1 : 0) }
    targets[400] = 0.25
    let target = try Tensor(floats: targets, shape: p.shape, context)
    let losses = try Ops.binaryCrossentropy(
      target: target, prediction: p, epsilon: 1e-7, context)
    #expect(near([losses], [try parts(target, p)]))
  }
}
