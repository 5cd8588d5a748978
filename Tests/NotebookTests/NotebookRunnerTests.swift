import Notebook
import Platform
import Runtime
import Testing

@Suite struct NotebookRunnerTests {
  private static func cell(_ source: String) -> String {
    #"{"cell_type": "code", "execution_count": null, "id": "a", "metadata": {}, "outputs": [],"#
      + #" "source": "\#(source)"}"#
  }

  private func runner(of sources: [String], allowsErrors: Bool = false) throws -> NotebookRunner {
    let cells = sources.map(Self.cell).joined(separator: ", ")
    let text = #"{"cells": [\#(cells)], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"#
    return NotebookRunner(
      try NotebookFile(parsing: Array(text.utf8), name: "n.ipynb"),
      NotebookRunner.Options(allowsErrors: allowsErrors))
  }

  private func thread() throws -> SessionThread {
    try #require(
      SessionThread(
        SessionConfiguration(
          target: .plain, usesColor: false, threads: 1, memoryLimit: 1 << 32,
          workingDirectory: "/nonexistent", isHermetic: true),
        interruption: Interruption()))
  }

  @Test(arguments: [false, true])
  func `ends within a cell once nobody wants more`(allowsErrors: Bool) throws {
    let thread = try thread()
    defer { thread.stop() }
    var runner = try runner(
      of: ["1", "while True: print(2)", "3"], allowsErrors: allowsErrors)
    var isWanted = true
    let failure = runner.run(on: thread, isWanted: { isWanted }) { step in
      if case .event(.stream) = step { isWanted = false }
    }
    #expect(failure?.name == "KeyboardInterrupt")
    #expect(runner.executed == [0, 1])
    #expect(!runner.isComplete)
  }

  @Test func `ends between cells once nobody wants more`() throws {
    let thread = try thread()
    defer { thread.stop() }
    var runner = try runner(of: ["x = 1", "y = 2"])
    var ended = 0
    let failure = runner.run(on: thread, isWanted: { ended < 1 }) { step in
      if case .ended = step { ended += 1 }
    }
    #expect(failure == nil)
    #expect(runner.executed == [0])
    #expect(!runner.isComplete)
  }

  @Test func `runs all cells otherwise`() throws {
    let thread = try thread()
    defer { thread.stop() }
    var runner = try runner(of: ["x = 1", "x + 1"])
    #expect(runner.run(on: thread) { _ in } == nil)
    #expect(runner.isComplete)
    #expect(runner.notebook.outputs(of: 1).count == 1)
  }
}
