import JSON
@testable import Jupyter
import Testing

/// Messages that break the rules: each is dropped with a line in the log, and the kernel lives.
@Suite struct HostileMessageTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let id: String
    /// The line that the log must have.
    let reason: String
    let spoil: @Sendable ([Frame]) -> [Frame]
    var testDescription: String { id }
  }

  static let cases: [Case] = [
    Case(id: "no frames", reason: "received none") { _ in [] },
    Case(id: "no delimiter", reason: "received none") { $0.filter { $0 != delimiter } },
    Case(id: "more frames than anybody needs", reason: "at most 1024 frames") {
      $0 + Array(repeating: [], count: 1024)
    },
    Case(id: "only the delimiter", reason: "received 0") { _ in [delimiter] },
    Case(id: "a frame missing", reason: "received 4") { $0.dropLast() },
    Case(id: "another signature", reason: "signature") { frames in
      replace(frames, 2, Array(String(repeating: "0", count: 64).utf8))
    },
    Case(id: "no signature", reason: "signature") { replace($0, 2, []) },
    Case(id: "a changed content", reason: "signature") {
      replace($0, 6, Array(#"{"code":"print worse"}"#.utf8))
    },
    Case(id: "a header that is no JSON", reason: "header is not a JSON object") {
      resigned($0, 3, Array("{".utf8))
    },
    Case(id: "a header that is an array", reason: "header is not a JSON object") {
      resigned($0, 3, Array("[]".utf8))
    },
    Case(id: "a header without a type", reason: "expected msg_id and msg_type") {
      resigned($0, 3, Array(#"{"msg_id":"x"}"#.utf8))
    },
    Case(id: "a content in another encoding", reason: "content is not a JSON object") {
      resigned($0, 6, [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D])
    },
    Case(id: "a content nested without end", reason: "content is not a JSON object") {
      resigned($0, 6, Array(String(repeating: "[", count: 100_000).utf8))
    },
  ]

  private static let delimiter: Frame = Array("<IDS|MSG>".utf8)

  private static func replace(_ frames: [Frame], _ index: Int, _ frame: Frame) -> [Frame] {
    var frames = frames
    frames[index] = frame
    return frames
  }

  private static func resigned(_ frames: [Frame], _ index: Int, _ frame: Frame) -> [Frame] {
    let changed = replace(frames, index, frame)
    let signature = Signer(key: Harness.key).signature(of: Array(changed[3...6]))
    return replace(changed, 2, signature)
  }

  @Test(arguments: cases, [Channel.shell, .control, .stdin])
  func `drops the message and lives on`(example: Case, channel: Channel) throws {
    let kernel = try Harness()
    let frames = kernel.frames("execute_request", "evil", ["code": "print evil"])
    kernel.transport.deliver([(channel, example.spoil(frames))])
    #expect(kernel.logged(example.reason))
    #expect(kernel.logCount == 1)
    kernel.execute("print good", "x")
    #expect(!kernel.untilIdle("x").contains { $0.parent == "evil" })
  }

  @Test func `serves a message once however often it is sent`() throws {
    let kernel = try Harness()
    let frames = kernel.frames("execute_request", "x", ["code": "print a"])
    kernel.transport.deliver([(.shell, frames), (.shell, frames), (.shell, frames)])
    kernel.execute("print b", "y")
    #expect(kernel.untilIdle("y").filter { $0.line == "x execute_reply ok" }.count == 1)
    #expect(kernel.logged("used before"))
  }

  @Test func `an empty key takes what is unsigned, as often as it comes`() throws {
    let kernel = try Harness()
    let frames = kernel.frames("kernel_info_request", "x", [:])
    var reader = RequestReader(signer: Signer(key: ""))
    for _ in 0..<2 { #expect(try reader.read(Self.replace(frames, 2, [])).id == "x") }
    var signed = RequestReader(signer: Signer(key: Harness.key))
    #expect(try signed.read(frames).identities == [Harness.identity])
    #expect(throws: Rejection.repeated) { try signed.read(frames) }
  }

  @Test func `logs an unknown type between busy and idle`() throws {
    let kernel = try Harness()
    kernel.send("dance_request", "x", [:])
    #expect(kernel.untilIdle("x").map(\.line) == ["x status busy", "x status idle"])
    #expect(kernel.logged("no handler for \"dance_request\""))
  }

  @Test func `serves cells on shell only`() throws {
    let kernel = try Harness()
    kernel.send("execute_request", "x", ["code": "print a"], on: .control)
    #expect(kernel.untilIdle("x").map(\.line) == ["x status busy", "x status idle"])
  }

  @Test(arguments: ["comm_open", "comm_msg", "comm_close"], [Channel.shell, .control])
  func `answers no malformed message that is not a request`(type: String, channel: Channel) throws {
    let kernel = try Harness()
    kernel.send(type, "x", ["comm_id": 5], on: channel)
    #expect(kernel.untilIdle("x").map(\.line) == ["x status busy", "x status idle"])
    #expect(kernel.logged("dropped a message on \(channel.rawValue): expected a string"))
  }

  @Test func `looks at the other channels while junk comes`() throws {
    let kernel = try Harness()
    let junk: [(Channel, [Frame])] = [.shell, .stdin, .iopub].flatMap { channel in
      (0..<5000).map { _ in (channel, [[0]]) }
    }
    let control = kernel.frames("kernel_info_request", "c", [:])
    let last = kernel.frames("kernel_info_request", "last", [:])
    kernel.transport.deliver(junk + [(.shell, last)])
    kernel.transport.deliver([(.control, control)])
    // The request behind the junk is the last to be served.
    let served = kernel.untilIdle("last").filter { $0.type == "kernel_info_reply" }
    #expect(served.map(\.parent) == ["c", "last"])
  }
}
