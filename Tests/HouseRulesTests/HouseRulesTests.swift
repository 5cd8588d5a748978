import Platform
import Testing
import TestSupport

/// The repository keeps its own rules.
@Suite struct HouseRulesTests {
  private struct SourceText {
    let path: String
    let text: String
    let tokens: [SwiftToken]
  }

  private static let sources = texts(in: "Sources")
  private static let tests = texts(in: "Tests")

  private static func texts(in folder: String) -> [SourceText] {
    Repository.files(in: folder, suffix: ".swift").compactMap { path in
      guard let text = try? Repository.text(path) else { return nil }
      return SourceText(path: path, text: text, tokens: SwiftTokens.of(text))
    }
  }

  @Test func `the sources are found`() {
    #expect(Self.sources.count > 20)
    #expect(Self.tests.contains { $0.path == "Tests/HouseRulesTests/HouseRulesTests.swift" })
  }

  @Test func `targets import only what the architecture allows`() {
    expectNone(Self.sources.flatMap { Rules.importDirections($0.path, $0.tokens) })
  }

  @Test func `no file is longer than its cap`() {
    let files = Repository.files(in: "Sources") + Repository.files(in: "Tests", suffix: ".swift")
    expectNone(files.flatMap { Rules.fileSize($0, lines: Self.lineCount($0)) })
  }

  @Test func `no target is longer than its cap`() {
    var lines: [String: Int] = [:]
    for path in Repository.files(in: "Sources") {
      guard let target = Rules.target(of: path), !path.contains(".docc/") else { continue }
      lines[target, default: 0] += Self.lineCount(path)
    }
    expectNone(Rules.targetSizes(lines))
  }

  @Test func `no word that ends the process or shares state`() {
    expectNone(Self.sources.flatMap { Rules.forbiddenWords($0.path, $0.tokens) })
  }

  @Test func `every record stands in a table`() {
    let targets = Set(Self.sources.compactMap { Rules.target(of: $0.path) })
    for target in targets.sorted() {
      let files = Self.sources.filter { Rules.target(of: $0.path) == target }
      expectNone(Rules.unlistedRecords(files.map { ($0.path, $0.tokens) }))
    }
  }

  @Test func `nothing names one machine`() throws {
    var files = ["Sources", "Tests", "Benchmarks", "docs", "notebooks", "script", "kernelspec"]
      .flatMap { Repository.files(in: $0) }
    files += ["README.md", "CHANGELOG.md", "Package.swift", ".ci/run"]
    expectNone(
      files.flatMap { path in
        (try? Repository.text(path)).map { Rules.foreignWords(path, $0) } ?? []
      })
  }

  @Test func `links in documents lead somewhere`() {
    let files =
      Repository.files(in: "", suffix: ".md").filter { !$0.hasPrefix("build/") }
    #expect(!files.isEmpty)
    expectNone(
      files.flatMap { path in
        let text = (try? Repository.text(path)) ?? ""
        return Links.broken(path, text) { Repository.files.exists(Repository.path($0)) }
      })
  }

  @Test func `every golden is read by a test`() {
    let goldens = Repository.files(in: "Tests").filter { $0.contains("/Golden/") }
    expectNone(
      goldens.flatMap { path in
        Goldens.unread(
          path, tests: Self.tests.map { ($0.path, $0.text) },
          sources: Self.sources.map(\.text))
      })
  }

  private static func lineCount(_ path: String) -> Int {
    ((try? Repository.files.read(Repository.path(path))) ?? []).count { $0 == 0x0A }
  }

  private func expectNone(
    _ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let list = violations.map(\.description).joined(separator: "\n")
    #expect(violations.isEmpty, "\(list)", sourceLocation: sourceLocation)
  }
}

/// Finds goldens that are left over from tests that are gone.
enum Goldens {
  /// A golden is read when its name, with or without ending, stands in a test of its target; names
  /// made from the records of a table stand in the sources.
  static func unread(_ path: String, tests: [(path: String, text: String)], sources: [String])
    -> [Violation]
  {
    let parts = path.split(separator: "/")
    guard parts.count > 2, let file = parts.last else { return [] }
    let folder = parts.prefix(2).joined(separator: "/") + "/"
    let name = String(file.prefix { $0 != "." })
    let isRead =
      tests.contains { $0.path.hasPrefix(folder) && $0.text.contains(name) }
      || sources.contains { $0.contains("\"\(name)\"") }
    return isRead ? [] : [Violation(place: path, problem: "no test reads this golden")]
  }
}
