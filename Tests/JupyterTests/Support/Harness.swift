import JSON
import Platform
import Testing

@testable import Jupyter

/// A message that the kernel sent, read back.
struct Received: Sendable {
  let channel: Channel
  let identities: [Frame]
  let type: String
  /// The message's own header.
  let header: Frame
  /// The header's id of the request that it belongs to; nil for none.
  let parent: String?
  let parentHeader: Frame
  let metadata: JSONObject
  let content: JSONObject

  /// The message in a line: what tests of order compare.
  var line: String {
    let detail: String? =
      switch type {
      case "status": content["execution_state"]?.string
      case "stream": content["text"]?.string
      case "execute_input": content["code"]?.string
      case "execute_reply": content["status"]?.string
      case "error": content["ename"]?.string
      default: nil
      }
    return [parent ?? "-", type, detail].compactMap(\.self).joined(separator: " ")
  }
}

/// A kernel with a scripted session on a transport in memory, and the client that talks to it.
final class Harness: Sendable {
  static let key = "a key"
  static let identity: Frame = Array("client".utf8)

  let transport: InMemoryTransport
  let interruption = Interruption()
  private let thread: WorkerThread
  private let ending = Monitor<Kernel.Ending?>(nil)
  private let lines = Monitor<[String]>([])
  private let signer = Signer(key: Harness.key)

  /// Starts a kernel; a client that listens is welcomed before this returns.
  init(listens: Bool = true) throws {
    let wake = try #require(WakeDescriptor())
    let transport = InMemoryTransport(wake: wake)
    self.transport = transport
    let body: @Sendable () -> Void = { [interruption, ending, lines] in
      let backend = KernelBackend(tools: ScriptedTools()) { ScriptedSession($0) }
      let kernel = Kernel(
        transport: transport, key: Harness.key, version: "1.2.3", backend: backend,
        interruption: interruption, wake: wake, log: { line in lines.update { $0.append(line) } })
      let result = kernel.run()
      ending.update { $0 = result }
    }
    thread = try #require(WorkerThread(name: "wire", body: body))
    #expect(next()?.line == "- status starting")
    if listens {
      listen()
      #expect(next()?.line == "- iopub_welcome")
    }
  }

  deinit {
    if ending.withLock({ $0 }) == nil { send("shutdown_request", "end", [:], on: .control) }
    thread.join()
  }

  // MARK: Sending

  /// The frames of a request, signed.
  func frames(
    _ type: String, _ id: String, _ content: JSONValue, from identity: Frame = Harness.identity,
    parent: JSONValue = [:]
  ) -> [Frame] {
    let header: JSONValue = [
      "msg_id": .string(id), "msg_type": .string(type), "session": "s", "extra": [1],
    ]
    var envelope = Envelope(
      identities: [identity], header: header.bytes(), parentHeader: parent.bytes(),
      metadata: Array("{}".utf8), content: content.bytes())
    envelope.signature = signer.signature(of: envelope.signed)
    return envelope.frames
  }

  func send(_ type: String, _ id: String, _ content: JSONValue, on channel: Channel = .shell) {
    transport.deliver([(channel, frames(type, id, content))])
  }

  /// Answers a question; `parent` is the message that the answer names as its parent.
  func answer(
    _ text: String, _ id: String, from identity: Frame = Harness.identity, parent: Received? = nil
  ) {
    let header = parent.flatMap { try? JSONValue(parsing: $0.header) } ?? [:]
    let content: JSONValue = ["value": .string(text)]
    transport.deliver([
      (.stdin, frames("input_reply", id, content, from: identity, parent: header))
    ])
  }

  /// Sends a cell.
  func execute(_ code: String, _ id: String, _ fields: JSONObject = [:]) {
    send("execute_request", id, Self.cell(code, fields))
  }

  /// Sends cells that arrive all at once.
  func executeTogether(_ cells: [(code: String, id: String)]) {
    transport.deliver(
      cells.map { (.shell, frames("execute_request", $0.id, Self.cell($0.code, [:]))) })
  }

  private static func cell(_ code: String, _ fields: JSONObject) -> JSONValue {
    var content = fields
    content["code"] = .string(code)
    return .object(content)
  }

  /// Subscribes to everything.
  func listen() { transport.deliver([(.iopub, [[1]])]) }

  // MARK: Receiving

  /// The next message that the kernel sends.
  func next() -> Received? { transport.next().flatMap(read) }

  /// All messages up to and with the *idle* of a request.
  func untilIdle(_ id: String) -> [Received] {
    var messages: [Received] = []
    while let message = next() {
      messages.append(message)
      if message.line == "\(id) status idle" { return messages }
    }
    Issue.record("no idle for \(id); received \(messages.map(\.line))")
    return messages
  }

  /// All messages up to the first whose line is this one.
  func until(_ line: String) -> [Received] {
    var messages: [Received] = []
    while let message = next() {
      messages.append(message)
      if message.line == line { return messages }
    }
    Issue.record("no \(line); received \(messages.map(\.line))")
    return messages
  }

  private func read(_ message: (channel: Channel, frames: [Frame])) -> Received? {
    guard let envelope = try? Envelope(message.frames),
      signer.accepts(envelope.signature, of: envelope.signed),
      let header = try? JSONValue(parsing: envelope.header),
      let parent = try? JSONValue(parsing: envelope.parentHeader),
      let metadata = try? JSONValue(parsing: envelope.metadata).object,
      let content = try? JSONValue(parsing: envelope.content).object
    else {
      Issue.record("a message that cannot be read")
      return nil
    }
    return Received(
      channel: message.channel, identities: envelope.identities,
      type: header["msg_type"]?.string ?? "", header: envelope.header,
      parent: parent["msg_id"]?.string,
      parentHeader: envelope.parentHeader, metadata: metadata, content: content)
  }

  /// Waits until the kernel has ended, and says why.
  func end() -> Kernel.Ending? { ending.wait(timeout: 10) { $0 } }

  /// Waits for a line in the log.
  func logged(_ text: String) -> Bool {
    lines.wait(timeout: 10) { $0.contains { $0.contains(text) } ? true : nil } ?? false
  }

  /// How many lines the log has.
  var logCount: Int { lines.withLock { $0.count } }
}
