import Diagnostics
import Testing

@testable import Syntax

@Suite struct LimitTests {
  /// A text that nests without end.
  struct Case: Sendable, CustomTestStringConvertible {
    let id: String
    let text: String
    let message: String
    var testDescription: String { id }

    init(_ id: String, _ text: String, _ message: String = "too deeply nested") {
      self.id = id
      self.text = text
      self.message = message
    }
  }

  private static func times(_ text: String, _ count: Int = 10_000) -> String {
    String(repeating: text, count: count)
  }

  static let cases: [Case] = [
    Case("open parentheses", times("(", 100_000)),
    Case("brackets", times("[", 100_000) + times("]", 100_000)),
    Case("50 000 parentheses", times("(", 50_000) + "1" + times(")", 50_000)),
    Case("minuses", times("-", 100_000) + "1"),
    Case("not", times("not ") + "1"),
    Case("powers", "1" + times("**1")),
    Case("sums", "1" + times("+1", 100_000)),
    Case("choices of or", "1" + times(" or 1")),
    Case("calls", "f" + times("()")),
    Case("attributes", "f" + times(".a")),
    Case("indexes", "a" + times("[0]")),
    Case("nested indexes", times("a[")),
    Case("choices", times("1 if 1 else ") + "1"),
    Case("lambdas", times("lambda: ") + "1"),
    Case("dicts", times("{1:")),
    Case("f-strings", times("f'{")),
    Case("format specifications", "f'" + times("{a:")),
    Case("comprehensions", times("[a for a in ")),
    Case("targets", times("(") + "a" + times(",)") + " = 1"),
    Case("branches", "if a:\n pass\n" + times("elif b:\n pass\n"), "too many branches"),
    Case("blocks", (0..<1_000).map { times(" ", $0) + "if a:\n" }.joined()),
    Case("long number", "x = " + times("9", 400_000), "this number is too long"),
  ]

  @Test(arguments: cases)
  func `refuses what is too deep, with a place`(_ test: Case) {
    let file = SourceFile(name: "test", text: test.text)
    let error = #expect(throws: SyntaxError.self) { try Parser.parse(file) }
    #expect(error?.diagnostic.message.hasPrefix(test.message) == true)
    #expect(error?.diagnostic.primary != nil)
  }

  static let wide: [Case] = [
    Case("comparisons", "1" + times("<1", 100_000), ""),
    Case("list", "[" + times("1,") + "]", ""),
    Case("statements", times("a = 1\n"), ""),
    Case("99 brackets", times("[", 99) + times("]", 99), ""),
    Case("498 sums", "1" + times("+1", 498), ""),
    Case("400 branches", "if a:\n pass\n" + times("elif b:\n pass\n", 400), ""),
    Case(
      "90 functions",
      (0..<90).map { times(" ", $0) + "def f(x):\n" }.joined() + times(" ", 90) + "x", ""),
    Case("line of a megabyte", "x = '" + times("é", 500_000) + "'", ""),
  ]

  @Test(arguments: wide)
  func `accepts what is only wide`(_ test: Case) throws {
    _ = try Resolver.resolve(try Parser.parse(SourceFile(name: "test", text: test.text)))
  }

  @Test func `random tokens end in a tree or in an error with a place`() {
    let words = [
      "a", "b", "print", "load", "1", "0x1F", "1.5", "'s'", "\"t\"", "f'{", "f\"a{b!r:>{c}}\"",
      "'''", "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "...", "->", ":=", "=", "==", "!=",
      "<", ">", "<>", "+", "-", "++", "*", "**", "/", "//", "%", "@", "&", "&&", "|", "^", "~",
      "<<", ">>", "+=", "!", "?", "$", "\\", "\\\n", "\n", "\n  ", "\n    ", "\n\t", "\r\n", "#c\n",
      "\u{0}", "é", "“", "\u{A0}", "if ", "elif ", "else", "for ", " in ", "while ", "def ", "f(",
      "return ", "lambda ", "not ", " is ", "None", "and ", "import ", "from ", " as ", "del ",
      "pass", "assert ", "class ", "yield ", "break", "b'\\", "r'", "\\x", "{{", "}}", "'", "\"",
    ]
    var generator = SplitMix(state: 42)
    var trees = 0
    for _ in 0..<20_000 {
      let length = Int(generator.next() % 14) + 1
      let text = (0..<length).map { _ in
        words[Int(generator.next() % UInt64(words.count))] + (generator.next() % 3 == 0 ? " " : "")
      }.joined()
      let file = SourceFile(name: "test", text: text)
      do {
        let module = try Parser.parse(file)
        trees += 1
        _ = try Resolver.resolve(module)
      } catch let error as SyntaxError {
        let place = error.diagnostic.primary.map { Int($0.span.start) } ?? -1
        if !(0...file.bytes.count).contains(place) {
          Issue.record("a mistake without a place in \(text.debugDescription)")
        }
      } catch {}
      if length == 1 { _ = Completeness.of(text) }
    }
    #expect(trees > 300)
  }
}

/// A small generator of random numbers with a fixed start.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
