/// Identifiers that nobody can guess.
enum RandomID {
  /// A random UUID (version 4) in its usual text.
  static func uuid() -> String {
    // The system's own source, which is fit for secrets.
    var system = SystemRandomNumberGenerator()
    let high: UInt64 = system.next() & ~0xF000 | 0x4000
    let low: UInt64 = system.next() & ~(0b11 << 62) | 0b10 << 62
    let digits = [high, low].map { half in
      let text = String(half, radix: 16)
      return String(repeating: "0", count: 16 - text.utf8.count) + text
    }.joined()
    var rest = Substring(digits)
    return [8, 4, 4, 4, 12].map { length in
      defer { rest = rest.dropFirst(length) }
      return String(rest.prefix(length))
    }.joined(separator: "-")
  }
}
