import JSON
import Notebook
import TestSupport
import Testing

/// Notebook files are read, changed where asked and written as nbformat does.
@Suite struct NotebookFileTests {
  @Test(arguments: Repository.files(in: "notebooks", suffix: ".ipynb"))
  func `writes what it has read`(path: String) throws {
    let text = try Repository.text(path)
    let notebook = try NotebookFile(parsing: Array(text.utf8), name: path)
    #expect(String(decoding: notebook.bytes, as: UTF8.self) == text)
  }

  static let small = """
    {"cells": [
      {"cell_type": "markdown", "metadata": {}, "source": "# Title"},
      {"cell_type": "code", "execution_count": null, "outputs": [],
       "metadata": {"tags": ["parameters"], "execution": {"x": 1}}, "source": ["n = 1\\n", "n"]}
    ], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    """

  private func notebook() throws -> NotebookFile {
    try NotebookFile(parsing: Array(Self.small.utf8), name: "small.ipynb")
  }

  @Test func `reads cells`() throws {
    let cells = try notebook().cells
    #expect(cells.map(\.isCode) == [false, true])
    #expect(cells[1].source == "n = 1\nn")
    #expect(cells[1].tags == ["parameters"])
  }

  @Test func `replaces outputs and forgets old times`() throws {
    var notebook = try notebook()
    notebook.setOutputs([["output_type": "stream"]], count: 4, of: 1)
    let value = try JSONValue(parsing: notebook.bytes)
    #expect(value["cells"]?[1]?["execution_count"] == 4)
    #expect(value["cells"]?[1]?["metadata"]?["execution"] == nil)
    #expect(notebook.outputs(of: 1) == [["output_type": "stream"]])
    #expect(notebook.outputs(of: 9).isEmpty)
  }

  @Test func `parameters go behind the cell that is tagged for them`() throws {
    var runner = NotebookRunner(try notebook())
    runner.inject([try #require(NotebookParameter("n=3"))])
    #expect(runner.notebook.cells.map(\.source) == ["# Title", "n = 1\nn", "# Parameters\nn = 3"])
    // Once more: the cell is replaced, not doubled.
    runner.inject([try #require(NotebookParameter("n=4"))])
    #expect(runner.notebook.cells.map(\.source) == ["# Title", "n = 1\nn", "# Parameters\nn = 4"])
  }

  @Test(arguments: [
    ("n=3", "n = 3"), ("rate=1e-3", "rate = 0.001"), ("on=True", "on = True"),
    ("x=None", "x = None"), ("name=a b", "name = \"a b\""), ("e=", "e = \"\""),
    ("q=say \"hi\"", "q = \"say \\\"hi\\\"\""), ("far=1e999", "far = \"1e999\""),
  ])
  func `parameters are numbers, constants or text`(text: String, line: String) {
    #expect(NotebookParameter(text)?.assignment == line)
  }

  @Test(arguments: ["", "n", "=3", "1n=2", "a-b=2"])
  func `what has no name is no parameter`(text: String) {
    #expect(NotebookParameter(text) == nil)
  }

  @Test(arguments: [
    ("{", "x is not a notebook: "),
    ("[]", "x is not a notebook that can be run: it has no list of cells"),
    (
      #"{"cells": [], "nbformat": 3}"#,
      "x is not a notebook that can be run: expected nbformat 4; received 3"
    ),
    (
      #"{"cells": [{}], "nbformat": 4}"#,
      "x is not a notebook that can be run: cell 1 has no type or no source"
    ),
  ])
  func `says what is no notebook`(text: String, message: String) {
    let error = #expect(throws: NotebookFileError.self) {
      try NotebookFile(parsing: Array(text.utf8), name: "x")
    }
    #expect(error?.description.hasPrefix(message) == true)
  }

  @Test func `differences name the kind of output`() {
    let stored: [JSONValue] = [
      ["output_type": "stream", "name": "stdout", "text": "a\n"],
      ["output_type": "stream", "name": "stdout", "text": ["b\n"]],
    ]
    let same: [JSONValue] = [["output_type": "stream", "name": "stdout", "text": ["a\n", "b\n"]]]
    let other: [JSONValue] = [["output_type": "stream", "name": "stdout", "text": "a\nc\n"]]
    #expect(OutputComparison.differences(stored: stored, fresh: same).isEmpty)
    #expect(
      OutputComparison.differences(stored: stored, fresh: other) == ["- stdout: b", "+ stdout: c"])
  }

  @Test func `long lines are shown from where they part`() {
    func output(_ end: String) -> [JSONValue] {
      let text = String(repeating: "x", count: 200) + end
      return [["output_type": "stream", "name": "stdout", "text": .string(text)]]
    }
    let tail = String(repeating: "x", count: 40)
    #expect(
      OutputComparison.differences(stored: output("one"), fresh: output("two"))
        == ["- …\(tail)one", "+ …\(tail)two"])
  }

  /// Two figures of a `path` and a `text`, and where they differ.
  static let figures: [(path: String, word: String, difference: String?)] = [
    ("M0 1h2", "loss", nil),
    ("M0 1h3", "loss", "line 2 on, in <path d>: stored 'M0 1h2', now 'M0 1h3'"),
    ("M0 1h2", "lost", "line 3 on, in the text after <text>: stored 'loss', now 'lost'"),
    (
      "M0 1h2\" fill=\"red", "loss",
      "line 2 on, in <path>: stored '<path d=\"M0 1h2\"/', now '<path d=\"M0 1h2\" fill=\"red\"/'"
    ),
    ("M0 1h2", "loss</text><g/><text>", "line 3 on, in an element: stored '</svg', now '<g/'"),
  ]

  @Test(arguments: figures)
  func `figures differ in an element`(path: String, word: String, difference: String?) {
    func output(_ path: String, _ word: String) -> [JSONValue] {
      let svg = "<svg>\n<path d=\"\(path)\"/>\n<text>\(word)</text></svg>"
      let data: JSONValue = ["image/svg+xml": .string(svg), "text/plain": "line"]
      return [["output_type": "display_data", "data": data]]
    }
    let lines = OutputComparison.differences(
      stored: output("M0 1h2", "loss"), fresh: output(path, word))
    #expect(lines == (difference.map { ["* display image/svg+xml: differs from \($0)"] } ?? []))
  }
}
