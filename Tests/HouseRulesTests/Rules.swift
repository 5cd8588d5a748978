/// A break of a house rule.
struct Violation: Equatable, CustomStringConvertible {
  let place: String
  let problem: String
  var description: String { "\(place): \(problem)" }
}

/// The rules that source files keep, as functions from a path and a text to what breaks them.
enum Rules {
  // MARK: Imports

  private static let leaves: Set<String> = ["Platform", "Catalog", "Diagnostics", "JSON"]

  /// What each target imports of this project, besides the leaves; the arrows of the architecture.
  static let imports: [String: Set<String>] = [
    "Platform": [], "Catalog": [], "Diagnostics": [], "JSON": [],
    "Syntax": [], "Runtime": ["Syntax", "CCounting", "BigInt"],
    "Tensors": ["CKernels"], "Neural": ["Tensors"], "Plots": [],
    "Insight": ["Neural", "Plots", "Tensors"],
    "Bindings": ["Runtime", "Syntax", "Tensors", "Neural", "Plots", "Insight"],
    "Notebook": ["Bindings", "Runtime", "Syntax"],
    "Jupyter": ["Notebook", "CSodium"], "ZeroMQ": ["Jupyter", "CZeroMQ"],
    "Repl": ["Notebook", "CReadline"],
    "linnet": ["Notebook", "Jupyter", "ZeroMQ", "Repl", "ArgumentParser", "CMimalloc"],
  ]

  private static let systemModules: Set<String> = [
    "Swift", "Glibc", "Musl", "Darwin", "Synchronization", "FoundationEssentials",
  ]

  /// The modules imported by tokens of a file.
  private static func importedModules(_ tokens: [SwiftToken]) -> [(name: String, line: Int)] {
    let kinds: Set<String> = [
      "struct", "class", "enum", "func", "protocol", "typealias", "let", "var",
    ]
    var modules: [(name: String, line: Int)] = []
    for index in tokens.indices where tokens[index].text == "import" {
      // The language has an `import` too, for which there are cases and functions of that name.
      let previous = index > 0 ? tokens[index - 1].text : ""
      guard !namePositions.contains(previous) else { continue }
      var next = index + 1
      if next < tokens.count, kinds.contains(tokens[next].text) { next += 1 }
      guard next < tokens.count, tokens[next].text.first?.isLetter == true else { continue }
      modules.append((tokens[next].text, tokens[index].line))
    }
    return modules
  }

  static func importDirections(_ path: String, _ tokens: [SwiftToken]) -> [Violation] {
    guard let target = target(of: path) else { return [] }
    guard let allowed = imports[target] else {
      return [
        Violation(place: path, problem: "the target \(target) is not in the table of imports")
      ]
    }
    let common = leaves.contains(target) ? [] : leaves
    return importedModules(tokens).compactMap { name, line in
      if allowed.contains(name) || common.contains(name) || systemModules.contains(name) {
        return nil
      }
      return Violation(place: "\(path):\(line)", problem: "\(target) may not import \(name)")
    }
  }

  // MARK: Sizes

  static let fileCap = 600

  /// The most lines of each target; raised only on purpose.
  static let targetCaps: [String: Int] = [
    "Platform": 1600, "Catalog": 600, "Diagnostics": 1000, "JSON": 850, "Syntax": 4500,
    "Runtime": 16000, "CKernels": 4000, "Tensors": 9000, "Neural": 8000, "Plots": 7500,
    "Insight": 2500, "Bindings": 5000, "Notebook": 3500, "Jupyter": 3500, "ZeroMQ": 900,
    "Repl": 1500, "linnet": 1500, "CZeroMQ": 100, "CSodium": 100, "CReadline": 100,
    "CMimalloc": 100, "CCounting": 100,
  ]

  static func fileSize(_ path: String, lines: Int) -> [Violation] {
    guard lines > fileCap else { return [] }
    return [Violation(place: path, problem: "\(lines) lines, at most \(fileCap)")]
  }

  static func targetSizes(_ lines: [String: Int]) -> [Violation] {
    lines.sorted { $0.key < $1.key }.compactMap { target, count in
      guard let cap = targetCaps[target] else {
        return Violation(place: "Sources/\(target)", problem: "the target has no cap")
      }
      guard count > cap else { return nil }
      return Violation(place: "Sources/\(target)", problem: "\(count) lines, at most \(cap)")
    }
  }

  // MARK: Words

  /// Before these, or after a comma of a case, a word is a name of the project's own.
  private static let namePositions: Set<String> = ["case", ".", "func", ","]

  /// Where unsafe code may live.
  private static let unsafePlaces = [
    "Sources/Platform/", "Sources/Tensors/Kernels/", "Sources/ZeroMQ/",
    "Sources/Jupyter/Signing.swift", "Sources/Repl/Readline.swift",
    "Sources/Runtime/Memory/", "Sources/Runtime/Values/StringObject.swift",
  ]

  /// Words that end the process, share state or switch checks off.
  static func forbiddenWords(_ path: String, _ tokens: [SwiftToken]) -> [Violation] {
    let mayBeUnsafe = unsafePlaces.contains { path.hasPrefix($0) }
    var violations: [Violation] = []
    for index in tokens.indices {
      let previous = index > 0 ? tokens[index - 1].text : ""
      if namePositions.contains(previous) { continue }
      let word = (previous == "@" ? "@" : "") + tokens[index].text
      var next = ""
      if index + 1 < tokens.count {
        let isGlued = tokens[index + 1].touches(tokens[index])
        next = (isGlued ? "" : " ") + tokens[index + 1].text
      }
      guard let problem = problem(word, before: next, mayBeUnsafe: mayBeUnsafe) else { continue }
      violations.append(Violation(place: "\(path):\(tokens[index].line)", problem: problem))
    }
    return violations + storedStaticVariables(path, tokens)
  }

  private static func problem(_ word: String, before next: String, mayBeUnsafe: Bool) -> String? {
    switch (word, next) {
    case ("try", "!"), ("as", "!"): "\(word)! ends the process when it fails"
    case ("fatalError", "("), ("precondition", "("), ("preconditionFailure", "("),
      ("assertionFailure", "("), ("assert", "("), ("abort", "("):
      "\(word) ends the process; throw an error that says what happened"
    case ("import", " Foundation"): "Foundation costs start-up time and size"
    case ("unsafe", _) where !mayBeUnsafe, ("@unsafe", _) where !mayBeUnsafe:
      "unsafe code lives in the folders made for it"
    case ("@unchecked", _) where !mayBeUnsafe: "unchecked sending lives with the unsafe code"
    default: nil
    }
  }

  /// `static var` is shared state, unless it is computed.
  private static func storedStaticVariables(_ path: String, _ tokens: [SwiftToken]) -> [Violation] {
    var violations: [Violation] = []
    for index in tokens.indices.dropLast()
    where tokens[index].text == "static" && tokens[index + 1].text == "var" {
      let line = tokens[index].line
      let opening = tokens[index...].prefix(24).first {
        $0.text == "{" || $0.text == "=" || ($0.text == "static" && $0.line > line)
      }
      guard opening?.text != "{" else { continue }
      violations.append(Violation(place: "\(path):\(line)", problem: "static var is shared state"))
    }
    return violations
  }

  /// Texts that mean something only on one machine.
  ///
  /// Put together here so that this file is free of
  /// them.
  private static let foreignTexts = [
    "/wo" + "rk/", "/ro" + "ot/", "py" + "pi.org", "python" + "hosted.org", "npm" + "js.org",
    "deb." + "debian.org", "crates" + ".io",
  ]

  static func foreignWords(_ path: String, _ text: String) -> [Violation] {
    guard foreignTexts.contains(where: text.contains) else { return [] }
    var violations: [Violation] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      for word in foreignTexts where line.contains(word) {
        violations.append(
          Violation(place: "\(path):\(index + 1)", problem: "'\(word)' belongs to one machine"))
      }
    }
    return violations
  }

  // MARK: Tables

  /// The types whose `static let` records a table must list.
  static let recordTypes: Set<String> = [
    "OpSpec", "Builtin", "HandlerRow", "PlotSpec", "ModuleRecord",
  ]

  /// Records of a target that nothing but their own declaration names.
  static func unlistedRecords(_ files: [(path: String, tokens: [SwiftToken])]) -> [Violation] {
    var declared: [(name: String, place: String)] = []
    var named: Set<String> = []
    for (path, tokens) in files {
      for index in tokens.indices where index + 6 < tokens.count {
        var texts = tokens[index..<index + 7].map(\.text)
        guard texts[0] == "static", texts[1] == "let" else { continue }
        // Between the name and the sign there may be a type.
        if texts[3] == ":" { texts.removeSubrange(3...4) }
        if texts[3] == "=", recordTypes.contains(texts[4]) {
          declared.append((texts[2], "\(path):\(tokens[index].line)"))
        }
      }
      for index in tokens.indices.dropFirst() where tokens[index - 1].text == "." {
        named.insert(tokens[index].text)
      }
      named.formUnion(namesInLists(tokens))
    }
    return declared.filter { !named.contains($0.name) }.map {
      Violation(place: $0.place, problem: "no table lists the record '\($0.name)'")
    }
  }

  /// Bare names between commas and brackets, as in `[relu, sigmoid]`.
  private static func namesInLists(_ tokens: [SwiftToken]) -> Set<String> {
    var names: Set<String> = []
    for index in tokens.indices.dropFirst().dropLast()
    where ["[", ","].contains(tokens[index - 1].text)
      && [",", "]"].contains(tokens[index + 1].text)
    {
      names.insert(tokens[index].text)
    }
    return names
  }

  // MARK: Helpers

  static func target(of path: String) -> String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
  }
}
