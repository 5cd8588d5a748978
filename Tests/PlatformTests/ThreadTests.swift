import Platform
import Synchronization
import Testing

@Suite struct MailboxTests {
  @Test func `messages leave in the order in which they came`() {
    let box = Mailbox<Int>()
    for number in 0..<5000 { box.post(number) }
    #expect((0..<5000).allSatisfy { box.take() == $0 })
    #expect(box.takeIfAny() == nil)
  }

  @Test func `taking waits for a message from another thread`() throws {
    let box = Mailbox<String>()
    let thread = try #require(WorkerThread(name: "poster") { box.post("hello") })
    #expect(box.take() == "hello")
    thread.join()
  }

  @Test func `taking gives up when the time is over`() {
    let box = Mailbox<Int>()
    let start = Clocks.monotonic()
    #expect(box.take(timeout: 0.05) == nil)
    #expect(Clocks.monotonic() - start >= 0.045)
  }

  @Test func `a full box makes the poster wait`() throws {
    let box = Mailbox<Int>(capacity: 3)
    let thread = try #require(
      WorkerThread(name: "poster") {
        for number in 0..<1000 { box.post(number) }
        box.close()
      })
    var taken: [Int] = []
    while let number = box.take() {
      #expect(box.count <= 3)
      taken.append(number)
    }
    thread.join()
    #expect(taken == Array(0..<1000))
  }

  @Test func `waiting for room ends with an interruption`() {
    let box = Mailbox<Int>(capacity: 1)
    let interruption = Interruption()
    box.post(1)
    interruption.request(.interrupt)
    #expect(!box.post(2, interruption: interruption))
    #expect(box.takeAll() == [1])
  }

  @Test func `a closed box gives what is in it and takes nothing more`() {
    let box = Mailbox<Int>()
    box.post(1)
    box.close()
    #expect(!box.post(2))
    #expect(box.take() == 1)
    #expect(box.take() == nil)
  }
}

@Suite struct WorkerThreadTests {
  @Test func `has the stack asked for`() throws {
    let depth = Atomic<Int>(0)
    let counter = Counter()
    let thread = try #require(
      WorkerThread(name: "deep", stackBytes: WorkerThread.evaluatorStackBytes) {
        counter.value.store(descend(0, StackGuard()), ordering: .relaxed)
      })
    thread.join()
    depth.store(counter.value.load(ordering: .relaxed), ordering: .relaxed)
    // A frame of `descend` takes well under 4 kB, and 512 MB hold far more than this.
    #expect(depth.load(ordering: .relaxed) > 100_000)
  }

  @Test func `a small stack is guarded too`() throws {
    let counter = Counter()
    let thread = try #require(
      WorkerThread(name: "shallow", stackBytes: 2 << 20) {
        counter.value.store(descend(0, StackGuard(reserve: 1 << 18)), ordering: .relaxed)
      })
    thread.join()
    #expect((1000..<100_000).contains(counter.value.load(ordering: .relaxed)))
  }

  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }
}

/// Recurses until the guard says stop, at most 200 000 deep.
private func descend(_ depth: Int, _ stack: StackGuard) -> Int {
  guard stack.hasRoom, depth < 200_000 else { return depth }
  return max(depth, descend(depth + 1, stack))
}

@Suite struct InterruptionTests {
  @Test func `a weaker reason does not replace a stronger one`() {
    let interruption = Interruption()
    #expect(!interruption.isRequested)
    interruption.request(.memory)
    interruption.request(.interrupt)
    #expect(interruption.reason == .memory)
    interruption.clear()
    #expect(interruption.reason == .none)
  }

  @Test func `sleeping ends with an interruption`() throws {
    let interruption = Interruption()
    let thread = try #require(WorkerThread(name: "stop") { interruption.request(.interrupt) })
    #expect(!Clocks.sleep(60, interruption))
    thread.join()
  }

  @Test func `the memory watch stops work beyond its limit`() {
    let interruption = Interruption()
    let watch = MemoryWatch(limit: 1, interruption: interruption)
    #expect(!Clocks.sleep(60, interruption))
    watch.stop()
    #expect(interruption.reason == .memory)
  }
}
