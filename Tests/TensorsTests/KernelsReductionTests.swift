import TestSupport
import Testing

@testable import Tensors

@Suite struct KernelsReductionTests {
  static let axes: [[Int]] = [[], [0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]]

  @Test(arguments: KernelLevel.available, axes)
  func `reductions over any axes agree with the plain loops`(level: KernelLevel, axes: [Int])
    throws
  {
    let context = KernelCase.context(level)
    for extents in [[3, 4, 5], [2, 37, 19], [1, 1, 1], [5, 1, 33]] {
      let x = try KernelCase.random(extents, seed: 4, .float64, context)
      let values = x.doubles()
      let strides = x.shape.strides
      let keptExtents = (0..<3).map { axes.contains($0) ? 1 : extents[$0] }
      let kept = try Shape(keptExtents)
      var sums = [Double](repeating: 0, count: kept.count)
      var largest = [Double](repeating: -.infinity, count: kept.count)
      for index in values.indices {
        var at = 0
        for axis in 0..<3 where !axes.contains(axis) {
          at += index / strides[axis] % extents[axis] * kept.strides[axis]
        }
        sums[at] += values[index]
        largest[at] = max(largest[at], values[index])
      }
      let tolerance = Tolerance(relative: 1e-13, absolute: 1e-13)
      let total = try Kernels.reduce(.sum, x, axes: axes, keepDims: true, context)
      #expect(total.shape.extents == keptExtents)
      #expect(tolerance.difference(total.doubles(), from: sums) == nil)
      let single = try Kernels.reduce(
        .sum, Kernels.cast(x, to: .float32, context), axes: axes, keepDims: false, context)
      #expect(single.rank == 3 - axes.count)
      let loose = Tolerance(relative: 1e-6, absolute: 2e-5)
      #expect(loose.difference(single.doubles(), from: sums) == nil)
      let most = try Kernels.reduce(.maximum, x, axes: axes, keepDims: false, context)
      #expect(most.doubles() == largest)
    }
  }

  @Test func `sums of nothing are zero, and shapes without elements stay`() throws {
    let context = KernelCase.context()
    let x = try KernelCase.tensor([], [0, 3], context)
    #expect(try Kernels.reduce(.sum, x, axes: [0], keepDims: false, context).floats() == [0, 0, 0])
    #expect(try Kernels.reduce(.sum, x, axes: [1], keepDims: false, context).count == 0)
    #expect(
      try Kernels.reduce(.product, x, axes: [0, 1], keepDims: false, context).floats() == [1])
  }

  @Test func `long sums keep their accuracy and their bits`() throws {
    let count = 600_001
    let results = try [1, 2, 3].map { threads in
      let context = KernelCase.context(threads: threads)
      let x = try Kernels.full(Shape([count]), .float32, 0.1, context)
      return try Kernels.reduce(.sum, x, axes: [0], keepDims: false, context).floats()[0]
    }
    #expect(abs(Double(results[0]) - Double(Float(0.1)) * Double(count)) < 0.06)
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
  }

  @Test func `NaN wins over every extreme`() throws {
    let context = KernelCase.context()
    let x = try KernelCase.tensor([1, .nan, 3, 4, 5, 6], [2, 3], context)
    let most = try Kernels.reduce(.maximum, x, axes: [1], keepDims: false, context).floats()
    #expect(most[0].isNaN)
    #expect(most[1] == 6)
    let position = try Kernels.argReduce(largest: true, x, axis: 1, keepDims: false, context)
    #expect(position.integers() == [1, 2])
    let down = try Kernels.argReduce(largest: false, x, axis: 0, keepDims: false, context)
    #expect(down.integers() == [0, 0, 0])
    // The first of equals and the first NaN win, whichever comes first.
    let rows = try KernelCase.tensor(
      [2, 5, 5, 1, 3, .nan, 9, .nan, -0.0, 0, 0, -0.0], [3, 4], context)
    for (largest, places) in [(true, [1, 1, 0]), (false, [3, 1, 0])] {
      let found = try Kernels.argReduce(
        largest: largest, rows, axis: 1, keepDims: false, context)
      #expect(found.integers() == places)
    }
  }

  @Test(arguments: KernelLevel.available)
  func `softmax of a row adds up to one, however large`(level: KernelLevel) throws {
    let context = KernelCase.context(level)
    let rows = KernelCase.numbers(38, seed: 3).map { $0 * 50 + 1000 }
    for dtype in [DType.float32, .float64] {
      let x = try KernelCase.tensor(rows, [2, 19], dtype, context)
      let y = try Kernels.softmax(x, log: false, context)
      let sums = try Kernels.reduce(.sum, y, axes: [1], keepDims: false, context).doubles()
      #expect(Tolerance(relative: 1e-6, absolute: 0).difference(sums, from: [1, 1]) == nil)
      let logarithm = try Kernels.softmax(x, log: true, context)
      let again = try Kernels.unary(.exp, logarithm, context)
      let tolerance = Tolerance(relative: 1e-4, absolute: 1e-7)
      #expect(tolerance.difference(again.doubles(), from: y.doubles()) == nil)
    }
  }
}
