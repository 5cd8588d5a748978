/// Turns diagnostics into text, the same for every front end.
///
/// The header says what is wrong, then come the places with the source underlined, the calls that led
/// there, a fact and an edit:
/// ```
/// TypeError: cannot add int and string
///  --> cell 2:3:9
///   |
/// 3 | total = 1 + "x"
///   |         - ^ --- string
///   |         int
/// help: write str(1) + "x"
/// ```
public struct Renderer: Sendable {
  /// Marks the parts with ANSI colours.
  public let usesColor: Bool
  /// The width above which source lines are cut around the place.
  public let columns: Int

  /// Makes a renderer.
  public init(usesColor: Bool, columns: Int = 100) {
    self.usesColor = usesColor
    self.columns = max(columns, 40)
  }

  /// The diagnostic as lines of text, the last one ended too.
  public func text(of diagnostic: Diagnostic) -> String {
    var lines = header(of: diagnostic)
    let excerpts = excerpts(of: diagnostic)
    let widest = excerpts.flatMap(\.lines).map(\.number).max() ?? 0
    let gutter = String(widest).utf8.count
    for excerpt in excerpts { lines += rendered(excerpt, gutter: gutter) }
    lines += CallList(diagnostic.frames, columns: columns).lines(style: style)
    if let note = diagnostic.note { lines += remark("note", .note, note) }
    if let help = diagnostic.help { lines += remark("help", .help, help) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A rendered text without its colours.
  public static func withoutColors(_ text: String) -> String {
    let parts = text.split(separator: "\u{1B}[", omittingEmptySubsequences: false)
    return String(parts[0])
      + parts.dropFirst().map { part in
        let codes = part.prefix { $0.isNumber || $0 == ";" }
        let rest = part.dropFirst(codes.count)
        return rest.first == "m" ? String(rest.dropFirst()) : "\u{1B}[" + part
      }.joined()
  }

  private func header(of diagnostic: Diagnostic) -> [String] {
    let isError = diagnostic.severity == .error
    let title = isError ? diagnostic.name : "warning"
    let message = printable(diagnostic.message)
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    let first = style(title, isError ? .error : .warning)
    guard let head = lines.first, !head.isEmpty else { return [first] }
    return [first + style(": " + head, .message)] + lines.dropFirst().map(String.init)
  }

  private func remark(_ title: String, _ role: Role, _ text: String) -> [String] {
    let lines = printable(text).split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { index, line in
      index == 0
        ? style("\(title):", role) + " " + line : String(repeating: " ", count: 6) + line
    }
  }

  /// What a terminal can show of a text, which may quote a name of a megabyte.
  private func printable(_ text: String) -> String {
    let isLong = text.utf8.count > Renderer.longest
    return Printable.text(
      isLong ? text.prefix(Renderer.longest) + "…" : text, keepsLineEnds: true)
  }

  private static let longest = 10_000

  // MARK: Places

  /// Gathers the labels by file, and in each file by line; the primary's file comes first.
  private func excerpts(of diagnostic: Diagnostic) -> [Excerpt] {
    var excerpts: [Excerpt] = []
    let labels =
      (diagnostic.primary.map { [($0, true)] } ?? []) + diagnostic.secondary.map { ($0, false) }
    for (label, isPrimary) in labels {
      let position = excerpts.firstIndex { $0.file === label.file } ?? excerpts.count
      if position == excerpts.count {
        excerpts.append(Excerpt(file: label.file, first: label.span))
      }
      excerpts[position].add(label, isPrimary: isPrimary)
    }
    return excerpts
  }

  private func rendered(_ excerpt: Excerpt, gutter: Int) -> [String] {
    let blank = String(repeating: " ", count: gutter)
    let place = excerpt.file.position(of: Int(excerpt.first.start))
    let name = Printable.text(excerpt.file.name)
    var lines = [blank + style("-->", .gutter) + " \(name):\(place.line):\(place.column)"]
    lines.append(blank + style(" |", .gutter))
    var previous: Int?
    for line in excerpt.lines.sorted(by: { $0.number < $1.number }) {
      if let previous, line.number > previous + 2 {
        lines.append(style("...", .gutter))
      } else if let previous, line.number == previous + 2 {
        lines += rendered(Excerpt.Line(number: previous + 1), of: excerpt.file, gutter: gutter)
      }
      lines += rendered(line, of: excerpt.file, gutter: gutter)
      previous = line.number
    }
    return lines
  }

  private func rendered(_ line: Excerpt.Line, of file: SourceFile, gutter: Int) -> [String] {
    let focus = (line.marks.first { $0.isPrimary } ?? line.marks.first)?.start ?? 0
    let shown = DisplayLine(file, line: line.number, focus: focus, limit: columns - gutter - 3)
    let digits = String(line.number)
    let padding = String(repeating: " ", count: gutter - digits.utf8.count)
    let bar = style(padding + digits + " |", .gutter)
    let rows = [bar + (shown.text.isEmpty ? "" : " " + shown.text)]
    guard !line.marks.isEmpty else { return rows }
    let blank = style(String(repeating: " ", count: gutter) + " |", .gutter) + " "
    return rows + Underline(line.marks, under: shown).rows(style: style).map { blank + $0 }
  }

  // MARK: Colours

  /// What a piece of text is, which decides its colour.
  ///
  /// Front ends show errors on pink and, on dark pages, on maroon. Their own bold red and bold green
  /// cannot be read on maroon (contrast 2.2 and 2.3), so these come from the palette of 256: at
  /// least 2.9 on both, and 3.6 on black and on white.
  enum Role: String {
    case error = "1;38;5;167"
    case warning = "1;33"
    case message = "1"
    case gutter = "34"
    case primary = "38;5;167"
    case secondary = "38;5;32"
    case note = "1;36"
    case help = "1;38;5;29"
    case faint = "2"
  }

  private func style(_ text: String, _ role: Role) -> String {
    usesColor && !text.isEmpty ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : text
  }
}
