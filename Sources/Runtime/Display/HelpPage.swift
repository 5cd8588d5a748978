public import Catalog
import Diagnostics

/// The page about one name that `help(x)`, `x?` and inspection show.
public enum HelpPage {
  /// What `help()` without a name says: how to ask, and the names that there are, in groups.
  public static func introduction(_ interpreter: Interpreter) -> String {
    let entries = interpreter.builtinNames.compactMap { interpreter.builtin($0)?.entry }
    let sections = groups(of: entries).map { group in
      "\(group.name)\n" + wrapped(group.entries.map(\.name).joined(separator: " "), indent: "  ")
    }
    return """
      help(x) or x? shows the signature, a description and examples of x.
      dir(x) lists the attributes of a value, dir() the names that you have bound.

      \(sections.joined(separator: "\n"))
      """
  }

  /// Records by the headings under which they are listed, sorted, each name once.
  public static func groups(of entries: [Entry]) -> [(name: String, entries: [Entry])] {
    let groups = Dictionary(grouping: entries) { $0.group.isEmpty ? "Other" : $0.group }
    return groups.keys.sorted().map { name in
      var seen: Set<String> = []
      let sorted = (groups[name] ?? []).sorted { $0.name < $1.name }
      return (name, sorted.filter { seen.insert($0.name).inserted })
    }
  }

  /// The page of what the argument of `help` stands for: of the value, or, for a text such as
  /// `"LSTM"`, `"np.zeros"` or `"list.append"`, of the name.
  ///
  /// - Throws: `NameError` when a text names nothing.
  static func text(for value: Value, _ interpreter: Interpreter) throws(Fault) -> String {
    guard let path = value.stringText else { return bundle(for: value, interpreter).text }
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let head = parts.first ?? ""
    var found = interpreter.globals[head] ?? interpreter.builtin(head)
    for part in parts.dropFirst() {
      guard let outer = found else { break }
      found = try interpreter.attributeIfAny(outer, part)
    }
    if found == nil { found = interpreter.module(path).map { .object($0) } }
    if let found { return bundle(for: found, interpreter).text }
    if let method = method(path) { return text(of: method) }
    let near = Spelling.nearest(to: path, among: interpreter.builtinNames)
    throw Fault(
      "NameError", "help: nothing is known of '\(path)'",
      help: near.map { "did you mean '\($0)'?" } ?? "help() lists the names that there are")
  }

  /// The method of a type of the language that a path such as `list.append` names.
  private static func method(_ path: String) -> Entry? {
    let path = path.hasPrefix("str.") ? "string.\(path.dropFirst(4))" : path
    return LanguageEntries.all.first {
      if case .method(of: let type) = $0.kind { path == "\(type).\($0.name)" } else { false }
    }
  }

  /// The page of a value: its record, or its type and text, and what it tells of itself.
  public static func bundle(for value: Value, _ interpreter: Interpreter, detail: Int = 0)
    -> MimeBundle
  {
    var told: String?
    if case .object(let object) = value {
      told =
        object.kind == .module
        ? listing(of: interpreter.attributeRecords(value)) : object.inspection(detail: detail)
    }
    if let entry = value.entry { return bundle(of: entry, told: told, detail: detail) }
    let shown = told ?? "  \(Interpreter.shortText(value))"
    return MimeBundle(text: "\(interpreter.typeName(value))\n\n\(shown)")
  }

  /// What a module holds: a line for each name.
  public static func listing(of members: [NameRecord]) -> String {
    members.filter { !$0.name.hasPrefix("_") }.sorted { $0.name < $1.name }
      .map { line($0.name, $0.entry?.summary ?? $0.type) }.joined(separator: "\n")
  }

  /// A name in a list of names, with the first sentence of its summary.
  public static func line(_ name: String, _ summary: String) -> String {
    let padding = String(repeating: " ", count: max(28 - name.count, 1))
    let end = summary.firstRange(of: ". ")?.lowerBound
    return "  \(name)\(padding)\(end.map { summary[...$0] } ?? summary[...])"
  }

  /// The page of a record, and behind it what its value tells of itself.
  public static func bundle(of entry: Entry, told: String? = nil, detail: Int = 0) -> MimeBundle {
    let choices = detail > 0 ? choices(of: entry) : []
    var plain = [text(of: entry)]
    var rich = [markdown(of: entry)]
    if !choices.isEmpty {
      plain.append(choices.map { "  \($0): \($1)" }.joined(separator: "\n"))
      rich.append(choices.map { "- `\($0)`: \($1)" }.joined(separator: "\n") + "\n")
    }
    if let told {
      plain.append(told)
      rich.append("```python\n\(told)\n```\n")
    }
    var bundle = MimeBundle(text: plain.joined(separator: "\n\n"))
    bundle.add("text/markdown", rich.joined(separator: "\n"))
    return bundle
  }

  /// The parameters that take one of a few texts, with these.
  private static func choices(of entry: Entry) -> [(name: String, texts: String)] {
    entry.parameters.filter { !$0.choices.isEmpty }
      .map { ($0.name, $0.choices.joined(separator: ", ")) }
  }

  /// A page in plain text.
  public static func text(of entry: Entry) -> String {
    var text = entry.signature(columns: columns) + "\n\n"
    text += wrapped(entry.summary, indent: "  ")
    for example in entry.examples {
      text += "\n"
      for line in example.source.split(separator: "\n", omittingEmptySubsequences: false) {
        text += "\n  > " + line
      }
      for line in example.output.split(separator: "\n") { text += "\n  " + line }
    }
    return text
  }

  /// A page in Markdown.
  public static func markdown(of entry: Entry) -> String {
    var text = "```python\n\(entry.signature(columns: columns))\n```\n\n\(entry.summary)\n"
    for example in entry.examples {
      text += "\n```python\n\(example.source)\n```\n"
      if !example.output.isEmpty { text += "\n```\n\(example.output)\n```\n" }
    }
    return text
  }

  /// The columns of the narrowest terminal that people use.
  private static let columns = 80

  /// Text in lines that a terminal need not break.
  private static func wrapped(_ text: String, indent: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if !line.isEmpty, line.count + word.count + 1 > columns - indent.count {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? word : " " + word
    }
    lines.append(line)
    return lines.map { indent + $0 }.joined(separator: "\n")
  }
}
