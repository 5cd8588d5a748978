import Glibc
import Platform
import Synchronization
import Testing

@testable import Tensors

@Suite struct KernelsStorageTests {
  @Test func `bytes come back to the pool when the last tensor goes`() throws {
    let context = KernelCase.context()
    do {
      let x = try Kernels.zeros([100], .float32, context)
      #expect(context.pool.liveBytes >= 400)
      #expect(x.floats() == [Float](repeating: 0, count: 100))
    }
    #expect(context.pool.liveBytes == 0)
    #expect(context.pool.peakBytes >= 400)
  }

  @Test func `more than the limit is refused before it is taken`() throws {
    let context = KernelCase.context(byteLimit: 1000)
    let error = #expect(throws: TensorError.self) {
      try Kernels.zeros([300], .float32, context)
    }
    guard case .outOfMemory(let bytes, _, let limit) = error else {
      Issue.record("received \(String(describing: error))")
      return
    }
    #expect(bytes == 1200)
    #expect(limit == 1000)
    #expect(context.pool.liveBytes == 0)
    #expect(try Kernels.zeros([200], .float32, context).count == 200)
  }

  @Test func `tells of the tensors that take the memory that is missing`() throws {
    let context = KernelCase.context(byteLimit: 1000)
    let kept = try Kernels.zeros([150], .float32, context)
    let error = try #require(
      #expect(throws: TensorError.self) { try Kernels.zeros([150], .float32, context) })
    #expect(
      "\(error)" == "expected at most 1.0 kB of tensors, of which 640 bytes are in use; "
        + "this step needs 600 bytes")
    #expect(error.help?.contains("del x") == true)
    let larger = try #require(
      #expect(throws: TensorError.self) { try Kernels.zeros([300], .float32, context) })
    #expect(
      "\(larger)" == "expected at most 1.0 kB of tensors; this step needs 1.2 kB")
    #expect(larger.help?.contains("del x") == false)
    #expect(kept.count == 150)
  }

  @Test func `writing copies what is shared`() throws {
    let context = KernelCase.context()
    let x = try KernelCase.tensor([1, 2, 3, 4], [4], context)
    var y = x
    let value = try KernelCase.tensor([9, 8], [2], context)
    try Kernels.assign(value, into: &y, offset: 3, strides: [-2], shape: [2], context)
    #expect(x.floats() == [1, 2, 3, 4])
    #expect(y.floats() == [1, 8, 3, 9])
  }

  @Test(arguments: [1, 2, 3])
  func `every piece is done once`(threads: Int) throws {
    let workers = Workers(threads: threads)
    let counts = Mutex([Int](repeating: 0, count: 100))
    try workers.run(pieces: 100, Interruption()) { piece in counts.withLock { $0[piece] += 1 } }
    #expect(counts.withLock { $0 } == [Int](repeating: 1, count: 100))
    #expect((1...threads).contains(workers.workersThatRan))
  }

  @Test func `two threads work at once`() throws {
    let workers = Workers(threads: 2)
    let arrived = Atomic<Int>(0)
    // Each piece waits for the other, which needs two threads.
    try workers.run(pieces: 2, Interruption()) { _ in
      arrived.add(1, ordering: .sequentiallyConsistent)
      // Bounded, so that a lack of threads fails the test instead of hanging it.
      for _ in 0..<5_000_000 where arrived.load(ordering: .sequentiallyConsistent) < 2 {
        sched_yield()
      }
    }
    #expect(workers.workersThatRan == 2)
  }

  @Test func `strides read and write as slices do`() throws {
    let context = KernelCase.context()
    let x = try KernelCase.tensor((0..<24).map(Double.init), [2, 3, 4], context)
    let turned = try x.permuted([2, 0, 1], context)
    #expect(
      turned.floats()
        == (0..<4).flatMap { k in (0..<6).map { Float($0 * 4 + k) } })
    let flipped = try Kernels.strided(
      x, offset: 23, strides: [-12, -4, -1], shape: x.shape, context)
    #expect(flipped.floats() == (0..<24).map { Float(23 - $0) })
    let rows = try Tensor(integers: [2, 0, 2], shape: [3], context)
    let taken = try Kernels.take(x, indices: rows, axis: 1, context)
    #expect(taken.shape.extents == [2, 3, 4])
    #expect(taken.floats()[..<4] == [8, 9, 10, 11])
    let added = try Kernels.scatterAdd(taken, indices: rows, into: x.shape, axis: 1, context)
    #expect(added.floats()[..<12] == [0, 1, 2, 3, 0, 0, 0, 0, 16, 18, 20, 22])
  }
}
