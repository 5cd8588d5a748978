/// Tells two figures apart, for people.
enum FigureComparison {
  /// Where two SVG texts begin to differ, and what both say there; nil when they are equal.
  ///
  /// The place is a line of the text and an attribute, or the text, of an element.
  static func difference(stored: String, fresh: String) -> String? {
    let (old, new) = (Array(stored), Array(fresh))
    let length = zip(old, new).prefix { $0 == $1 }.count
    guard length < max(old.count, new.count) else { return nil }
    // Up to here both texts are one.
    let common = old[..<length]
    let line = common.count { $0 == "\n" } + 1
    let place = Place(at: common)
    let (one, other) = (place.excerpt(of: old, length), place.excerpt(of: new, length))
    return "differs from line \(line) on, in \(place.name): stored '\(one)', now '\(other)'"
  }

  /// What a text that breaks off is in the midst of.
  private struct Place {
    let name: String
    /// Where that begins, and the character at which it ends.
    let start: Int
    let stop: Character

    init(at text: ArraySlice<Character>) {
      let open = text.lastIndex(of: "<") ?? text.startIndex
      let tag = text[open...]
      let element = String(tag.dropFirst().prefix { $0.isLetter || $0 == "/" })
      if let close = tag.firstIndex(of: ">") {
        (name, start, stop) = ("the text after <\(element)>", close + 1, "<")
      } else if let quote = tag.lastIndex(of: "\""), tag.count(where: { $0 == "\"" }) % 2 == 1 {
        // Inside of a value the quotes are odd in number.
        let attribute = tag[..<quote].split(separator: " ").last?.prefix { $0 != "=" } ?? []
        (name, start, stop) = ("<\(element) \(String(attribute))>", quote + 1, "\"")
      } else {
        (name, start, stop) = (element.isEmpty ? "an element" : "<\(element)>", open, ">")
      }
    }

    /// Some characters about the end of what is common.
    func excerpt(of text: [Character], _ length: Int) -> String {
      let reach = 24
      let first = max(start, length - reach)
      let rest = text[length...].prefix { $0 != stop && $0 != "\n" }
      return (first > start ? "…" : "") + String(text[first..<length]) + String(rest.prefix(reach))
        + (rest.count > reach ? "…" : "")
    }
  }
}
