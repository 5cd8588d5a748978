import Notebook
import Platform

/// Whole programs, for libFuzzer: each input is a cell of a new session, which can reach no file.
///
/// The sanitizers find traps and broken memory; this adds that a cell ends within the time after it
/// is interrupted, and that each error names its place.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProgram(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  guard let text = String(validating: bytes, as: UTF8.self) else { return 0 }
  let configuration = SessionConfiguration(
    target: .plain, usesColor: false, threads: 1, memoryLimit: 1 << 30,
    workingDirectory: "/nonexistent", isHermetic: true, outputLimit: 100_000)
  guard let session = SessionThread(configuration, interruption: Interruption()) else { return -1 }
  defer { session.stop() }
  session.begin(Cell(code: text, name: "input.star", allowInput: false))
  var deadline = Clocks.monotonic() + 1
  var isInterrupted = false
  while true {
    switch session.next(timeout: max(deadline - Clocks.monotonic(), 0)) {
    case .finished(let outcome):
      if case .error(let report) = outcome.status,
        !report.plain.contains(where: { $0.contains("--> ") })
      {
        fatalError("an error without a place: \(report.plain)")
      }
      return 0
    case nil where isInterrupted: fatalError("no end 10 seconds after the interrupt")
    case nil:
      session.interruption.request(.interrupt)
      isInterrupted = true
      deadline += 10
    default: break
    }
  }
}
