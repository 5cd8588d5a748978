import TestSupport
import Testing

/// Runs the scripts beside this file, each chunk in a fresh interpreter; see ``ScriptChunk``.
///
/// Values are checked with `assert_eq`.
@Suite
struct ScriptTests {
  static let folder = Repository.path("Tests/RuntimeTests/Scripts")

  static let chunks = ScriptChunk.chunks(in: "Tests/RuntimeTests/Scripts")

  @Test(arguments: chunks)
  func `gives the values and faults that it says`(_ chunk: ScriptChunk) async throws {
    let outcome = await Evaluation.run(chunk.text, name: chunk.file, folder: ScriptTests.folder)
    if outcome.fault == nil, chunk.expectedFault == nil {
      #expect(outcome.assertions > 0)
    }
    try chunk.check(fault: outcome.fault.map { ($0.line, $0.text) })
  }
}
