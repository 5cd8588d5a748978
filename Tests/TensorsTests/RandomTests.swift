import Platform
import Testing

@testable import Tensors

/// Against numbers that NumPy 2.4 drew after `numpy.random.seed(1)`, in one sequence.
@Suite struct RandomTests {
  @Test func `the legacy generator draws NumPy's numbers`() throws {
    var state = RandomState(seed: 1)
    #expect(state.random() == 0.417022004702574)
    #expect(state.random() == 0.7203244934421581)
    #expect(state.gauss() == -0.5281717522634557)
    #expect(state.gauss() == -1.0729686221561705)
    #expect(state.gauss() == 0.8654076293246785)
    #expect(state.uniform(-1, 3) == 0.6767780576131792)
    #expect(state.normal(2, 5) == -9.507693484401413)
    #expect(try state.integers(5, from: 0, to: 10, Interruption()) == [2, 4, 2, 4, 7])
    #expect(
      try state.integers(5, from: -3, to: 100_000_000_000, Interruption())
        == [73_617_401_332, 97_928_452_234, 42_813_357_446, 31_410_917_692, 3_842_306_361])
    #expect(
      try state.integers(3, from: 0, to: 1 << 32, Interruption())
        == [3_561_158_865, 365_262_088, 3_563_119_320])
    #expect(try state.permutation(10, Interruption()) == [7, 2, 0, 4, 1, 5, 9, 6, 8, 3])
    #expect(try state.choice(5, count: 6, Interruption()) == [1, 3, 4, 2, 4, 0])
    #expect(try state.choice(5, count: 3, replace: false, Interruption()) == [0, 4, 2])
    let weights = [0.1, 0.2, 0.3, 0.4]
    #expect(try state.choice(4, count: 6, weights: weights, Interruption()) == [3, 1, 2, 1, 0, 2])
    #expect(
      try state.choice(4, count: 3, replace: false, weights: weights, Interruption()) == [0, 3, 1])
  }

  @Test func `the largest seed gives NumPy's stream`() throws {
    var state = RandomState(seed: .max)
    #expect(state.random() == 0.0976320289940138)
    #expect(state.doubles(1000).last == 0.9783407784257938)
    let context = makeContext()
    #expect(throws: TensorError.self) { try context.setSeed(-1) }
    #expect(throws: TensorError.self) { try context.setSeed(1 << 32) }
  }

  @Test func `bad arguments are errors`() {
    var state = RandomState(seed: 0)
    #expect(throws: TensorError.self) { try state.integer(from: 3, to: 3) }
    #expect(throws: TensorError.self) { try state.choice(0, count: 1, Interruption()) }
    #expect(throws: TensorError.self) {
      try state.choice(2, count: 3, replace: false, Interruption())
    }
    #expect(throws: TensorError.self) {
      try state.choice(2, count: 1, weights: [0.5, 0.6], Interruption())
    }
  }

  @Test func `streams depend on every part of their key`() {
    func first(_ seed: Int, _ layer: Int, _ name: String) -> UInt64 {
      var stream = RandomStream(seed: seed, .number(layer), .text(name))
      return stream.next()
    }
    let words = [
      first(0, 0, "kernel"), first(1, 0, "kernel"), first(0, 1, "kernel"), first(0, 0, "bias"),
    ]
    #expect(Set(words).count == 4)
    #expect(first(0, 0, "kernel") == words[0])
  }

  @Test func `streams are uniform and normal`() {
    var stream = RandomStream(seed: 0, .text("moments"))
    let flat = (0..<20_000).map { _ in stream.uniform() }
    #expect(flat.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(flat.reduce(0, +) / 20_000 - 0.5) < 0.01)
    let bell = (0..<20_000).map { _ in stream.normal() }
    #expect(abs(bell.reduce(0, +) / 20_000) < 0.03)
    #expect(abs(bell.map { $0 * $0 }.reduce(0, +) / 20_000 - 1) < 0.03)
    #expect(stream.permutation(50).sorted() == Array(0..<50))
  }
}
