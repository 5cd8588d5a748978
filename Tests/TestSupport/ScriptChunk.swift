import Platform
public import Testing

/// A piece of a test script: scripts are chunks separated by `---`, each run by itself.
///
/// A chunk checks values and says which fault it expects on the line where that comes up, as
/// `### "regular expression"` of the fault's name and message. A fault ends a chunk, so that a chunk
/// expects at most one.
public struct ScriptChunk: Sendable, CustomTestStringConvertible {
  /// The name of the script, with its suffix.
  public let file: String
  /// The line of the script on which the chunk begins, from 1.
  public let firstLine: Int
  /// The source.
  public let text: String

  /// `tensors.star:12`.
  public var testDescription: String { "\(file):\(firstLine)" }

  /// The chunks of all scripts of a folder; one that cannot run when there are none.
  ///
  /// - Parameter folder: The folder, from the root of the repository; those within it are left out.
  /// - Returns: The chunks in order, the scripts by their names.
  public static func chunks(in folder: String) -> [ScriptChunk] {
    let scripts = Repository.files(in: folder, suffix: ".star").filter {
      !$0.dropFirst(folder.count + 1).contains("/")
    }
    return scripts.isEmpty
      ? [ScriptChunk(file: folder, firstLine: 1, text: "missing scripts")]
      : scripts.flatMap { chunks(of: $0) }
  }

  private static func chunks(of script: String) -> [ScriptChunk] {
    let file = script.split(separator: "/").last.map { String($0) } ?? script
    let text = (try? Repository.text(script)) ?? "missing script"
    var result: [ScriptChunk] = []
    var lines: [Substring] = []
    var first = 1
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line == "---" {
        result.append(
          ScriptChunk(file: file, firstLine: first, text: lines.joined(separator: "\n")))
        lines = []
        first = number + 2
      } else {
        lines.append(line)
      }
    }
    result.append(ScriptChunk(file: file, firstLine: first, text: lines.joined(separator: "\n")))
    return result
  }

  /// The fault that the chunk expects: its line within the chunk and what its text is like.
  public var expectedFault: (line: Int, pattern: String)? {
    let mark = "### \""
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let place = line.ranges(of: mark).first else { continue }
      return (number + 1, String(line[place.upperBound...].dropLast()))
    }
    return nil
  }

  /// True when the chunk has a statement, or a call, that checks a value.
  public var asserts: Bool {
    text.split(separator: "\n").contains { line in
      line.drop { $0 == " " }.hasPrefix("assert")
    }
  }

  /// Compares how a run of the chunk ended with what the chunk expects.
  ///
  /// - Parameter fault: The line within the chunk and the text of the fault that ended the run.
  /// - Throws: When the pattern is no regular expression.
  public func check(fault: (line: Int, text: String)?) throws {
    switch (fault, expectedFault) {
    case (nil, nil): break
    case (let fault?, nil):
      Issue.record("line \(fault.line + firstLine - 1): \(fault.text)")
    case (nil, let expected?):
      Issue.record("line \(expected.line + firstLine - 1): no fault \(expected.pattern)")
    case (let fault?, let expected?):
      #expect(fault.line == expected.line, "\(fault.text)")
      let isLike = fault.text.contains(try Regex(expected.pattern))
      #expect(isLike, "\(fault.text) is not like \(expected.pattern)")
    }
  }
}
