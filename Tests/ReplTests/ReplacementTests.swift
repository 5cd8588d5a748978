import Testing

@testable import Repl

/// Completions fit what the line editor replaces.
@Suite struct ReplacementTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let completion: String
    let replaced: String
    let word: String
    let text: String?
    var testDescription: String { "\(completion) for \(replaced) in \(word)" }
  }

  @Test(arguments: [
    Case(completion: "print", replaced: "pr", word: "pr", text: "print"),
    Case(completion: "zeros", replaced: "ze", word: "np.ze", text: "np.zeros"),
    Case(completion: "two words", replaced: "two w", word: "w", text: "words"),
    Case(completion: "other", replaced: "two w", word: "w", text: nil),
    Case(completion: "x", replaced: "a", word: "b", text: nil),
  ])
  func `puts a completion in place of the editor's word`(example: Case) {
    #expect(
      Replacement.text(
        for: example.completion, replacing: example.replaced, word: example.word) == example.text)
  }
}
