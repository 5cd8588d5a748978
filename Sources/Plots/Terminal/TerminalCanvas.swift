import Diagnostics

/// A rectangle of characters, and finer dots inside each of them.
struct TerminalCanvas {
  let columns: Int
  let rows: Int
  private let style: TerminalStyle
  private var cells: [Cell]

  /// One character with its colours; dots are kept apart until the text is made.
  private struct Cell {
    var glyph: Character = " "
    var foreground: RGB?
    var background: RGB?
    var dots: UInt8 = 0
  }

  init(columns: Int, rows: Int, style: TerminalStyle) {
    self.columns = max(1, min(columns, 1000))
    self.rows = max(1, min(rows, 1000))
    self.style = style
    cells = Array(repeating: Cell(), count: self.columns * self.rows)
  }

  private func index(_ column: Int, _ row: Int) -> Int? {
    guard column >= 0, row >= 0, column < columns, row < rows else { return nil }
    return row * columns + column
  }

  /// Puts a character at a place; nothing outside the canvas.
  mutating func put(
    _ glyph: Character, column: Int, row: Int, foreground: RGB? = nil, background: RGB? = nil
  ) {
    guard let index = index(column, row) else { return }
    cells[index] = Cell(glyph: glyph, foreground: foreground, background: background)
  }

  /// Writes text to the right of a place.
  mutating func write(_ text: String, column: Int, row: Int, foreground: RGB? = nil) {
    var column = column
    for character in style.unicode ? text : Self.plain(text) {
      let width = TextWidth.columns(of: character)
      guard column + width <= columns else { return }
      put(character, column: column, row: row, foreground: foreground)
      // The second half of a wide character holds nothing.
      if width == 2, let index = index(column + 1, row) { cells[index].glyph = "\u{0}" }
      column += max(1, width)
    }
  }

  /// Sets one of the 2 x 4 dots of a character, in the colour of the last that touches it.
  mutating func dot(x: Int, y: Int, color: RGB?) {
    guard x >= 0, y >= 0, let index = index(x / 2, y / 4) else { return }
    let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
    cells[index].dots |= bits[x % 2][y % 4]
    cells[index].glyph = " "
    cells[index].foreground = color
  }

  /// True if nothing is at a place.
  func isFree(column: Int, row: Int) -> Bool {
    guard let index = index(column, row) else { return false }
    return cells[index].glyph == " " && cells[index].dots == 0 && cells[index].background == nil
  }

  /// Copies another canvas to a place.
  mutating func draw(_ other: TerminalCanvas, column: Int, row: Int) {
    for y in 0..<other.rows {
      for x in 0..<other.columns {
        guard let target = index(column + x, row + y) else { continue }
        cells[target] = other.cells[y * other.columns + x]
      }
    }
  }

  /// The lines, with colours where the terminal has them and without spaces at their ends.
  var lines: [String] {
    (0..<rows).map { row in
      var line = ""
      var current = ""
      let slice = cells[row * columns..<(row + 1) * columns]
      let used = slice.lastIndex { $0.glyph != " " || $0.dots != 0 || $0.background != nil }
      for cell in slice.prefix(through: used ?? slice.startIndex) where cell.glyph != "\u{0}" {
        var glyph = cell.glyph
        if cell.dots != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(cell.dots)) {
          glyph = Character(scalar)
        }
        let escape =
          glyph == " " && cell.background == nil
          ? current : style.escape(foreground: cell.foreground, background: cell.background)
        if escape != current {
          if !current.isEmpty { line += "\u{1b}[0m" }
          line += escape
          current = escape
        }
        line.append(glyph)
      }
      if !current.isEmpty { line += "\u{1b}[0m" }
      return used == nil ? "" : line
    }
  }

  /// Text in ASCII, for terminals that have no more.
  static func plain(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar -> Character in
        switch scalar {
        case "\u{2212}": "-"
        case "\u{202f}": " "
        case "\u{2026}": "~"
        case "\u{d7}": "x"
        default: scalar.isASCII ? Character(scalar) : "?"
        }
      })
  }
}
