public import Platform

/// The folder that holds this package, found from where the tests were compiled.
public enum Repository {
  /// The path of the folder with `Package.swift`.
  public static let root: String = folder(above: #filePath, levels: 3)

  /// Access to files without limits, as tests need it.
  public static let files = FileAccess.unrestricted

  /// The path of a file of the repository.
  public static func path(_ relative: String) -> String { root + "/" + relative }

  /// Reads a file of the repository as text.
  public static func text(_ relative: String) throws -> String {
    try files.readText(path(relative))
  }

  /// The folder that lies so many levels above a file.
  public static func folder(above file: String, levels: Int = 1) -> String {
    file.split(separator: "/").dropLast(levels).reduce(into: "") { $0 += "/" + $1 }
  }

  /// The files below a folder of the repository whose names end in `suffix`, as paths from the root.
  ///
  /// They come in order of name, without hidden ones; none when there is no such folder.
  public static func files(in folder: String, suffix: String = "") -> [String] {
    var found: [String] = []
    for name in (try? files.list(path(folder))) ?? [] where !name.hasPrefix(".") {
      let child = folder.isEmpty ? name : folder + "/" + name
      if files.isFolder(path(child)) {
        found += self.files(in: child, suffix: suffix)
      } else if name.hasSuffix(suffix) {
        found.append(child)
      }
    }
    return found
  }
}
