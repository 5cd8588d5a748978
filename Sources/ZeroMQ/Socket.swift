import CZeroMQ
import Glibc
import Jupyter

/// One ZeroMQ socket, used by one thread at a time.
///
/// Every call is repeated when a signal breaks into it.
@safe final class Socket {
  /// What `zmq_poll` and libzmq's functions take.
  let handle: UnsafeMutableRawPointer

  init(_ handle: UnsafeMutableRawPointer) { unsafe self.handle = handle }

  /// Sets an option that is a number.
  func set(_ option: Int32, _ value: Int32) throws(ZeroMQError) {
    var value = value
    let size = MemoryLayout<Int32>.size
    guard unsafe zmq_setsockopt(handle, option, &value, size) == 0 else {
      throw ZeroMQError(doing: "set option \(option)")
    }
  }

  /// Encrypts what goes through the socket: only peers that know the public key are served.
  func encrypt(secretKey: String) throws(ZeroMQError) {
    try set(ZMQ_CURVE_SERVER, 1)
    // 40 characters in Z85, which libzmq wants with the zero that ends them.
    let key = Array(secretKey.utf8) + [0]
    guard unsafe zmq_setsockopt(handle, ZMQ_CURVE_SECRETKEY, key, key.count) == 0 else {
      throw ZeroMQError(doing: "use curve_secretkey")
    }
  }

  /// Listens at an endpoint.
  func bind(_ endpoint: String) throws(ZeroMQError) {
    guard unsafe zmq_bind(handle, endpoint) == 0 else {
      throw ZeroMQError(doing: "listen at \(endpoint)")
    }
  }

  /// Takes a whole message; nil when there is none and `waiting` is false.
  func receive(waiting: Bool) throws(ZeroMQError) -> [Frame]? {
    var frames: [Frame] = []
    var part = zmq_msg_t()
    while true {
      unsafe zmq_msg_init(&part)
      defer { unsafe zmq_msg_close(&part) }
      // Parts of a message arrive together, so only the first can be missing.
      var count: Int32
      repeat {
        count = unsafe zmq_msg_recv(&part, handle, waiting ? 0 : ZMQ_DONTWAIT)
      } while count < 0 && zmq_errno() == EINTR
      guard count >= 0 else {
        if zmq_errno() == EAGAIN { return nil }
        throw ZeroMQError(doing: "receive")
      }
      let bytes = unsafe UnsafeRawBufferPointer(
        start: zmq_msg_data(&part), count: zmq_msg_size(&part))
      frames.append(unsafe Frame(bytes))
      if unsafe zmq_msg_more(&part) == 0 { return frames }
    }
  }

  /// Sends a whole message without waiting.
  func send(_ frames: [Frame]) throws(ZeroMQError) {
    for (index, frame) in frames.enumerated() {
      let more = index + 1 < frames.count ? ZMQ_SNDMORE : 0
      var count: Int32
      repeat {
        // libzmq copies the bytes before it returns.
        count = unsafe zmq_send(handle, frame, frame.count, ZMQ_DONTWAIT | more)
      } while count < 0 && zmq_errno() == EINTR
      guard count >= 0 else { throw ZeroMQError(doing: "send") }
    }
  }

  /// Closes the socket; what it has not sent yet is sent for as long as its linger time allows.
  func close() { unsafe zmq_close(handle) }
}
