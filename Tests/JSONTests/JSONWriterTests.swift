import JSON
import Testing

@Suite struct JSONWriterTests {
  static let value: JSONValue = [
    "b": [1, 2.0, "ä\u{7F}😀\u{01}\"\n"], "a": [:], "ab": [], "A": ["x": nil, "y": [true]],
  ]

  @Test func `writes the shortest text`() {
    #expect(
      Self.value.text()
        == #"{"b":[1,2.0,"ä😀\u0001\"\n"],"a":{},"ab":[],"A":{"x":null,"y":[true]}}"#
        .replacing("ä", with: "ä\u{7F}"))
  }

  /// Recorded from Python's `json.dumps`.
  @Test func `writes as Python does`() {
    #expect(
      Self.value.text(.python)
        == #"{"b": [1, 2.0, "\u00e4\u007f\ud83d\ude00\u0001\"\n"], "a": {}, "ab": [], "#
        + #""A": {"x": null, "y": [true]}}"#)
    #expect(
      JSONValue.array([.double(.nan), .double(-.infinity)]).text(.python) == "[NaN, -Infinity]")
    #expect(JSONValue.array([.double(.nan), .double(-.infinity)]).text() == "[null,null]")
  }

  /// Recorded from `json.dumps(…, ensure_ascii=False, indent=1, sort_keys=True,
  /// separators=(",", ": "))`, which nbformat uses.
  @Test func `writes notebooks as nbformat does`() {
    let lines = [
      "{", " \"A\": {", "  \"x\": null,", "  \"y\": [", "   true", "  ]", " },", " \"a\": {},",
      " \"ab\": [],", " \"b\": [", "  1,", "  2.0,", "  \"ä\u{7F}😀\\u0001\\\"\\n\"", " ]", "}", "",
    ]
    #expect(Self.value.text(.notebook) == lines.joined(separator: "\n"))
  }

  @Test func `sorts keys by code point`() {
    let value: JSONValue = ["\u{FFFD}": 1, "😀": 2, "Z": 3, "a": 4]
    #expect(value.text(JSONLayout(sortsKeys: true)) == "{\"Z\":3,\"a\":4,\"\u{FFFD}\":1,\"😀\":2}")
  }

  @Test func `takes the parts that reading gives`() throws {
    let source = #"{"a":[1,2.5,{},[]],"b":{"c":null},"a":"é\n"}"#
    var parts: [String] = []
    var writer = JSONWriter()
    var reader = JSONReader(Array(source.utf8)) { part in
      parts.append("\(part)")
      writer.write(part)
    }
    try reader.read()
    #expect(parts.prefix(3) == ["startObject", "key(\"a\")", "startArray"])
    #expect(parts.count { $0 == "end" } == 5)
    #expect(writer.depth == 0)
    #expect(String(decoding: writer.finish(), as: UTF8.self) == source)
  }

  @Test func `leaves out the rest of a long string when it is told to`() {
    let text = String(repeating: "x", count: 200_000)
    var writer = JSONWriter(isCancelled: { true })
    writer.write(.value(.string(text)))
    #expect(writer.count < 100_000)
    var other = JSONWriter()
    other.write(.value(.string(text)))
    #expect(other.count == 200_002)
  }

  @Test func `begins lines as it is told`() {
    let layout = JSONLayout(indent: "\t", linePrefix: "> ", keySeparator: ": ")
    #expect(JSONValue.object(["a": [1]]).text(layout) == "{\n> \t\"a\": [\n> \t\t1\n> \t]\n> }")
  }

  @Test(arguments: [
    (0.0, "0.0"), (-0.0, "-0.0"), (1.0, "1.0"), (-2.5, "-2.5"), (0.1, "0.1"), (100.0, "100.0"),
    (1e15, "1000000000000000.0"), (1e16, "1e+16"), (1.5e16, "1.5e+16"), (1.25e17, "1.25e+17"),
    (9007199254740993.0, "9007199254740992.0"), (0.0001, "0.0001"), (0.00001, "1e-05"),
    (1.5e-7, "1.5e-07"), (.leastNonzeroMagnitude, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e+308"),
    (1e100, "1e+100"), (123456789.125, "123456789.125"), (1.0 / 3, "0.3333333333333333"),
  ])
  func `gives floats the text of Python's repr`(number: Double, text: String) {
    #expect(JSONNumber.text(of: number) == text)
  }

  @Test func `reads back what it wrote`() throws {
    let source = #"{"a":[1,2.5,-12345678901234567890123,"é\u0000"],"b":{"c":null}}"#
    #expect(try JSONValue(parsing: source).text() == source)
  }
}
