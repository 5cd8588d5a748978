import Catalog
import TestSupport
import Testing

@testable import Tensors

/// What must hold for every record; a new operation is covered by being in the table.
@Suite struct OpTableTests {
  /// One operation on one of its samples.
  struct Case: Sendable, CustomTestStringConvertible {
    let spec: OpSpec
    let sample: Sample
    var testDescription: String {
      "\(spec.name) \(sample.shapes.map(\.text).joined(separator: " "))"
    }
  }

  /// The table, and the operations that gradients are made of.
  static let specs = OpTable.all + [.product, .index]
  static let cases = specs.flatMap { spec in spec.samples.map { Case(spec: spec, sample: $0) } }
  static let withGradient = cases.filter { $0.spec.noGradientReason == nil }

  static func inputs(_ sample: Sample, _ context: TensorContext) throws -> [Tensor] {
    try sample.shapes.enumerated().map { index, shape in
      let values = numbers(shape.count, from: sample.low, to: sample.high, salt: index)
      return try Tensor(doubles: values, shape: shape, dtype: sample.dtype, context)
    }
  }

  @Test(arguments: cases)
  func `the shape rule gives the shape of the result`(_ test: Case) throws {
    let context = makeContext()
    let inputs = try Self.inputs(test.sample, context)
    let rule = try test.spec.resultShape(of: test.sample.shapes, test.sample.attributes)
    guard let rule else { return }
    let result = try Ops.apply(test.spec, inputs, test.sample.attributes, context)
    #expect(result.shape == rule)
    #expect(result.doubles().count == rule.count)
  }

  @Test(arguments: withGradient)
  func `the gradient equals finite differences`(_ test: Case) throws {
    let context = makeContext()
    let values = try Self.inputs(test.sample, context)
    let parameters = try values.enumerated().map { index, value in
      let isMask = test.spec === OpSpec.select && index == 0
      return try Parameter(value, name: "input \(index)", isTrainable: !isMask)
    }
    // A sum with different factors, so that no two elements of the result count the same.
    func loss(_ inputs: [Tensor]) throws -> Tensor {
      let results = try Ops.applyAll(test.spec, inputs, test.sample.attributes, context)
      var total = try Tensor.scalar(0, dtype: .float64, context)
      for (index, result) in results.enumerated() {
        let factors = try Tensor(
          doubles: numbers(result.count, from: -1, to: 1, salt: 50 + index), shape: result.shape,
          context)
        let part = try Ops.sum(Ops.multiply(result, factors, context), context)
        total = try Ops.add(total, part, context)
      }
      return total
    }
    let targets = parameters.filter(\.isTrainable)
    let gradients = try gradient(
      of: loss(parameters.map(\.tracked)), with: targets, context)
    let step = 1e-6
    let tolerance = Tolerance(relative: 1e-5, absolute: 1e-7)
    for (target, slope) in zip(targets, gradients) {
      #expect(slope.shape == target.value.shape)
      let place = parameters.firstIndex { $0 === target } ?? 0
      let original = target.value.doubles()
      var expected: [Double] = []
      for index in original.indices {
        func moved(_ by: Double) throws -> Double {
          var changed = original
          changed[index] += by
          var inputs = values
          inputs[place] = try Tensor(doubles: changed, shape: target.value.shape, context)
          return try loss(inputs).doubles()[0]
        }
        expected.append(try (moved(step) - moved(-step)) / (2 * step))
      }
      #expect(tolerance.difference(slope.doubles(), from: expected) == nil)
    }
  }

  @Test(arguments: withGradient)
  func `a gradient can be differentiated again`(_ test: Case) throws {
    let context = makeContext()
    let values = try Self.inputs(test.sample, context)
    let parameters = try values.map { try Parameter($0) }
    let results = try Ops.applyAll(
      test.spec, parameters.map(\.tracked), test.sample.attributes, context)
    let loss = try Ops.sum(Ops.square(results[0], context), context)
    let targets = test.spec === OpSpec.select ? Array(parameters[1...]) : parameters
    let first = try gradient(of: loss, with: targets, keep: true, context)
    let norm = try Ops.sum(Ops.square(first[0], context), context)
    let second = try gradient(of: norm, with: [targets[0]], context)
    #expect(second[0].shape == targets[0].value.shape)
    let isFinite = second[0].doubles().allSatisfy { $0.isFinite }
    #expect(isFinite)
  }

  @Test(arguments: OpTable.all.map(\.entry))
  func `a record says what its operation is`(_ entry: Entry) {
    #expect(entry.summary.hasSuffix("."))
    #expect(!entry.examples.isEmpty)
    #expect(entry.group != "")
  }

  @Test func `no name is given twice`() {
    let names = OpTable.all.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count)
  }
}
