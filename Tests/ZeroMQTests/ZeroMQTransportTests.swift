import CZeroMQ
import JSON
import Jupyter
import Platform
import Testing

@testable import ZeroMQ

/// The real sockets, over ipc in a folder of their own.
@Suite struct ZeroMQTransportTests {
  /// A transport, and a context for the clients that connect to it.
  private final class Fixture {
    let wake: WakeDescriptor
    let connection: ConnectionFile
    let transport: ZeroMQTransport
    let clients: Context
    private let folder: String
    private var sockets: [Socket] = []

    init(_ name: String) throws {
      folder = "/tmp/linnet-ipc-\(Environment.processID)-\(name)"
      try FileAccess.unrestricted.makeFolder(folder)
      connection = try ConnectionFile([
        "transport": "ipc", "ip": .string("\(folder)/k"), "key": "", "shell_port": 1,
        "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
      ])
      wake = try #require(WakeDescriptor())
      transport = try ZeroMQTransport(connection)
      clients = try #require(Context())
    }

    deinit {
      for socket in sockets { socket.close() }
      clients.terminate()
      transport.close()
      try? FileAccess.unrestricted.remove(folder)
    }

    func client(_ kind: Int32, _ endpoint: String) throws -> Socket {
      let socket = try clients.socket(kind)
      sockets.append(socket)
      try socket.set(ZMQ_LINGER, 0)
      // A test that waits in vain ends after ten seconds.
      try socket.set(ZMQ_RCVTIMEO, 10_000)
      try socket.connect(endpoint)
      return socket
    }

    /// The next message on a channel.
    func receive(_ channel: Channel) -> [Frame]? {
      let end = Clocks.monotonic() + 10
      while Clocks.monotonic() < end {
        if let frames = transport.receive(channel) { return frames }
        transport.wait(for: wake, timeout: 1)
      }
      return nil
    }
  }

  @Test(arguments: [Channel.shell, .control, .stdin])
  func `carries messages both ways`(channel: Channel) throws {
    let fixture = try Fixture("ways-\(channel.rawValue)")
    let client = try fixture.client(ZMQ_DEALER, fixture.connection.endpoint(of: channel))
    try client.send([[1, 2], [], [3]])
    let received = try #require(fixture.receive(channel))
    #expect(received.dropFirst() == [[1, 2], [], [3]])
    #expect(fixture.transport.send([received[0], [9], []], on: channel) == .sent)
    #expect(try client.receive(waiting: true) == [[9], []])
  }

  @Test func `tells each subscription and sends to who subscribed`() throws {
    let fixture = try Fixture("iopub")
    let endpoint = fixture.connection.endpoint(of: .iopub)
    for topic in ["", ""] {
      let client = try fixture.client(ZMQ_SUB, endpoint)
      try client.subscribe(topic)
      #expect(fixture.receive(.iopub) == [[1]])
      #expect(fixture.transport.send([Array("kernel.x".utf8), [7]], on: .iopub) == .sent)
      #expect(try client.receive(waiting: true)?.last == [7])
    }
  }

  @Test func `says when a question finds nobody`() throws {
    let fixture = try Fixture("stdin")
    #expect(fixture.transport.send([[5], [6]], on: .stdin) == .unroutable)
    #expect(fixture.transport.send([[5], [6]], on: .shell) == .sent)
  }

  @Test func `echoes heartbeats`() throws {
    let fixture = try Fixture("heartbeat")
    let client = try fixture.client(ZMQ_REQ, fixture.connection.heartbeatEndpoint)
    for beat: UInt8 in 0..<3 {
      try client.send([[beat]])
      #expect(try client.receive(waiting: true) == [[beat]])
    }
  }

  @Test func `waiting ends when another thread wakes it`() throws {
    let fixture = try Fixture("wake")
    let wake = fixture.wake
    let thread = WorkerThread(name: "waker") { wake.wake() }
    let start = Clocks.monotonic()
    fixture.transport.wait(for: wake, timeout: 30)
    #expect(Clocks.monotonic() - start < 20)
    thread?.join()
  }

  @Test func `gives one frame more than allowed of a message with too many`() throws {
    let fixture = try Fixture("frames")
    let client = try fixture.client(ZMQ_DEALER, fixture.connection.endpoint(of: .shell))
    try client.send(Array(repeating: [], count: 10_000))
    try client.send([[1]])
    #expect(fixture.receive(.shell)?.count == MessageLimit.frames + 1)
    #expect(fixture.receive(.shell)?.dropFirst() == [[1]])
  }

  @Test func `does not take frames of any length`() throws {
    let fixture = try Fixture("length")
    let endpoint = fixture.connection.endpoint(of: .shell)
    let client = try fixture.client(ZMQ_DEALER, endpoint)
    try client.send([Frame(repeating: 7, count: MessageLimit.frameBytes)])
    #expect(fixture.receive(.shell)?.last?.count == MessageLimit.frameBytes)
    try client.send([Frame(repeating: 7, count: MessageLimit.frameBytes + 1)])
    // It is disconnected for that; another is served.
    try fixture.client(ZMQ_DEALER, endpoint).send([[1]])
    #expect(fixture.receive(.shell)?.last == [1])
  }

  @Test func `leaves no file behind when it cannot start`() throws {
    let folder = "/tmp/linnet-ipc-\(Environment.processID)-failed"
    let files = FileAccess.unrestricted
    try files.makeFolder(folder)
    defer { try? files.remove(folder) }
    // Nothing can listen where a folder stands.
    try files.makeFolder("\(folder)/k-4")
    let connection = try ConnectionFile([
      "transport": "ipc", "ip": .string("\(folder)/k"), "key": "", "shell_port": 1,
      "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
    ])
    let error = #expect(throws: TransportError.self) { try ZeroMQTransport(connection) }
    #expect(error?.description.contains("k-4") == true)
    #expect(try files.list(folder) == ["k-4"])
  }

  @Test func `refuses an address that is not its own`() throws {
    // An address that documents use and no machine has.
    let connection = try ConnectionFile([
      "transport": "tcp", "ip": "203.0.113.1", "key": "", "shell_port": 1, "iopub_port": 1,
      "stdin_port": 1, "control_port": 1, "hb_port": 1,
    ])
    let error = #expect(throws: TransportError.self) { try ZeroMQTransport(connection) }
    #expect(error?.description.contains("tcp://203.0.113.1:1") == true)
  }
}

extension Socket {
  /// Connects as front ends do.
  fileprivate func connect(_ endpoint: String) throws {
    guard unsafe zmq_connect(handle, endpoint) == 0 else {
      throw ZeroMQError(doing: "connect to \(endpoint)")
    }
  }

  /// Takes messages whose first frame starts with `topic`.
  fileprivate func subscribe(_ topic: String) throws {
    guard unsafe zmq_setsockopt(handle, ZMQ_SUBSCRIBE, topic, topic.utf8.count) == 0 else {
      throw ZeroMQError(doing: "subscribe")
    }
  }
}
