public import Runtime

/// How a session is set up; the same for all three ways in.
public struct SessionConfiguration: Sendable {
  /// Where displays end up.
  public var target: DisplayTarget
  /// True when advice and errors written as text are coloured.
  public var usesColor: Bool
  /// How many threads compute; results do not depend on it.
  public var threads: Int
  /// The most bytes that tensors may take together.
  public var memoryLimit: Int
  /// The folder that relative paths start from and that files must lie in.
  public var workingDirectory: String
  /// The folder that `load` in a cell is relative to.
  public var loadFolder: String
  /// What `sys.argv` holds: the program's name and what it was given.
  public var arguments: [String]
  /// Further folders whose files may be used.
  public var allowedFolders: [String]
  /// False keeps advice away.
  public var advises: Bool
  /// True takes clocks away, so that a run depends on nothing but its source.
  public var isHermetic: Bool
  /// Text beyond so many bytes a cell is cut, and the cut is stated.
  public var outputLimit: Int

  /// Describes a session.
  public init(
    target: DisplayTarget, usesColor: Bool, threads: Int, memoryLimit: Int,
    workingDirectory: String, loadFolder: String? = nil, arguments: [String] = [""],
    allowedFolders: [String] = [], advises: Bool = true, isHermetic: Bool = false,
    outputLimit: Int = 10_000_000
  ) {
    self.target = target
    self.usesColor = usesColor
    self.threads = threads
    self.memoryLimit = memoryLimit
    self.workingDirectory = workingDirectory
    self.loadFolder = loadFolder ?? workingDirectory
    self.arguments = arguments
    self.allowedFolders = allowedFolders
    self.advises = advises
    self.isHermetic = isHermetic
    self.outputLimit = outputLimit
  }
}
