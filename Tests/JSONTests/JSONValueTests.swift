import JSON
import Testing

@Suite struct JSONValueTests {
  @Test(arguments: [
    Case("null", nil), Case(" true ", true), Case("[]", []), Case("{}", [:]),
    Case("[1, -2, 0.5, 1e3, 2E-2]", [1, -2, 0.5, 1000.0, 0.02]),
    Case("-0", 0), Case("9223372036854775807", 9_223_372_036_854_775_807),
    Case("123456789012345678901", .bigInteger("123456789012345678901")),
    Case(#""a\"\\\/\b\f\n\r\tA""#, "a\"\\/\u{08}\u{0C}\n\r\tA"),
    Case(#""\ud83d\ude00""#, "😀"), Case(#""\ud83d""#, "\u{FFFD}"),
    Case(#""\ud83d\u0041""#, "\u{FFFD}A"), Case(#""\ude00x""#, "\u{FFFD}x"),
    Case("\u{FEFF}1", 1), Case(#"{"a": {"b": [null]}}"#, ["a": ["b": [nil]]]),
  ])
  func `reads`(_ example: Case) throws {
    #expect(try JSONValue(parsing: example.text) == example.value)
  }

  @Test(arguments: [
    Problem("", "expected a value; received the end of the text at line 1, column 1"),
    Problem("[1,]", #"expected a value; received "]" at line 1, column 4"#),
    Problem("{\n  a: 1}", #"expected a key in double quotes; received "a" at line 2, column 3"#),
    Problem("{\"ä\" 1}", #"expected ':' after the key; received "1" at line 1, column 6"#),
    Problem("[1 2]", #"expected ',' or ']'; received "2" at line 1, column 4"#),
    Problem("1 2", "expected nothing after the value at line 1, column 3"),
    Problem("\"abc", "the string that starts here has no closing quote at line 1, column 1"),
    Problem("\"a\nb\"", "control characters in strings must be escaped at line 1, column 3"),
    Problem("1.", "expected digits, as in -1, 0.5 or 2e-3 at line 1, column 3"),
    Problem("nul", #"expected null; received "n" at line 1, column 1"#),
    Problem("NaN", #"expected a value; received "N" at line 1, column 1"#),
    Problem("01", "expected nothing after the value at line 1, column 2"),
  ])
  func `says what is wrong and where`(_ example: Problem) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: example.text) }
    #expect(error?.description == example.message)
  }

  @Test func `refuses an unknown escape`() {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: #""\x""#) }
    #expect(error?.reason == .invalidEscape)
  }

  @Test func `refuses bytes that are not UTF-8`() {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    #expect(error?.reason == .invalidUTF8)
  }

  @Test func `stops at the depth limit`() throws {
    let deep = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
    _ = try JSONValue(parsing: deep)
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "[\(deep)]") }
    #expect(error?.reason == .tooDeep(limit: 1000))
  }

  @Test func `keeps the order of keys and lets the last of equal keys win`() throws {
    let value = try JSONValue(parsing: #"{"b": 1, "a": 2, "b": 3}"#)
    #expect(value.text() == #"{"b":3,"a":2}"#)
  }

  @Test func `tells apart keys that look the same`() throws {
    let value: JSONValue = ["\u{E9}": 1, "e\u{301}": 2]
    #expect(value.object?.count == 2)
    #expect(value["e\u{301}"]?.int == 2)
  }

  @Test(arguments: [3, 11, 12, 13, 200])
  func `finds, replaces and removes members`(count: Int) {
    var object = JSONObject((0..<count).map { ("k\($0)", .int($0)) })
    object["k1"] = nil
    object["k2"] = "two"
    #expect(object.count == count - 1)
    #expect(object["k1"] == nil)
    #expect(object["k2"] == "two")
    #expect(object["k\(count - 1)"] == (count == 3 ? "two" : .int(count - 1)))
    #expect(object.keys.first == "k0")
  }

  @Test func `reaches into values`() {
    let value: JSONValue = ["a": [1, "x", 2.5, true, nil]]
    #expect(value["a"]?[0]?.int == 1)
    #expect(value["a"]?[0]?.double == 1)
    #expect(value["a"]?[1]?.string == "x")
    #expect(value["a"]?[2]?.double == 2.5)
    #expect(value["a"]?[3]?.bool == true)
    #expect(value["a"]?[4]?.isNull == true)
    #expect(value["a"]?[5] == nil)
    #expect(value["b"] == nil)
  }

  @Test func `a long text can be left in the middle`() {
    let bytes = Array(("[" + String(repeating: "1,", count: 10_000) + "1]").utf8)
    var parts = 0
    var reader = JSONReader(bytes, isCancelled: { parts == 100 }) { _ in parts += 1 }
    do throws(JSONError) {
      try reader.read()
      Issue.record("it was read to its end")
    } catch {
      #expect(error.reason == .cancelled)
    }
    #expect(parts == 100)
  }

  @Test(arguments: ["x", "\\n"])
  func `so can one long string`(piece: String) {
    let text = "\"" + String(repeating: piece, count: 2 << 20) + "\""
    var reader = JSONReader(Array(text.utf8), isCancelled: { true }) { _ in
      Issue.record("it was read to its end")
    }
    do throws(JSONError) {
      try reader.read()
      Issue.record("it was read to its end")
    } catch {
      #expect(error.reason == .cancelled)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let value: JSONValue
    var testDescription: String { text }
    init(_ text: String, _ value: JSONValue) { (self.text, self.value) = (text, value) }
  }

  struct Problem: Sendable, CustomTestStringConvertible {
    let text: String
    let message: String
    var testDescription: String { text }
    init(_ text: String, _ message: String) { (self.text, self.message) = (text, message) }
  }
}
