import TestSupport
import Testing

/// Runs the scripts beside this file; see ``ScriptChunk`` for their form.
@Suite(.serialized)
struct ScriptTests {
  private static let folder = Repository.path("Tests/BindingsTests/Scripts")

  static let chunks: [ScriptChunk] = [
    "builtins", "dtypes", "gradients", "indexing", "layers", "modules", "random", "scalars",
    "tensors", "training",
  ].flatMap { ScriptChunk.chunks(of: $0, in: folder) }

  @Test(arguments: chunks)
  func `holds what it asserts`(_ chunk: ScriptChunk) async throws {
    let record = await SessionRunner.run(chunk.text)
    try chunk.check(fault: record.fault)
  }
}
