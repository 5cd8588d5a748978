import Notebook
import Platform
import Runtime
import Testing

/// Cells go in, events come out.
@Suite struct SessionTests {
  /// A session whose events are kept as short lines.
  private final class Recorded {
    let session: Session
    let lines = Monitor<[String]>([])
    let snapshot = SnapshotBox()
    let interruption = Interruption()

    init(answer: Result<String, InputFailure> = .failure(.endOfFile)) {
      let lines = lines
      session = Session(
        SessionConfiguration(
          target: .plain, usesColor: false, threads: 1, memoryLimit: 1 << 32,
          workingDirectory: "/nonexistent"),
        interruption: interruption, snapshot: snapshot,
        emit: { event in
          let line = Self.line(event)
          lines.withLock { $0.append(line) }
        },
        ask: { _ throws(InputFailure) in try answer.get() })
    }

    static func line(_ event: Event) -> String {
      switch event {
      case .stream(let stream, let text): "\(stream.name) \(text)"
      case .display(let bundle, let id): "display \(id ?? "-") \(bundle.text)"
      case .update(let bundle, let id): "update \(id) \(bundle.text)"
      case .result(let bundle, let count): "result \(count) \(bundle.text)"
      case .error(let report): "error \(report.name)"
      case .advice: "advice"
      case .clear(let wait): "clear \(wait)"
      case .page(let bundle): "page \(bundle.text.prefix { $0 != "\n" })"
      case .progress: "progress"
      }
    }

    @discardableResult
    func run(
      _ code: String, storeHistory: Bool = true, showsResult: Bool = true, silent: Bool = false,
      allowInput: Bool = true
    ) -> [String] {
      lines.withLock { $0 = [] }
      _ = session.run(
        Cell(
          code: code, name: "cell", storeHistory: storeHistory, showsResult: showsResult,
          silent: silent, allowInput: allowInput))
      return lines.withLock { $0 }
    }
  }

  @Test(arguments: [
    ("1 + 1", ["result 1 2"]), ("1 + 1;", []), ("None", []), ("", []), ("# note", []),
    ("x = 3\nx * 2", ["result 1 6"]),
    ("print(\"a\"); print(\"b\")", ["stdout a\n", "stdout b\n"]),
    ("print(\"a\")\n1 / 0", ["stdout a\n", "error ZeroDivisionError"]),
    ("\"text\"", ["result 1 \"text\""]),
    ("len?", ["page len(x, /)"]),
    (
      "%nothing",
      [
        "stderr note: %nothing does not exist here: there are %mem, %reset, %time, "
          + "%timeit, %who\n"
      ]
    ),
    ("(1", ["error SyntaxError"]),
  ])
  func `shows what a cell shows`(code: String, lines: [String]) {
    #expect(Recorded().run(code) == lines)
  }

  @Test func `names stay bound and results are remembered`() {
    let recorded = Recorded()
    recorded.run("x = 20")
    #expect(recorded.run("x + 1") == ["result 2 21"])
    #expect(recorded.run("_ * 2") == ["result 3 42"])
    #expect(recorded.run("_") == ["result 4 42"])
    #expect(recorded.run("Out[2], In[1]") == ["result 5 (21, \"x = 20\")"])
  }

  @Test func `effects before an error stay`() {
    let recorded = Recorded()
    #expect(recorded.run("x = 1\nnothing_here") == ["error NameError"])
    #expect(recorded.run("x") == ["result 2 1"])
  }

  @Test func `a silent cell shows and counts nothing`() {
    let recorded = Recorded()
    #expect(recorded.run("print(1)\n2", silent: true).isEmpty)
    #expect(recorded.session.executionCount == 0)
    #expect(recorded.run("1", storeHistory: false) == ["result 0 1"])
    #expect(recorded.run("1") == ["result 1 1"])
  }

  /// A list too deep to be written.
  private static let deep = "xs = []\nfor i in range(5000): xs = [xs]\n"

  @Test(arguments: ["xs", "[1,\n xs]"])
  func `a result that cannot be shown is an error at the last expression`(last: String) {
    let outcome = Recorded().session.run(Cell(code: Self.deep + last, name: "cell"))
    guard case .error(let report) = outcome.status else { Issue.record("no error"); return }
    #expect(report.name == "RecursionError")
    #expect(report.plain.contains { $0.contains("--> cell:3:") }, "\(report.plain)")
  }

  @Test func `a cell that shows no result does not make its text`() {
    let recorded = Recorded()
    #expect(recorded.run(Self.deep + "xs", showsResult: false) == [])
    #expect(recorded.run("1 + 1", showsResult: false) == [])
    #expect(recorded.run("_") == ["result 3 2"])
  }

  @Test func `asks for input`() {
    let code = "print(input(\"? \"))"
    #expect(Recorded(answer: .success("Ada")).run(code) == ["stdout Ada\n"])
    #expect(Recorded().run(code) == ["error EOFError"])
    #expect(Recorded().run(code, allowInput: false) == ["error StdinNotImplementedError"])
    #expect(Recorded(answer: .failure(.interrupted)).run(code) == ["error KeyboardInterrupt"])
    #expect(Recorded(answer: .failure(.undeliverable("full"))).run(code) == ["error OSError"])
  }

  @Test(arguments: [(3, true), (500, false)])
  func `an interrupted cell shows what it has drawn, unless that takes long`(
    marks: Int, isShown: Bool
  ) {
    let code = "for _ in range(\(marks)):\n  plot([1, 2])\ninput()"
    let lines = Recorded(answer: .failure(.interrupted)).run(code)
    #expect(lines.last == "error KeyboardInterrupt")
    #expect(lines.dropLast().contains { $0.hasPrefix("display") } == isShown)
  }

  @Test(arguments: [
    (Interruption.Reason.interrupt, "error KeyboardInterrupt"), (.timeout, "error TimeoutError"),
    (.memory, "error MemoryError"),
  ])
  func `a request to stop ends the cell and leaves the state`(
    reason: Interruption.Reason, line: String
  ) {
    let recorded = Recorded()
    recorded.run("x = 1")
    recorded.interruption.request(reason)
    #expect(recorded.run("while True: pass") == [line])
    #expect(recorded.run("x") == ["result 3 1"])
  }

  @Test func `evaluates expressions each by itself`() {
    let recorded = Recorded()
    recorded.run("x = 2")
    let results = recorded.session.evaluate(expressions: [
      (name: "a", source: "x * 2"), (name: "b", source: "missing"), (name: "c", source: "x"),
    ])
    let texts = results.map { name, result in
      switch result {
      case .success(let bundle): "\(name) \(bundle.text)"
      case .failure(let report): "\(name) \(report.name)"
      }
    }
    #expect(texts == ["a 4", "b NameError", "c 2"])
  }

  @Test func `In and Out keep the numbers of cells after a reset`() {
    let recorded = Recorded()
    recorded.run("1 + 1")
    recorded.run("%reset")
    #expect(recorded.run("In[3], len(In)") == ["result 3 (\"In[3], len(In)\", 4)"])
    #expect(recorded.run("Out.keys()") == ["result 4 [3]"])
  }

  @Test func `In and Out keep the latest thousand`() {
    let recorded = Recorded()
    for number in 1...1001 { recorded.run("\(number)") }
    #expect(
      recorded.run("len(Out), 1 in Out, Out[1001], _, In[2], In[3]") == [
        "result 1002 (1000, False, 1001, 1001, \"\", \"3\")"
      ])
  }

  @Test func `a request that comes after the last statement does not stop the next cell`() {
    let recorded = Recorded()
    recorded.interruption.request(.interrupt)
    recorded.run("")
    #expect(recorded.run("1 + 1") == ["result 2 2"])
  }

  @Test func `a magic of two signs takes the rest of the cell`() {
    let lines = Recorded().run("%%time\nx = 2\nx * 3")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("stdout CPU time: ") == true)
    #expect(lines.last == "result 1 6")
  }

  @Test func `the snapshot knows what is bound`() {
    let recorded = Recorded()
    #expect(recorded.snapshot.current.find("print") != nil)
    recorded.run("table = {\"alpha\": 1, 2: 3}")
    #expect(recorded.snapshot.current.find("table")?.keys == ["alpha"])
    recorded.run("%reset")
    #expect(recorded.snapshot.current.find("table") == nil)
  }

  @Test func `gives the arguments of a script`() {
    #expect(Recorded().run("import sys\nsys.argv") == ["result 1 [\"\"]"])
  }
}
