/// A cell is source of the language, and commands of the session on lines of their own.
///
/// Commands belong to the session, not to the grammar: `%time`, `name?`, `!ls`. They stand where a
/// statement could begin, so a line inside brackets or a long string is never one.
enum CellPart: Equatable {
  /// Source, and the line of the cell (from 1) on which it begins.
  case source(String, line: Int)
  case command(SessionCommand)

  /// The parts of a cell in order.
  static func parts(of code: String) -> [CellPart] {
    var parts: [CellPart] = []
    var source = ""
    var firstLine = 1
    var open = OpenText()
    func flush() {
      if source.contains(where: { !$0.isWhitespace }) {
        parts.append(.source(source, line: firstLine))
      }
      source = ""
    }
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      if open.isClosed, let command = SessionCommand(line: String(line)) {
        flush()
        if parts.isEmpty, line.hasPrefix("%%"), case .magic(let name, let rest) = command {
          let body = lines[(number + 1)...].map { "\n" + $0 }.joined()
          let source = String(repeating: "\n", count: number) + rest + body
          return [.command(.magic(name: name, rest: source))]
        }
        parts.append(.command(command))
      } else {
        if source.isEmpty { firstLine = number + 1 }
        source += line + (number + 1 < lines.count ? "\n" : "")
        open.read(line)
      }
    }
    flush()
    return parts
  }
}

/// A line that speaks to the session.
enum SessionCommand: Equatable {
  /// `name?`, `?name` and `name??`.
  case help(String)
  /// `%name rest`; of `%%name` at the start of a cell, the rest of the cell is the rest.
  case magic(name: String, rest: String)
  /// `!command`.
  case shell(String)

  /// The magics that do something, in the order of the alphabet.
  static let magics = ["mem", "reset", "time", "timeit", "who"]

  /// Reads a line; nil when it is source.
  init?(line: String) {
    var text = Substring(line)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    guard let first = text.first, !first.isWhitespace else { return nil }
    switch first {
    case "%":
      let body = text.drop { $0 == "%" }
      let name = body.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      guard !name.isEmpty else { return nil }
      let rest = body.dropFirst(name.count).drop { $0 == " " }
      self = .magic(name: String(name), rest: String(rest))
    case "!":
      self = .shell(String(text.dropFirst()))
    case "?":
      self = .help(String(text.drop { $0 == "?" || $0 == " " }))
    default:
      guard text.last == "?" else { return nil }
      while text.last == "?" { text.removeLast() }
      let isName = text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      guard isName, !text.isEmpty else { return nil }
      self = .help(String(text))
    }
  }
}
