import Notebook
import Platform

/// The session of all inputs, which can reach no file; making one for each would take ten times as
/// long as most inputs do.
private let session = SessionThread(
  SessionConfiguration(
    target: .plain, usesColor: false, threads: 1, memoryLimit: 1 << 31,
    workingDirectory: "/nonexistent", isHermetic: true, outputLimit: 100_000),
  interruption: Interruption())

/// Whole programs, for libFuzzer: each input is a cell that starts without the names of the others.
///
/// The sanitizers find traps and broken memory; this adds that a cell ends in time once it is
/// interrupted, and that each other error names its place.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProgram(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  guard let text = String(validating: bytes, as: UTF8.self) else { return 0 }
  if let report = run(text), report.name != "KeyboardInterrupt",
    !report.plain.contains(where: { $0.contains("--> ") })
  {
    fatalError("an error without a place: \(report.plain)")
  }
  _ = run("%reset")
  return 0
}

/// Runs a cell, for a second and for as long as it then takes to stop; gives the error that ends it.
private func run(_ text: String) -> ErrorReport? {
  guard let session else { fatalError("there is no thread for the session") }
  session.begin(Cell(code: text, name: "input.star", storeHistory: false, allowInput: false))
  var deadline = Clocks.monotonic() + 1
  var isInterrupted = false
  while true {
    switch session.next(timeout: max(deadline - Clocks.monotonic(), 0)) {
    case .finished(let outcome):
      if case .error(let report) = outcome.status { return report }
      return nil
    case nil where isInterrupted: fatalError("no end 10 seconds after the interrupt")
    case nil:
      session.interruption.request(.interrupt)
      isInterrupted = true
      deadline += 10
    default: break
    }
  }
}
