import Platform
import Testing

@testable import Tensors

@Suite struct ValueTests {
  let context = makeContext()

  /// Rows of NumPy 2's promotion table.
  @Test(arguments: [
    (DType.bool, DType.int32, DType.int32), (.int32, .int64, .int64), (.int32, .float32, .float64),
    (.int64, .float32, .float64), (.bool, .float32, .float32), (.float32, .float64, .float64),
  ])
  func `dtypes meet as in NumPy`(_ left: DType, _ right: DType, _ expected: DType) {
    #expect(left.promoted(with: right) == expected)
    #expect(right.promoted(with: left) == expected)
  }

  @Test func `a number of the language does not raise a dtype`() throws {
    let single = try Tensor(floats: [1, 2], shape: [2], context)
    let whole = try Tensor(integers: [1, 2], shape: [2], dtype: .int32, context)
    let flag = try Tensor(booleans: [true], shape: [1], context)
    let half = try Tensor.scalar(0.5, weak: true, context)
    let two = try Tensor.scalar(2, weak: true, context)
    #expect(try Ops.multiply(single, half, context).dtype == .float32)
    #expect(try Ops.multiply(single, two, context).dtype == .float32)
    #expect(try Ops.multiply(whole, two, context).dtype == .int32)
    #expect(try Ops.multiply(whole, half, context).dtype == .float64)
    #expect(try Ops.add(flag, two, context).dtype == .int64)
    #expect(try Ops.divide(whole, two, context).dtype == .float64)
    #expect(try Ops.add(half, half, context).dtype == .float32)
  }

  @Test(arguments: DType.allCases)
  func `reads elements as doubles, and can be interrupted`(dtype: DType) throws {
    let x = try Tensor(doubles: [0, 1, 2.5, -3], shape: [2, 2], dtype: dtype, context)
    #expect(try x.doubles(context) == x.doubles())
    let count = 1 << 18 + 1
    let long = try Tensor(
      doubles: (0..<count).map { Double($0 % 7) }, shape: Shape([count]), dtype: dtype, context)
    #expect(try long.doubles(context) == long.doubles())
    context.interruption.request(.interrupt)
    let error = #expect(throws: TensorError.self) { try x.doubles(context) }
    guard case .interrupted = error else {
      Issue.record("received \(String(describing: error))")
      return
    }
  }

  @Test func `shapes that no machine holds are refused`() throws {
    #expect(throws: TensorError.self) { try Shape([-1]) }
    #expect(throws: TensorError.self) { try Shape([.max, 2]) }
    #expect(throws: TensorError.self) { try Shape([Int](repeating: 1, count: 33)) }
    #expect(try Shape([0, .max, .max]).count == 0)
    let error = #expect(throws: TensorError.self) {
      try Ops.apply(.zeros, [], ["shape": .ints([1_000_000, 1_000_000])], context)
    }
    #expect(error?.name == "MemoryError")
    let large = try Ops.apply(.zeros, [], ["shape": .ints([1000])], context)
    for attributes: Attributes in [
      ["repeats": .int(.max)], ["repeats": .int(1 << 50)],
    ] {
      #expect(throws: TensorError.self) { try Ops.apply(.repeated, [large], attributes, context) }
    }
    #expect(throws: TensorError.self) {
      try Ops.apply(.tile, [large], ["reps": .ints([1 << 40])], context)
    }
    #expect(throws: TensorError.self) {
      try Ops.apply(.arange, [], ["start": .float(1e300)], context)
    }
  }

  struct Fault: Sendable {
    let left: Shape
    let right: Shape
    let message: String
  }

  @Test func `errors say what was expected and received`() throws {
    let a = try Ops.zeros([2, 3], context)
    let b = try Ops.zeros([4, 5], context)
    func message(_ body: () throws -> Tensor) -> String? {
      (#expect(throws: TensorError.self) { try body() })?.message
    }
    #expect(
      message { try Ops.matmul(a, b, context) }
        == "matmul: expected 3 columns to meet 4 rows; received shapes (2, 3) and (4, 5)")
    #expect(
      message { try Ops.add(a, b, context) }
        == "add: expected equal extents, or 1, on axis -1, where 3 meets 5; "
        + "received shapes (2, 3) and (4, 5)")
    #expect(
      message { try Ops.reshape(a, [4, 2], context) }
        == "reshape: expected 8 elements for (4, 2), not 6; received shape (2, 3)")
    #expect(
      message { try Ops.sum(a, axes: [2], context) }
        == "sum: expected an axis from -2 to 1; received 2")
    #expect(
      message { try a.indexed([.at(5)], context) }
        == "expected an index from -2 to 1 on axis 0; received 5")
    #expect(
      message { try a.indexed([.at(0), .at(0), .at(0)], context) }
        == "expected at most 2 indices; received 3")
    #expect(
      message { try Ops.max(Ops.zeros([0], context), context) }
        == "max: expected at least one element on axis 0; received shape (0,)")
  }

  @Test func `whole numbers divide as in Python and wrap as in NumPy`() throws {
    let x = try Tensor(integers: [7, -7, 5, .max], shape: [4], context)
    let y = try Tensor(integers: [2, 2, 0, 1], shape: [4], context)
    #expect(try Ops.floorDivide(x, y, context).integers() == [3, -4, 0, .max])
    #expect(try Ops.apply(.remainder, [x, y], context).integers() == [1, 1, 0, 0])
    #expect(try Ops.add(x, y, context).integers() == [9, -5, 5, .min])
    let least = try Tensor(integers: [.min], shape: [1], context)
    let minus = try Tensor(integers: [-1], shape: [1], context)
    #expect(try Ops.floorDivide(least, minus, context).integers() == [.min])
    #expect(try Ops.apply(.remainder, [least, minus], context).integers() == [0])
  }

  @Test func `whole matrices multiply exactly`() throws {
    let x = try Tensor(integers: [1, 2, 3, 4], shape: [2, 2], context)
    #expect(try Ops.matmul(x, x, context).integers() == [7, 10, 15, 22])
    let batch = try Tensor(integers: [1, 0, 0, 1, 2, 0, 0, 2], shape: [2, 2, 2], context)
    #expect(try Ops.matmul(batch, x, context).integers() == [1, 2, 3, 4, 2, 4, 6, 8])
    #expect(try Ops.matmul(x, batch, context).integers() == [1, 2, 3, 4, 2, 4, 6, 8])
  }
}
