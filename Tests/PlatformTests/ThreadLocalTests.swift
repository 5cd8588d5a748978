import Platform
import Testing

@Suite struct ThreadLocalTests {
  private final class Held: Sendable {
    let name: String
    let ended: Mailbox<String>

    init(_ name: String, _ ended: Mailbox<String>) {
      self.name = name
      self.ended = ended
    }

    deinit { ended.post(name) }
  }

  @Test func `each thread has a value of its own, which goes when the thread ends`() {
    let local = ThreadLocal<Held>()
    let ended = Mailbox<String>()
    local.value = Held("mine", ended)
    let seen = Mailbox<String?>()
    let thread = WorkerThread(name: "other") {
      seen.post(local.value?.name)
      local.value = Held("other", ended)
      seen.post(local.value?.name)
    }
    thread?.join()
    #expect(seen.takeAll() == [nil, "other"])
    #expect(ended.take(timeout: 5) == "other")
    #expect(local.value?.name == "mine")
    local.value = nil
    #expect(ended.take(timeout: 5) == "mine")
  }
}
