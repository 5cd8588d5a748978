/// What stands around the cursor, read from the text alone.
///
/// The text need not parse: while somebody types it hardly ever does. So this scans tokens up to
/// the cursor and keeps a stack of the brackets that are open there.
struct CursorContext {
  /// The dotted names before the cursor: `["np", "ze"]` for `np.ze|`; the last may be empty.
  ///
  /// What stands in front of the dot may be a literal: `""`, `[]` or `{}` stands for any of its
  /// kind, and an empty name for a value that only running the code would tell.
  var path: [String] = []
  /// Where the last name of ``path`` starts, in code points.
  var start = 0
  /// The text of the string that the cursor is in, up to the cursor; nil outside of strings.
  var stringPrefix: String?
  /// The function whose arguments the cursor is among, as dotted names.
  var call: [String]?
  /// The keyword of the argument that the cursor is in: `activation` in `LSTM(5, activation="|`.
  var keyword: String?
  /// The number of commas before the cursor in the call.
  var argumentIndex = 0
  /// The value that is indexed, for `d["|`.
  var indexed: [String]?
  /// True in a comment.
  var isComment = false
  /// What an `import` or `from` line asks for; nil elsewhere.
  var imported: ImportPlace?
  /// The percent signs before the cursor's word where a magic is being typed: `%` in `%ti|`.
  var magicMark: String?
  /// True where a statement could begin.
  var isStatementStart = false

  private struct Open {
    let mark: Character
    let path: [String]
    var commas = 0
    var keyword: String?
  }

  /// Reads the text up to a cursor in code points.
  init(_ code: String, cursor: Int) {
    let scalars = Array(code.unicodeScalars.prefix(max(cursor, 0)))
    var stack: [Open] = []
    var names: [String] = []
    var endsWithDot = false
    var index = 0
    var statementStart = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "#" {
        while index < scalars.count, scalars[index] != "\n" { index += 1 }
        isComment = index == scalars.count
        names = []
      } else if scalar == "\"" || scalar == "'" {
        guard let end = Self.endOfString(scalars, from: index) else {
          let quotes = Self.quoteCount(scalars, at: index)
          stringPrefix = Self.text(scalars[min(index + quotes, scalars.count)...])
          start = min(index + quotes, scalars.count)
          finish(stack)
          return
        }
        index = end
        names = ["\"\""]
        endsWithDot = false
      } else if Self.isNamePart(scalar) {
        let first = index
        while index < scalars.count, Self.isNamePart(scalars[index]) { index += 1 }
        let name = Self.text(scalars[first..<index])
        names = endsWithDot ? names + [name] : [name]
        endsWithDot = false
        start = first
      } else {
        index += 1
        switch scalar {
        case ".": endsWithDot = true
        case "(", "[", "{":
          stack.append(Open(mark: Character(scalar), path: names))
          names = []
        case ")", "]", "}":
          let opening = stack.popLast()
          let isLiteral = opening?.path.isEmpty == true && scalar != ")"
          names = [isLiteral ? scalar == "]" ? "[]" : "{}" : ""]
        case ",":
          if !stack.isEmpty {
            stack[stack.count - 1].commas += 1
            stack[stack.count - 1].keyword = nil
          }
          names = []
        case "=":
          if !stack.isEmpty, names.count == 1 { stack[stack.count - 1].keyword = names[0] }
          names = []
        case "\n":
          if stack.isEmpty { statementStart = index }
          names = []
        case ";":
          statementStart = index
          names = []
        default: names = []
        }
        if scalar != "." { endsWithDot = false }
      }
    }
    let touches = scalars.last.map { Self.isNamePart($0) || $0 == "." } ?? false
    path = touches ? (endsWithDot ? names + [""] : names) : [""]
    if path.last == "" || !touches { start = scalars.count }
    finish(stack)
    if !isComment { readStatement(Self.text(scalars[statementStart...]), isOpen: stack.isEmpty) }
  }

  /// Reads the statement that the cursor ends: whether it begins there, imports or is a magic.
  ///
  /// Among brackets, where it is not open, no statement begins.
  private mutating func readStatement(_ statement: String, isOpen: Bool) {
    if let place = ImportPlace(statement) {
      imported = place
      // A module's dots do not part it: the whole path is replaced.
      start += (path.last ?? "").unicodeScalars.count - place.typed.unicodeScalars.count
      path = [place.typed]
    } else if statement.first == "%" {
      let mark = statement.prefix { $0 == "%" }
      guard statement.dropFirst(mark.count).unicodeScalars.allSatisfy(Self.isNamePart) else {
        return
      }
      magicMark = String(mark)
      start -= mark.count
    } else {
      let word = (path.last ?? "").count
      let before = statement.dropLast(word).last { $0 != " " && $0 != "\t" }
      isStatementStart = isOpen && path.count == 1 && (before == nil || before == ":")
    }
  }

  private mutating func finish(_ stack: [Open]) {
    guard var innermost = stack.last else { return }
    // The names in `metrics=["acc` are those of the call around the list.
    if innermost.mark == "[", innermost.path.isEmpty, let outer = stack.dropLast().last {
      innermost = outer
    }
    if innermost.mark == "(", !innermost.path.isEmpty {
      call = innermost.path
      keyword = innermost.keyword
      argumentIndex = innermost.commas
    } else if innermost.mark == "[", !innermost.path.isEmpty {
      indexed = innermost.path
    }
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isXIDContinue
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static func quoteCount(_ scalars: [Unicode.Scalar], at index: Int) -> Int {
    let quote = scalars[index]
    return index + 2 < scalars.count && scalars[index + 1] == quote && scalars[index + 2] == quote
      ? 3 : 1
  }

  /// The index after the string that starts at `index`; nil when it is still open.
  private static func endOfString(_ scalars: [Unicode.Scalar], from index: Int) -> Int? {
    let quote = scalars[index]
    let count = quoteCount(scalars, at: index)
    var place = index + count
    while place < scalars.count {
      if scalars[place] == "\\" {
        place += 2
        continue
      }
      if scalars[place] == "\n", count == 1 { return place }
      if scalars[place] == quote {
        if count == 1 { return place + 1 }
        if place + 2 < scalars.count, scalars[place + 1] == quote, scalars[place + 2] == quote {
          return place + 3
        }
      }
      place += 1
    }
    return nil
  }
}
