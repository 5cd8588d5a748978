import Testing

@testable import Tensors

@Suite struct AutodiffTests {
  let context = makeContext()

  @Test func `a gradient of a gradient is the second derivative`() throws {
    let x = try Parameter(tensor([2, 3], context))
    let cubes = try Ops.multiply(x.tracked, Ops.square(x.tracked, context), context)
    let first = try gradient(of: Ops.sum(cubes, context), with: [x], keep: true, context)
    #expect(first[0].doubles() == [12, 27])
    let second = try gradient(of: Ops.sum(first[0], context), with: [x], context)
    #expect(second[0].doubles() == [12, 18])
  }

  @Test func `what broadcasting repeated is added up`() throws {
    let row = try Parameter(tensor([1, 2, 3], [1, 3], context))
    let column = try Parameter(tensor([1, 2], [2, 1], context))
    let loss = try Ops.sum(Ops.multiply(row.tracked, column.tracked, context), context)
    let slopes = try gradient(of: loss, with: [row, column], context)
    #expect(slopes[0].doubles() == [3, 3, 3])
    #expect(slopes[1].doubles() == [6, 6])
  }

  @Test func `a long chain of calls is walked and freed without recursion`() throws {
    let x = try Parameter(tensor([1], context))
    var value = x.tracked
    let one = try tensor([1], context)
    for _ in 0..<200_000 { value = try Ops.add(value, one, context) }
    #expect(context.graphNodes == 200_000)
    let slope = try gradient(of: value, with: [x], keep: true, context)
    #expect(slope[0].doubles() == [1])
    value = one
    #expect(context.graphNodes == 0)
    #expect(context.graphBytes == 0)
  }

  @Test func `a gradient releases what the graph saved`() throws {
    let x = try Parameter(tensor([1, 2], context))
    let hidden = try Ops.tanh(x.tracked, context)
    let loss = try Ops.sum(hidden, context)
    #expect(context.graphBytes == 24)
    _ = try gradient(of: loss, with: [x], context)
    #expect(context.graphBytes == 0)
    let error = #expect(throws: TensorError.self) {
      try gradient(of: Ops.sum(hidden, context), with: [x], context)
    }
    #expect(error?.help?.contains("keep=True") == true)
    #expect(error?.help?.contains("stop_gradient") == true)
  }

  @Test func `a target that nothing reaches is an error with its reason`() throws {
    let x = try Parameter(tensor([1, 2], context), name: "kernel")
    let y = try Parameter(tensor([1, 2], context), name: "bias")
    let unconnected = #expect(throws: TensorError.self) {
      try gradient(of: Ops.sum(x.tracked, context), with: [y], context)
    }
    #expect(
      unconnected?.message
        == "gradient: no gradient reaches bias: the loss was not computed from it")
    let blocked = #expect(throws: TensorError.self) {
      let choice = try Ops.argmax(x.tracked, axis: 0, context)
      return try gradient(
        of: Ops.mean(Ops.cast(choice, to: .float32, context), context), with: [x], context)
    }
    #expect(blocked?.message.contains("argmax gives a position") == true)
    let constant = #expect(throws: TensorError.self) {
      try gradient(of: Ops.sum(y.value, context), with: [y], context)
    }
    #expect(constant?.message.contains("was not computed from a variable") == true)
  }

  @Test func `a loss of several elements is an error`() throws {
    let x = try Parameter(tensor([1, 2], context))
    let error = #expect(throws: TensorError.self) {
      try gradient(of: x.tracked, with: [x], context)
    }
    #expect(
      error?.message
        == "gradient: expected a single number, such as mean(loss); received shape (2,)")
  }

  @Test func `nothing is recorded for constants or when recording is off`() throws {
    let x = try Parameter(tensor([1, 2], context))
    #expect(try !Ops.square(x.value, context).isTracked)
    let unrecorded = try context.withRecording(false) { try Ops.square(x.tracked, context) }
    #expect(!unrecorded.isTracked)
    #expect(try Ops.square(x.tracked, context).isTracked)
    #expect(!Ops.stopGradient(x.tracked).isTracked)
  }

  @Test func `what follows a call without gradient makes no chain`() throws {
    let x = try Parameter(tensor([1, 2], context))
    var count = try Tensor.scalar(0, context)
    for _ in 0..<100 {
      let hit = try Ops.argmax(x.tracked, axis: 0, context)
      count = try Ops.add(count, hit, context)
    }
    #expect(count.integers() == [100])
    #expect(context.graphNodes <= 2)
  }

  @Test func `assignment changes neither copies nor recorded values`() throws {
    let x = try Parameter(tensor([1, 2, 3], context))
    var value = try Ops.multiply(x.tracked, tensor([1, 1, 1], context), context)
    let loss = try Ops.sum(Ops.square(value, context), context)
    let copy = value
    try value.assign(at: [.at(0)], Tensor.scalar(100.0, context), context)
    #expect(value.doubles() == [100, 2, 3])
    #expect(copy.doubles() == [1, 2, 3])
    let slope = try gradient(of: loss, with: [x], context)
    #expect(slope[0].doubles() == [2, 4, 6])
  }

  @Test func `a parameter keeps its shape and dtype`() throws {
    let x = try Parameter(tensor([1, 2], context))
    let before = x.tracked
    try x.assign(Tensor(floats: [5, 6], shape: [2], context), context)
    #expect(x.value.dtype == .float64)
    #expect(x.value.doubles() == [5, 6])
    #expect(before.doubles() == [1, 2])
    #expect(throws: TensorError.self) {
      try x.assign(Tensor(floats: [5], shape: [1], context), context)
    }
  }

  @Test func `a gradient by an intermediate value stops there`() throws {
    let x = try Parameter(tensor([3], context))
    let middle = try Ops.square(x.tracked, context)
    let loss = try Ops.sum(Ops.square(middle, context), context)
    let slopes = try gradient(of: loss, by: [.tensor(middle), .parameter(x)], context)
    #expect(slopes[0].doubles() == [18])
    #expect(slopes[1].doubles() == [108])
  }
}
