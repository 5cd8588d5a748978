import CZeroMQ
import Glibc
import Jupyter

/// One ZeroMQ socket, used by one thread at a time.
///
/// Every call is repeated when a signal breaks into it.
@safe final class Socket {
  /// What `zmq_poll` and libzmq's functions take.
  let handle: UnsafeMutableRawPointer

  /// Becomes readable when something happens to the socket that it was not asked about yet.
  ///
  /// That is all that it tells: a message that came while the socket was used otherwise lies there
  /// behind a descriptor that is not readable. See ``isSettled``.
  private(set) lazy var descriptor: Int32 = option(ZMQ_FD) ?? -1
  /// True while there is no message, unless ``descriptor`` is readable.
  private(set) var isSettled = false

  init(_ handle: UnsafeMutableRawPointer) { unsafe self.handle = handle }

  /// Asks whether there is a message.
  func hasMessage() -> Bool {
    // A socket that cannot be asked has nothing more to say.
    let hasMessage = (option(ZMQ_EVENTS) ?? 0) & ZMQ_POLLIN != 0
    isSettled = !hasMessage
    return hasMessage
  }

  private func option(_ option: Int32) -> Int32? {
    var value: Int32 = 0
    var size = 4
    // Fails without harm when a signal breaks in, so it is asked again.
    while unsafe zmq_getsockopt(handle, option, &value, &size) != 0 {
      guard zmq_errno() == EINTR else { return nil }
    }
    return value
  }

  /// Sets an option that is an `int`.
  func set(_ option: Int32, _ value: Int32) throws(ZeroMQError) {
    try set(option, number: value)
  }

  /// Sets an option that is an `int64_t`.
  private func set(_ option: Int32, long value: Int64) throws(ZeroMQError) {
    try set(option, number: value)
  }

  private func set(_ option: Int32, number: some FixedWidthInteger) throws(ZeroMQError) {
    var number = number
    let size = number.bitWidth / 8
    guard unsafe zmq_setsockopt(handle, option, &number, size) == 0 else {
      throw ZeroMQError(doing: "set option \(option)")
    }
  }

  /// Listens at an endpoint in the way that a connection file demands of all its sockets.
  ///
  /// - Parameters:
  ///   - endpoint: The address.
  ///   - connection: What says how.
  ///   - frameBytes: The longest frame that is taken; who sends a longer one is disconnected.
  ///   - linger: How long closing waits for slow receivers, in milliseconds.
  /// - Throws: ``ZeroMQError`` when the address is taken or not allowed.
  func listen(
    at endpoint: String, _ connection: ConnectionFile, frameBytes: Int, linger: Int32
  ) throws(ZeroMQError) {
    try set(ZMQ_LINGER, linger)
    try set(ZMQ_MAXMSGSIZE, long: Int64(frameBytes))
    if connection.ip.contains(":") { try set(ZMQ_IPV6, 1) }
    if let key = connection.secretKey { try encrypt(secretKey: key) }
    // An interrupt that comes as soon as a front end sees the first socket is none of its business.
    while unsafe zmq_bind(handle, endpoint) != 0 {
      guard zmq_errno() == EINTR else { throw ZeroMQError(doing: "listen at \(endpoint)") }
    }
  }

  /// Encrypts what goes through the socket: only peers that know the public key are served.
  private func encrypt(secretKey: String) throws(ZeroMQError) {
    try set(ZMQ_CURVE_SERVER, 1)
    // 40 characters in Z85, which libzmq wants with the zero that ends them.
    let key = Array(secretKey.utf8) + [0]
    guard unsafe zmq_setsockopt(handle, ZMQ_CURVE_SECRETKEY, key, key.count) == 0 else {
      throw ZeroMQError(doing: "use curve_secretkey")
    }
  }

  /// Takes a whole message; nil when there is none and `waiting` is false.
  ///
  /// Of one with too many frames only one more than ``MessageLimit/frames`` are kept.
  func receive(waiting: Bool) throws(ZeroMQError) -> [Frame]? {
    isSettled = false
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
        isSettled = zmq_errno() == EAGAIN
        if isSettled { return nil }
        throw ZeroMQError(doing: "receive")
      }
      let bytes = unsafe UnsafeRawBufferPointer(
        start: zmq_msg_data(&part), count: zmq_msg_size(&part))
      if frames.count <= MessageLimit.frames { frames.append(unsafe Frame(bytes)) }
      if unsafe zmq_msg_more(&part) == 0 { return frames }
    }
  }

  /// Sends a whole message without waiting.
  func send(_ frames: [Frame]) throws(ZeroMQError) {
    isSettled = false
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
