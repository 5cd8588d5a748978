public import JSON

/// Compares the outputs of two runs of a cell, for people.
public enum OutputComparison {
  /// The lines that differ, with `-` what is stored and `+` what came out; empty when both are the
  /// same.
  ///
  /// Adjacent text of one stream counts as one output, and metadata as nothing. Of two figures in
  /// one place, a single line after `*` names the first element that differs.
  public static func differences(stored: [JSONValue], fresh: [JSONValue]) -> [String] {
    var (old, new) = (texts(of: stored), texts(of: fresh))
    var figures: [String] = []
    if old.map(\.label) == new.map(\.label) {
      let places = old.indices.filter { old[$0].label.hasSuffix(figureType) }
      figures = places.compactMap { place in
        FigureComparison.difference(stored: old[place].text, fresh: new[place].text)
          .map { "* \(old[place].label): \($0)" }
      }
      for place in places.reversed() {
        old.remove(at: place)
        new.remove(at: place)
      }
    }
    return lineDifferences(lines(of: old), lines(of: new)) + figures
  }

  private static let figureType = "image/svg+xml"

  private static func lineDifferences(_ old: [String], _ new: [String]) -> [String] {
    guard old != new else { return [] }
    let start = zip(old, new).prefix { $0 == $1 }.count
    let rest = (old.dropFirst(start), new.dropFirst(start))
    let end = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
    let (gone, come) = (rest.0.dropLast(end), rest.1.dropLast(end))
    // Long lines that begin alike would look equal: both are shown from where they part.
    let alike = zip(gone, come).map { min(commonPrefix($0, $1), max($0.count, $1.count) - 1) }
    let hidden = alike.map { $0 < widthLimit - 20 ? 0 : $0 - 40 }
    return shown(gone, "- ", hidden) + shown(come, "+ ", hidden)
  }

  /// At most so many lines of each side are shown, and so many characters of a line.
  private static let (lineLimit, widthLimit) = (12, 120)

  private static func commonPrefix(_ one: String, _ other: String) -> Int {
    zip(one, other).prefix { $0 == $1 }.count
  }

  private static func shown(_ lines: ArraySlice<String>, _ mark: String, _ hidden: [Int])
    -> [String]
  {
    var shown = lines.prefix(lineLimit).enumerated().map { number, line in
      let skipped = number < hidden.count ? hidden[number] : 0
      let rest = line.dropFirst(skipped)
      return mark + (skipped > 0 ? "…" : "")
        + (rest.count > widthLimit ? rest.prefix(widthLimit) + "…" : rest)
    }
    if lines.count > lineLimit { shown.append("\(mark)… \(lines.count - lineLimit) more lines") }
    return shown
  }

  /// Texts as lines that name their kind.
  private static func lines(of texts: [(label: String, text: String)]) -> [String] {
    texts.flatMap { label, text in
      text.split(separator: "\n", omittingEmptySubsequences: false).map { "\(label): \($0)" }
    }
  }

  /// Outputs as texts, and what kind each is.
  private static func texts(of outputs: [JSONValue]) -> [(label: String, text: String)] {
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
    return texts
  }
}
