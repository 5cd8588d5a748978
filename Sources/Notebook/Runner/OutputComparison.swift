public import JSON

/// Compares the outputs of two runs of a cell, for people.
public enum OutputComparison {
  /// The lines that differ, with `-` what is stored and `+` what came out; empty when both are the
  /// same.
  ///
  /// Adjacent text of one stream counts as one output, and metadata as nothing.
  public static func differences(stored: [JSONValue], fresh: [JSONValue]) -> [String] {
    let (old, new) = (lines(of: stored), lines(of: fresh))
    guard old != new else { return [] }
    let start = zip(old, new).prefix { $0 == $1 }.count
    let rest = (old.dropFirst(start), new.dropFirst(start))
    let end = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
    return shown(rest.0.dropLast(end), "- ") + shown(rest.1.dropLast(end), "+ ")
  }

  /// At most so many lines of each side are shown, and so many characters of a line.
  private static let (lineLimit, widthLimit) = (12, 120)

  private static func shown(_ lines: ArraySlice<String>, _ mark: String) -> [String] {
    var shown = lines.prefix(lineLimit).map { line in
      mark + (line.count > widthLimit ? line.prefix(widthLimit) + "…" : line)
    }
    if lines.count > lineLimit { shown.append("\(mark)… \(lines.count - lineLimit) more lines") }
    return shown
  }

  /// Outputs as lines that name their kind.
  private static func lines(of outputs: [JSONValue]) -> [String] {
    var texts: [(label: String, text: String)] = []
    for output in outputs {
      switch output["output_type"]?.string {
      case "stream":
        let label = output["name"]?.string ?? "stream"
        let text = NotebookFile.text(of: output["text"]) ?? ""
        if texts.last?.label == label {
          texts[texts.count - 1].text += text
        } else {
          texts.append((label, text))
        }
      case "error":
        let traceback = output["traceback"]?.array?.compactMap(\.string) ?? []
        texts.append(("error", traceback.joined(separator: "\n")))
      case let kind:
        let word = kind == "execute_result" ? "result" : "display"
        let data = output["data"]?.object ?? JSONObject()
        for (type, content) in data.sorted(by: { $0.key < $1.key }) {
          texts.append(("\(word) \(type)", NotebookFile.text(of: content) ?? content.text()))
        }
      }
    }
    return texts.flatMap { label, text in
      text.split(separator: "\n", omittingEmptySubsequences: false).map { "\(label): \($0)" }
    }
  }
}
