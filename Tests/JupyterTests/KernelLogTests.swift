import JSON
import Platform
import Testing

@testable import Jupyter

/// What the log takes, and in which form.
@Suite struct KernelLogTests {
  /// A log whose clock a test moves.
  private final class Fixture {
    let time = Monitor(0.0)
    let lines = Monitor<[String]>([])
    var log: KernelLog

    init() {
      log = KernelLog(
        write: { [lines] line in lines.withLock { $0.append(line) } },
        now: { [time] in time.withLock { $0 } })
    }

    func addLines(_ count: Int) { for number in 0..<count { log.add("line \(number)") } }
    func setTime(_ seconds: Double) { time.withLock { $0 = seconds } }
    var written: [String] { lines.withLock { $0 } }
  }

  private static let limit = KernelLog.linesPerPeriod

  @Test func `writes a burst and counts the rest`() {
    let fixture = Fixture()
    fixture.addLines(Self.limit + 42)
    #expect(fixture.written.count == Self.limit)
    #expect(fixture.log.tellOmitted() == KernelLog.period)
    fixture.setTime(KernelLog.period + 0.1)
    #expect(fixture.log.tellOmitted() == nil)
    #expect(fixture.written.last == "… 42 more messages dropped")
    fixture.addLines(1)
    #expect(fixture.written.count == Self.limit + 2)
    #expect(fixture.log.tellOmitted() == nil)
  }

  @Test func `says at the end what it has left out`() {
    let fixture = Fixture()
    fixture.addLines(Self.limit + 1)
    fixture.log.close()
    fixture.log.close()
    #expect(fixture.written.count == Self.limit + 1)
    #expect(fixture.written.last == "… 1 more messages dropped")
  }

  @Test func `a few lines now and then are all written`() {
    let fixture = Fixture()
    for turn in 0..<1000 {
      fixture.setTime(Double(turn))
      fixture.addLines(10)
    }
    #expect(fixture.written.count == 10_000)
  }

  @Test(arguments: [
    ("name", #""name""#), ("", #""""#), ("a\n\u{1B}[31m\"", #""a\n\u{1B}[31m\"""#),
    ("é\u{202E}", #""\u{00E9}\u{202E}""#),
  ])
  func `quotes what terminals might not show`(text: String, quoted: String) {
    #expect(KernelLog.quoted(text) == quoted)
  }

  /// One character can have any number of code points.
  @Test(arguments: [
    String(repeating: "x", count: 1_000_000), "e" + String(repeating: "\u{301}", count: 1_000_000),
    String(repeating: "🐦", count: 61),
  ])
  func `cuts what is long`(text: String) {
    #expect(KernelLog.quoted(text).unicodeScalars.count == 62)
    #expect(KernelLog.quoted(text).hasSuffix("…\""))
    let error = ContentError(field: text, expected: "a name", received: text)
    #expect(error.field.unicodeScalars.count == 60)
    #expect(error.received.unicodeScalars.count == 60)
  }

  @Test(arguments: [
    ("[1, \"é🐦\"]", "[1, \"é🐦\"]"), ("a\u{1B}[31m\n\u{202E}", #"a\u{1B}[31m\n\u{202E}"#),
  ])
  func `leaves in a text what every terminal shows`(text: String, shown: String) {
    #expect(KernelLog.shortened(text) == shown)
  }

  @Test func `a flood of junk costs a burst of lines`() throws {
    let kernel = try Harness()
    kernel.transport.deliver((0..<1000).map { _ in (.shell, [[1]]) })
    kernel.execute("print a", "x")
    _ = kernel.untilIdle("x")
    #expect(kernel.logCount == Self.limit)
    kernel.send("shutdown_request", "s", [:], on: .control)
    #expect(kernel.end() == .shutdown)
    #expect(kernel.logged("… \(1000 - Self.limit) more messages dropped"))
  }
}
