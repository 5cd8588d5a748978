import Testing

@testable import Plots

@Suite struct SVGTests {
  static let everything = Gallery.all + Gallery.edges

  @Test(arguments: everything) func `is well-formed, complete and free of references`(
    exhibit: Exhibit
  ) throws {
    let figure = try exhibit.make()
    for theme in Theme.allCases {
      let svg = figure.svg(theme: theme)
      #expect(XMLCheck.problem(in: svg) == nil)
      for word in ["<script", "<foreignObject", " id=", "url(", "style=", "currentColor", "var("] {
        #expect(!svg.contains(word), "\(word)")
      }
    }
    #expect(figure.svg(file: true).hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg"))
  }

  @Test(arguments: everything) func `holds finite numbers only`(exhibit: Exhibit) throws {
    let svg = try exhibit.make().svg()
    for attribute in [" d=\"", " x=\"", " y=\"", " width=\"", "viewBox=\""] {
      for part in svg.split(separator: attribute).dropFirst() {
        let value = part.prefix { $0 != "\"" }
        #expect(!value.contains("n") && !value.contains("i") && !value.contains("e"), "\(value)")
      }
    }
  }

  @Test(arguments: everything) func `is the same bytes each time`(exhibit: Exhibit) throws {
    #expect(try exhibit.make().svg() == exhibit.make().svg())
  }

  @Test(arguments: everything) func `keeps its texts apart and inside`(exhibit: Exhibit) throws {
    let layout = FigureLayout(try exhibit.make())
    let texts = layout.panels.flatMap(\.texts).filter { !$0.isTurned && !$0.label.text.isEmpty }
    let boxes = texts.map(\.box)
    // On a card of 80 x 80 there is no room: there the card only has to hold together.
    guard layout.width > 100 else { return }
    for (index, box) in boxes.enumerated() {
      #expect(box.left >= 0 && box.right <= layout.width, "\(box)")
      #expect(box.top >= 0 && box.bottom <= layout.height, "\(box)")
      for other in boxes.dropFirst(index + 1) {
        let isApart =
          box.right <= other.left || other.right <= box.left || box.bottom <= other.top
          || other.bottom <= box.top
        #expect(isApart, "\(box.title) and \(other.title)")
      }
    }
  }

  @Test(arguments: Gallery.all) func `is the light picture once style and classes are gone`(
    exhibit: Exhibit
  ) throws {
    let figure = try exhibit.make()
    var bare = figure.svg(theme: .auto)
    while let start = bare.range(of: "<style>"), let end = bare.range(of: "</style>") {
      bare.removeSubrange(start.lowerBound..<end.upperBound)
    }
    while let start = bare.range(of: " class=\"ln-") {
      let rest = bare[start.upperBound...]
      let end = rest.firstIndex(of: "\"") ?? rest.endIndex
      bare.removeSubrange(start.lowerBound...end)
    }
    #expect(bare == figure.svg(theme: .light))
  }

  @Test func `keeps a plain figure small`() throws {
    let svg = try #require(Gallery.all.first { $0.id == "burst" }).make().svg()
    #expect(svg.utf8.count <= 4000)
    #expect(svg.split(separator: "<").count { !$0.hasPrefix("/") } <= 45)
    #expect(svg.contains("viewBox=\"0 0 960 400\" role"))
  }

  @Test func `shrinks to a narrow picture, but not so that its title is cut`() throws {
    let title = "Written by the network from its first step"
    let picture = try call("imshow", matrix(30, 12) { Double($0 * $1) })
    let plain = try overlay(picture, call("title", .text("Step")))
    let titled = try overlay(picture, call("title", .text(title)))
    #expect((160..<200).contains(plain.width) && plain.height == 320)
    // Two lines of the title, under which the picture is as large as under one.
    #expect((180..<220).contains(titled.width) && titled.height == 339)
    let svg = titled.svg()
    #expect(svg.contains(">Written by the network</text>"))
    #expect(svg.contains(">from its first step</text>"))
    #expect(!svg.contains("\u{2026}"))
    // A word that cannot be parted makes the card wide.
    let word = try overlay(picture, call("title", .text(String(repeating: "m", count: 30))))
    #expect(word.width > 400 && word.height == 320)
  }

  @Test func `gives its size to narrow figures and to files`() throws {
    let narrow = try call("plot", integers([1, 2]))
    #expect(narrow.svg().contains("viewBox=\"0 0 640 320\" width=\"640\" height=\"320\""))
    let wide = try overlay(narrow, call("figure", keywords: ["figsize": integers([12, 5])]))
    #expect(!wide.svg().contains("width=\"960\" height=\"400\" role"))
    #expect(wide.svg(file: true).contains("width=\"960\" height=\"400\" role"))
    #expect((wide.width, wide.height) == (960, 400))
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? { ranges(of: text).first }
}

/// Checks that a text is well-formed XML, as far as figures use it.
enum XMLCheck {
  /// The first thing that is wrong; nil if nothing is.
  static func problem(in text: String) -> String? {
    var open: [Substring] = []
    var rest = text[...]
    if rest.hasPrefix("<?xml") { rest = rest[(rest.firstIndex(of: ">") ?? rest.startIndex)...] }
    for scalar in text.unicodeScalars where scalar.value < 0x20 && scalar != "\n" {
      return "forbidden character \(scalar.value)"
    }
    while let start = rest.firstIndex(of: "<") {
      if let problem = entityProblem(rest[..<start]) { return problem }
      guard let end = tagEnd(rest[start...]) else { return "unclosed tag" }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      let name = tag.prefix { $0 != " " && $0 != "/" }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return "unexpected </\(tag.dropFirst())>" }
        continue
      }
      if let problem = attributeProblem(tag.dropFirst(name.count)) { return problem }
      if !tag.hasSuffix("/") { open.append(name) }
    }
    return open.isEmpty ? nil : "unclosed \(open)"
  }

  private static func tagEnd(_ text: Substring) -> Substring.Index? {
    var isQuoted = false
    for index in text.indices {
      if text[index] == "\"" { isQuoted.toggle() }
      if text[index] == ">", !isQuoted { return index }
    }
    return nil
  }

  private static func attributeProblem(_ text: Substring) -> String? {
    var names: Set<Substring> = []
    var rest = text.hasSuffix("/") ? text.dropLast() : text
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].drop { $0 == " " }
      guard !name.isEmpty, names.insert(name).inserted else { return "attribute \(name) twice" }
      let value = rest[rest.index(after: equals)...]
      guard value.first == "\"", let end = value.dropFirst().firstIndex(of: "\"") else {
        return "attribute \(name) without quotes"
      }
      let inner = value[value.index(after: value.startIndex)..<end]
      if inner.contains("<") { return "attribute \(name) holds <" }
      if let problem = entityProblem(inner) { return problem }
      rest = value[value.index(after: end)...]
    }
    return rest.allSatisfy { $0 == " " } ? nil : "stray text in a tag: \(rest)"
  }

  private static func entityProblem(_ text: Substring) -> String? {
    for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      let known = ["amp;", "lt;", "gt;", "quot;", "apos;"]
      if !known.contains(where: { part.hasPrefix($0) }) { return "unknown entity &\(part)" }
    }
    return nil
  }
}
