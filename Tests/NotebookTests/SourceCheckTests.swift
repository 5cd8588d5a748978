import Diagnostics
import Notebook
import Testing

/// What is wrong before anything runs.
@Suite struct SourceCheckTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let cells: [String]
    var errors: [String] = []
    var unbound: [String] = []
    var testDescription: String { cells.joined(separator: " --- ") }
  }

  @Test(arguments: [
    Case(cells: ["x = 1\nprint(x)"]),
    Case(cells: ["print(y)"], unbound: ["name 'y' is not bound anywhere"]),
    Case(cells: ["def f(): return K", "K = 1"]),
    Case(cells: ["%time z = 1\nz"]),
    Case(cells: ["%matplotlib inline\nx?\n!ls\nprint(1)"]),
    Case(
      cells: ["x = ", "print(y)", "z = )", "print(x)"], errors: ["SyntaxError", "SyntaxError"],
      unbound: ["name 'y' is not bound anywhere"]),
  ])
  func `finds wrong syntax and unbound names`(example: Case) {
    let findings = SourceCheck.findings(
      in: example.cells.map { (name: "cell", code: $0) }, known: ["print"])
    #expect(findings.errors.map(\.name) == example.errors)
    #expect(findings.unbound.map(\.message) == example.unbound)
  }

  @Test func `proposes the variables of the function first`() {
    let source = "totals = 1\ndef f(total): return totl"
    let findings = SourceCheck.findings(in: [(name: "cell", code: source)], known: [])
    #expect(findings.unbound.map(\.help) == ["did you mean 'total'?"])
  }
}
