import JSON
import Runtime
import Testing

@testable import Notebook

/// Events of cells become the outputs that a notebook stores.
@Suite struct OutputRecorderTests {
  private func record(_ events: [Event]) -> [JSONValue] {
    var recorder = OutputRecorder()
    recorder.begin(cell: 0)
    for event in events { recorder.take(event) }
    return recorder.outputs[0] ?? []
  }

  @Test func `joins text of one stream and keeps the order`() {
    let outputs = record([
      .stream(.standard, "a\n"), .stream(.standard, "b"), .stream(.error, "oh\n"),
      .stream(.standard, "c\n"),
    ])
    #expect(
      outputs == [
        ["output_type": "stream", "name": "stdout", "text": ["a\n", "b"]],
        ["output_type": "stream", "name": "stderr", "text": ["oh\n"]],
        ["output_type": "stream", "name": "stdout", "text": ["c\n"]],
      ])
  }

  @Test func `stores a result with its count`() {
    #expect(
      record([.result(MimeBundle(text: "2"), count: 7)]) == [
        [
          "output_type": "execute_result", "data": ["text/plain": ["2"]], "metadata": [:],
          "execution_count": 7,
        ]
      ])
  }

  @Test func `stores an error with its coloured lines`() {
    let report = ErrorReport(
      name: "NameError", message: "no x", plain: ["no x"], coloured: ["\u{1B}[31mno x"])
    #expect(
      record([.error(report)]) == [
        [
          "output_type": "error", "ename": "NameError", "evalue": "no x",
          "traceback": ["\u{1B}[31mno x"],
        ]
      ])
  }

  @Test func `an update reaches displays of earlier cells`() {
    var recorder = OutputRecorder()
    recorder.begin(cell: 3)
    recorder.take(.display(MimeBundle(text: "old"), id: "d"))
    recorder.begin(cell: 5)
    recorder.take(.update(MimeBundle(text: "new"), id: "d"))
    recorder.take(.update(MimeBundle(text: "nobody's"), id: "other"))
    #expect(recorder.outputs[3]?[0]["data"] == ["text/plain": ["new"]])
    #expect(recorder.outputs[5] == [])
  }

  @Test(arguments: [true, false])
  func `clears at once or before the next output`(wait: Bool) {
    let cleared = record([.stream(.standard, "a"), .clear(wait: wait)])
    #expect(cleared.count == (wait ? 1 : 0))
    let next = record([.stream(.standard, "a"), .clear(wait: wait), .stream(.standard, "b")])
    #expect(next == [["output_type": "stream", "name": "stdout", "text": ["b"]]])
  }

  @Test func `pages and progress are not stored`() {
    #expect(record([.page(MimeBundle(text: "help")), .progress("1/2")]).isEmpty)
  }
}
