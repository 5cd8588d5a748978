import Platform
import TestSupport
import Testing

@testable import Tensors

@Suite struct KernelsMatmulTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let m, n, k: Int
    var testDescription: String { "\(m)x\(n)x\(k)" }
  }

  static let cases = [
    Case(m: 0, n: 3, k: 2), Case(m: 2, n: 0, k: 3), Case(m: 2, n: 3, k: 0), Case(m: 1, n: 1, k: 1),
    Case(m: 5, n: 64, k: 16), Case(m: 7, n: 33, k: 19), Case(m: 13, n: 50, k: 3),
    Case(m: 25, n: 17, k: 40), Case(m: 3, n: 100, k: 7), Case(m: 2, n: 5, k: 300),
    Case(m: 26, n: 520, k: 9), Case(m: 100, n: 70, k: 8),
  ]

  @Test(arguments: KernelLevel.available, cases)
  func `products agree with the plain loops, whatever is transposed`(
    level: KernelLevel, sizes: Case
  ) throws {
    let context = KernelCase.context(level)
    let (m, n, k) = (sizes.m, sizes.n, sizes.k)
    let a = KernelCase.numbers(m * k, seed: 1)
    let b = KernelCase.numbers(k * n, seed: 2)
    let bias = KernelCase.numbers(n, seed: 3)
    var plain = [Double](repeating: 0, count: m * n)
    for i in 0..<m {
      for j in 0..<n {
        plain[i * n + j] = (0..<k).reduce(bias[j]) { $0 + a[i * k + $1] * b[$1 * n + j] }
      }
    }
    for dtype in [DType.float32, .float64] {
      let tolerance =
        dtype == .float32
        ? Tolerance(relative: 1e-5, absolute: 2e-5) : Tolerance(relative: 1e-13, absolute: 1e-13)
      for (flipA, flipB) in [(false, false), (true, false), (false, true), (true, true)] {
        var left = try KernelCase.tensor(a, [m, k], dtype, context)
        var right = try KernelCase.tensor(b, [k, n], dtype, context)
        if flipA { left = try left.permuted([1, 0], context) }
        if flipB { right = try right.permuted([1, 0], context) }
        let product = try Kernels.matmul(
          left, right, transposeA: flipA, transposeB: flipB,
          bias: KernelCase.tensor(bias, [n], dtype, context), context)
        #expect(product.shape.extents == [m, n])
        #expect(tolerance.difference(product.doubles(), from: plain) == nil)
      }
    }
  }

  @Test(arguments: KernelLevel.available)
  func `a row has the same bits in a batch of any height`(level: KernelLevel) throws {
    let context = KernelCase.context(level)
    let b = try KernelCase.random([37, 41], seed: 5, context)
    let all = try KernelCase.random([29, 37], seed: 6, context)
    let whole = try Kernels.matmul(all, b, context).floats().map(\.bitPattern)
    for rows in [1, 2, 7, 13] {
      let part = try Kernels.strided(
        all, offset: 0, strides: [37, 1], shape: Shape([rows, 37]), context)
      let product = try Kernels.matmul(part, b, context).floats().map(\.bitPattern)
      #expect(product == Array(whole[..<(rows * 41)]))
    }
  }

  @Test func `a batch of products is each product`() throws {
    let context = KernelCase.context()
    let a = try KernelCase.random([3, 4, 5], seed: 1, context)
    let b = try KernelCase.random([3, 5, 2], seed: 2, context)
    let all = try Kernels.matmul(a, b, context).floats()
    for index in 0..<3 {
      let left = try Kernels.strided(
        a, offset: index * 20, strides: [5, 1], shape: [4, 5], context)
      let right = try Kernels.strided(
        b, offset: index * 10, strides: [2, 1], shape: [5, 2], context)
      #expect(
        try Kernels.matmul(left, right, context).floats() == Array(all[index * 8..<index * 8 + 8]))
    }
  }

  @Test func `large products have equal bits for any number of threads`() throws {
    // Above 3e7 operations the product is cut into tiles: here two by two.
    let results = try [1, 2, 3].map { threads in
      let context = KernelCase.context(threads: threads)
      let a = try KernelCase.random([200, 40], seed: 1, context)
      let b = try KernelCase.random([40, 2000], seed: 2, context)
      return KernelCase.bits([try Kernels.matmul(a, b, context)])
    }
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
  }

  @Test func `an interrupt stops a large product`() throws {
    let context = KernelCase.context()
    let a = try KernelCase.random([200, 40], seed: 1, context)
    let b = try KernelCase.random([40, 2000], seed: 2, context)
    context.interruption.request(.interrupt)
    let error = #expect(throws: TensorError.self) { try Kernels.matmul(a, b, context) }
    guard case .interrupted = error else {
      Issue.record("received \(String(describing: error))")
      return
    }
  }
}
