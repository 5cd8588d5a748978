import Catalog
import Diagnostics
import Platform
import Runtime

/// The reference of the names that are always bound, from the records that `help` reads.
public struct Reference {
  private let snapshot: NameSnapshot

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
  }

  /// The page of a name such as `zeros` or `np.zeros`; nil when nothing is known of it.
  public func page(of name: String) -> String? {
    let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    return snapshot.find(path)?.record.entry.map { HelpPage.text(of: $0) }
  }

  /// A name that is written nearly so.
  public func nearest(to name: String) -> String? {
    Spelling.nearest(to: name, among: snapshot.builtins.map(\.record.name))
  }

  /// All names in their groups, each with its summary's first sentence.
  public var listing: String {
    let entries = snapshot.builtins.compactMap(\.record.entry)
    let sections = HelpPage.groups(of: entries).map { group in
      let lines = group.entries.map { entry in
        let padding = String(repeating: " ", count: max(28 - entry.name.count, 1))
        return "  \(entry.name)\(padding)\(Self.firstSentence(of: entry.summary))\n"
      }
      return "\(group.name)\n" + lines.joined()
    }
    return sections.joined(separator: "\n")
  }

  private static func firstSentence(of text: String) -> Substring {
    guard let end = text.firstRange(of: ". ") else { return text[...] }
    return text[...end.lowerBound]
  }
}
