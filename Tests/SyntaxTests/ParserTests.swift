import Diagnostics
import Testing

@testable import Syntax

@Suite struct ParserTests {
  /// A source and the shape of its tree.
  struct Case: Sendable, CustomTestStringConvertible {
    let source: String
    let shape: String

    init(_ source: String, _ shape: String) {
      self.source = source
      self.shape = shape
    }

    var testDescription: String { source }
  }

  static let expressions: [Case] = [
    Case("1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"),
    Case("-2 ** -x ** 2", "(-(2 ** (-(x ** 2))))"),
    Case("a @ b // c % d / e", "((((a @ b) // c) % d) / e)"),
    Case("a | b ^ c & d << e + f", "(a | (b ^ (c & (d << (e + f)))))"),
    Case("~+-a", "(~(+(-a)))"),
    Case("not a and b or c", "(((not a) and b) or c)"),
    Case("not a == b", "(not (a == b))"),
    Case("a < b <= c != d", "(a < b <= c != d)"),
    Case("(a < b) < c", "((a < b) < c)"),
    Case("a not in b in c", "(a not in b in c)"),
    Case("a is not None is b", "(a is not None is b)"),
    Case("a if b else c if d else e", "(b ? a : (d ? c : e))"),
    Case("a.b(c)[d].e", "a.b(c)[d].e"),
    Case("f(a, *b, c=d, *e, **g, h=1,)", "f(a, *b, c=d, *e, **g, h=1)"),
    Case("f(x for x in y if z)", "f([x for x in y if z])"),
    Case("[x + y for x in a if x for x, y in b]", "[(x + y) for x in a if x for <x, y> in b]"),
    Case("{k: v for k, v in d}", "{k: v for <k, v> in d}"),
    Case("{1: 2, **m, 'a': b,}", "{1: 2, **m, \"a\": b}"),
    Case("(), (1,), (1), [], {}", "<<>, <1>, 1, [], {}>"),
    Case(
      "x[1], x[a:b], x[::2], x[:], x[..., None, 1:]",
      "<x[1], x[a:b:], x[::2], x[::], x[<..., None, 1::>]>"),
    Case("lambda: 1", "lambda() {return 1}"),
    Case("lambda a, /, b=1, *c, d, **e: a", "lambda(pos a, b=1, *c, key d, **e) {return a}"),
    Case("(a\n  +\n b)", "(a + b)"),
    Case("a \\\n + b", "(a + b)"),
    Case("größe + 数据", "(größe + 数据)"),
    Case("load", "load"),
  ]

  static let literals: [Case] = [
    Case("0, 1_000, 0xFF, 0o17, 0b101, 00", "<0, 1000, 255, 15, 5, 0>"),
    Case("9223372036854775807", "9223372036854775807"),
    Case("9223372036854775808", "big(9223372036854775808, 10)"),
    Case("0x1_0000_0000_0000_0000", "big(10000000000000000, 16)"),
    Case("1.5, .5, 1., 1e3, 1_0.0_1e-2, 1.e2", "<1.5, 0.5, 1.0, 1000.0, 0.1001, 100.0>"),
    Case("1e999", "inf"),
    Case(#""a\n\t\\\"\x41\u00e9\U0001F600\101\0""#, #""a\n\t\\\"Aé😀A\0""#),
    Case(#"r"\d\"" + R'\''"#, #"("\\d\\\"" + "\\\'")"#),
    Case(#"b"a\xff\n\0""#, "b[97, 255, 10, 0]"),
    Case(#"rb"\x" + Br'\y'"#, "(b[92, 120] + b[92, 121])"),
    Case("\"\"\"a\r\nb\"c\"\"\"", #""a\nb\"c""#),
    Case("'a\\\nb'", #""ab""#),
    Case("u'x'", #""x""#),
    Case(#"f"a{b}c""#, #"f("a" {b} "c")"#),
    Case(#"f"{{}}{a!r:>{w}.{p}f}""#, #"f("{}" {a!r:">" {w} "." {p} "f"})"#),
    Case(#"f"{a=}{b = }{c=!s}{d=:5}""#, #"f({"a=" a!r} {"b = " b!r} {"c=" c!s} {"d=" d:"5"})"#),
    Case(#"f"{d["k"]} {f"{x}"}""#, #"f({d["k"]} " " {f({x})})"#),
    Case(#"f"{ {1: 2}[1] } {a != b} {x:=^9}""#, #"f({{1: 2}[1]} " " {(a != b)} " " {x:"=^9"})"#),
    Case("f'''{\na,\n1}\n'''", #"f({<a, 1>} "\n")"#),
    Case(#"rf"\d{a}\n""#, #"f("\\d" {a} "\\n")"#),
    Case(#"f"{(lambda x: x)(1)}""#, "f({lambda(x) {return x}(1)})"),
  ]

  static let statements: [Case] = [
    Case("a = 1; b = 2;", "a = 1; b = 2"),
    Case("a, b = b, a", "<a, b> = <b, a>"),
    Case("(a, [b, *c]), d.e, f[0] = x", "<<a, <b, *c>>, d.e, f[0]> = x"),
    Case("a, = x", "<a> = x"),
    Case("x: int = 3\ny: list[int]\nself.x: float = 1", "x = 3; pass; self.x = 1"),
    Case("a += 1\na[0] **= 2\na.b @= c\nx //= y", "a += 1; a[0] **= 2; a.b @= c; x //= y"),
    Case("if a: b\nelif c: d\nelse: e", "if a {b} else {if c {d} else {e}}"),
    Case("if a:\n\tb\n\tif c:\n\t\td\ne", "if a {b; if c {d}}; e"),
    Case(
      "for i, (j, *k) in a, b:\n  break\n  continue", "for <i, <j, *k>> in <a, b> {break; continue}"
    ),
    Case("while a: b; c", "while a {b; c}"),
    Case(
      "def f(a, b: int = 1, *, c: str, **d) -> x.y: return", "def f(a, b=1, key c, **d) {return}"),
    Case("def f(\n  a,\n  /,\n):\n\n  # note\n    \n  pass # end\n", "def f(pos a) {pass}"),
    Case("assert a == 1, 'no'", "assert (a == 1), \"no\""),
    Case("del a, b[0], (c.d, e)", "del a, b[0], c.d, e"),
    Case("load('m.star', 'f', g='h',)", "load m.star: f=f, g=h"),
    Case("x = load('m.npy')", "x = load(\"m.npy\")"),
    Case("import a.b as c, d.e", "import a.b as c; import d.e binds d"),
    Case("from a.b import (c as d, e,)", "from a.b import d=c, e=e"),
    Case("from m import *", "from m import *"),
    Case("\u{FEFF}a = 1\r\n\r\nif a:\r\n  b\r\n", "a = 1; if a {b}"),
    Case("# only a comment", ""),
    Case("\n\n", ""),
    Case("print(x for x in y)", "print([x for x in y])"),
  ]

  @Test(arguments: expressions + literals + statements)
  func `builds the tree`(_ test: Case) throws {
    let module = try Parser.parse(SourceFile(name: "test", text: test.source))
    #expect(Shape.of(module) == test.shape)
  }

  @Test func `spans cover the tokens of an expression`() throws {
    let source = "f((a) + b[1] * (c), x = -d)"
    let module = try Parser.parse(SourceFile(name: "test", text: source))
    guard case .expression(let call)? = module.statements.first?.kind,
      case .call(_, let arguments) = call.kind
    else {
      Issue.record("expected a call")
      return
    }
    let bytes = Array(source.utf8)
    func text(_ span: Span) -> String {
      String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
    }
    #expect(text(call.span) == source)
    #expect(arguments.map { text($0.value.span) } == ["(a) + b[1] * (c)", "-d"])
    guard case .binary(_, let left, let right, let place)? = arguments.first?.value.kind else {
      Issue.record("expected a sum")
      return
    }
    #expect([left.span, place, right.span].map(text) == ["a", "+", "b[1] * (c)"])
  }

  @Test(arguments: [
    ("1;", true), ("1", false), ("a = 1;", false), ("1; 2;", true), ("1;\n2", false),
    ("for a in b: c;", false), ("1; # note", true),
  ])
  func `a last semicolon hides the result`(_ source: String, _ hides: Bool) throws {
    #expect(try Parser.parse(SourceFile(name: "test", text: source)).hidesResult == hides)
  }

  @Test func `keeps docstrings`() throws {
    let source = "def f():\n  '''Adds.'''\n  return 1\n"
    let module = try Parser.parse(SourceFile(name: "test", text: source))
    guard case .def(let function)? = module.statements.first?.kind else {
      Issue.record("expected a function")
      return
    }
    #expect(function.docstring == "Adds.")
    #expect(source.utf8.prefix(Int(function.headerSpan.end)).elementsEqual("def f()".utf8))
  }
}
