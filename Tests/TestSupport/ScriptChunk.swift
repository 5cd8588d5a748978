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

  /// The chunks of a script; one that cannot run when there is no such file.
  ///
  /// - Parameters:
  ///   - name: The name of the script without its suffix.
  ///   - folder: The folder that holds it.
  /// - Returns: Its chunks in order.
  public static func chunks(of name: String, in folder: String) -> [ScriptChunk] {
    let file = "\(name).star"
    let text = (try? Repository.files.readText("\(folder)/\(file)")) ?? "missing \(file)"
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
