import Bindings
import Catalog
import Diagnostics
import Notebook
import Platform
import Runtime
import Testing

/// What is wrong before anything runs.
@Suite struct SourceCheckTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let cells: [String]
    /// `line:column Name: message`, in order.
    var findings: [String] = []
    var testDescription: String { cells.joined(separator: " --- ") }

    init(_ cells: String..., findings: [String] = []) {
      self.cells = cells
      self.findings = findings
    }
  }

  static func findings(_ cells: [String]) -> SourceCheck.Findings {
    let session = Session(
      SessionConfiguration(
        target: .plain, usesColor: false, threads: 1, memoryLimit: 1 << 32,
        workingDirectory: "/nonexistent"),
      interruption: Interruption(), snapshot: SnapshotBox(), emit: { _ in },
      ask: { _ throws(InputFailure) in throw .notAllowed })
    return session.findings(in: cells.map { Cell(code: $0, name: "cell") })
  }

  static func line(_ finding: Diagnostic) -> String {
    guard let label = finding.primary else { return "\(finding.name): \(finding.message)" }
    let (line, column) = label.file.position(of: Int(label.span.start))
    return "\(line):\(column) \(finding.name): \(finding.message)"
  }

  @Test(arguments: [
    Case("print(y)", findings: ["1:7 NameError: name 'y' is not bound anywhere"]),
    Case(
      "x = ", "print(y)", "z = )", "print(x)",
      findings: [
        "1:4 SyntaxError: expected an expression, found the end of the line",
        "1:7 NameError: name 'y' is not bound anywhere",
        "1:5 SyntaxError: ')' closes nothing",
      ]),
    Case("import pandas", findings: ["1:8 ImportError: there is no module 'pandas'"]),
    Case(
      "def f():\n  import keras.layer as k\n  return k",
      findings: ["2:10 ImportError: there is no module 'keras.layer'"]),
    Case("from sklearn import *", findings: ["1:6 ImportError: there is no module 'sklearn'"]),
    Case(
      "from keras.layers import Dense, Dropuot\nDropuot(1)",
      findings: ["1:33 ImportError: module 'keras.layers' has no name 'Dropuot'"]),
    Case(
      "y = np.kaiser([1])\nprint(math.sqr(y))",
      findings: [
        "1:8 AttributeError: module 'numpy' has no attribute 'kaiser'",
        "2:12 AttributeError: module 'math' has no attribute 'sqr'",
      ]),
    Case(
      "import math as m", "def f(x):\n  return [m.sqr(v) for v in x]",
      findings: ["2:13 AttributeError: module 'math' has no attribute 'sqr'"]),
    Case(
      "import matplotlib\nmatplotlib.pyplot.plto([1])",
      findings: ["2:19 AttributeError: module 'matplotlib.pyplot' has no attribute 'plto'"]),
    Case(
      "np.random.rnad(3).mean().foo",
      findings: ["1:11 AttributeError: module 'random' has no attribute 'rnad'"]),
    Case(
      "print(1, sepp=\"\")",
      findings: ["1:10 TypeError: print() got an unexpected keyword argument 'sepp'"]),
    Case("len(x=[])", findings: ["1:5 TypeError: len() takes 'x' by position only"]),
    Case(
      "plt.plot([1], lable=\"a\")",
      findings: ["1:15 TypeError: plot: no parameter is named 'lable'"]),
    Case(
      "np.zeros(shap=3)",
      findings: ["1:10 TypeError: zeros() got an unexpected keyword argument 'shap'"]),
    Case(
      "from keras.layers import LSTM as L\nL(4, return_sequence=True)",
      findings: ["2:6 TypeError: LSTM() got an unexpected keyword argument 'return_sequence'"]),
    // Calls of the program's own functions, as far as it is certain which they mean.
    Case(
      "def f(a, b=2): return a", "f()\nf(1, 2, 3)\nf(1, d=4)\nf(1, a=4)\nf(1, b=2)\nf(*[1, 2, 3])",
      findings: [
        "1:1 TypeError: f() is missing the argument 'a'",
        "2:1 TypeError: f() takes at most 2 positional arguments; received 3",
        "3:6 TypeError: f() got an unexpected keyword argument 'd'",
        "4:1 TypeError: f() got more than one value for argument 'a'",
      ]),
    Case(
      "def f(a, /, *rest, c, **more): return a", "f(1, 2, 3, c=4, d=5)\nf(1)",
      findings: ["2:1 TypeError: f() is missing the argument 'c'"]),
    Case("def f(a): return a", "def f(): return 1", "f()"),
    Case("def f(a): return a", "f = len", "f()"),
    Case("from numpy import zeros as f", "def f(a): return a", "f(1, dtype=int64)"),
    Case("def f(a): return a", "def g(f): return f()"),
    Case("def g():\n  def f(a): return a\n  return f(1)\nf = len"),
    Case("def len(a): return a", "len(1, 2)"),
    Case(
      "if type(f) == int or np.zeros != type(1): pass", "f = 1",
      findings: [
        "1:4 Advice: type() gives a text, which never equals a function such as int",
        "1:22 Advice: type() gives a text, which always differs from a function such as np.zeros",
      ]),
    Case(
      "assert(1 > 2, \"no\")", "assert (1, 2)\nassert (1 > 0), \"yes\"\nassert ()",
      findings: [
        "1:7 Advice: this assert never fails: a tuple with values is true",
        "1:8 Advice: this assert never fails: a tuple with values is true",
      ]),
    Case("type(1) == \"int\"", "type(1) == kind", "kind = \"int\""),
    Case("def f(type): return type(1) == int", "def g(int): return type(1) == int"),
    // In the order of the lines, whatever their kind.
    Case(
      "len(x=1)\nnowhere\nnp.nothing\nimport nix\nnever",
      findings: [
        "1:5 TypeError: len() takes 'x' by position only",
        "2:1 NameError: name 'nowhere' is not bound anywhere",
        "3:4 AttributeError: module 'numpy' has no attribute 'nothing'",
        "4:8 ImportError: there is no module 'nix'",
        "5:1 NameError: name 'never' is not bound anywhere",
      ]),
  ])
  func `finds what is wrong, in the order of the lines`(example: Case) {
    #expect(Self.findings(example.cells).all.map(Self.line) == example.findings)
  }

  @Test(arguments: [
    Case("x = 1\nprint(x)"),
    Case("def f(): return K", "K = 1"),
    Case("%time z = 1\nz"),
    Case("%matplotlib inline\nx?\n!ls\nprint(1)"),
    // What is bound anywhere to something else means nothing certain.
    Case("np = struct(kaiser=len)\nnp.kaiser([1])"),
    Case("np.kaiser([1])", "for np in []: pass"),
    Case("import math", "def math(): pass", "math.sqr"),
    Case("del math\nmath.sqr"),
    Case("load(\"a.star\", \"plt\")\nplt.plto()"),
    Case("def f(np): return np.kaiser(np.x)"),
    Case("[np.kaiser for np in []]"),
    Case("lambda math: math.sqr"),
    Case("def f():\n  def g(): return math.sqr\n  math = 1\n  return g"),
    Case("import math as np\nnp.sqr"),
    Case("def print(sepp): return sepp\nprint(sepp=1)"),
    Case("from numpy import sum\nsum([1], start=2)"),
    Case("if hasattr(np, \"kaiser\"): np.kaiser([1])"),
    // Attributes of what is no module.
    Case("x = np.zeros(3)\nx.kaiser()\nnp.zeros(3).kaiser\nnp.pi.foo\nDense(1).wieghts"),
    // Arguments that are not told one by one, that any function takes, or that have short forms.
    Case("o = {}\nnp.zeros(**o)\nplt.plot(*[1], **o)"),
    Case("dict(a=1)\nstruct(b=2)\n\"{x}\".format(x=1)\nplt.tight_layout(pad=1)"),
    Case("plt.plot([1, 2], lw=2, c=\"r\", ls=\"--\", ms=3)"),
    // The operation takes over when the first argument is a tensor.
    Case("sum(np.ones((2, 2)), axis=0)\nmax(np.ones(3), axis=0)"),
    Case("from numpy.random import *\nrandn(3)\nfrom keras.layers import *\nDense(1)"),
    Case("import keras\nkeras.layers.Dense(1)\nimport tensorflow.keras.layers as l\nl.LSTM(2)"),
    Case("import numpy as np\nimport numpy as np\nnp.zeros(shape=(2,)).mean(axis=0)"),
    // What a cell that cannot be read binds is not known.
    Case("x = ", findings: ["1:4 SyntaxError: expected an expression, found the end of the line"]),
    Case(
      "np = (", "np.kaiser",
      findings: ["1:6 SyntaxError: '(' was never closed"]),
  ])
  func `finds nothing in what may be right`(example: Case) {
    #expect(Self.findings(example.cells).all.map(Self.line) == example.findings)
  }

  @Test(arguments: [
    ("totals = 1\ndef f(total): return totl", "did you mean 'total'?"),
    ("from keras.layers import Dens", "did you mean 'Dense'?"),
    ("math.sqr", "did you mean 'sqrt'?"),
    ("plt.plot([1], lable=2)", "did you mean 'label'?"),
    ("Adam(lr=1)", "write learning_rate="),
    (
      "from keras.layers import GRU",
      "the layers so far: Dense, LSTM, SimpleRNN, Activation, Flatten, RepeatVector, Reshape"
    ),
    ("import pandas", "files of your own are read with load(\"file.star\", \"name\")"),
  ])
  func `proposes what was meant`(source: String, help: String) {
    #expect(Self.findings([source]).all.map(\.help) == [help])
  }

  @Test func `tells a mistake in the words of the run`() {
    for source in ["import nmpy", "math.sqr(1)", "np.zeros(shap=1)", "from math import sqr"] {
      let found = Self.findings([source]).all
      #expect(found.count == 1)
      let errors = Monitor<[ErrorReport]>([])
      let session = Session(
        SessionConfiguration(
          target: .plain, usesColor: false, threads: 1, memoryLimit: 1 << 32,
          workingDirectory: "/nonexistent"),
        interruption: Interruption(), snapshot: SnapshotBox(),
        emit: { event in if case .error(let error) = event { errors.withLock { $0 += [error] } } },
        ask: { _ throws(InputFailure) in throw .notAllowed })
      _ = session.run(Cell(code: source, name: "cell"))
      let ran = errors.withLock { $0 }
      #expect(found.map(\.message) == ran.map(\.message))
      #expect(found.map(\.name) == ran.map(\.name))
    }
  }

  // MARK: Programs that are right

  @Test func `finds nothing in the examples of the catalogue`() {
    for entry in EntryTable.all {
      for example in entry.examples {
        let found = Self.findings([example.source]).all.map(Self.line)
        #expect(found.isEmpty, "\(entry.name): \(example.source)")
      }
    }
  }

  @Test(arguments: ["Benchmarks/programs", "Benchmarks/language", "notebooks"])
  func `finds nothing in the programs of the project`(folder: String) throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let files = FileAccess.unrestricted
    let names = try files.list("/\(root)/\(folder)").filter {
      $0.hasSuffix(".star") || $0.hasSuffix(".ipynb")
    }
    #expect(names.count > 1)
    for name in names {
      let text = try files.read("/\(root)/\(folder)/\(name)")
      let cells =
        name.hasSuffix(".star")
        ? [String(decoding: text, as: UTF8.self)]
        : NotebookRunner(try NotebookFile(parsing: text, name: name)).cells.map(\.code)
      let found = Self.findings(cells).all.map(Self.line)
      #expect(found.isEmpty, "\(name)")
    }
  }
}
