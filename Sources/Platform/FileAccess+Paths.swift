import Glibc

extension FileAccess {
  /// The path of a file that exists, with all symbolic links followed.
  ///
  /// - Throws: ``FileError/notAllowed(path:folder:)`` when it lies elsewhere. What lies elsewhere and
  ///   does not exist is "not allowed" too, so that programs cannot probe for files.
  public func resolveExisting(_ path: String) throws(FileError) -> String {
    let target = absolute(path)
    guard let resolved = Self.realPath(target) else {
      let code = errno
      if let roots, !Self.isInside(Self.lexical(target), roots) { throw notAllowed(path, target) }
      throw FileError(code, path: path)
    }
    guard roots.map({ Self.isInside(resolved, $0) }) ?? true else {
      throw notAllowed(path, resolved)
    }
    return resolved
  }

  /// The path under which a file is to be made or replaced.
  func resolveTarget(_ path: String, followsLink: Bool = true) throws(FileError) -> String {
    let target = absolute(path)
    if followsLink, let resolved = Self.realPath(target) {
      guard roots.map({ Self.isInside(resolved, $0) }) ?? true else {
        throw notAllowed(path, resolved)
      }
      return resolved
    }
    let (folder, name) = Self.split(target)
    guard let resolved = Self.realPath(folder) else {
      let code = errno
      if let roots, !Self.isInside(Self.lexical(target), roots) { throw notAllowed(path, target) }
      throw FileError(code, path: path)
    }
    guard !name.isEmpty, name != ".", name != ".." else { throw .notAFile(path: path) }
    let file = resolved == "/" ? "/" + name : resolved + "/" + name
    guard roots.map({ Self.isInside(file, $0) }) ?? true else { throw notAllowed(path, file) }
    // A link that leads nowhere could be made to lead elsewhere: it is replaced, never followed.
    return file
  }

  func absolute(_ path: String) -> String {
    let expanded = path.hasPrefix("~/") ? Environment.homeDirectory + path.dropFirst(1) : path
    guard !expanded.hasPrefix("/") else { return expanded }
    let base = workingDirectory.isEmpty ? Environment.workingDirectory : workingDirectory
    return base + "/" + expanded
  }

  func notAllowed(_ path: String, _ target: String) -> FileError {
    .notAllowed(path: path, folder: Self.split(Self.lexical(target)).folder)
  }

  /// The path with links followed; nil, with `errno` set, when it does not exist.
  static func realPath(_ path: String) -> String? {
    // A zero byte would cut the path short for the system, after it was checked whole.
    guard !path.utf8.contains(0) else {
      errno = ENOENT
      return nil
    }
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// The path with `.` and `..` taken out by their names alone.
  static func lexical(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  static func isInside(_ path: String, _ roots: [String]) -> Bool {
    roots.contains { root in
      root == "/" || path == root || path.utf8.starts(with: (root + "/").utf8)
    }
  }

  static func split(_ path: String) -> (folder: String, name: String) {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let slash = trimmed.lastIndex(of: "/") else { return (".", trimmed) }
    let folder = slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
    return (folder, String(trimmed[trimmed.index(after: slash)...]))
  }

  /// Calls the system again while a signal interrupts it.
  static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result != -1 || errno != EINTR { return result }
    }
  }
}
