import JSON
import Testing

@testable import Jupyter

/// The order and the bundling of what cells show.
@Suite struct OutputTests {
  @Test func `keeps the order of text and displays`() throws {
    let kernel = try Harness()
    kernel.execute("print a\nwarn c\nprint d\nshow e\nprint f", "x")
    let outputs = kernel.untilIdle("x").map(\.line).dropFirst(2).dropLast(2)
    #expect(
      outputs == [
        "x stream a\n", "x stream c\n", "x stream d\n", "x display_data", "x stream f\n",
      ])
  }

  @Test func `names displays so that they can be updated`() throws {
    let kernel = try Harness()
    kernel.execute("show a as p\nupdate b as p\nclear\nshow c", "x")
    let outputs = kernel.untilIdle("x").dropFirst(2).dropLast(2)
    #expect(
      outputs.map(\.type) == [
        "display_data", "update_display_data", "clear_output", "display_data",
      ])
    #expect(
      outputs.map { $0.content["transient"]?["display_id"]?.string } == ["p", "p", nil, nil])
    #expect(outputs.first?.content["data"] == ["text/plain": "a"])
    #expect(outputs.map { $0.content["wait"]?.bool } == [nil, nil, true, nil])
  }

  @Test func `loses no line of a flood and sends few messages`() throws {
    let kernel = try Harness()
    kernel.execute("flood 100000", "x")
    let streams = kernel.untilIdle("x").filter { $0.type == "stream" }
    let text = streams.compactMap { $0.content["text"]?.string }.joined()
    #expect(text == (0..<100_000).map { "\($0)\n" }.joined())
    #expect(streams.count <= 300)
  }

  @Test func `sends text while the cell still runs`() throws {
    let kernel = try Harness()
    kernel.execute("print a\nloop", "x")
    #expect(kernel.until("x stream a\n").map(\.line).contains("x execute_reply error") == false)
  }

  @Test func `keeps lines of progress to terminals`() throws {
    let kernel = try Harness()
    kernel.execute("progress half", "x")
    #expect(
      kernel.untilIdle("x").map(\.type) == [
        "status", "execute_input", "execute_reply", "status",
      ])
  }
}
