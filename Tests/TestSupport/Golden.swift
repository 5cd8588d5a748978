import Platform
public import Testing

/// Texts that a person has looked at once and that must come out the same ever after.
///
/// They lie in `Golden/` beside the test. `UPDATE_GOLDEN=1 swift test` rewrites those that differ, and
/// fails, so that a rewrite is always looked at.
public struct Golden: Sendable {
  private let folder: String
  private let target: String

  /// Goldens in the folder `Golden` beside the calling file.
  public init(filePath: String = #filePath) {
    let parent = Repository.folder(above: filePath)
    folder = parent + "/Golden"
    target = parent.split(separator: "/").last.map(String.init) ?? ""
  }

  /// Expects a text to equal the golden of that name.
  ///
  /// The first line of the file, a comment in the style of its format, says how to renew it; formats
  /// without comments (`json`, `ipynb`) go without.
  public func expect(
    _ actual: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let wanted = header(for: name) + actual
    let path = folder + "/" + name
    let stored = try? Repository.files.readText(path)
    guard stored != wanted else { return }
    let difference =
      stored.map { LineDiff.text(expected: $0, actual: wanted) } ?? "there is no such file yet"
    if Environment.value("UPDATE_GOLDEN") == "1" {
      do {
        try Repository.files.makeFolder(Repository.folder(above: path))
        try Repository.files.write(wanted, to: path)
      } catch {
        Issue.record("cannot write \(path): \(error)", sourceLocation: sourceLocation)
      }
    }
    Issue.record(
      """
      Golden/\(name) differs (- expected, + received):
      \(difference)
      If the new text is right: UPDATE_GOLDEN=1 swift test --filter \(target)
      """, sourceLocation: sourceLocation)
  }

  private func header(for name: String) -> String {
    let text = "Renew with: UPDATE_GOLDEN=1 swift test --filter \(target)"
    switch name.split(separator: ".").last {
    case "svg", "html", "md": return "<!-- \(text) -->\n"
    case "json", "ipynb": return ""
    default: return "# \(text)\n"
    }
  }
}
