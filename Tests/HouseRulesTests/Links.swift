/// The links of Markdown and HTML texts.
enum Links {
  /// The targets of links and pictures that lead to files of the repository, without their anchors.
  static func relative(in text: String) -> [String] {
    var targets: [String] = []
    for (opening, closing) in [("](", ")"), ("src=\"", "\""), ("href=\"", "\"")] {
      for piece in outsideCode(text).split(separator: opening, omittingEmptySubsequences: false)
        .dropFirst()
      {
        guard let end = piece.firstIndex(of: Character(closing)) else { continue }
        let target = piece[..<end].prefix { $0 != "#" && $0 != " " }
        if !target.isEmpty, !target.contains(":") { targets.append(String(target)) }
      }
    }
    return targets
  }

  static func broken(_ path: String, _ text: String, exists: (String) -> Bool) -> [Violation] {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    return relative(in: text).compactMap { target in
      let file = folder.isEmpty ? target : folder + "/" + target
      guard !exists(file) else { return nil }
      return Violation(place: path, problem: "the link to '\(target)' leads nowhere")
    }
  }

  /// The text without fenced blocks, where brackets are code.
  private static func outsideCode(_ text: String) -> String {
    var isCode = false
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.drop(while: { $0 == " " }).hasPrefix("```") {
        isCode.toggle()
      } else if !isCode {
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }
}
