import Testing

@testable import Notebook

/// Cells are parted into source and lines to the session.
@Suite struct CellPartTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let code: String
    let parts: [CellPart]
    var testDescription: String { code }
  }

  @Test(arguments: [
    Case(code: "x = 1\nx", parts: [.source("x = 1\nx", line: 1)]),
    Case(code: "", parts: []),
    Case(code: " \n\n", parts: []),
    Case(code: "x?", parts: [.command(.help("x"))]),
    Case(code: "np.zeros??", parts: [.command(.help("np.zeros"))]),
    Case(code: "? len", parts: [.command(.help("len"))]),
    Case(code: "!ls -l", parts: [.command(.shell("ls -l"))]),
    Case(
      code: "%time f(1)", parts: [.command(.magic(name: "time", rest: "f(1)"))]),
    Case(
      code: "%%timeit f(1)", parts: [.command(.magic(name: "timeit", rest: "f(1)"))]),
    Case(
      code: "\n%%time\nfor i in range(3):\n    f(i)",
      parts: [.command(.magic(name: "time", rest: "\n\nfor i in range(3):\n    f(i)"))]),
    Case(
      code: "%%html\n<b>no source</b>",
      parts: [.command(.magic(name: "html", rest: "\n<b>no source</b>"))]),
    Case(
      code: "a = 1\n%who\nb = 2",
      parts: [
        .source("a = 1\n", line: 1), .command(.magic(name: "who", rest: "")),
        .source("b = 2", line: 3),
      ]),
    Case(code: "x = (5\n%3)", parts: [.source("x = (5\n%3)", line: 1)]),
    Case(code: "s = \"\"\"\n!no\n\"\"\"", parts: [.source("s = \"\"\"\n!no\n\"\"\"", line: 1)]),
    Case(
      code: "a = '''\n%no\n'''\n!ls",
      parts: [.source("a = '''\n%no\n'''\n", line: 1), .command(.shell("ls"))]),
    Case(code: "x = 7 \\\n% 3", parts: [.source("x = 7 \\\n% 3", line: 1)]),
    Case(code: "s = 'it\\\n!s'", parts: [.source("s = 'it\\\n!s'", line: 1)]),
    Case(
      code: "s = \"(\" # [\n!ls",
      parts: [.source("s = \"(\" # [\n", line: 1), .command(.shell("ls"))]),
    Case(code: "s = 'open\n!ls", parts: [.source("s = 'open\n", line: 1), .command(.shell("ls"))]),
    Case(code: "s = \"what?\"", parts: [.source("s = \"what?\"", line: 1)]),
    Case(code: "# really?", parts: [.source("# really?", line: 1)]),
    Case(code: "if x:\n    %who", parts: [.source("if x:\n    %who", line: 1)]),
  ])
  func `parts a cell`(example: Case) {
    #expect(CellPart.parts(of: example.code) == example.parts)
  }

  @Test(arguments: [
    ("x = 1", CellCompleteness.complete),
    ("%who", .complete),
    ("for i in range(3):", .incomplete(indent: "    ")),
    ("for i in range(3):\n    print(i)", .incomplete(indent: "    ")),
    ("for i in range(3):\n    print(i)\n", .complete),
    ("f(", .incomplete(indent: "")),
    ("%who\nf(", .incomplete(indent: "")),
    (")", .invalid),
  ])
  func `tells whether a cell is whole`(code: String, expected: CellCompleteness) {
    #expect(CellCompleteness.of(code) == expected)
  }
}
