import Glibc
import TestSupport
import Testing

@testable import Tensors

@Suite struct KernelsRecurrentTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let batch, time, inputs, units: Int
    var lstm = true
    var bias = true
    var initial = true
    var backwards = false
    var sequence = true
    var activation = RecurrentActivation.tanh
    var gate = RecurrentActivation.sigmoid

    var gates: Int { lstm ? 4 : 1 }
    var testDescription: String {
      "\(lstm ? "lstm" : "simple") \(batch),\(time),\(inputs),\(units) \(activation.rawValue)"
        + (bias ? "" : " no bias") + (initial ? "" : " from zero")
        + (backwards ? " backwards" : "") + (sequence ? "" : " last")
    }
  }

  static let cases = [
    Case(batch: 2, time: 3, inputs: 2, units: 3),
    Case(batch: 1, time: 1, inputs: 1, units: 1, initial: false),
    Case(batch: 5, time: 4, inputs: 1, units: 16, bias: false),
    Case(batch: 3, time: 5, inputs: 4, units: 5, backwards: true),
    Case(batch: 2, time: 3, inputs: 3, units: 20, sequence: false),
    Case(batch: 2, time: 3, inputs: 2, units: 3, activation: .linear, gate: .linear),
    Case(batch: 2, time: 3, inputs: 2, units: 3, lstm: false),
    Case(batch: 5, time: 4, inputs: 1, units: 16, lstm: false, bias: false),
    Case(batch: 3, time: 4, inputs: 2, units: 5, lstm: false, initial: false, backwards: true),
    Case(
      batch: 3, time: 4, inputs: 2, units: 17, lstm: false, sequence: false, activation: .sigmoid),
    // So many inputs that they have a product of their own.
    Case(batch: 2, time: 2, inputs: 255, units: 2),
    // Lanes over the batch: one tile of 16 rows, one of 32 that is not full, two.
    Case(batch: 16, time: 3, inputs: 2, units: 5),
    Case(batch: 23, time: 2, inputs: 3, units: 4, bias: false, backwards: true),
    Case(batch: 37, time: 2, inputs: 1, units: 3, initial: false, sequence: false),
    Case(batch: 17, time: 2, inputs: 2, units: 5, activation: .sigmoid),
    Case(batch: 16, time: 2, inputs: 2, units: 1, activation: .linear, gate: .linear),
    Case(batch: 19, time: 3, inputs: 2, units: 15, lstm: false),
    Case(batch: 40, time: 2, inputs: 2, units: 2, lstm: false, sequence: false, activation: .relu),
  ]

  /// The layer as plain loops in double precision, and the loss `Σ results · incoming`.
  struct Plain {
    let sizes: Case
    /// x, kernel, recurrent, bias, h, c.
    var inputs: [[Double]]

    static func apply(_ activation: RecurrentActivation, _ x: Double) -> Double {
      switch activation {
      case .tanh: tanh(x)
      case .sigmoid: 1 / (1 + exp(-x))
      case .relu: max(x, 0)
      case .linear: x
      }
    }

    func run() -> (sequence: [Double], h: [Double], c: [Double]) {
      let (n, width) = (sizes.units, sizes.gates * sizes.units)
      var h = inputs[4]
      var c = inputs[5]
      var sequence = [Double](repeating: 0, count: sizes.batch * sizes.time * n)
      for step in 0..<sizes.time {
        let t = sizes.backwards ? sizes.time - 1 - step : step
        for b in 0..<sizes.batch {
          let g = (0..<width).map { column in
            var sum = inputs[3].isEmpty ? 0 : inputs[3][column]
            for i in 0..<sizes.inputs {
              sum +=
                inputs[0][(b * sizes.time + t) * sizes.inputs + i]
                * inputs[1][i * width + column]
            }
            for j in 0..<n { sum += h[b * n + j] * inputs[2][j * width + column] }
            return sum
          }
          for j in 0..<n {
            var output = Self.apply(sizes.activation, g[j])
            if sizes.lstm {
              let gate = { (index: Int) in Self.apply(sizes.gate, g[index * n + j]) }
              c[b * n + j] =
                gate(1) * c[b * n + j] + gate(0) * Self.apply(sizes.activation, g[2 * n + j])
              output = gate(3) * Self.apply(sizes.activation, c[b * n + j])
            }
            sequence[(b * sizes.time + step) * n + j] = output
          }
          for j in 0..<n { h[b * n + j] = sequence[(b * sizes.time + step) * n + j] }
        }
      }
      return (sequence, h, c)
    }

    func loss(_ incoming: [[Double]]) -> Double {
      let (sequence, h, c) = run()
      var loss = zip(h, incoming[1]).reduce(0) { $0 + $1.0 * $1.1 }
      if sizes.sequence { loss += zip(sequence, incoming[0]).reduce(0) { $0 + $1.0 * $1.1 } }
      if sizes.lstm { loss += zip(c, incoming[2]).reduce(0) { $0 + $1.0 * $1.1 } }
      return loss
    }
  }

  /// The extents of x, kernel, recurrent, bias, h and c; an input that is left out is empty.
  static func extents(_ sizes: Case) -> [[Int]] {
    let width = sizes.gates * sizes.units
    return [
      [sizes.batch, sizes.time, sizes.inputs], [sizes.inputs, width], [sizes.units, width],
      sizes.bias ? [width] : [0], [sizes.batch, sizes.units], [sizes.batch, sizes.units],
    ]
  }

  static func plain(_ sizes: Case) -> Plain {
    Plain(
      sizes: sizes,
      inputs: extents(sizes).enumerated().map { index, extents in
        let count = extents.reduce(1, *)
        return index >= 4 && !sizes.initial
          ? [Double](repeating: 0, count: count)
          : KernelCase.numbers(count, seed: UInt64(index + 1)).map { $0 * 0.8 }
      })
  }

  /// Runs the fused layer on parameters; results are sequence, h, c, as far as there are.
  static func fused(_ sizes: Case, _ parameters: [Parameter], _ context: TensorContext) throws
    -> [Tensor?]
  {
    let values = parameters.map(\.tracked)
    let options = RecurrentOptions(
      activation: sizes.activation, recurrentActivation: sizes.gate,
      returnsSequence: sizes.sequence, goesBackwards: sizes.backwards)
    let bias = sizes.bias ? values[3] : nil
    if sizes.lstm {
      let result = try Ops.lstm(
        values[0], kernel: values[1], recurrent: values[2], bias: bias,
        initial: sizes.initial ? (values[4], values[5]) : nil, options: options, context)
      return [result.sequence, result.h, result.c]
    }
    let result = try Ops.simpleRNN(
      values[0], kernel: values[1], recurrent: values[2], bias: bias,
      initial: sizes.initial ? values[4] : nil, options: options, context)
    return [result.sequence, result.h, nil]
  }

  @Test(arguments: KernelLevel.available, cases)
  func `values and gradients agree with plain loops and finite differences`(
    level: KernelLevel, sizes: Case
  ) throws {
    let context = KernelCase.context(level)
    var plain = Self.plain(sizes)
    let parameters = try zip(plain.inputs, Self.extents(sizes)).map { values, extents in
      try Parameter(KernelCase.tensor(values, extents, context))
    }
    let results = try Self.fused(sizes, parameters, context)
    let expected = plain.run()
    let near = Tolerance(relative: 2e-6, absolute: 2e-6)
    for (result, values) in zip(results, [expected.sequence, expected.h, expected.c]) {
      guard let result else { continue }
      #expect(near.difference(result.doubles(), from: values) == nil)
    }
    // A loss that every result takes part in.
    let incoming = [expected.sequence, expected.h, expected.c].enumerated().map { index, values in
      KernelCase.numbers(values.count, seed: UInt64(20 + index))
    }
    var loss = try Tensor.scalar(0.0, context)
    for (result, weights) in zip(results, incoming) {
      guard let result else { continue }
      let factor = try KernelCase.tensor(weights, result.shape.extents, context)
      let part = try Ops.sum(Ops.multiply(result, factor, context), context)
      loss = try Ops.add(loss, part, context)
    }
    let used =
      [0, 1, 2] + (sizes.bias ? [3] : [])
      + (sizes.initial ? (sizes.lstm ? [4, 5] : [4]) : [])
    let gradients = try gradient(of: loss, with: used.map { parameters[$0] }, context)
    let step = 1e-5
    for (index, slopes) in zip(used, gradients) {
      // Twelve elements of each input, spread over it: all would take a debug build a minute.
      let count = plain.inputs[index].count
      let places = Array(stride(from: 0, to: count, by: max(1, count / 12)))
      let numeric = places.map { at in
        let value = plain.inputs[index][at]
        plain.inputs[index][at] = value + step
        let above = plain.loss(incoming)
        plain.inputs[index][at] = value - step
        let below = plain.loss(incoming)
        plain.inputs[index][at] = value
        return (above - below) / (2 * step)
      }
      let tolerance = Tolerance(relative: 1e-4, absolute: 2e-5)
      #expect(
        tolerance.difference(places.map { slopes.doubles()[$0] }, from: numeric) == nil,
        "input \(index)")
    }
  }

  /// Enough work for two shards, little enough for a debug build; the last ones have lanes over the
  /// batch.
  static let sharded = [
    Case(batch: 17, time: 5, inputs: 33, units: 160),
    Case(batch: 17, time: 5, inputs: 33, units: 350, lstm: false),
    Case(batch: 67, time: 60, inputs: 30, units: 15),
    Case(batch: 67, time: 80, inputs: 130, units: 15, lstm: false),
  ]

  @Test(arguments: sharded)
  func `a layer that is cut into shards has equal bits for any number of threads`(sizes: Case)
    throws
  {
    let plan = try RecurrentPlan(
      cell: sizes.lstm ? .lstm : .elman, batch: sizes.batch, time: sizes.time,
      inputs: sizes.inputs, units: sizes.units, activation: .tanh, gateActivation: .sigmoid,
      reversed: false)
    try #require(plan.shards == 2)
    try #require(plan.lanesOverBatch == (sizes.units < 16))
    let all = try [1, 2, 3].map { threads in
      let context = KernelCase.context(threads: threads)
      let parameters = try Self.extents(sizes).enumerated().map { index, extents in
        try Parameter(KernelCase.random(extents, seed: UInt64(index), context))
      }
      let results = try Self.fused(sizes, parameters, context).compactMap { $0 }
      let loss = try Ops.sum(results[0], context)
      return KernelCase.bits(
        results + (try gradient(of: loss, with: Array(parameters[..<5]), context)))
    }
    #expect(all[1] == all[0])
    #expect(all[2] == all[0])
  }

  @Test(arguments: KernelLevel.available, [true, false])
  func `a row has the same bits in a batch of any height`(level: KernelLevel, lstm: Bool) throws {
    // The large batch has its weights cut into panels, the small one has not.
    let large = Case(batch: 25, time: 3, inputs: 4, units: lstm ? 128 : 512, lstm: lstm)
    let small = Case(batch: 5, time: 3, inputs: 4, units: large.units, lstm: lstm)
    let context = KernelCase.context(level)
    let values = try Self.extents(large).enumerated().map { index, extents in
      try KernelCase.random(extents, seed: UInt64(index), context)
    }
    let runs = try [large, small].map { sizes in
      let parameters = try zip(values, Self.extents(sizes)).map { value, extents in
        // The first rows of what has a row for each sequence, all of the rest.
        try Parameter(
          Kernels.strided(
            value, offset: 0, strides: value.shape.strides, shape: Shape(extents), context))
      }
      let sequence = try #require(try Self.fused(sizes, parameters, context)[0])
      let loss = try Ops.sum(Ops.multiply(sequence, sequence, context), context)
      let slopes = try gradient(of: loss, with: [parameters[4]], context)
      return [sequence, slopes[0]].map { $0.floats().prefix(5 * $0.count / sizes.batch) }
    }
    #expect(runs[0] == runs[1])
  }

  @Test func `no steps give back the initial state, no rows give zero gradients`() throws {
    let context = KernelCase.context()
    let sizes = Case(batch: 2, time: 0, inputs: 3, units: 4)
    let parameters = try Self.extents(sizes).enumerated().map { index, extents in
      try Parameter(KernelCase.random(extents, seed: UInt64(index), context))
    }
    let results = try Self.fused(sizes, parameters, context)
    #expect(results[1]?.floats() == parameters[4].value.floats())
    let empty = Case(batch: 0, time: 2, inputs: 3, units: 4, initial: false)
    let weights = try Self.extents(empty).enumerated().map { index, extents in
      try Parameter(KernelCase.random(extents, seed: UInt64(index), context))
    }
    let sequence = try #require(try Self.fused(empty, weights, context)[0])
    #expect(sequence.shape.extents == [0, 2, 4])
    let slopes = try gradient(of: Ops.sum(sequence, context), with: [weights[2]], context)
    #expect(slopes[0].floats().allSatisfy { $0 == 0 })
  }

  @Test func `wrong shapes are named`() throws {
    let context = KernelCase.context()
    let flat = try KernelCase.random([10, 5], seed: 1, context)
    let kernel = try KernelCase.random([5, 80], seed: 2, context)
    let recurrent = try KernelCase.random([20, 80], seed: 3, context)
    let error = #expect(throws: TensorError.self) {
      try Ops.lstm(flat, kernel: kernel, recurrent: recurrent, bias: nil, context)
    }
    #expect(
      error?.message
        == "lstm: expected an input of 3 axes [batch, time, features]; received shape (10, 5)")
  }

  @Test func `a gradient of its gradient says why there is none`() throws {
    let context = KernelCase.context()
    let sizes = Case(batch: 2, time: 3, inputs: 2, units: 3, initial: false)
    let parameters = try Self.extents(sizes).enumerated().map { index, extents in
      try Parameter(KernelCase.random(extents, seed: UInt64(index), context))
    }
    let sequence = try #require(try Self.fused(sizes, parameters, context)[0])
    let first = try gradient(
      of: Ops.sum(sequence, context), with: [parameters[1]], keep: true, context)
    let error = #expect(throws: TensorError.self) {
      try gradient(of: Ops.sum(first[0], context), with: [parameters[1]], context)
    }
    #expect(error?.message.contains("fused") == true)
  }
}
