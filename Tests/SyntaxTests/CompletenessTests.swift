import Syntax
import Testing

@Suite struct CompletenessTests {
  static let cases: [(source: String, expected: Completeness)] = [
    ("", .complete),
    ("a = 1", .complete),
    ("a = 1\n", .complete),
    ("1\\\n+2", .complete),
    ("if 1: pass", .complete),
    ("for a in range(5):", .incomplete(indent: "    ")),
    ("for a in range(5):  # note", .incomplete(indent: "    ")),
    ("for a in range(5):\n    if a > 0:", .incomplete(indent: "        ")),
    ("for a in range(5):\n    print(a)", .incomplete(indent: "    ")),
    ("for a in range(5):\n    print(a)\n", .complete),
    ("for a in range(5):\n    print(a)\n    ", .complete),
    ("for a in range(5):\n    break", .incomplete(indent: "")),
    ("if a:\n\tb", .incomplete(indent: "\t")),
    ("if a:\n\tif b:", .incomplete(indent: "\t\t")),
    ("def f():\n    if a:\n        return 1", .incomplete(indent: "    ")),
    ("if a:\n    b\nelse:", .incomplete(indent: "    ")),
    ("if a:\n    b\nc", .complete),
    ("a = [1,\n2,", .incomplete(indent: "")),
    ("f(a,\n  b", .incomplete(indent: "  ")),
    ("d = {'a':", .incomplete(indent: "")),
    ("a = '''\n   hi", .incomplete(indent: "   ")),
    ("f'''{a", .incomplete(indent: "")),
    ("a \\", .incomplete(indent: "")),
    ("a \\\n", .incomplete(indent: "")),
    ("def f(", .incomplete(indent: "")),
    ("(\n))", .invalid),
    ("a \\ ", .invalid),
    ("x = 3 +", .invalid),
    ("'abc", .invalid),
    ("raise = 2", .invalid),
    ("@a", .invalid),
    ("class A:", .invalid),
    ("return 3", .invalid),
    ("if a\n", .invalid),
    ("x = [1, 2\ny = 3", .invalid),
    ("  a", .invalid),
  ]

  @Test(arguments: cases)
  func `judges a text`(_ source: String, _ expected: Completeness) {
    #expect(Completeness.of(source) == expected)
  }
}
