import CZeroMQ
import Glibc
public import Jupyter
public import Platform

/// The kernel's channels as ZeroMQ sockets, listening where a connection file says.
public final class ZeroMQTransport: Transport {
  /// How long closing waits for slow receivers, in milliseconds.
  private static let linger: Int32 = 40

  private let opened: Opened

  /// Opens all sockets.
  ///
  /// - Throws: ``TransportError`` when an address is taken or not allowed; nothing stays open then.
  public init(_ connection: ConnectionFile) throws(TransportError) {
    guard let context = Context() else {
      throw TransportError(description: "could not start ZeroMQ: too many open files")
    }
    var opened = Opened(context: context)
    do throws(ZeroMQError) {
      opened.heartbeat = try Heartbeat(context, connection)
      opened.endpoints.append(connection.heartbeatEndpoint)
      for channel in Channel.allCases {
        let socket = try context.socket(channel == .iopub ? ZMQ_XPUB : ZMQ_ROUTER)
        opened.sockets.append((channel, socket))
        try Self.listen(socket, channel, connection)
        opened.endpoints.append(connection.endpoint(of: channel))
      }
    } catch {
      opened.close()
      throw TransportError(description: error.description)
    }
    self.opened = opened
  }

  private static func listen(_ socket: Socket, _ channel: Channel, _ connection: ConnectionFile)
    throws(ZeroMQError)
  {
    // With a limit, XPUB loses messages silently when a front end reads slowly.
    try socket.set(ZMQ_SNDHWM, 0)
    switch channel {
    case .shell, .control:
      // A client that connects again under its old name takes the name over.
      try socket.set(ZMQ_ROUTER_HANDOVER, 1)
    case .stdin:
      // Without it a question to a client that has not connected yet would vanish.
      try socket.set(ZMQ_ROUTER_MANDATORY, 1)
      try socket.set(ZMQ_ROUTER_HANDOVER, 1)
    case .iopub:
      // Every subscription is told, so that every subscriber can be greeted.
      try socket.set(ZMQ_XPUB_VERBOSE, 1)
    }
    try socket.listen(
      at: connection.endpoint(of: channel), connection,
      frameBytes: channel == .iopub ? MessageLimit.unsignedFrameBytes : MessageLimit.frameBytes,
      linger: linger)
  }

  /// Waits until a socket has a message, `wake` is awake, or the time in seconds is up.
  ///
  /// Only sockets that may have changed are asked, which costs a system call or more each; `zmq_poll`
  /// asks all of them before it waits and again after that.
  ///
  /// - Returns: The channels that have a message.
  public func wait(for wake: WakeDescriptor, timeout: Double?) -> Set<Channel> {
    var ready: Set<Channel> = []
    for (channel, socket) in opened.sockets where !socket.isSettled && socket.hasMessage() {
      ready.insert(channel)
    }
    var requests = opened.sockets.map { entry in
      pollfd(fd: entry.socket.descriptor, events: Int16(POLLIN), revents: 0)
    }
    requests.append(pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0))
    let milliseconds = timeout.map { Int32((min(max($0, 0), 3600) * 1000).rounded(.up)) } ?? -1
    // Those that have messages must not hide the others. A signal that breaks in has woken `wake` or
    // has nothing to say.
    let count = unsafe poll(&requests, nfds_t(requests.count), ready.isEmpty ? milliseconds : 0)
    guard count > 0 else { return ready }
    for (entry, request) in zip(opened.sockets, requests)
    where request.revents != 0 && entry.socket.hasMessage() {
      ready.insert(entry.channel)
    }
    return ready
  }

  /// Takes the oldest message of a channel; nil when there is none.
  public func receive(_ channel: Channel) -> [Frame]? {
    try? socket(channel)?.receive(waiting: false)
  }

  /// Sends a message without waiting.
  public func send(_ frames: [Frame], on channel: Channel) -> Delivery {
    guard let socket = socket(channel) else { return .failed("no such channel") }
    do throws(ZeroMQError) {
      try socket.send(frames)
      return .sent
    } catch {
      // Only the stdin channel reports it; elsewhere a client that has left is no news.
      return error.code == EHOSTUNREACH ? .unroutable : .failed(error.description)
    }
  }

  /// Sends what is under way, then closes all sockets.
  public func close() { opened.close() }

  private func socket(_ channel: Channel) -> Socket? {
    opened.sockets.first { $0.channel == channel }?.socket
  }
}

/// What a transport has opened, all of it or as much as a start that failed had reached.
private struct Opened {
  let context: Context
  var heartbeat: Heartbeat?
  var sockets: [(channel: Channel, socket: Socket)] = []
  /// Where sockets listen.
  var endpoints: [String] = []

  func close() {
    for (_, socket) in sockets { socket.close() }
    context.shutDown()
    heartbeat?.join()
    context.terminate()
    let scheme = "ipc://"
    for endpoint in endpoints where endpoint.hasPrefix(scheme) {
      // libzmq leaves these files behind.
      try? FileAccess.unrestricted.remove(String(endpoint.dropFirst(scheme.count)))
    }
  }
}

/// Why the channels could not be opened.
public struct TransportError: Error, Sendable, CustomStringConvertible {
  /// The problem in one line.
  public let description: String
}
