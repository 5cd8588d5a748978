import Diagnostics
import Testing

@Suite struct SpellingTests {
  @Test(
    arguments: [
      ("pritn", "print"), ("prnt", "print"), ("Print", "print"), ("one_hto", "one_hot"),
      ("onehot", "one_hot"), ("lstm", "LSTM"), ("sequnces", "sequences"), ("x", "X"),
    ] as [(String, String)])
  func `proposes the nearest name`(typed: String, meant: String) {
    let names = ["print", "one_hot", "LSTM", "sequences", "X", "plot", "range"]
    #expect(Spelling.nearest(to: typed, among: names) == meant)
  }

  @Test(arguments: ["q", "zz", "quantile", "", "rnge_of_all", String(repeating: "p", count: 5000)])
  func `proposes nothing when no name is near`(typed: String) {
    #expect(Spelling.nearest(to: typed, among: ["print", "range", "x"]) == nil)
  }

  @Test(arguments: [("median", "mean"), ("print", "pin"), ("mean", "median")])
  func `measures by the shorter name`(typed: String, other: String) {
    #expect(Spelling.nearest(to: typed, among: [other]) == nil)
  }

  @Test func `does not depend on the order of the names`() {
    #expect(Spelling.nearest(to: "cat", among: ["car", "bat"]) == "bat")
    #expect(Spelling.nearest(to: "cat", among: ["bat", "car"]) == "bat")
  }
}

@Suite struct TextWidthTests {
  @Test(
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("한국", 4), ("😀", 2), ("❤️", 2),
      ("👨‍👩‍👧", 2), ("a\u{200B}b", 2), ("ﾊ", 1), ("Ａ", 2), ("→", 1), ("█", 1),
    ] as [(String, Int)])
  func `counts columns`(text: String, columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
  }
}

@Suite struct SourceFileTests {
  @Test(
    arguments: [
      ("ab\ncd", 0, 1, 1), ("ab\ncd", 2, 1, 3), ("ab\ncd", 3, 2, 1), ("ab\r\ncd", 4, 2, 1),
      ("ab\rcd", 3, 2, 1), ("é漢x", 5, 1, 3), ("ab", 99, 1, 3), ("ab", -1, 1, 1), ("\tx", 1, 1, 2),
    ] as [(String, Int, Int, Int)])
  func `places count lines and code points from one`(
    text: String, offset: Int, line: Int, column: Int
  ) {
    let position = SourceFile(name: "", text: text).position(of: offset)
    #expect(position.line == line)
    #expect(position.column == column)
  }

  @Test func `lines come without their ends`() {
    let file = SourceFile(name: "", text: "a\r\nb\n\nc")
    #expect((0...5).map(file.line) == ["", "a", "b", "", "c", ""])
    #expect(file.lineNumbers == 1..<5)
  }

  @Test func `a later part counts its lines from where it begins`() {
    let file = SourceFile(name: "", text: "a\nbc", firstLine: 7)
    #expect(file.position(of: 3) == (8, 2))
    #expect((6...9).map(file.line) == ["", "a", "bc", ""])
  }

  @Test func `spans never end before they start`() {
    #expect(Span(5, 3) == Span(5, 5))
    #expect(Span(1, 2).union(Span(6, 9)) == Span(1, 9))
  }
}
