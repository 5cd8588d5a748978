import Testing

@testable import Repl

/// The indentation that is offered gives way to the one that comes with a line.
@Suite struct IndentationTests {
  @Test(arguments: [
    ("    x", "    ", "    x"), ("        x", "    ", "    x"),
    ("            x", "        ", "    x"),
    ("    \tx", "    ", "\tx"), ("x", "    ", "x"), ("    ", "    ", "    "), ("  x", "", "  x"),
  ])
  func `takes the spaces of the user where there are some`(
    line: String, offered: String, result: String
  ) {
    #expect(Indentation.resolved(line, offered: offered) == result)
  }
}
