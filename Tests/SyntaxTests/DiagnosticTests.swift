import Diagnostics
import Syntax
import TestSupport
import Testing

/// What people read when a text is wrong: a golden for each mistake, with the text before it.
@Suite struct DiagnosticTests {
  static let habits: [(id: String, source: String)] = [
    ("adjacent-strings", "names = ['a' 'b', 'c']"),
    ("and-and", "if a && b: pass"),
    ("arrow", "f = x => x + 1"),
    ("async", "async def f(): pass"),
    ("backtick", "x = `y`"),
    ("braces", "while True {\n  f()\n}"),
    ("braces-of-function", "def f() {\n  g()\n}"),
    ("chained-assignment", "a = b = 1"),
    ("choice-mark", "x = a ? b : c"),
    ("choice-of-none", "x = a ?? b"),
    ("class", "class Net:\n  pass"),
    ("comment-slashes", "// a comment"),
    ("complex-number", "x = 3j"),
    ("condition-assigns", "if x = 3:\n  pass"),
    ("condition-assigns-in-choice", "y = 1 if x = 3 else 2"),
    ("decrement", "i--"),
    ("decorator", "@np.vectorize\ndef f(x): return x"),
    ("else-if", "if a:\n  b\nelse if c:\n  d"),
    ("elseif", "if a:\n  b\nelseif c:\n  d"),
    ("equal-thrice", "if a === b: pass"),
    ("except", "except E:\n  pass"),
    ("for-counting", "for i = 0; i < 3; i += 1:\n  f(i)"),
    ("for-else", "for i in x:\n  f(i)\nelse:\n  g()"),
    ("full-width-comma", "f(a，b)"),
    ("function-word", "function f(x) {"),
    ("generator", "g = (x for x in y)"),
    ("generator-beside-others", "sum((x for x in y), 1)"),
    ("global", "def f():\n  global x"),
    ("increment", "i++"),
    ("is-number", "if x is 3: pass"),
    ("is-type", "if type(x[0]) is not int: pass"),
    ("keyword-as-name", "lambda = 3"),
    ("lambda-in-format", "f'{lambda x: x}'"),
    ("let", "let x = 3"),
    ("match", "match x:\n  case 1: pass"),
    ("named-character", "'\\N{BULLET}'"),
    ("nonlocal", "nonlocal x"),
    ("none-guard", "x?.y"),
    ("not-mark", "if !x: pass"),
    ("octal", "mode = 0755"),
    ("or-or", "a || b"),
    ("print", "print \"loss\", x"),
    ("raise", "raise ValueError('x')"),
    ("relative-import", "from . import x"),
    ("set", "s = {1, 2, f(3)}"),
    ("set-comprehension", "s = {x for x in y}"),
    ("star-in-list", "x = [*a, 1]"),
    ("switch", "switch x:\n  case 1: pass"),
    ("then", "if a then b"),
    ("try", "try:\n  f()\nexcept E:\n  pass"),
    ("typographic-quotes", "x = “abc”"),
    ("unequal", "if a <> b: pass"),
    ("unequal-thrice", "if a !== b: pass"),
    ("walrus", "if (n := len(a)) > 10: pass"),
    ("with", "with open('x') as f:\n  pass"),
    ("yield", "def f():\n  yield 1"),
  ]

  static let mistakes: [(id: String, source: String)] = [
    ("argument-order", "f(a=1, 2)"),
    ("assign-to-call", "f(x) = 3"),
    ("assign-to-difference", "learning-rate = 3"),
    ("augmented-tuple", "a, b += 1"),
    ("backslash", "a \\ b"),
    ("bad-escape", "path = 'C:\\data'"),
    ("bad-hexadecimal", "x = '\\xZZ'"),
    ("bad-number", "x = 12abc"),
    ("bytes-beyond-ascii", "x = b'é'"),
    ("closing-mismatch", "f(a,\n  [b, c)"),
    ("closing-nothing", "f(a))"),
    ("condition-assigns-late", "if a == 1 and b = 2: pass"),
    ("control-character", "x = 1\u{7} + 2"),
    ("dedent-between", "if a:\n    b\n  c"),
    ("default-order", "def f(a=1, b): pass"),
    ("duplicate-names", "def f(a, a):\n  return g(b=1, b=2)\nbreak"),
    ("else-alone", "else:\n  pass"),
    ("empty-index", "x[]"),
    ("expression-missing", "x = 3 +"),
    ("dict-entry-missing", "x = {a: 1, b}"),
    ("format-brace", "f'a}b'"),
    ("format-conversion", "f'{x!q}'"),
    ("format-empty", "f'{}'"),
    ("format-unclosed", "f'{x'"),
    ("indent-missing", "for x in y:\nf(x)"),
    ("indent-missing-inner", "def f():\n  if x:\n  y = 1"),
    ("indent-missing-less", "def f():\n  while x:\ny = 1"),
    ("indent-missing-at-end", "def f():\n"),
    ("indent-unexpected", "a = 1\n  b = 2"),
    ("indent-unexpected-in-block", "if a:\n  b\n    c"),
    ("load-in-function", "def f():\n  load('a.star', 'b')"),
    ("missing-colon", "if x\n  pass"),
    ("missing-colon-before-word", "def f(x) return x"),
    ("missing-comma", "f(1 2)"),
    ("missing-else", "x = a if b"),
    ("mixed-tabs", "if a:\n\tb\n        c"),
    ("named-argument", "f(a.b=1)"),
    ("not-after-operator", "1 + not x"),
    ("nul", "x = 1\u{0}"),
    ("parenthesized-assignment", "x = (a = 3)"),
    ("positional-missing", "def f(/, a): pass"),
    ("quote-in-string", "x = 'it's'"),
    ("return-outside", "return 3"),
    ("second-name", "x = 5 y"),
    ("star-alone", "def f(*): pass"),
    ("string-unclosed", "x = 'abc\ny = 1"),
    ("suite-on-one-line", "if a: if b: c"),
    ("surrogate", "'\\ud800'"),
    ("too-deep", String(repeating: "(", count: 50_000) + String(repeating: ")", count: 50_000)),
    ("too-long-chain", "x = 1" + String(repeating: "+1", count: 600)),
    ("triple-unclosed", "x = '''abc\ndef\n"),
    ("unclosed", "total = sum([1, 2, 3)\nprint(total)"),
    ("unclosed-before-assignment", "x = (1 +\ny = 3\n"),
    ("unclosed-bracket", "data = zeros((3, 4)\nmodel = LSTM(5)\n"),
    ("underscores", "1__000"),
  ]

  @Test(arguments: habits) func `tells what to write instead`(_ id: String, _ source: String) {
    expect(id, source)
  }

  @Test(arguments: mistakes) func `tells what is wrong`(_ id: String, _ source: String) {
    expect(id, source)
  }

  private func expect(_ id: String, _ source: String) {
    let file = SourceFile(name: "test.star", text: source)
    var found: [Diagnostic] = []
    do {
      _ = try Resolver.resolve(try Parser.parse(file))
      Issue.record("expected a mistake")
    } catch let error as SyntaxError {
      found = [error.diagnostic]
    } catch let error as SyntaxErrors {
      found = error.diagnostics
    } catch {
      Issue.record(error)
    }
    let renderer = Renderer(usesColor: false)
    let shown = source.utf8.count < 1_000 ? source : String(source.prefix(40)) + "…"
    let program = shown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { "    " + $0.map { $0 == "\u{0}" || $0 == "\u{7}" ? "␀" : String($0) }.joined() }
    let text =
      program.joined(separator: "\n") + "\n\n" + found.map(renderer.text).joined(separator: "\n")
    Golden().expect(text, equals: "\(id).txt")
  }
}
