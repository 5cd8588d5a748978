import Notebook
import Platform
import TestSupport
import Testing

/// Cells of this and earlier sessions.
@Suite struct HistoryStoreTests {
  /// A file of its own in a folder that is removed afterwards.
  private func withFile(_ body: (String) throws -> Void) throws {
    let name = "linnet-history-\(Environment.processID)-\(UInt64.random(in: 0 ... .max))"
    let folder = "/tmp/\(name)"
    defer { try? FileAccess.unrestricted.remove(folder) }
    try body("\(folder)/state/history.jsonl")
  }

  @Test func `keeps cells over sessions`() throws {
    try withFile { path in
      let first = HistoryStore(path: path)
      first.add(number: 1, input: "x = \"é\"\ny", output: nil)
      first.add(number: 2, input: "x", output: "é")
      let second = HistoryStore(path: path)
      #expect(second.session == first.session + 1)
      #expect(second.tail(1).map(\.output) == ["é"])
      #expect(second.tail(9).map(\.input) == ["x = \"é\"\ny", "x"])
      #expect(second.range(session: -1, start: 1, stop: 2).map(\.number) == [1])
      #expect(second.range(session: 0, start: 0, stop: nil).isEmpty)
    }
  }

  @Test func `answers with cells that were noted and not written yet`() throws {
    try withFile { path in
      let store = HistoryStore(path: path)
      store.note(number: 1, input: "a", output: nil)
      #expect(HistoryStore(path: path).tail(5).isEmpty)
      #expect(store.tail(5).map(\.input) == ["a"])
      store.note(number: 2, input: "b", output: nil)
      #expect(store.range(session: 0, start: 0, stop: nil).map(\.input) == ["a", "b"])
      store.note(number: 3, input: "c", output: nil)
      store.write()
      store.write()
      #expect(HistoryStore(path: path).tail(5).map(\.input) == ["a", "b", "c"])
    }
  }

  @Test func `sees what others add, and gives each session a number of its own`() throws {
    try withFile { path in
      let stores = [HistoryStore(path: path), HistoryStore(path: path), HistoryStore(path: path)]
      for number in 1...3 {
        for store in stores { store.add(number: number, input: "x\(number)", output: nil) }
      }
      #expect(Set(stores.map(\.session)).count == 3)
      for store in stores {
        #expect(store.tail(20).count == 9)
        #expect(store.range(session: 0, start: 0, stop: nil).map(\.number) == [1, 2, 3])
      }
    }
  }

  @Test func `half a line, as a crash leaves it, costs itself`() throws {
    try withFile { path in
      let store = HistoryStore(path: path)
      store.add(number: 1, input: "a", output: nil)
      try FileAccess.unrestricted.append(
        Array("{\"session\":9223372036854775807,\"l".utf8), to: path)
      store.add(number: 2, input: "b", output: nil)
      #expect(store.tail(5).map(\.input) == ["a", "b"])
      let later = HistoryStore(path: path)
      later.add(number: 1, input: "c", output: nil)
      #expect(later.tail(1).map(\.input) == ["c"])
    }
  }

  @Test func `keeps the beginning of a long result`() {
    let store = HistoryStore(path: nil)
    store.add(number: 1, input: "a", output: String(repeating: "é", count: 100_000))
    #expect(store.tail(1).first?.output?.utf8.count ?? 0 < 5000)
  }

  @Test func `a broken line costs itself`() throws {
    try withFile { path in
      HistoryStore(path: path).add(number: 1, input: "a", output: nil)
      try FileAccess.unrestricted.append(Array("{\"session\": 1, \"li\n".utf8), to: path)
      HistoryStore(path: path).add(number: 1, input: "b", output: nil)
      #expect(HistoryStore(path: path).tail(5).map(\.input) == ["a", "b"])
    }
  }

  @Test(arguments: [
    ("*", ["plot(x)", "x = 1", "plot(x)"]), ("plot*", ["plot(x)", "plot(x)"]),
    ("x ? 1", ["x = 1"]), ("*x*)", ["plot(x)", "plot(x)"]), ("", []), ("plot", []),
  ])
  func `searches with a pattern`(pattern: String, found: [String]) {
    let store = HistoryStore(path: nil)
    for (number, input) in ["plot(x)", "x = 1", "plot(x)"].enumerated() {
      store.add(number: number + 1, input: input, output: nil)
    }
    #expect(store.search(pattern, count: nil, unique: false).map(\.input) == found)
  }

  @Test func `unique keeps the latest of equal cells`() {
    let store = HistoryStore(path: nil)
    for (number, input) in ["a", "b", "a"].enumerated() {
      store.add(number: number + 1, input: input, output: nil)
    }
    #expect(store.search("*", count: nil, unique: true).map(\.number) == [2, 3])
    #expect(store.search("*", count: 1, unique: true).map(\.number) == [3])
  }
}
