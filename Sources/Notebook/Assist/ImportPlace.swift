/// What the end of an `import` or `from` line asks for.
enum ImportPlace: Equatable {
  /// The path of a module, of which this is typed.
  case module(String)
  /// A name of a module, of which this is typed.
  case member(of: String, String)
  /// The keyword that comes next, of which this is typed.
  case keyword(String, String)
  /// A name that only its author knows.
  case newName(String)

  /// Reads a statement up to the cursor; nil when it imports nothing.
  init?(_ statement: String) {
    let text = statement.drop { $0 == " " || $0 == "\t" }
    if text.hasPrefix("import ") {
      let (before, typed) = Self.words(of: Self.clause(of: text.dropFirst("import ".count)))
      switch before.count {
      case 0: self = .module(typed)
      case 1: self = .keyword("as", typed)
      default: self = .newName(typed)
      }
    } else if text.hasPrefix("from ") {
      let (before, typed) = Self.words(of: text.dropFirst("from ".count))
      guard let module = before.first else {
        self = .module(typed)
        return
      }
      guard before.count > 1, before[1].hasPrefix("import") else {
        self = .keyword("import", typed)
        return
      }
      let list = text.dropFirst("from ".count).drop { $0.isWhitespace }
        .dropFirst(module.count).drop { $0.isWhitespace }.dropFirst("import".count)
      let clause = Self.words(of: Self.clause(of: list))
      switch clause.before.count {
      case 0: self = .member(of: module, clause.typed)
      case 1: self = .keyword("as", clause.typed)
      default: self = .newName(clause.typed)
      }
    } else {
      return nil
    }
  }

  /// The word before the cursor, as far as it is typed.
  var typed: String {
    switch self {
    case .module(let text), .member(_, let text), .keyword(_, let text), .newName(let text): text
    }
  }

  /// What follows the last comma or bracket.
  private static func clause(of list: Substring) -> Substring {
    list.lastIndex { $0 == "," || $0 == "(" }.map { list[list.index(after: $0)...] } ?? list
  }

  /// The whole words, and the one that the cursor touches, empty behind a space.
  private static func words(of text: Substring) -> (before: [String], typed: String) {
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    let touches = text.last.map { !$0.isWhitespace } ?? false
    let typed = touches ? words.popLast() : nil
    return (words, typed ?? "")
  }
}
