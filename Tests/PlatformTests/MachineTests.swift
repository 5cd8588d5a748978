import Glibc
import Platform
import Testing

@Suite struct ClocksTests {
  @Test(arguments: [
    (0.0, "1970-01-01T00:00:00.000000Z"), (951_782_400.25, "2000-02-29T00:00:00.250000Z"),
    (1_700_000_000.5, "2023-11-14T22:13:20.500000Z"),
  ])
  func `timestamps follow ISO 8601`(seconds: Double, text: String) {
    #expect(Clocks.timestamp(seconds) == text)
  }

  @Test func `the clock goes forward`() {
    let start = Clocks.monotonic()
    #expect(Clocks.sleep(0.01))
    #expect(Clocks.monotonic() - start >= 0.01)
    #expect(Clocks.processor() > 0)
  }
}

@Suite struct TerminalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let variables: [String: String]
    let isInteractive: Bool
    let colors: Terminal.Colors
    var testDescription: String { "\(variables.sorted { $0.key < $1.key }) \(isInteractive)" }
  }

  @Test(arguments: [
    Case(variables: ["TERM": "xterm"], isInteractive: true, colors: .sixteen),
    Case(variables: ["TERM": "xterm-256color"], isInteractive: true, colors: .palette),
    Case(
      variables: ["TERM": "xterm", "COLORTERM": "truecolor"], isInteractive: true, colors: .full),
    Case(variables: ["TERM": "xterm"], isInteractive: false, colors: .none),
    Case(variables: ["TERM": "dumb"], isInteractive: true, colors: .none),
    Case(variables: [:], isInteractive: true, colors: .none),
    Case(variables: ["TERM": "xterm", "NO_COLOR": "1"], isInteractive: true, colors: .none),
    Case(variables: ["TERM": "xterm", "NO_COLOR": ""], isInteractive: true, colors: .sixteen),
    Case(variables: ["FORCE_COLOR": "1"], isInteractive: false, colors: .sixteen),
    Case(variables: ["FORCE_COLOR": "3"], isInteractive: false, colors: .full),
    Case(variables: ["FORCE_COLOR": "0", "TERM": "xterm"], isInteractive: true, colors: .none),
    Case(variables: ["FORCE_COLOR": "1", "NO_COLOR": "1"], isInteractive: true, colors: .none),
  ])
  func `colours follow the environment`(_ example: Case) {
    let colors = Terminal.colors(isInteractive: example.isInteractive) { example.variables[$0] }
    #expect(colors == example.colors)
  }

  @Test(
    arguments: [
      (["LANG": "en_US.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "C"], false),
      (["LC_ALL": "C", "LANG": "en_US.UTF-8"], false), (["LC_ALL": "", "LANG": "C.UTF-8"], true),
      ([:], false),
    ] as [([String: String], Bool)])
  func `the locale decides about UTF-8`(variables: [String: String], expected: Bool) {
    #expect(Terminal.usesUTF8 { variables[$0] } == expected)
  }
}

@Suite struct MemoryTests {
  @Test(
    arguments: [
      ("4G", 4 << 30), ("512M", 512 << 20), ("1.5GiB", 3 << 29), ("100kb", 100 << 10),
      ("1000", 1000),
      ("12 G", nil), ("G", nil), ("-1G", nil), ("0", nil), ("1X", nil), ("9999999T", nil),
      ("", nil),
    ] as [(String, Int?)])
  func `reads sizes`(text: String, bytes: Int?) {
    #expect(MachineMemory.parse(text) == bytes)
  }

  @Test func `knows the machine`() {
    #expect(MachineMemory.resident() > 1 << 20)
    #expect(MachineMemory.total() > MachineMemory.resident())
    #expect(MachineMemory.defaultLimit() < MachineMemory.total())
    #expect(Environment.processorCount >= 1)
    #expect(Environment.executablePath.hasPrefix("/"))
    #expect(!ParentProcess().hasEnded)
    #expect(ParentProcess(processID: -1).hasEnded)
  }
}

@Suite struct OutputTests {
  @Test func `writes everything to a pipe smaller than the text`() throws {
    var ends: [Int32] = [-1, -1]
    #expect(unsafe pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    _ = fcntl(writing, F_SETFL, O_NONBLOCK)
    let size = 1 << 20
    let thread = try #require(
      WorkerThread(name: "writer") {
        Output.writeAll(Array(repeating: 7, count: size), to: writing)
        close(writing)
      })
    var total = 0
    var buffer: [UInt8] = Array(repeating: 0, count: 4096)
    while true {
      let count = unsafe read(reading, &buffer, 4096)
      guard count > 0 else { break }
      total += count
    }
    thread.join()
    close(reading)
    #expect(total == size)
  }

  @Test func `says when the other end is gone`() {
    Signals.ignoreBrokenPipes()
    var ends: [Int32] = [-1, -1]
    #expect(unsafe pipe(&ends) == 0)
    close(ends[0])
    #expect(!Output.write("x", to: ends[1]))
    close(ends[1])
  }
}
