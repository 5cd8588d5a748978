import Diagnostics
import TestSupport
import Testing

@Suite struct RendererTests {
  private let golden = Golden()

  /// A program in which places are written as `«1…»`, and what is said about them.
  struct Case: Sendable, CustomTestStringConvertible {
    let id: String
    let source: String
    let message: String
    let labels: [String]
    var note: String?
    var help: String?
    var testDescription: String { id }
  }

  static let cases: [Case] = [
    Case(
      id: "operands", source: "x = 3\ntotal = «2:1» «1:+» «3:\"a\"»\n",
      message: "cannot add int and string", labels: ["", "int", "string"],
      help: "write str(1) + \"a\""),
    Case(
      id: "unclosed", source: "f(a, «2:(»b, c)\n\nprint(1)\ny = «1:»",
      message: "'(' was never closed", labels: ["expected ')' before the end", "opened here"]),
    Case(
      id: "tabs", source: "if x:\n\ty\t= «1:wrong»\t+ 1", message: "name 'wrong' is not defined",
      labels: ["not found"], help: "did you mean 'strong'?"),
    Case(
      id: "wide-characters", source: "größe = \"漢字e\u{301}😀\" + «1:名前» + 1",
      message: "name '名前' is not defined", labels: ["here"]),
    Case(
      id: "several-lines", source: "x = «1:f(\n  1,\n  2,\n  3\n)» + 2",
      message: "f() takes 2 arguments; received 3", labels: ["this call"]),
    Case(
      id: "lines-nearby", source: "«2:def f():»\n  pass\n  «1:return 1»\n",
      message: "unreachable", labels: ["", "in this function"]),
    Case(
      id: "overlapping", source: "«1:a[«2:10»]»", message: "index out of range",
      labels: ["3 elements", "expected -3 to 2"]),
    Case(
      id: "long-line",
      source: "x = [" + String(repeating: "1234567, ", count: 40) + "«1:oops»"
        + String(repeating: ", 1234567", count: 40) + "]",
      message: "name 'oops' is not defined", labels: ["here"]),
    Case(
      id: "megabyte", source: String(repeating: "é", count: 500_000) + "«1:x»", message: "too long",
      labels: [""]),
    Case(
      id: "control-characters", source: "x = \"\u{1B}[31m\u{202E}\" + «1:y»\u{0}",
      message: "bad \u{1B}[2J message", labels: ["\u{7}bell"]),
    Case(
      id: "end-of-an-empty-text", source: "«1:»", message: "expected a statement", labels: ["here"]),
    Case(
      id: "remarks", source: "«1:x»", message: "two\nlines", labels: [""],
      note: "a fact\nof two lines", help: "an edit"),
    Case(id: "windows-line-ends", source: "a\r\n«1:b»\r\n", message: "second line", labels: [""]),
  ]

  @Test(arguments: cases)
  func `places are underlined`(_ example: Case) {
    let (source, spans) = Self.places(in: example.source)
    let file = SourceFile(name: "cell 2", text: source)
    let labels = example.labels.enumerated().map { index, text in
      Diagnostic.Label(file, spans[index + 1] ?? .none, text)
    }
    let diagnostic = Diagnostic(
      name: "ValueError", message: example.message, primary: labels.first,
      secondary: Array(labels.dropFirst()), note: example.note, help: example.help)
    golden.expect(
      Renderer(usesColor: false, columns: 80).text(of: diagnostic),
      equals: "\(example.id).txt")
  }

  @Test func `a diagnostic without a place has a header and remarks`() {
    let diagnostic = Diagnostic(
      name: "MemoryError", message: "expected at most 4 GB", primary: nil, help: "use float32")
    #expect(
      Renderer(usesColor: false).text(of: diagnostic)
        == "MemoryError: expected at most 4 GB\nhelp: use float32\n")
  }

  @Test func `a message of a megabyte is cut`() {
    let name = String(repeating: "é", count: 500_000)
    let diagnostic = Diagnostic(
      name: "NameError", message: "name '\(name)' is not defined", primary: nil, help: name)
    let lines = Renderer(usesColor: false).text(of: diagnostic).split(separator: "\n")
    #expect(lines.map(\.count) == ["NameError: ".count + 10_001, "help: ".count + 10_001])
    #expect(lines.allSatisfy { $0.hasSuffix("é…") })
  }

  @Test func `a warning says so`() {
    let diagnostic = Diagnostic(.warning, name: "Advice", message: "look here", primary: nil)
    #expect(Renderer(usesColor: false).text(of: diagnostic) == "warning: look here\n")
  }

  @Test func `calls are listed newest last and repetitions folded`() {
    let lib = SourceFile(
      name: "lib.star", text: "def even(n): return odd(n)\ndef odd(n): return even(n)\n")
    let cell = SourceFile(name: "cell 1", text: "def f(n):\n\treturn f(n - 1)\n\nf(1000)\neven(3)")
    func frame(_ name: String, _ file: SourceFile, _ start: Int, _ end: Int) -> Diagnostic.Frame {
      Diagnostic.Frame(function: name, label: .init(file, Span(start, end)))
    }
    var frames = [frame("<cell>", cell, 28, 35)]
    frames += Array(repeating: frame("f", cell, 18, 26), count: 997)
    frames.append(frame("f", cell, 11, 17))
    for _ in 0..<10 {
      frames.append(frame("even", lib, 20, 26))
      frames.append(frame("odd", lib, 46, 53))
    }
    frames.append(frame("même", lib, 20, 26))
    let diagnostic = Diagnostic(
      name: "RecursionError", message: "expected at most 1000 calls",
      primary: .init(lib, Span(20, 26)), frames: frames)
    golden.expect(Renderer(usesColor: false).text(of: diagnostic), equals: "calls.txt")
  }

  @Test func `colours mark the parts`() {
    let file = SourceFile(name: "a.star", text: "1 + x")
    let diagnostic = Diagnostic(
      name: "TypeError", message: "no", primary: .init(file, Span(2, 3), "here"), help: "yes")
    let text = Renderer(usesColor: true).text(of: diagnostic)
    golden.expect(text.replacing("\u{1B}", with: "ESC"), equals: "colours.txt")
  }

  @Test func `colours can be taken away and nothing else`() {
    let file = SourceFile(name: "a.star", text: "1 + x[3m] + [1]")
    let diagnostic = Diagnostic(
      name: "TypeError", message: "no", primary: .init(file, Span(2, 3), "here"), help: "yes")
    let coloured = Renderer(usesColor: true).text(of: diagnostic)
    #expect(Renderer.withoutColors(coloured) == Renderer(usesColor: false).text(of: diagnostic))
    #expect(Renderer.withoutColors("a\u{1B}[2Kb\u{1B}[1;31mc\u{1B}[") == "a\u{1B}[2Kbc\u{1B}[")
  }

  @Test func `two files are shown one after the other`() {
    let first = SourceFile(name: "a.star", text: "load(\"b.star\", \"f\")")
    let second = SourceFile(name: "b.star", text: "\n\ng = 1")
    let diagnostic = Diagnostic(
      name: "NameError", message: "'b.star' has no 'f'", primary: .init(first, Span(15, 18)),
      secondary: [.init(second, Span(2, 3), "it has this")])
    golden.expect(Renderer(usesColor: false).text(of: diagnostic), equals: "two-files.txt")
  }

  /// Takes the marks `«1:…»` out of a text and gives the places that they stood around.
  private static func places(in marked: String) -> (text: String, spans: [Int: Span]) {
    var bytes: [UInt8] = []
    var open: [(number: Int, start: Int)] = []
    var spans: [Int: Span] = [:]
    var scalars = marked.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "«" {
        let number = Int(String(scalars.removeFirst())) ?? 0
        scalars.removeFirst()
        open.append((number, bytes.count))
      } else if scalar == "»", let mark = open.popLast() {
        spans[mark.number] = Span(mark.start, bytes.count)
      } else {
        bytes += Array(String(scalar).utf8)
      }
    }
    return (String(decoding: bytes, as: UTF8.self), spans)
  }
}
