import Glibc
import Synchronization

/// The only opener of files: it checks where a file lies, and replaces files whole or not at all.
///
/// Programs of the language get an access that is limited to the working directory and to the
/// folders that the user allowed. Paths are resolved first, so that a symbolic link leads nowhere
/// else. Files named on the command line are opened with ``unrestricted``.
public struct FileAccess: Sendable {
  /// The folders in which files may be used, resolved; nil for no limit.
  public let roots: [String]?
  /// What relative paths start from.
  public let workingDirectory: String

  /// Limits access to the working directory and further folders; those that do not exist are
  /// passed over.
  public init(workingDirectory: String = Environment.workingDirectory, allowed: [String] = []) {
    self.workingDirectory = workingDirectory
    roots = ([workingDirectory] + allowed).compactMap { Self.realPath($0) }
  }

  private init() {
    roots = nil
    workingDirectory = ""
  }

  /// Access to all files, for those that the user names on the command line.
  public static let unrestricted = FileAccess()

  /// The folders listed in `LINNET_ALLOW`, separated by colons.
  public static func foldersAllowedByEnvironment() -> [String] {
    (Environment.value("LINNET_ALLOW") ?? "").split(separator: ":").map(String.init)
  }

  /// The size up to which files are read unless the caller says otherwise: 1 GiB.
  public static let defaultSizeLimit = 1 << 30

  // MARK: Reading

  /// Reads a whole file.
  ///
  /// - Throws: ``FileError/tooLarge(path:limit:)`` beyond `sizeLimit` bytes, ``FileError/notAFile(path:)``
  ///   for folders and, when access is limited, for devices and pipes.
  public func read(_ path: String, sizeLimit: Int = defaultSizeLimit) throws(FileError) -> [UInt8] {
    let target = roots == nil ? absolute(path) : try resolveExisting(path)
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait forever.
    let wait = roots == nil ? 0 : O_NONBLOCK
    let descriptor = Self.retrying { unsafe open(target, O_RDONLY | O_CLOEXEC | wait) }
    guard descriptor >= 0 else { throw FileError(errno, path: path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(errno, path: path) }
    let isFile = status.st_mode & S_IFMT == S_IFREG
    guard isFile || (roots == nil && status.st_mode & S_IFMT != S_IFDIR) else {
      throw .notAFile(path: path)
    }
    guard !isFile || Int(status.st_size) <= sizeLimit else {
      throw .tooLarge(path: path, limit: sizeLimit)
    }
    return try drain(descriptor, path, expected: isFile ? Int(status.st_size) : 0, sizeLimit)
  }

  /// Reads a whole file as text.
  public func readText(_ path: String, sizeLimit: Int = defaultSizeLimit) throws(FileError)
    -> String
  {
    let bytes = try read(path, sizeLimit: sizeLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .notText(path: path, bytes)
    }
    return text
  }

  /// True when there is a file or folder that may be used.
  public func exists(_ path: String) -> Bool {
    guard let target = roots == nil ? absolute(path) : try? resolveExisting(path) else {
      return false
    }
    return unsafe access(target, F_OK) == 0
  }

  /// True when the path names a folder that may be used.
  public func isFolder(_ path: String) -> Bool {
    guard let target = roots == nil ? absolute(path) : try? resolveExisting(path) else {
      return false
    }
    var status = stat()
    return unsafe stat(target, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func drain(_ descriptor: Int32, _ path: String, expected: Int, _ limit: Int)
    throws(FileError) -> [UInt8]
  {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected)
    let chunk = 1 << 16
    while true {
      var received = 0
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
        received = Self.retrying { unsafe Glibc.read(descriptor, buffer.baseAddress, chunk) }
        count = max(0, received)
      }
      guard received >= 0 else { throw FileError(errno, path: path) }
      guard received > 0 else { return bytes }
      bytes += piece
      guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
    }
  }

  // MARK: Writing

  /// Replaces or makes a file: a crash leaves the old one or the new one, never half of one.
  ///
  /// The permissions in `mode` are those of a file that is new, reduced by the user's mask.
  public func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o666) throws(FileError) {
    let target = try resolveTarget(path)
    var status = stat()
    let replaces = unsafe stat(target, &status) == 0
    let kind = status.st_mode & S_IFMT
    if replaces, kind == S_IFDIR || (roots != nil && kind != S_IFREG) {
      throw .notAFile(path: path)
    }
    // A device such as /dev/stdout cannot be replaced.
    if replaces, kind != S_IFREG { return try writeInPlace(bytes, target, path) }
    let (temporary, descriptor) = try makeTemporary(beside: target, mode, path)
    if replaces { fchmod(descriptor, status.st_mode & 0o7777) }
    var problem: Int32 = 0
    if !Output.writeAll(bytes, to: descriptor) || fsync(descriptor) != 0 { problem = errno }
    if close(descriptor) != 0, problem == 0 { problem = errno }
    if problem == 0, unsafe rename(temporary, target) != 0 { problem = errno }
    guard problem == 0 else {
      unsafe unlink(temporary)
      throw FileError(problem, path: path)
    }
    syncFolder(of: target)
  }

  /// Fails as ``write(_:to:mode:)`` would, and leaves everything as it is.
  ///
  /// It makes a file beside the target, as writing does, since permissions do not tell all: a
  /// medium may be read-only, and `/proc` takes no files from anybody.
  public func checkWritable(_ path: String) throws(FileError) {
    let target = try resolveTarget(path)
    var status = stat()
    if unsafe stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      guard status.st_mode & S_IFMT != S_IFDIR else { throw .notAFile(path: path) }
      guard unsafe access(target, W_OK) == 0 else { throw FileError(errno, path: path) }
      return
    }
    let (temporary, descriptor) = try makeTemporary(beside: target, 0o600, path)
    close(descriptor)
    unsafe unlink(temporary)
  }

  /// Makes an empty file in the folder of one that is to be replaced or made.
  private func makeTemporary(beside target: String, _ mode: UInt32, _ path: String)
    throws(FileError) -> (path: String, descriptor: Int32)
  {
    let temporary = "\(target).\(getpid())-\(Self.serial.next()).tmp"
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = Self.retrying { unsafe open(temporary, flags, mode) }
    // The folder is there, or the target would have no path: it takes no files.
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .permissionDenied(path: path) : FileError(errno, path: path)
    }
    return (temporary, descriptor)
  }

  /// Replaces or makes a text file.
  public func write(_ text: String, to path: String, mode: UInt32 = 0o666) throws(FileError) {
    try write(Array(text.utf8), to: path, mode: mode)
  }

  /// Adds bytes at the end of a file with one write, so that several processes may append at once.
  public func append(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o666) throws(FileError) {
    let target = try resolveTarget(path)
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
    let descriptor = Self.retrying { unsafe open(target, flags, mode) }
    guard descriptor >= 0 else { throw FileError(errno, path: path) }
    defer { close(descriptor) }
    guard Output.writeAll(bytes, to: descriptor) else { throw FileError(errno, path: path) }
  }

  /// Makes a folder and those above it; one that is there already is left as it is.
  public func makeFolder(_ path: String) throws(FileError) {
    let target = absolute(path)
    if let roots, !Self.isInside(Self.lexical(target), roots), Self.realPath(target) == nil {
      throw notAllowed(path, target)
    }
    if isFolder(path) { return }
    let parent = Self.split(target).folder
    if parent != target, unsafe access(parent, F_OK) != 0 { try makeFolder(parent) }
    let folder = try resolveTarget(path)
    guard unsafe mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw FileError(errno, path: path)
    }
  }

  /// Removes a file, or a folder with all that is in it; nothing happens when there is none.
  ///
  /// A symbolic link is removed itself, never what it leads to.
  public func remove(_ path: String) throws(FileError) {
    try removeTree(try resolveTarget(path, followsLink: false), path)
  }

  private func removeTree(_ target: String, _ path: String) throws(FileError) {
    var status = stat()
    if unsafe lstat(target, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      for name in try names(in: target, path) { try removeTree("\(target)/\(name)", path) }
    }
    guard unsafe Glibc.remove(target) == 0 || errno == ENOENT else {
      throw FileError(errno, path: path)
    }
  }

  /// The names in a folder, sorted by their bytes.
  public func list(_ path: String) throws(FileError) -> [String] {
    try names(in: roots == nil ? absolute(path) : try resolveExisting(path), path)
  }

  private func names(in target: String, _ path: String) throws(FileError) -> [String] {
    guard let folder = unsafe opendir(target) else { throw FileError(errno, path: path) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        // The system ends each name with a zero byte.
        unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func writeInPlace(_ bytes: [UInt8], _ target: String, _ path: String) throws(FileError) {
    let descriptor = Self.retrying { unsafe open(target, O_WRONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError(errno, path: path) }
    defer { close(descriptor) }
    guard Output.writeAll(bytes, to: descriptor) else { throw FileError(errno, path: path) }
  }

  /// Makes the new name survive a power failure; file systems that cannot are not an error.
  private func syncFolder(of target: String) {
    let descriptor = unsafe open(Self.split(target).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Distinguishes the temporary files of one process.
  private static let serial = Serial()

  private final class Serial: Sendable {
    private let last = Atomic<Int>(0)
    func next() -> Int { last.add(1, ordering: .relaxed).newValue }
  }
}
