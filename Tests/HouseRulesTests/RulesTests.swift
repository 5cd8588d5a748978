import Testing

/// Each rule is able to fail.
@Suite struct RulesTests {
  @Test(arguments: [
    ("Sources/Tensors/A.swift", "import Runtime"),
    ("Sources/Runtime/A.swift", "public import Tensors"),
    ("Sources/Plots/A.swift", "import struct Neural.Layer"),
    ("Sources/JSON/A.swift", "import Platform"),
    ("Sources/Notebook/A.swift", "internal import CZeroMQ"),
    ("Sources/Bindings/A.swift", "import Foundation"),
    ("Sources/Elsewhere/A.swift", "let x = 1"),
  ])
  func `an import against the arrows is found`(path: String, source: String) {
    #expect(Rules.importDirections(path, SwiftTokens.of(source)).count == 1)
  }

  @Test func `imports along the arrows are allowed`() {
    let source =
      "import Glibc\npublic import Runtime\nimport Platform\n// import Jupyter\n"
      + "case import, export"
    #expect(Rules.importDirections("Sources/Bindings/A.swift", SwiftTokens.of(source)).isEmpty)
  }

  @Test func `the arrows have no cycle`() {
    var finished: Set<String> = []
    while true {
      let ready = Rules.imports.filter { target, imports in
        !finished.contains(target)
          && imports.allSatisfy { finished.contains($0) || Rules.imports[$0] == nil }
      }
      if ready.isEmpty { break }
      finished.formUnion(ready.keys)
    }
    #expect(finished == Set(Rules.imports.keys))
  }

  @Test func `sizes beyond the caps are found`() {
    #expect(Rules.fileSize("a", lines: 600).isEmpty)
    #expect(Rules.fileSize("a", lines: 601).count == 1)
    #expect(Rules.targetSizes(["JSON": 850, "Plots": 100]).isEmpty)
    #expect(Rules.targetSizes(["JSON": 851, "Unknown": 1]).count == 2)
  }

  @Test(arguments: [
    "let x = try! f()", "let x = y as! Int", "fatalError(\"no\")", "precondition(x > 0)",
    "preconditionFailure()", "import Foundation", "unsafe f()", "nonisolated(unsafe) let x = 1",
    "extension X: @unchecked Sendable {}", "static var count = 0", "static var count: Int",
    "let text = \"\\(try! f())\"", "assert(x)", "@unsafe struct X {}",
  ])
  func `a forbidden word is found`(source: String) {
    #expect(Rules.forbiddenWords("Sources/Runtime/A.swift", SwiftTokens.of(source)).count == 1)
  }

  @Test(arguments: [
    "let x = try? f()", "let x = y as? Int", "// fatalError(\"no\")", "/* try! /* as! */ */ f()",
    "let text = \"try! unsafe\"", "let text = #\"a \"unsafe\" \\(b)\"#",
    "let text = \"\"\"\n  \"unsafe\"\n  \"\"\"", "import FoundationEssentials",
    "static var name: String { \"x\" }", "let isUnsafe = unsafeCount > 0",
    "case assert(condition: Int)", "let x = try !f()", "Plan(unchecked: 1)", "return .assert(x)",
  ])
  func `what only looks forbidden is let through`(source: String) {
    #expect(Rules.forbiddenWords("Sources/Runtime/A.swift", SwiftTokens.of(source)).isEmpty)
  }

  @Test func `unsafe code is allowed in its own folders only`() {
    let tokens = SwiftTokens.of("unsafe f()")
    #expect(Rules.forbiddenWords("Sources/Platform/A.swift", tokens).isEmpty)
    #expect(Rules.forbiddenWords("Sources/Jupyter/Signing.swift", tokens).isEmpty)
    #expect(Rules.forbiddenWords("Sources/Jupyter/Other.swift", tokens).count == 1)
  }

  @Test func `a text of one machine is found with its line`() {
    let text = "fine\nsee /wo" + "rk/notes and py" + "pi.org"
    #expect(Rules.foreignWords("README.md", text).map(\.place) == ["README.md:2", "README.md:2"])
    #expect(Rules.foreignWords("README.md", "a framework/plugin").isEmpty)
  }

  @Test func `a record without a table is found`() {
    let records =
      "extension OpSpec { static let relu = OpSpec(1)\nstatic let tanh: OpSpec = OpSpec.unary(2) }"
    let table = "let ops: [OpSpec] = [.relu]"
    let files = [("a", SwiftTokens.of(records)), ("b", SwiftTokens.of(table))]
    #expect(
      Rules.unlistedRecords(files)
        == [Violation(place: "a:2", problem: "no table lists the record 'tanh'")])
  }

  @Test func `a broken link is found`() {
    let text = """
      [a](docs/a.md#part) [b](https://example.org) [c](#here) <img src="docs/b.svg"> [d](mailto:x)
      ```
      x[1](2)
      ```
      """
    #expect(Links.relative(in: text) == ["docs/a.md", "docs/b.svg"])
    #expect(Links.broken("README.md", text) { $0 == "docs/a.md" }.count == 1)
    #expect(Links.broken("docs/x.md", "[a](a.md)") { $0 == "docs/a.md" }.isEmpty)
  }

  @Test func `a golden that no test names is found`() {
    let path = "Tests/PlotsTests/Golden/line.svg"
    #expect(Goldens.unread(path, tests: [], sources: []).count == 1)
    #expect(
      Goldens.unread(path, tests: [("Tests/JSONTests/A.swift", "line")], sources: []).count == 1)
    #expect(
      Goldens.unread(path, tests: [("Tests/PlotsTests/A.swift", "line")], sources: []).isEmpty)
    #expect(Goldens.unread(path, tests: [], sources: ["\"line\""]).isEmpty)
  }
}
