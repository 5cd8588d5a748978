import Diagnostics
import Platform
import Testing

@testable import Runtime

/// Runs the scripts beside this file: chunks separated by `---`, each in a fresh interpreter.
///
/// A chunk checks values with `assert_eq` and says which faults it expects, each on the line where
/// it comes up, as `### "regular expression"` of the fault's name and message. A fault ends a
/// chunk, so that a chunk expects at most one.
@Suite
struct ScriptTests {
  static let folder = "\(#filePath.dropLast("ScriptTests.swift".count))Scripts"

  struct Chunk: Sendable, CustomTestStringConvertible {
    let file: String
    let firstLine: Int
    let text: String

    var testDescription: String { "\(file):\(firstLine)" }
  }

  static let chunks: [Chunk] = [
    "arithmetic", "calls", "comparisons", "containers", "control", "errors", "functions",
    "iteration", "limits", "loading", "names", "strings", "unpacking",
  ].flatMap(chunks)

  private static func chunks(of name: String) -> [Chunk] {
    let file = "\(name).star"
    let text = (try? FileAccess.unrestricted.readText("\(folder)/\(file)")) ?? "missing \(file)"
    var result: [Chunk] = []
    var lines: [Substring] = []
    var first = 1
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line == "---" {
        result.append(Chunk(file: file, firstLine: first, text: lines.joined(separator: "\n")))
        lines = []
        first = number + 2
      } else {
        lines.append(line)
      }
    }
    result.append(Chunk(file: file, firstLine: first, text: lines.joined(separator: "\n")))
    return result
  }

  @Test(arguments: chunks)
  func `gives the values and faults that it says`(_ chunk: Chunk) async throws {
    let outcome = await Evaluation.run(chunk.text, name: chunk.file, folder: ScriptTests.folder)
    let expected = ScriptTests.expectation(chunk.text)
    switch (outcome.fault, expected) {
    case (nil, nil): #expect(outcome.assertions > 0 || chunk.text.contains("print"))
    case (let fault?, nil):
      Issue.record("line \(fault.line + chunk.firstLine - 1): \(fault.text)")
    case (nil, let expected?):
      Issue.record("line \(expected.line + chunk.firstLine - 1): no fault \(expected.pattern)")
    case (let fault?, let expected?):
      #expect(fault.line == expected.line, "\(fault.text)")
      let regex = try Regex(expected.pattern)
      #expect(fault.text.contains(regex), "\(fault.text) is not like \(expected.pattern)")
    }
  }

  /// The fault that a chunk expects.
  private static func expectation(_ text: String) -> (line: Int, pattern: String)? {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let mark = line.range(of: "### \"") else { continue }
      return (number + 1, String(line[mark.upperBound...].dropLast()))
    }
    return nil
  }
}

extension Substring {
  /// The place of a text in this one.
  fileprivate func range(of wanted: String) -> Range<Index>? { ranges(of: wanted).first }
}
