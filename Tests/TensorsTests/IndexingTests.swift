import Platform
import Testing

@testable import Tensors

/// Indexing `arange(24)` in the shape (2, 3, 4), against what NumPy gave.
@Suite struct IndexingTests {
  let context = makeContext()

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let items: [TensorIndex]
    let shape: Shape
    let elements: [Int]
  }

  static func slice(_ start: Int?, _ stop: Int?, _ step: Int? = nil) -> TensorIndex {
    .slice(start: start, stop: stop, step: step)
  }

  static let mask = TensorIndex.mask(
    [true, false, false, false, true, true], shape: [2, 3])

  static let cases: [Case] = [
    Case(
      testDescription: "[1]", items: [.at(1)],
      shape: [3, 4],
      elements: [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]),
    Case(
      testDescription: "[-1, ..., 2]", items: [.at(-1), .ellipsis, .at(2)],
      shape: [3],
      elements: [14, 18, 22]),
    Case(
      testDescription: "[:, 1:]", items: [slice(nil, nil), slice(1, nil)],
      shape: [2, 2, 4],
      elements: [4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23]),
    Case(
      testDescription: "[..., ::-2]", items: [.ellipsis, slice(nil, nil, -2)],
      shape: [2, 3, 2],
      elements: [3, 1, 7, 5, 11, 9, 15, 13, 19, 17, 23, 21]),
    Case(
      testDescription: "[::-1, None, 0]", items: [slice(nil, nil, -1), .newAxis, .at(0)],
      shape: [2, 1, 4],
      elements: [12, 13, 14, 15, 0, 1, 2, 3]),
    Case(
      testDescription: "[1, 2, 3]", items: [.at(1), .at(2), .at(3)],
      shape: [],
      elements: [23]),
    Case(
      testDescription: "[:, 5:]", items: [slice(nil, nil), slice(5, nil)],
      shape: [2, 0, 4],
      elements: []),
    Case(
      testDescription: "[..., -100:2]", items: [.ellipsis, slice(-100, 2)],
      shape: [2, 3, 2],
      elements: [0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21]),
    Case(
      testDescription: "[mask]", items: [mask],
      shape: [3, 4],
      elements: [0, 1, 2, 3, 16, 17, 18, 19, 20, 21, 22, 23]),
    Case(
      testDescription: "[mask, 1]", items: [mask, .at(1)],
      shape: [3],
      elements: [1, 17, 21]),
    Case(
      testDescription: "[mask, ::2]", items: [mask, slice(nil, nil, 2)],
      shape: [3, 2],
      elements: [0, 2, 16, 18, 20, 22]),
    Case(
      testDescription: "[[1, 0, 1]]", items: [.picks([1, 0, 1], shape: [3])],
      shape: [3, 3, 4],
      elements: [
        12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
        13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
      ]),
    Case(
      testDescription: "[:, [0, -1]]", items: [slice(nil, nil), .picks([0, -1], shape: [2])],
      shape: [2, 2, 4],
      elements: [0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23]),
    Case(
      testDescription: "[[0, 1], :, [3, 2]]",
      items: [.picks([0, 1], shape: [2]), slice(nil, nil), .picks([3, 2], shape: [2])],
      shape: [2, 3],
      elements: [3, 7, 11, 14, 18, 22]),
    Case(
      testDescription: "[:, [0, 1], [3, 2]]",
      items: [slice(nil, nil), .picks([0, 1], shape: [2]), .picks([3, 2], shape: [2])],
      shape: [2, 2],
      elements: [3, 6, 15, 18]),
    Case(
      testDescription: "[[[0], [1]], [0, 2]]",
      items: [.picks([0, 1], shape: [2, 1]), .picks([0, 2], shape: [2])],
      shape: [2, 2, 4],
      elements: [0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 20, 21, 22, 23]),
    Case(
      testDescription: "[0, :, [1, 2]]",
      items: [.at(0), slice(nil, nil), .picks([1, 2], shape: [2])],
      shape: [2, 3],
      elements: [1, 5, 9, 2, 6, 10]),
    Case(
      testDescription: "[:, 0, [1, 2]]",
      items: [slice(nil, nil), .at(0), .picks([1, 2], shape: [2])],
      shape: [2, 2],
      elements: [1, 2, 13, 14]),
    Case(
      testDescription: "[1, [2, 0], ::-1]",
      items: [.at(1), .picks([2, 0], shape: [2]), slice(nil, nil, -1)],
      shape: [2, 4],
      elements: [23, 22, 21, 20, 15, 14, 13, 12]),
    Case(
      testDescription: "[None, [1]]", items: [.newAxis, .picks([1], shape: [1])],
      shape: [1, 1, 3, 4],
      elements: [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]),
    Case(
      testDescription: "[..., [3, 0], None]",
      items: [.ellipsis, .picks([3, 0], shape: [2]), .newAxis],
      shape: [2, 3, 2, 1],
      elements: [3, 0, 7, 4, 11, 8, 15, 12, 19, 16, 23, 20]),
  ]

  func source() throws -> Tensor {
    try Tensor(integers: Array(0..<24), shape: [2, 3, 4], context)
  }

  @Test(arguments: cases)
  func `reading picks what NumPy picks`(_ test: Case) throws {
    let picked = try source().indexed(test.items, context)
    #expect(picked.shape == test.shape)
    #expect(picked.integers() == test.elements)
  }

  @Test(arguments: cases)
  func `assignment writes exactly what reading picks`(_ test: Case) throws {
    var target = try source()
    let copy = target
    try target.assign(at: test.items, Tensor.scalar(-1, context), context)
    let expected = (0..<24).map { test.elements.contains($0) ? -1 : $0 }
    #expect(target.integers() == expected)
    #expect(copy.integers() == Array(0..<24))
  }

  @Test func `an assigned value spreads and is cast`() throws {
    var target = try source()
    let row = try Tensor(doubles: [1.9, 2.9, 3.9, 4.9], shape: [4], context)
    try target.assign(at: [.at(1), Self.slice(nil, nil, -1)], row, context)
    #expect(target.integers() == Array(0..<12) + [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4])
    #expect(throws: TensorError.self) {
      try target.assign(at: [.at(0)], Tensor(integers: [1, 2], shape: [2], context), context)
    }
  }

  @Test func `assigning a tensor to a part of itself reads before it writes`() throws {
    var target = try Tensor(integers: [1, 2, 3, 4], shape: [4], context)
    try target.assign(
      at: [Self.slice(1, nil)], target.indexed([Self.slice(nil, -1)], context), context)
    #expect(target.integers() == [1, 1, 2, 3])
    try target.assign(at: [Self.slice(nil, nil, -1)], target, context)
    #expect(target.integers() == [3, 2, 1, 1])
  }

  @Test func `steps and ends beyond any length are clamped`() throws {
    let x = try Tensor(integers: [1, 2, 3], shape: [3], context)
    for items in [
      Self.slice(.min, .max), Self.slice(0, .max, 1), Self.slice(nil, nil, nil),
    ] {
      #expect(try x.indexed([items], context).integers() == [1, 2, 3])
    }
    #expect(try x.indexed([Self.slice(nil, nil, .max)], context).integers() == [1])
    #expect(try x.indexed([Self.slice(nil, nil, .min)], context).integers() == [3])
    #expect(try x.indexed([Self.slice(.max, .min, -1)], context).integers() == [3, 2, 1])
    #expect(try x.indexed([Self.slice(2, 1)], context).integers() == [])
    #expect(throws: TensorError.self) { try x.indexed([Self.slice(nil, nil, 0)], context) }
  }

  @Test func `positions that repeat add their gradients`() throws {
    let x = try Parameter(tensor([1, 2, 3], context))
    let picked = try x.tracked.indexed([.picks([0, 2, 0], shape: [3])], context)
    let slope = try gradient(of: Ops.sum(picked, context), with: [x], context)
    #expect(slope[0].doubles() == [2, 0, 1])
  }

  @Test(arguments: [
    TensorIndex.mask([true, false, true], shape: [3]), .picks([0, 2, 0], shape: [3]),
  ])
  func `an interrupt stops picking`(index: TensorIndex) throws {
    let context = makeContext()
    let x = try tensor([1, 2, 3], context)
    context.interruption.request(.interrupt)
    let error = #expect(throws: TensorError.self) { try x.indexed([index], context) }
    guard case .interrupted = error else {
      Issue.record("received \(String(describing: error))")
      return
    }
  }
}
