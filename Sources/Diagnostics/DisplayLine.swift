/// A line of source as it is shown: tabs expanded, control characters made visible, long lines cut
/// around a place, and for each byte the column at which it comes to stand.
struct DisplayLine {
  /// The line as shown.
  private(set) var text = ""
  /// For each character shown, the offset of its first byte in the file and its column.
  private var offsets: [Int] = []
  private var columns: [Int] = []
  private var width = 0
  /// The offset after the last byte that is shown.
  private var endOffset = 0

  static let tabWidth = 4
  private static let ellipsis = "…"

  /// Lays out a line, counted from 1; when it is longer than `limit` columns, so much of it that the
  /// byte at `focus` is seen.
  init(_ file: SourceFile, line number: Int, focus: Int, limit: Int) {
    let range = file.byteRange(ofLine: number)
    let limit = max(limit, 20)
    // Cut by bytes first, so that a line of megabytes costs no more than a short one.
    let reach = 8 * limit
    let focus = min(max(focus, range.lowerBound), range.upperBound)
    var start = max(range.lowerBound, focus - reach)
    var end = min(range.upperBound, focus + reach)
    while start > range.lowerBound, file.bytes[start] & 0xC0 == 0x80 { start -= 1 }
    while end < range.upperBound, file.bytes[end] & 0xC0 == 0x80 { end += 1 }
    let cells = Self.cells(file.bytes[start..<end], from: start)
    let total = cells.last.map { $0.column + $0.width } ?? 0
    var window = 0..<total
    let isCut = total > limit || start > range.lowerBound || end < range.upperBound
    if isCut {
      let wanted = cells.first { $0.end > focus }?.column ?? total
      let first = min(max(0, wanted - limit / 3), max(0, total - limit))
      window = first..<min(total, first + limit)
    }
    endOffset = start
    if isCut, window.lowerBound > 0 || start > range.lowerBound {
      append(Self.ellipsis, 1, at: nil)
    }
    for cell in cells
    where cell.column >= window.lowerBound && cell.column + cell.width <= window.upperBound {
      append(cell.text, cell.width, at: cell.offset)
      endOffset = cell.end
    }
    if isCut, endOffset < range.upperBound { append(Self.ellipsis, 1, at: nil) }
  }

  /// The columns that a range of bytes covers, at least one.
  func columnRange(_ start: Int, _ end: Int) -> Range<Int> {
    let first = column(of: start)
    return first..<max(first + 1, end > start ? column(of: end) : first + 1)
  }

  /// The column of the first character that is not white space.
  var firstInk: Int {
    let blanks = text.prefix { $0 == " " }.count
    return blanks == text.count ? 0 : blanks
  }

  /// The columns of the whole text.
  var totalWidth: Int { width }

  private func column(of offset: Int) -> Int {
    // The last character that starts at the offset or before it; an offset within a character
    // stands for that character.
    var low = 0
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < offset { low = middle + 1 } else { high = middle }
    }
    if low < offsets.count {
      if offsets[low] > offset, low > 0 { return columns[low - 1] }
      return columns[low]
    }
    guard offset < endOffset, let last = columns.last else { return width }
    return last
  }

  private mutating func append(_ piece: String, _ columnCount: Int, at offset: Int?) {
    if let offset {
      offsets.append(offset)
      columns.append(width)
    }
    text += piece
    width += columnCount
  }

  private struct Cell {
    let offset: Int
    let end: Int
    let text: String
    let column: Int
    let width: Int
  }

  private static func cells(_ bytes: ArraySlice<UInt8>, from start: Int) -> [Cell] {
    var cells: [Cell] = []
    var offset = start
    var column = 0
    for character in String(decoding: bytes, as: UTF8.self) {
      let length = character.utf8.count
      let shown = visible(character, column)
      let width = TextWidth.columns(of: shown)
      cells.append(
        Cell(offset: offset, end: offset + length, text: shown, column: column, width: width))
      offset += length
      column += width
    }
    return cells
  }

  private static func visible(_ character: Character, _ column: Int) -> String {
    if character == "\t" { return String(repeating: " ", count: tabWidth - column % tabWidth) }
    return Printable.text(String(character))
  }
}

/// Makes text safe to show in a terminal.
enum Printable {
  /// The text with control characters, and marks that would reorder the line, replaced by U+FFFD.
  static func text(_ text: String, keepsLineEnds: Bool = false) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      let isKept = !isUnsafe(scalar) || (keepsLineEnds && scalar == "\n")
      result.unicodeScalars.append(isKept ? scalar : "\u{FFFD}")
    }
    return result
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
