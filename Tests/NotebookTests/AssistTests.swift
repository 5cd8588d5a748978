import Notebook
import Platform
import Runtime
import Testing

/// Completion and inspection from text, cursor and what is bound.
@Suite struct AssistTests {
  /// What a session has bound after a few lines.
  static let snapshot: NameSnapshot = {
    let box = SnapshotBox()
    let session = Session(
      SessionConfiguration(
        target: .plain, usesColor: false, threads: 1, memoryLimit: 1 << 32,
        workingDirectory: "/nonexistent"),
      interruption: Interruption(), snapshot: box, emit: { _ in },
      ask: { _ throws(InputFailure) in throw .notAllowed })
    _ = session.run(
      Cell(
        code: "apple = {\"red\": 1, \"round\": 2}\napply = [1]\n_secret = 3", name: "cell"))
    return box.current
  }()

  /// `|` stands for the cursor.
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    /// What is replaced, in code points.
    let range: Range<Int>
    /// The first of the items.
    let items: [String]
    var testDescription: String { text }
  }

  @Test(arguments: [
    Case(text: "appl|", range: 0..<4, items: ["apple", "apply"]),
    Case(text: "x = appl| + 1", range: 4..<8, items: ["apple", "apply"]),
    Case(text: "😀 = appl|", range: 4..<8, items: ["apple", "apply"]),
    Case(text: "apple[\"r|", range: 7..<8, items: ["red", "round"]),
    Case(text: "apply.app|", range: 6..<9, items: ["append"]),
    Case(text: "whi|", range: 0..<3, items: ["while"]),
    Case(text: "_sec|", range: 0..<4, items: ["_secret"]),
    Case(text: "sorted(apply, rev|", range: 14..<17, items: ["reverse="]),
    Case(text: "import mat|", range: 7..<10, items: ["math", "matplotlib", "matplotlib.pyplot"]),
    Case(text: "import keras.la|", range: 7..<15, items: ["keras.layers"]),
    Case(text: "import math, ran|", range: 13..<16, items: ["random"]),
    Case(text: "import numpy |", range: 13..<13, items: ["as"]),
    Case(text: "from keras.layers import D|", range: 25..<26, items: ["Dense"]),
    Case(text: "from tensorflow.keras.layers import L|", range: 36..<37, items: ["LSTM"]),
    Case(text: "from math import (sqrt,\n  flo|", range: 26..<29, items: ["floor"]),
    Case(text: "x = 1; from math i|", range: 17..<18, items: ["import"]),
    Case(text: "keras.layers.De|", range: 13..<15, items: ["Dense"]),
    Case(text: "np.random.ran|", range: 10..<13, items: ["rand", "randint"]),
    Case(text: "%ti|", range: 0..<3, items: ["%time", "%timeit"]),
    Case(text: "x = 1\n%%tim|", range: 6..<11, items: ["%%time", "%%timeit"]),
    Case(text: "%time appl|", range: 6..<10, items: ["apple", "apply"]),
    Case(text: "if apple: ret|", range: 10..<13, items: ["return"]),
    Case(text: "print(lam|", range: 6..<9, items: ["lambda"]),
    Case(text: "# appl|", range: 6..<6, items: []),
    Case(text: "\"a\".upp|", range: 4..<7, items: ["upper"]),
    Case(text: "[1].app|", range: 4..<7, items: ["append"]),
    Case(text: "{}.ke|", range: 3..<5, items: ["keys"]),
    Case(text: "LSTM(5, activation='sigm|", range: 20..<24, items: ["sigmoid"]),
    Case(text: "Dense(3, \"rel|", range: 10..<13, items: ["relu"]),
  ])
  func `completes`(example: Case) throws {
    let bar = try #require(example.text.firstIndex(of: "|"))
    let cursor = example.text[..<bar].unicodeScalars.count
    let code = example.text.replacing("|", with: "")
    let list = Completer.complete(code, cursor: cursor, Self.snapshot)
    #expect(list.items.prefix(example.items.count).map(\.text) == example.items)
    if !example.items.isEmpty { #expect(list.start..<list.end == example.range) }
  }

  @Test(arguments: [
    "(1 + 2).app|", "f(x).app|", "# appl|", "apple.x.y|", "unknown['|",
    "print(whil|", "x = impor|", "import numpy as np|", "from nowhere import a|",
  ])
  func `offers nothing for what only running the code would tell`(text: String) {
    let code = text.replacing("|", with: "")
    let list = Completer.complete(code, cursor: code.unicodeScalars.count, Self.snapshot)
    #expect(list.items.isEmpty)
  }

  @Test(arguments: [("print", "print("), ("prin|t(1)", "print("), ("sorted(1, ", "sorted(")])
  func `inspects the name at the cursor or the function around it`(text: String, start: String)
    throws
  {
    let cursor = text.prefix { $0 != "|" }.unicodeScalars.count
    let code = text.replacing("|", with: "")
    let page = try #require(Inspector.inspect(code, cursor: cursor, detail: 0, Self.snapshot))
    #expect(page.text.hasPrefix(start))
  }

  @Test func `knows nothing of unknown names`() {
    #expect(Inspector.inspect("nothing_here", cursor: 3, detail: 0, Self.snapshot) == nil)
    #expect(Inspector.inspect("", cursor: 0, detail: 0, Self.snapshot) == nil)
  }

  @Test func `the reference explains names and lists them in groups`() throws {
    let reference = Reference()
    #expect(try #require(reference.page(of: "print")).hasPrefix("print("))
    #expect(reference.page(of: "np.zeros") == reference.page(of: "zeros"))
    #expect(reference.page(of: "prnt") == nil)
    #expect(reference.nearest(to: "prnt") == ["print"])
    #expect(reference.listing.contains("\n  print "))
  }
}
