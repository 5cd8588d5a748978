import TestSupport
import Testing

/// Runs the scripts beside this file; see ``ScriptChunk`` for their form.
@Suite(.serialized)
struct ScriptTests {
  static let chunks = ScriptChunk.chunks(in: "Tests/BindingsTests/Scripts")

  @Test(arguments: chunks)
  func `holds what it asserts`(_ chunk: ScriptChunk) async throws {
    #expect(chunk.asserts || chunk.expectedFault != nil)
    let record = await SessionRunner.run(chunk.text)
    try chunk.check(fault: record.fault)
  }
}
