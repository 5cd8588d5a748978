/// The calls that led to a fault, outermost first, with runs of the same calls folded.
struct CallList {
  private enum Row {
    case call(Diagnostic.Frame)
    case fold(String)
  }

  private let rows: [Row]
  private let columns: Int

  /// More rows than this are shown as the first and the last of them.
  private static let rowLimit = 24
  /// The longest cycle of functions calling each other that is folded.
  private static let longestCycle = 4

  init(_ frames: [Diagnostic.Frame], columns: Int) {
    self.columns = columns
    // One frame is the place that the excerpt shows.
    guard frames.count > 1 else {
      rows = []
      return
    }
    let folded = Self.folded(frames)
    if folded.count > Self.rowLimit {
      let half = Self.rowLimit / 2
      let hidden = folded.count - 2 * half
      rows = folded.prefix(half) + [.fold("… \(hidden) more")] + folded.suffix(half)
    } else {
      rows = folded
    }
  }

  func lines(style: (String, Renderer.Role) -> String) -> [String] {
    guard !rows.isEmpty else { return [] }
    var cells: [(function: String, place: String, source: String)] = []
    for case .call(let frame) in rows { cells.append(Self.cells(of: frame)) }
    let functionWidth = cells.map { TextWidth.columns(of: $0.function) }.max() ?? 0
    let placeWidth = cells.map { TextWidth.columns(of: $0.place) }.max() ?? 0
    var lines = [style("calls, newest last:", .gutter)]
    for row in rows {
      switch row {
      case .fold(let text): lines.append("  " + style(text, .faint))
      case .call(let frame):
        let cell = Self.cells(of: frame)
        let head = "  " + Self.padded(cell.function, functionWidth) + "  "
        let place = Self.padded(cell.place, placeWidth)
        let room = max(20, columns - functionWidth - placeWidth - 6)
        lines.append(head + style(place, .gutter) + "  " + Self.cut(cell.source, room))
      }
    }
    return lines
  }

  /// Replaces repetitions of up to ``longestCycle`` frames by one round and a count.
  private static func folded(_ frames: [Diagnostic.Frame]) -> [Row] {
    var rows: [Row] = []
    var index = 0
    while index < frames.count {
      let (period, rounds) = repetition(frames, at: index)
      for frame in frames[index..<index + period] { rows.append(.call(frame)) }
      if rounds > 2 {
        let more = rounds - 1
        rows.append(.fold(period == 1 ? "… \(more) more" : "… \(more) more of these \(period)"))
        index += period * rounds
      } else {
        index += period
      }
    }
    return rows
  }

  /// The shortest cycle that is repeated more than twice from an index on, or one frame.
  private static func repetition(_ frames: [Diagnostic.Frame], at index: Int) -> (Int, Int) {
    for period in 1...longestCycle where index + 3 * period <= frames.count {
      var matching = 0
      while index + matching + period < frames.count,
        isSame(frames[index + matching], frames[index + matching + period])
      {
        matching += 1
      }
      let rounds = 1 + matching / period
      if rounds > 2 { return (period, rounds) }
    }
    return (1, 1)
  }

  private static func isSame(_ left: Diagnostic.Frame, _ right: Diagnostic.Frame) -> Bool {
    left.function == right.function && left.label.span == right.label.span
      && left.label.file === right.label.file
  }

  private static func cells(of frame: Diagnostic.Frame)
    -> (function: String, place: String, source: String)
  {
    let file = frame.label.file
    let place = file.position(of: Int(frame.label.span.start))
    let range = file.byteRange(ofLine: place.line)
    let line = String(decoding: file.bytes[range].prefix(400), as: UTF8.self)
    let source = line.drop { $0 == " " || $0 == "\t" }
    return (
      Printable.text(frame.function),
      "\(Printable.text(file.name)):\(place.line):\(place.column)", Printable.text(String(source))
    )
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - TextWidth.columns(of: text)))
  }

  private static func cut(_ text: String, _ width: Int) -> String {
    guard TextWidth.columns(of: text) > width else { return text }
    var shown = ""
    var used = 1
    for character in text {
      used += TextWidth.columns(of: character)
      guard used <= width else { break }
      shown.append(character)
    }
    return shown + "…"
  }
}
