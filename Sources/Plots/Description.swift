extension Figure {
  /// The title, or what stands in its place for readers who do not see the picture.
  var name: String {
    title ?? panels.lazy.compactMap(\.attributes.title).first { !$0.isEmpty } ?? "Figure"
  }

  /// The figure in words: kinds, axes and their ranges, and the numbers worth knowing.
  public var description: String {
    var parts = panels.prefix(12).enumerated().map { index, panel in
      let lines = panel.lines
      let text = ([panel.heading] + lines).joined(separator: ". ")
      return isSingle ? text : "Panel \(index + 1): \(text)"
    }
    if panels.count > 12 { parts.append("And \(panels.count - 12) more panels") }
    let head = title.map { [$0] } ?? []
    return (head + parts).joined(separator: ". ") + "."
  }

  /// A line for the figure and one for each series: what stands for it where no picture can.
  public var summary: String {
    let size = "\(width) x \(height)"
    var lines: [String] = []
    let first = title ?? (isSingle ? panels.first?.attributes.title : nil)
    let head = "figure" + (first.map { " \"\($0)\"" } ?? "") + " (\(size)): "
    if isSingle, let panel = panels.first {
      lines.append(head + panel.heading)
      lines += panel.lines.map { "  " + $0 }
    } else {
      lines.append(head + "\(panels.count) panels")
      for panel in panels.prefix(24) {
        let name = panel.attributes.title.map { "\"\($0)\": " } ?? ""
        lines.append("  " + name + panel.heading)
        if panels.count <= 6 { lines += panel.lines.map { "    " + $0 } }
      }
      if panels.count > 24 { lines.append("  and \(panels.count - 24) more") }
    }
    return lines.joined(separator: "\n")
  }
}

extension Panel {
  /// Kinds and axes: `3 lines, x "step" 0 to 129, y 0 to 1`.
  fileprivate var heading: String {
    var kinds: [(name: String, count: Int)] = []
    for mark in marks {
      let kind = mark.facts().kind
      if let index = kinds.firstIndex(where: { $0.name == kind }) {
        kinds[index].count += 1
      } else {
        kinds.append((kind, 1))
      }
    }
    var words = kinds.map { $0.count == 1 ? "1 \($0.name)" : "\($0.count) \(plural(2, $0.name))" }
    if words.isEmpty { words = ["no marks"] }
    let domain = PanelDomain(self)
    words.append(
      Self.axis("x", attributes.xLabel, attributes.xLimits, domain.extent.x, domain.xKind))
    words.append(
      Self.axis("y", attributes.yLabel, attributes.yLimits, domain.extent.y, domain.yKind))
    return words.joined(separator: ", ")
  }

  private static func axis(
    _ letter: String, _ name: String?, _ limits: Limits?, _ data: Span?, _ kind: ScaleKind
  ) -> String {
    let start = letter + (name.map { " \"\($0)\"" } ?? "") + " "
    guard let low = limits?.low ?? data?.low, let high = limits?.high ?? data?.high else {
      return start + "without data"
    }
    return start + "\(Numeral.short(low)) to \(Numeral.short(high))"
      + (kind == .log ? " (log)" : "")
  }

  /// One sentence for each mark, and one for each pair of lines that run together.
  fileprivate var lines: [String] {
    var lines = marks.prefix(12).enumerated().map { index, mark in
      let facts = mark.facts()
      var line = "\(mark.style.label ?? "\(facts.kind) \(index + 1)"): \(facts.text)"
      if attributes.yScale == .log, let series = mark as? LineMark {
        let hidden = series.y.count { $0 <= 0 }
        if hidden > 0 { line += ", \(hidden) not positive and not drawn" }
      }
      return line
    }
    if marks.count > 12 { lines.append("and \(marks.count - 12) more") }
    return lines + coincidences
  }

  /// Which lines end as one, since the later hides the earlier there.
  private var coincidences: [String] {
    let series = marks.prefix(6).compactMap { $0 as? LineMark }.filter { $0.style.label != nil }
    var sentences: [String] = []
    for (index, later) in series.enumerated() {
      for earlier in series.prefix(index)
      where earlier.x == later.x && earlier.y.count == later.y.count {
        let count = later.y.count
        var start = count
        while start > 0, earlier.y[start - 1] == later.y[start - 1] { start -= 1 }
        guard count > 1, count - start >= max(2, count / 5), start < later.x.count else { continue }
        let place = start == 0 ? "everywhere" : "from \(Numeral.short(later.x[start]))"
        sentences.append("\(later.style.label ?? "") equals \(earlier.style.label ?? "") \(place)")
      }
    }
    return sentences
  }
}
