import Catalog
public import Platform
import Runtime

/// One way to complete a text.
public struct Completion: Sendable, Equatable {
  /// What would stand there.
  public let text: String
  /// `function`, `module`, `keyword` …: front ends choose an icon by it.
  public let kind: String
  /// The parameters of what can be called, else empty.
  public let signature: String
}

/// What could stand at the cursor.
public struct CompletionList: Sendable {
  /// The ways to complete, in the order in which they are shown.
  public let items: [Completion]
  /// The replaced part, in code points.
  public let start: Int
  /// The end of the replaced part, in code points.
  public let end: Int
  /// True when the cursor is in a string, where a path could stand too.
  public let isInString: Bool

  /// Makes a list.
  public init(items: [Completion], start: Int, end: Int, isInString: Bool = false) {
    self.items = items
    self.start = start
    self.end = end
    self.isInString = isInString
  }
}

/// Completion from text, cursor and a snapshot, so that any thread may ask while a cell runs; only
/// for the paths in texts are folders read.
public enum Completer {
  /// Finds what dotted names lead to.
  typealias Lookup = ([String]) -> NameSnapshot.Name?

  /// What could stand at a cursor, given in code points; names of files in texts come from
  /// `files`.
  public static func complete(
    _ code: String, cursor: Int, _ snapshot: NameSnapshot, files: FileAccess? = nil
  ) -> CompletionList {
    complete(code, cursor: cursor, snapshot, files: files) { snapshot.find($0) }
  }

  static func complete(
    _ code: String, cursor: Int, _ snapshot: NameSnapshot, files: FileAccess?, lookup: Lookup
  ) -> CompletionList {
    let cursor = min(max(cursor, 0), code.unicodeScalars.count)
    let context = CursorContext(code, cursor: cursor)
    let items: [Completion]
    if context.isComment {
      items = []
    } else if let prefix = context.stringPrefix {
      let choices = inString(context, lookup)
      items = choices.map { matching(prefix, $0) } ?? files.map { paths(prefix, $0) } ?? []
    } else if let place = context.imported {
      items = matching(place.typed, imported(place, snapshot))
    } else if let mark = context.magicMark {
      let magics = SessionCommand.magics.map {
        Completion(text: mark + $0, kind: "magic", signature: "")
      }
      items = matching(mark + (context.path.last ?? ""), magics)
    } else if context.path.count > 1, let prefix = context.path.last {
      let attributes = lookup(context.path.dropLast())?.attributes ?? []
      items = matching(prefix, attributes.map(completion).sorted { $0.text < $1.text })
    } else {
      let prefix = context.path.last ?? ""
      items =
        matching(prefix, keywordArguments(context, lookup))
        + matching(prefix, names(snapshot, context))
    }
    return CompletionList(
      items: items, start: context.start, end: cursor, isInString: context.stringPrefix != nil)
  }

  /// Those that begin with a prefix; names with a leading underscore only when it asks for them.
  private static func matching(_ prefix: String, _ candidates: [Completion]) -> [Completion] {
    var seen: Set<String> = []
    return candidates.filter { candidate in
      candidate.text.hasPrefix(prefix) && (prefix.hasPrefix("_") || !candidate.text.hasPrefix("_"))
        && seen.insert(candidate.text).inserted
    }
  }

  private static func completion(_ record: NameRecord) -> Completion {
    let kind: String =
      switch record.entry?.kind {
      case .function: "function"
      case .method: "function"
      case .type: "class"
      case .module: "module"
      case .constant: "instance"
      case nil: record.type == "attribute" ? "property" : "instance"
      }
    let signature = record.entry.map { String($0.signature.dropFirst($0.name.count)) } ?? ""
    return Completion(text: record.name, kind: kind, signature: signature)
  }

  /// What may stand in an `import` line.
  private static func imported(_ place: ImportPlace, _ snapshot: NameSnapshot) -> [Completion] {
    switch place {
    case .module:
      snapshot.modules.keys.sorted().map { Completion(text: $0, kind: "module", signature: "") }
    case .member(let module, _):
      (snapshot.modules[module] ?? []).map(completion).sorted { $0.text < $1.text }
    case .keyword(let word, _): [Completion(text: word, kind: "keyword", signature: "")]
    case .newName: []
    }
  }

  /// Globals first, since they are what somebody is working with, then keywords and builtins.
  private static func names(_ snapshot: NameSnapshot, _ context: CursorContext) -> [Completion] {
    let globals = snapshot.globals.map { completion($0.record) }.sorted { $0.text < $1.text }
    let keywords = expressionKeywords + (context.isStatementStart ? statementKeywords : [])
    let words = keywords.sorted().map { Completion(text: $0, kind: "keyword", signature: "") }
    let builtins = snapshot.builtins.map { completion($0.record) }.sorted { $0.text < $1.text }
    return globals + words + builtins
  }

  private static func keywordArguments(_ context: CursorContext, _ lookup: Lookup)
    -> [Completion]
  {
    guard let path = context.call, context.keyword == nil else { return [] }
    return (lookup(path)?.record.entry?.parameters ?? []).compactMap { parameter in
      switch parameter.passing {
      case .either, .keyword:
        Completion(text: parameter.name + "=", kind: "param", signature: "")
      default: nil
      }
    }
  }

  /// Keys of the dict that is indexed, or the choices of the parameter that the string is for; nil
  /// when it could be any text.
  private static func inString(_ context: CursorContext, _ lookup: Lookup) -> [Completion]? {
    if let path = context.indexed, let name = lookup(path) {
      return name.keys.map { Completion(text: $0, kind: "instance", signature: "") }
    }
    guard let path = context.call, let parameters = lookup(path)?.record.entry?.parameters else {
      return nil
    }
    let parameter =
      context.keyword.flatMap { keyword in parameters.first { $0.name == keyword } }
      ?? (context.keyword == nil && parameters.indices.contains(context.argumentIndex)
        ? parameters[context.argumentIndex] : nil)
    guard let choices = parameter?.choices, !choices.isEmpty else { return nil }
    return choices.map { Completion(text: $0, kind: "instance", signature: "") }
  }

  /// The files and folders whose paths begin with a text; those with a leading dot only when it
  /// asks for them.
  private static func paths(_ prefix: String, _ files: FileAccess) -> [Completion] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let start = prefix.dropFirst(folder.count)
    let names = (try? files.list(folder.isEmpty ? "." : folder)) ?? []
    return names.lazy.filter { name in
      name.hasPrefix(start) && (start.hasPrefix(".") || !name.hasPrefix("."))
        // These would have to be written another way in a text.
        && !name.contains { "\"'\\".contains($0) || $0.isNewline }
    }.prefix(pathLimit).map { name in
      let path = folder + name
      return Completion(
        text: files.isFolder(path) ? path + "/" : path, kind: "path", signature: "")
    }
  }

  /// More paths than anybody reads.
  private static let pathLimit = 500

  private static let expressionKeywords = [
    "and", "else", "False", "for", "if", "in", "is", "lambda", "None", "not", "or", "True",
  ]

  private static let statementKeywords = [
    "assert", "break", "continue", "def", "del", "elif", "from", "import", "load", "pass",
    "return", "while",
  ]
}
