import Notebook
import Platform
import Runtime
import TestSupport
import Testing

/// Inputs that once went wrong: `script/fuzz` or a person found them.
@Suite struct CorpusTests {
  @Test(arguments: Repository.files(in: "Tests/NotebookTests/Corpus", suffix: ".star"))
  func `ends in time, with a value or an error that has a place`(path: String) throws {
    let bytes = try FileAccess.unrestricted.read(Repository.path(path))
    let source = try #require(String(validating: bytes, as: UTF8.self))
    let session = try #require(
      SessionThread(
        SessionConfiguration(
          target: .plain, usesColor: false, threads: 1, memoryLimit: 1 << 32,
          workingDirectory: "/nonexistent", isHermetic: true),
        interruption: Interruption()))
    defer { session.stop() }
    session.begin(Cell(code: source, name: "input.star", allowInput: false))
    // The bound of the release binary is 5 seconds; this is the slower build.
    let deadline = Clocks.monotonic() + 60
    while true {
      switch session.next(timeout: max(deadline - Clocks.monotonic(), 0)) {
      case .finished(let outcome):
        guard case .error(let report) = outcome.status else { return }
        #expect(report.plain.contains { $0.contains("--> input.star:") }, "\(report.plain)")
        return
      case nil:
        Issue.record("no end")
        session.interruption.request(.interrupt)
        return
      default: break
      }
    }
  }
}
