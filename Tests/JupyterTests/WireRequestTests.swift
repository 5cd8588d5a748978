import JSON
import Testing

@testable import Jupyter

/// A request that the wire thread answers by itself, and what must come back.
struct WireCase: Sendable, CustomTestStringConvertible {
  let type: String
  let content: JSONValue
  let reply: JSONObject
  var testDescription: String { "\(type) \(content.text())" }

  init(_ type: String, _ content: JSONValue, _ reply: JSONObject) {
    self.type = type
    self.content = content
    self.reply = reply
  }
}

/// The requests that are answered at once.
@Suite struct WireRequestTests {
  static let cases: [WireCase] = [
    WireCase("is_complete_request", ["code": "x"], ["status": "complete"]),
    WireCase(
      "is_complete_request", ["code": "if x:"], ["status": "incomplete", "indent": "    "]),
    WireCase("is_complete_request", ["code": "x)"], ["status": "invalid"]),
    WireCase("is_complete_request", ["code": "what"], ["status": "unknown"]),
    WireCase("complete_request", ["code": "pr", "cursor_pos": 2], completion(end: 2)),
    WireCase("complete_request", ["code": "pr", "cursor_pos": 900], completion(end: 2)),
    WireCase("complete_request", ["code": "pr", "cursor_pos": -1], completion(end: 0)),
    WireCase("complete_request", ["code": "🐦é"], completion(end: 2)),
    WireCase(
      "inspect_request", ["code": "print", "cursor_pos": 2, "detail_level": 1],
      [
        "status": "ok", "found": true, "data": ["text/plain": "print: level 1"], "metadata": [:],
      ]),
    WireCase(
      "inspect_request", ["code": "nothing", "cursor_pos": 2],
      ["status": "ok", "found": false, "data": [:], "metadata": [:]]),
    WireCase(
      "history_request", ["hist_access_type": "tail", "n": 5],
      ["status": "ok", "history": [[1, 2, "tail(count: 5)"]]]),
    WireCase(
      "history_request",
      ["hist_access_type": "range", "session": 3, "start": 1, "stop": 4, "output": true],
      [
        "status": "ok",
        "history": [[1, 2, ["range(session: 3, start: 1, stop: Optional(4))", "3"]]],
      ]
    ),
    WireCase(
      "history_request", ["hist_access_type": "search", "pattern": "a*", "unique": true],
      [
        "status": "ok",
        "history": [[1, 2, #"search(pattern: "a*", count: nil, unique: true)"#]],
      ]),
    WireCase("comm_info_request", [:], ["status": "ok", "comms": [:]]),
    WireCase("comm_info_request", ["target_name": "t"], ["status": "ok", "comms": [:]]),
  ]

  private static func completion(end: Int) -> JSONObject {
    [
      "status": "ok", "matches": ["print"], "cursor_start": 0, "cursor_end": .int(end),
      "metadata": [
        "_jupyter_types_experimental": [
          [
            "start": 0, "end": .int(end), "text": "print", "type": "function",
            "signature": "(value)",
          ]
        ]
      ],
    ]
  }

  @Test(arguments: cases)
  func `replies between busy and idle`(example: WireCase) throws {
    let kernel = try Harness()
    kernel.send(example.type, "x", example.content)
    let messages = kernel.untilIdle("x")
    let replyType = example.type.replacing("_request", with: "_reply")
    #expect(messages.map(\.line) == ["x status busy", "x \(replyType)", "x status idle"])
    #expect(messages[1].content == example.reply)
    #expect(messages[1].channel == .shell)
  }

  @Test func `describes itself as editors need it`() throws {
    let kernel = try Harness()
    kernel.send("kernel_info_request", "x", [:])
    let info = try #require(kernel.untilIdle("x").first { $0.type == "kernel_info_reply" }).content
    #expect(info["protocol_version"] == "5.5")
    #expect(info["implementation"] == "linnet")
    #expect(info["implementation_version"] == "1.2.3")
    #expect(info["supported_features"] == ["kernel subshells"])
    #expect(info["language_info"]?["name"] == "starlark")
    #expect(info["language_info"]?["file_extension"] == ".star")
    #expect(info["language_info"]?["codemirror_mode"] == "python")
    #expect(info["language_info"]?["pygments_lexer"] == "python")
    #expect(info["banner"]?.string?.contains("1.2.3") == true)
  }

  @Test func `closes a comm to an unknown target`() throws {
    let kernel = try Harness()
    kernel.send("comm_open", "x", ["comm_id": "c", "target_name": "jupyter.widget", "data": [:]])
    let messages = kernel.untilIdle("x")
    #expect(messages.map(\.line) == ["x status busy", "x comm_close", "x status idle"])
    #expect(messages[1].content == ["comm_id": "c", "data": [:]])
    #expect(messages[1].channel == .iopub)
  }

  @Test(arguments: ["comm_msg", "comm_close"])
  func `passes over messages to comms that are not open`(type: String) throws {
    let kernel = try Harness()
    kernel.send(type, "x", ["comm_id": "c", "data": [:]])
    #expect(kernel.untilIdle("x").map(\.line) == ["x status busy", "x status idle"])
  }

  @Test(arguments: [("comm_open", "target"), ("comm_msg", "id")])
  func `quotes the names of comms in the log`(type: String, kind: String) throws {
    let kernel = try Harness()
    let name = "a\u{1B}[31m\n" + String(repeating: "x", count: 1000)
    kernel.send(type, "x", ["comm_id": .string(name), "target_name": .string(name)])
    _ = kernel.untilIdle("x")
    #expect(kernel.logged("\(kind) \(type == "comm_open" ? "is named " : "")\"a\\u{1B}[31m\\nxxx"))
    #expect(kernel.logged("x…\""))
  }

  @Test func `greets every subscriber under its topic`() throws {
    let kernel = try Harness()
    for topic in ["", "kernel."] {
      kernel.transport.deliver([(.iopub, [[1] + Array(topic.utf8)])])
      let welcome = try #require(kernel.next())
      #expect(welcome.line == "- iopub_welcome")
      #expect(welcome.identities == [Array(topic.utf8)])
      #expect(welcome.content == ["subscription": .string(topic)])
    }
  }

  @Test func `keeps the first requests for the first who listens, in their order`() throws {
    let kernel = try Harness(listens: false)
    kernel.execute("print 1", "a")
    kernel.execute("print 2", "b")
    // Control waits for nobody, and its answer shows that the cells have been received.
    kernel.send("kernel_info_request", "c", [:], on: .control)
    _ = kernel.untilIdle("c")
    kernel.listen()
    #expect(kernel.next()?.line == "- iopub_welcome")
    #expect(kernel.next()?.line == "a status busy")
    let rest = kernel.untilIdle("b").map(\.line)
    #expect(rest.contains("a execute_reply ok") && rest.contains("b execute_reply ok"))
  }

  @Test func `serves a client that never listens too`() throws {
    let kernel = try Harness(listens: false)
    kernel.send("kernel_info_request", "a", [:])
    #expect(kernel.next()?.line == "a status busy")
    #expect(kernel.untilIdle("a").contains { $0.type == "kernel_info_reply" })
  }

  @Test func `no type is listed twice`() {
    #expect(Set(HandlerTable.rows.map(\.type)).count == HandlerTable.rows.count)
  }
}
