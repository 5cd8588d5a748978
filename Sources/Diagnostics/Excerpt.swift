/// The lines of one file that a diagnostic shows, with what is marked in them.
struct Excerpt {
  let file: SourceFile
  /// The place that the heading names.
  let first: Span
  private(set) var lines: [Line] = []

  /// A line and its marks.
  struct Line {
    let number: Int
    var marks: [Mark] = []
  }

  /// Bytes of one line to underline.
  struct Mark {
    let start: Int
    let end: Int
    let isPrimary: Bool
    let text: String
    /// Starts at the first character that is not white space, for the last line of a long span.
    let startsAtInk: Bool
  }

  init(file: SourceFile, first: Span) {
    self.file = file
    self.first = first
  }

  /// Marks a label; one over several lines marks the first and the last of them.
  mutating func add(_ label: Diagnostic.Label, isPrimary: Bool) {
    let start = Int(label.span.start)
    let end = Int(label.span.end)
    let firstLine = file.position(of: start).line
    // A span that ends with a line's end belongs to that line, not to the next.
    let lastLine = end > start ? file.position(of: end - 1).line : firstLine
    let text = Printable.text(label.text)
    guard lastLine > firstLine else {
      return mark(firstLine, start, end, isPrimary, text, startsAtInk: false)
    }
    let head = file.byteRange(ofLine: firstLine)
    mark(firstLine, start, max(start + 1, head.upperBound), isPrimary, "", startsAtInk: false)
    let tail = file.byteRange(ofLine: lastLine)
    mark(lastLine, tail.lowerBound, end, isPrimary, text, startsAtInk: true)
  }

  private mutating func mark(
    _ number: Int, _ start: Int, _ end: Int, _ isPrimary: Bool, _ text: String, startsAtInk: Bool
  ) {
    let position = lines.firstIndex { $0.number == number } ?? lines.count
    if position == lines.count { lines.append(Line(number: number)) }
    lines[position].marks.append(
      Mark(start: start, end: end, isPrimary: isPrimary, text: text, startsAtInk: startsAtInk))
  }
}

/// The rows below a line: the underlines, then the words that do not fit beside them.
struct Underline {
  private struct Piece {
    let columns: Range<Int>
    let isPrimary: Bool
    let text: String
  }

  private let pieces: [Piece]

  init(_ marks: [Excerpt.Mark], under line: DisplayLine) {
    pieces = marks.map { mark in
      var columns = line.columnRange(mark.start, mark.end)
      if mark.startsAtInk, line.firstInk < columns.upperBound {
        columns = line.firstInk..<columns.upperBound
      }
      return Piece(columns: columns, isPrimary: mark.isPrimary, text: mark.text)
    }.sorted {
      ($0.columns.lowerBound, $0.columns.upperBound) < (
        $1.columns.lowerBound, $1.columns.upperBound
      )
    }
  }

  /// The rows; the words of the rightmost mark stand beside it, those of the others below, from right
  /// to left.
  func rows(style: (String, Renderer.Role) -> String) -> [String] {
    var cells: [Renderer.Role?] = Array(
      repeating: nil, count: pieces.map(\.columns.upperBound).max() ?? 0)
    // Narrow marks are drawn over wide ones, or they would not be seen.
    for piece in pieces.sorted(by: { $0.columns.count > $1.columns.count }) {
      for column in piece.columns { cells[column] = piece.isPrimary ? .primary : .secondary }
    }
    var row = ""
    var column = 0
    while column < cells.count {
      let role = cells[column]
      let end = cells[column...].firstIndex { $0 != role } ?? cells.count
      let mark = role == nil ? " " : role == .primary ? "^" : "-"
      let run = String(repeating: mark, count: end - column)
      row += role.map { style(run, $0) } ?? run
      column = end
    }
    let rightmost = pieces.indices.max {
      pieces[$0].columns.upperBound < pieces[$1].columns.upperBound
    }
    var rows = [row]
    for index in pieces.indices.reversed() where !pieces[index].text.isEmpty {
      let piece = pieces[index]
      let words = style(piece.text, piece.isPrimary ? .primary : .secondary)
      if index == rightmost {
        rows[0] += " " + words
      } else {
        rows.append(String(repeating: " ", count: piece.columns.lowerBound) + words)
      }
    }
    return rows
  }
}
