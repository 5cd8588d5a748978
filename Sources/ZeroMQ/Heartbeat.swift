import CZeroMQ
import Glibc
import Jupyter
import Platform

/// Echoes what it receives, so that front ends see that the process lives, on a thread of its own.
final class Heartbeat {
  private let thread: WorkerThread

  /// Listens where a connection file says; ends when the context is shut down.
  init(_ context: Context, _ connection: ConnectionFile) throws(ZeroMQError) {
    let socket = try context.socket(ZMQ_ROUTER)
    do throws(ZeroMQError) {
      try socket.listen(
        at: connection.heartbeatEndpoint, connection,
        frameBytes: MessageLimit.unsignedFrameBytes, linger: 0)
    } catch {
      socket.close()
      throw error
    }
    // The socket passes to the thread and is used nowhere else from here on.
    let owned = UncheckedSocket(socket: socket)
    let thread = WorkerThread(name: "heartbeat", stackBytes: 1 << 20) {
      let socket = owned.socket
      defer { socket.close() }
      while let message = try? socket.receive(waiting: true) { try? socket.send(message) }
    }
    guard let thread else {
      socket.close()
      throw ZeroMQError(doing: "start the heartbeat", code: EAGAIN)
    }
    self.thread = thread
  }

  /// Waits for the thread to end.
  func join() { thread.join() }
}

/// Takes a socket to another thread.
private struct UncheckedSocket: @unchecked Sendable {
  let socket: Socket
}
