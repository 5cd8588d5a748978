public import Platform

/// The folder into which a run writes its figures, numbered in the order in which they are shown.
public struct FigureFolder: Sendable {
  private let folder: String
  private let stem: String
  private var count = 0

  /// Names a folder, which is made when the first figure comes, and what names begin with.
  public init(_ folder: String, stem: String) {
    self.folder = folder
    self.stem = stem
  }

  /// Writes a figure as `STEM-1.svg` and so on.
  ///
  /// - Returns: The path.
  public mutating func write(_ svg: String) throws(FileError) -> String {
    count += 1
    return try write(svg, suffix: "\(count)")
  }

  /// Writes a figure as `STEM-SUFFIX.svg`.
  ///
  /// - Returns: The path.
  public func write(_ svg: String, suffix: String) throws(FileError) -> String {
    let files = FileAccess.unrestricted
    try files.makeFolder(folder)
    let path = "\(folder)/\(stem)-\(suffix).svg"
    try files.write(svg, to: path)
    return path
  }
}
