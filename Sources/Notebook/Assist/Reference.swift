import Bindings
import Catalog
import Diagnostics
import Platform
import Runtime

/// The reference of the names that are always bound, from the records that `help` reads.
public struct Reference {
  private let snapshot: NameSnapshot
  /// The records of methods by their names with the type before them, as in `list.append`.
  private let methods: [String: Entry]

  /// Collects the records; no session is needed.
  public init() {
    let box = SnapshotBox()
    let configuration = SessionConfiguration(
      target: .plain, usesColor: false, threads: 1, memoryLimit: 1 << 30, workingDirectory: "/")
    // Making a session publishes its names.
    _ = Session(
      configuration, interruption: Interruption(), snapshot: box, emit: { _ in },
      ask: { _ throws(InputFailure) in throw .notAllowed })
    snapshot = box.current
    methods = EntryTable.all.reduce(into: [:]) { methods, entry in
      if case .method(of: let type) = entry.kind { methods["\(type).\(entry.name)"] = entry }
    }
  }

  /// The page of a name such as `zeros`, `np.zeros` or `list.append`; nil when nothing is known.
  public func page(of name: String) -> String? {
    let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let entry = snapshot.find(path)?.record.entry ?? methods[name]
    return entry.map { HelpPage.text(of: $0) }
  }

  /// What may have been meant: the methods of that name, or else the name that is written most
  /// nearly so; empty when nothing is near.
  public func nearest(to name: String) -> [String] {
    let owners = methods.keys.filter { $0.hasSuffix(".\(name)") }.sorted()
    if !owners.isEmpty { return owners }
    let candidates =
      name.contains(".") ? methods.keys.sorted() : snapshot.builtins.map(\.record.name)
    return Spelling.nearest(to: name, among: candidates).map { [$0] } ?? []
  }

  /// All names in their groups, each with its summary's first sentence.
  public var listing: String {
    let entries = snapshot.builtins.compactMap(\.record.entry)
    let sections = HelpPage.groups(of: entries).map { group in
      group.entries.reduce(into: "\(group.name)\n") { $0 += Self.line($1.name, $1) }
    }
    let ofTypes = methods.sorted { $0.key < $1.key }.reduce(into: "Methods\n") {
      $0 += Self.line($1.key, $1.value)
    }
    return (sections + [ofTypes]).joined(separator: "\n")
  }

  private static func line(_ name: String, _ entry: Entry) -> String {
    let padding = String(repeating: " ", count: max(28 - name.count, 1))
    return "  \(name)\(padding)\(firstSentence(of: entry.summary))\n"
  }

  private static func firstSentence(of text: String) -> Substring {
    guard let end = text.firstRange(of: ". ") else { return text[...] }
    return text[...end.lowerBound]
  }
}
