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
    let found = snapshot.find(path)
    guard let entry = found?.record.entry ?? methods[name] else { return nil }
    guard entry.kind == .module, let found else { return HelpPage.text(of: entry) }
    return HelpPage.bundle(of: entry, told: HelpPage.listing(of: found.attributes)).text
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
      group.entries.reduce(into: "\(group.name)\n") {
        $0 += HelpPage.line($1.name, $1.summary) + "\n"
      }
    }
    let ofTypes = methods.sorted { $0.key < $1.key }.reduce(into: "Methods\n") {
      $0 += HelpPage.line($1.key, $1.value.summary) + "\n"
    }
    return (sections + [ofTypes]).joined(separator: "\n")
  }
}
