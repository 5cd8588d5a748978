import CSodium

/// Signs messages with HMAC-SHA256 and checks signatures; an empty key means unsigned.
struct Signer: Sendable {
  /// What a signature begins with: the key has been read, which takes a third of signing a short
  /// message; nil without a key.
  private let start: crypto_auth_hmacsha256_state?

  init(key: String) {
    // Libsodium wants it before anything else; later calls do nothing.
    _ = sodium_init()
    guard !key.isEmpty else {
      start = nil
      return
    }
    let bytes = Array(key.utf8)
    var state = crypto_auth_hmacsha256_state()
    unsafe crypto_auth_hmacsha256_init(&state, bytes, bytes.count)
    start = state
  }

  /// True when messages are signed at all.
  var isSigning: Bool { start != nil }

  /// The signature in lower-case hexadecimal digits; empty without a key.
  func signature(of frames: [Frame]) -> Frame {
    guard var state = start else { return [] }
    for frame in frames {
      unsafe crypto_auth_hmacsha256_update(&state, frame, UInt64(frame.count))
    }
    // 32 is crypto_auth_hmacsha256_BYTES.
    var digest = [UInt8](repeating: 0, count: 32)
    unsafe crypto_auth_hmacsha256_final(&state, &digest)
    var text: Frame = []
    text.reserveCapacity(64)
    for byte in digest {
      text.append(Self.digit(byte >> 4))
      text.append(Self.digit(byte & 15))
    }
    return text
  }

  /// Whether the signature is right, compared in a time that does not depend on where it differs.
  func accepts(_ signature: Frame, of frames: [Frame]) -> Bool {
    guard isSigning else { return true }
    let expected = self.signature(of: frames)
    guard signature.count == expected.count else { return false }
    // Both have `expected.count` bytes.
    return unsafe sodium_memcmp(signature, expected, expected.count) == 0
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + (value - 10)
  }
}
