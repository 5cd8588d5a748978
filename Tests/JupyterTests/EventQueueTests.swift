import JSON
import Notebook
import Platform
import Testing

@testable import Jupyter

/// The bounded queue between evaluator and wire.
@Suite struct EventQueueTests {
  private let wake: WakeDescriptor
  private let interruption = Interruption()

  init() throws { wake = try #require(WakeDescriptor()) }

  private func queue(limit: Int = 8 << 20) -> EventQueue {
    EventQueue(limit: limit, wake: wake, interruption: interruption)
  }

  /// The texts of what is taken, once it is due.
  private func take(_ queue: EventQueue) -> [String] {
    while true {
      let (events, wait) = queue.takeDue()
      guard events.isEmpty, wait != nil else { return events.map(Self.text) }
      _ = wake.wait(timeout: wait)
      wake.clear()
    }
  }

  private static func text(_ event: EvaluatorEvent) -> String {
    switch event {
    case .stream(let name, let text): "\(name) \(text)"
    case .broadcast(let content): content.messageType
    case .page: "page"
    case .question: "question"
    case .finished: "finished"
    }
  }

  @Test func `text alone waits for more and wakes the wire once`() {
    let queue = queue()
    queue.post(.stream(name: "stdout", text: "a"))
    #expect(wake.wait(timeout: 0))
    wake.clear()
    let (events, wait) = queue.takeDue()
    #expect(events.isEmpty)
    #expect((wait ?? 1) <= EventQueue.bundlingTime)
    queue.post(.stream(name: "stdout", text: "b"))
    #expect(!wake.wait(timeout: 0))
    #expect(take(queue) == ["stdout ab"])
    #expect(queue.takeDue().wait == nil)
  }

  @Test func `what a short cell says first does not wake the wire`() {
    let queue = queue()
    queue.post(.broadcast(ExecuteInput(code: "1", count: 1)))
    queue.post(.broadcast(ExecuteResult(data: [:], count: 1)))
    #expect(!wake.wait(timeout: 0))
    queue.post(.finished(.aborted))
    #expect(wake.wait(timeout: 0))
    #expect(take(queue) == ["execute_input", "execute_result", "finished"])
  }

  @Test func `a large result wakes the wire, since there may be no room behind it`() {
    let queue = queue(limit: 100)
    queue.post(.broadcast(ExecuteResult(data: ["text/plain": .string("long")], count: 1)))
    #expect(wake.wait(timeout: 0))
  }

  @Test func `anything else makes all due at once, in the order made`() {
    let queue = queue()
    queue.post(.stream(name: "stdout", text: "a"))
    queue.post(.stream(name: "stderr", text: "b"))
    queue.post(.stream(name: "stdout", text: "c"))
    wake.clear()
    queue.post(.broadcast(ClearOutput(wait: true)))
    queue.post(.stream(name: "stdout", text: "d"))
    #expect(wake.wait(timeout: 0))
    #expect(
      queue.takeDue().events.map(Self.text) == [
        "stdout a", "stderr b", "stdout c", "clear_output", "stdout d",
      ])
  }

  @Test func `a full queue makes the evaluator wait until it is taken`() throws {
    let queue = queue(limit: 10)
    let count = Monitor(0)
    let thread = try #require(
      WorkerThread(name: "poster") {
        for _ in 0..<3 {
          queue.post(.stream(name: "stdout", text: "1234567890"))
          count.update { $0 += 1 }
        }
      })
    var taken = ""
    while taken.utf8.count < 30 {
      let posted = count.withLock { $0 }
      #expect(posted * 10 <= taken.utf8.count + 10)
      for event in queue.takeDue().events {
        if case .stream(_, let text) = event { taken += text }
      }
    }
    thread.join()
    #expect(count.withLock { $0 } == 3)
  }

  @Test func `texts that take turns between streams fill it as messages do`() throws {
    let queue = queue(limit: 40_000)
    let count = Monitor(0)
    let thread = try #require(
      WorkerThread(name: "poster") {
        for turn in 0..<100 {
          queue.post(.stream(name: turn.isMultiple(of: 2) ? "stdout" : "stderr", text: "x"))
          count.update { $0 += 1 }
        }
      })
    var taken = 0
    while taken < 100 {
      let posted = count.withLock { $0 }
      #expect(posted <= taken + 10)
      taken += queue.takeDue().events.count
    }
    thread.join()
  }

  @Test func `an interrupt ends the wait and loses nothing`() {
    let queue = queue(limit: 1)
    queue.post(.stream(name: "stdout", text: "full"))
    interruption.request(.interrupt)
    queue.post(.stream(name: "stdout", text: " and more"))
    #expect(take(queue) == ["stdout full and more"])
  }
}
