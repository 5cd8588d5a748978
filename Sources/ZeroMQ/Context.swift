import CZeroMQ
import Glibc

/// The owner of all sockets of the process; it must be closed after them.
///
/// Safe to share: libzmq's contexts may be used from any thread.
@safe final class Context: @unchecked Sendable {
  // Unchecked: set once, and libzmq guards what it points to.
  private let handle: UnsafeMutableRawPointer

  /// Makes a context; nil when the system has no descriptors or threads left.
  init?() {
    guard let handle = unsafe zmq_ctx_new() else { return nil }
    unsafe self.handle = handle
  }

  /// Opens a socket of a type such as `ZMQ_ROUTER`.
  func socket(_ type: Int32) throws(ZeroMQError) -> Socket {
    guard let socket = unsafe zmq_socket(handle, type) else {
      throw ZeroMQError(doing: "open a socket")
    }
    return unsafe Socket(socket)
  }

  /// Makes all calls on sockets, in progress and later ones, fail with `ETERM`.
  func shutDown() { unsafe zmq_ctx_shutdown(handle) }

  /// Waits until every socket is closed and has sent what it may, then frees the context.
  func terminate() {
    while unsafe zmq_ctx_term(handle) != 0, zmq_errno() == EINTR {}
  }
}

/// A call of libzmq that failed.
struct ZeroMQError: Error {
  /// What was tried.
  let action: String
  /// The error number.
  let code: Int32

  /// Describes a failure, by default the one that has just happened on this thread.
  init(doing action: String, code: Int32 = zmq_errno()) {
    self.action = action
    self.code = code
  }
}

extension ZeroMQError: CustomStringConvertible {
  var description: String {
    let reason = unsafe zmq_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    return "could not \(action): \(reason)"
  }
}
