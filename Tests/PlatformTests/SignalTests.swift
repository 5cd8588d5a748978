import Glibc
import Platform
import Testing

/// What a signal does, which is sent to this process: `script/test` runs it by itself, since a test
/// beside it could take the interrupt for its own.
@Suite struct SignalTests {
  /// One test, since the handlers belong to the whole process.
  @Test func `a signal sets the flag and wakes the descriptor`() throws {
    let interruption = Interruption()
    let wake = try #require(WakeDescriptor())
    #expect(!wake.wait(timeout: 0))
    Signals.install(interruption: interruption, wake: wake)
    let before = Signals.interruptCount()
    kill(getpid(), SIGINT)
    #expect(wake.wait(timeout: 10))
    #expect(interruption.reason == .interrupt)
    #expect(Signals.interruptCount() == before + 1)
    #expect(!Signals.isTerminationRequested())
    wake.clear()
    #expect(!wake.wait(timeout: 0))
    signal(SIGINT, SIG_DFL)
  }
}
