import Diagnostics
import Testing

@testable import Syntax

@Suite struct ResolverTests {
  private func resolve(_ source: String) throws -> (Module, Resolution) {
    let module = try Parser.parse(SourceFile(name: "test", text: source))
    return (module, try Resolver.resolve(module))
  }

  /// A source, and its functions in order as `slots | cells | captures`.
  static let layouts: [(source: String, functions: [String])] = [
    ("def f(a, *b, c=1, **d): e = a", ["a b c d e |  | "]),
    ("def f():\n  for i in x: y, *z = i\n  del w", ["i y z w |  | "]),
    ("def f(a):\n  def g(): return a\n  return g", ["a g |  | ", " |  | local(0)"]),
    (
      "def f(a):\n  def g():\n    def h(): return a\n    return h\n  return g",
      ["a g |  | ", "h |  | local(0)", " |  | freeValue(0)"]
    ),
    (
      "def f(a):\n  def g():\n    def h(): return a\n    return h\n  a = 1",
      ["a g | 0 | ", "h |  | cell(0)", " |  | free(0)"]
    ),
    // A value is captured when nothing can bind the variable again, and something has already.
    ("def f():\n  a = 1\n  return lambda: a", ["a |  | ", " |  | local(0)"]),
    ("def f():\n  g = lambda: a\n  a = 1", ["g a | 1 | ", " |  | cell(1)"]),
    ("def f():\n  g = lambda: g", ["g | 0 | ", " |  | cell(0)"]),
    ("def f():\n  a = 1\n  g = lambda: a\n  a += 1", ["a g | 0 | ", " |  | cell(0)"]),
    ("def f():\n  a = 1\n  g = lambda: a\n  del a", ["a g | 0 | ", " |  | cell(0)"]),
    ("def f():\n  if x: a = 1\n  return lambda: a", ["a | 0 | ", " |  | cell(0)"]),
    ("def f():\n  while x: a = 1\n  return lambda: a", ["a | 0 | ", " |  | cell(0)"]),
    ("def f():\n  for a in x: g = lambda: a", ["a g | 0 | ", " |  | cell(0)"]),
    ("def f(a):\n  for a in x: g = lambda: a", ["a g | 0 | ", " |  | cell(0)"]),
    (
      "def f():\n  a = 1\n  return [lambda: a for a in x]", ["a a | 1 | ", " |  | cell(1)"]
    ),
    ("def f(a):\n  def a(): return a\n", ["a | 0 | ", " |  | cell(0)"]),
    ("def f(n): return f(n - 1)", ["n |  | "]),
    ("def f(x): return [x for x in x]", ["x x |  | "]),
    ("def f(): return [lambda: i for i in x]", ["i | 0 | ", " |  | cell(0)"]),
    ("x = 1\ndef f(): return x", [" |  | "]),
    ("def f(a, b=lambda: a): pass", ["a b |  | ", " |  | "]),
    ("def f():\n  import a.b, c as d\n  from e import g as h\n", ["a d h |  | "]),
    (
      "def f(a, b):\n  return lambda: (lambda: b + a, a)",
      ["a b |  | ", " |  | local(1) local(0)", " |  | freeValue(0) freeValue(1)"]
    ),
  ]

  @Test(arguments: layouts)
  func `lays out frames`(_ source: String, _ functions: [String]) throws {
    let (_, resolution) = try resolve(source)
    #expect(resolution.functions.map(text) == functions)
  }

  private func text(_ layout: FrameLayout) -> String {
    let captures = layout.captures.map { "\($0)" }.joined(separator: " ")
    let cells = layout.cells.map(String.init).joined(separator: " ")
    return "\(layout.slotNames.joined(separator: " ")) | \(cells) | \(captures)"
  }

  @Test func `gives comprehensions at the top level slots of their own`() throws {
    let (_, resolution) = try resolve("x = [x for x in x if x]\ny = [x for z in x]\n")
    #expect(text(resolution.topLevel) == "x z |  | ")
    #expect(resolution.globals == ["x", "y"])
    #expect(resolution.uses.map(\.name.text) == ["x"])
    #expect(resolution.bindings.filter { $0 == .local(0) }.count == 3)
  }

  @Test func `lists the first use of each global`() throws {
    let (_, resolution) = try resolve("def f(a): return g(a) + K\nK = 1\nf(K)\nx += 1\ndel y\n")
    #expect(resolution.globals == ["f", "K", "x"])
    #expect(resolution.uses.map(\.name.text) == ["g", "K", "f", "x", "y"])
    #expect(resolution.uses.map(\.name.span.start) == [17, 24, 32, 37, 48])
  }

  @Test func `a captured variable is a cell wherever it is named when it can change`() throws {
    let (_, resolution) = try resolve("def f(a): return a + (lambda: a)()")
    #expect(resolution.bindings == [.global, .local(0), .local(0), .freeValue(0)])
    let (_, other) = try resolve("def f(a):\n  a += (lambda: a)()")
    #expect(other.bindings == [.global, .cell(0), .cell(0), .free(0)])
  }

  @Test func `shows all findings in the order of the text`() throws {
    let source = "break\ndef f(a, a):\n  continue\n  g(b=1, b=2)\nreturn 1\n"
    let module = try Parser.parse(SourceFile(name: "test", text: source))
    let errors = #expect(throws: SyntaxErrors.self) { try Resolver.resolve(module) }
    #expect(
      errors?.diagnostics.map(\.message) == [
        "'break' stands outside a loop", "two parameters have the name 'a'",
        "'continue' stands outside a loop", "two arguments have the name 'b'",
        "'return' stands outside a function",
      ])
  }

  @Test func `a loop around a function is not a loop in it`() throws {
    let module = try Parser.parse(
      SourceFile(name: "test", text: "for i in x:\n  def f(): break\n"))
    #expect(throws: SyntaxErrors.self) { try Resolver.resolve(module) }
  }
}
