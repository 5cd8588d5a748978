public import Catalog

/// The page about one name that `help(x)`, `x?` and inspection show.
public enum HelpPage {
  /// What `help()` without a name says.
  public static let introduction = """
    help(x) or x? shows the signature, a description and examples of x.
    dir(x) lists the attributes of a value, %who the names that you have bound.
    """

  /// The page of a value: its record, or its type and text, and what it tells of itself.
  public static func bundle(for value: Value, _ interpreter: Interpreter, detail: Int = 0)
    -> MimeBundle
  {
    var told: String?
    if case .object(let object) = value { told = object.inspection(detail: detail) }
    if let entry = value.entry { return bundle(of: entry, told: told, detail: detail) }
    let shown = told ?? "  \(Interpreter.shortText(value))"
    return MimeBundle(text: "\(interpreter.typeName(value))\n\n\(shown)")
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
    var text = entry.signature + "\n\n"
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
    var text = "```python\n\(entry.signature)\n```\n\n\(entry.summary)\n"
    for example in entry.examples {
      text += "\n```python\n\(example.source)\n```\n"
      if !example.output.isEmpty { text += "\n```\n\(example.output)\n```\n" }
    }
    return text
  }

  /// Text in lines of at most 88 columns.
  private static func wrapped(_ text: String, indent: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if !line.isEmpty, line.count + word.count + 1 > 88 - indent.count {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? word : " " + word
    }
    lines.append(line)
    return lines.map { indent + $0 }.joined(separator: "\n")
  }
}
