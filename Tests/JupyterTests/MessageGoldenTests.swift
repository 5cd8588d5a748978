import JSON
import TestSupport
import Testing

@testable import Jupyter

/// The messages as a person reads them: a whole conversation with everything that is sent.
@Suite struct MessageGoldenTests {
  @Test func `a conversation comes out as it always has`() throws {
    let kernel = try Harness()
    kernel.transport.deliver([(.iopub, [[1]])])
    var messages = [try #require(kernel.next())]
    func ask(_ type: String, _ id: String, _ content: JSONValue) {
      kernel.send(type, id, content)
      messages += kernel.untilIdle(id)
    }
    ask("kernel_info_request", "info", [:])
    ask(
      "execute_request", "cell",
      [
        "code": "print a\nshow b as p\nupdate c as p\nclear\nwarn d\nresult e\npage f",
        "user_expressions": ["good": "1", "wrong": "bad"],
      ])
    ask("execute_request", "error", ["code": "fail g"])
    ask("complete_request", "complete", ["code": "pr", "cursor_pos": 2])
    ask("inspect_request", "inspect", ["code": "print", "cursor_pos": 2])
    ask("history_request", "history", ["hist_access_type": "tail", "n": 1])
    ask("is_complete_request", "indent", ["code": "if x:"])
    ask("comm_info_request", "comms", [:])
    ask("comm_open", "comm", ["comm_id": "c", "target_name": "t"])
    ask("inspect_request", "wrong", [:])
    kernel.execute("ask secret", "input")
    messages += kernel.until("input input_request")
    kernel.send("interrupt_request", "interrupt", [:], on: .control)
    messages += kernel.until("interrupt status busy").suffix(1)
    messages += kernel.untilIdle("interrupt").dropLast()
    // From here on the cell's own end comes in between.
    _ = kernel.untilIdle("input")
    kernel.send("shutdown_request", "end", ["restart": false], on: .control)
    messages += kernel.untilIdle("end")
    Golden().expect(messages.map(Self.text).joined(), equals: "conversation.txt")
  }

  /// One line of where and what, then the metadata if there is any, then the content.
  private static func text(_ message: Received) -> String {
    let layout = JSONLayout(itemSeparator: ", ", keySeparator: ": ")
    var metadata = message.metadata
    // The two that differ from run to run.
    for field in ["started", "engine"] where metadata[field] != nil { metadata[field] = "…" }
    var text = "\(message.channel.rawValue) \(message.type) to \(message.parent ?? "nobody")\n"
    if !metadata.isEmpty { text += "  metadata \(JSONValue.object(metadata).text(layout))\n" }
    return text + "  \(JSONValue.object(message.content).text(layout))\n"
  }

  @Test func `a header has the fields of the protocol`() throws {
    let kernel = try Harness()
    kernel.execute("print a", "x")
    let frames = try #require(kernel.transport.next()).frames
    let header = try JSONValue(parsing: try Envelope(frames).header)
    #expect(
      header.object?.keys == ["msg_id", "msg_type", "username", "session", "date", "version"])
    #expect(header["version"] == "5.5")
    let date = try #require(header["date"]?.string)
    #expect(date.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil)
    let session = try #require(header["session"]?.string)
    #expect(header["msg_id"]?.string?.hasPrefix(session) == true)
  }
}
