import JSON
import TestSupport
import Testing

/// What the tests lean on is tested itself.
@Suite struct SupportTests {
  @Test func `a difference shows the lines that differ and their neighbours`() {
    let old = "a\nb\nc\nd\ne\nf\ng"
    let new = "a\nb\nc\nD\ne\nf\ng\nh"
    #expect(
      LineDiff.text(expected: old, actual: new, context: 1)
        == "…\n  c\n- d\n+ D\n  e\n…\n  g\n+ h")
    #expect(LineDiff.text(expected: old, actual: old).isEmpty)
  }

  @Test func `a tolerance is relative with a floor`() {
    let tolerance = Tolerance(relative: 0.01, absolute: 0.001)
    #expect(tolerance.accepts(100.9, for: 100))
    #expect(!tolerance.accepts(102, for: 100))
    #expect(tolerance.accepts(0.0005, for: 0))
    #expect(!tolerance.accepts(.nan, for: 0))
    #expect(tolerance.accepts(.nan, for: .nan))
    #expect(!tolerance.accepts(.infinity, for: -.infinity))
    #expect(tolerance.difference([1, 2], from: [1, 2]) == nil)
    #expect(
      tolerance.difference([1, 2, 5], from: [1, 3, 4.9])
        == "2 of 3 numbers differ, most at index 1: expected 3.0; received 2.0")
    #expect(tolerance.difference([1], from: []) == "expected 0 numbers; received 1")
  }

  @Test func `the repository is found`() throws {
    #expect(try Repository.text("Package.swift").contains("swift-tools-version"))
  }

  @Test(.enabled(if: Parity.isPresent, Parity.skipReason))
  func `recorded tensors are read`() throws {
    let record = try #require(Parity.cases["lstm/last"])
    let file = try Parity.file(try #require(record["file"]?.string))
    let name = try #require(record["outputs"]?[0]?.string)
    let output = try file.tensor(name)
    #expect(file.names.contains(name))
    #expect(output.values.count == output.shape.reduce(1, *))
    #expect(output.values.allSatisfy { abs($0) < 1 })
  }
}
