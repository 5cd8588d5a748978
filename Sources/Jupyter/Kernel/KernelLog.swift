import Platform

/// The kernel's log: a line for what was dropped and why, but only so many in a time.
///
/// Who sends junk without end must neither fill a disk nor keep the wire busy with writing.
struct KernelLog {
  /// How long lines are counted together, in seconds.
  static let period = 5.0
  /// The lines that are written in that time; those behind them are only counted.
  static let linesPerPeriod = 100

  private let write: @Sendable (String) -> Void
  private let now: @Sendable () -> Double
  private var periodEnd = -Double.infinity
  private var written = 0
  private var omitted = 0

  init(
    write: @escaping @Sendable (String) -> Void,
    now: @escaping @Sendable () -> Double = { Clocks.monotonic() }
  ) {
    self.write = write
    self.now = now
  }

  /// Writes a line, or counts it.
  mutating func add(_ line: String) {
    _ = tellOmitted()
    if written == 0 { periodEnd = now() + Self.period }
    if written < Self.linesPerPeriod {
      written += 1
      write(line)
    } else {
      omitted += 1
    }
  }

  /// Says how many lines were left out once their time is over.
  ///
  /// - Returns: The seconds after which to ask again; nil when there is nothing to say.
  mutating func tellOmitted() -> Double? {
    guard written > 0 else { return nil }
    let left = periodEnd - now()
    if left > 0 { return omitted > 0 ? left : nil }
    close()
    written = 0
    return nil
  }

  /// Says how many lines were left out until now.
  mutating func close() {
    if omitted > 0 { write("… \(omitted) more messages dropped") }
    omitted = 0
  }

  /// A name from outside, of unknown length, in quotes and in ASCII.
  static func quoted(_ name: String) -> String {
    // Not by characters: one alone can have any number of code points.
    let scalars = name.unicodeScalars.prefix(limit + 1)
    return "\"\(cut(scalars.map { $0.escaped(asASCII: true) }.joined()))\""
  }

  /// At most the first 60 code points of a text from outside, none of which moves a cursor.
  static func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(limit + 1)
    return cut(scalars.map { isShown($0) ? String($0) : $0.escaped(asASCII: true) }.joined())
  }

  private static let limit = 60

  private static func cut(_ text: String) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1))) + "…"
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      false
    default: true
    }
  }
}
