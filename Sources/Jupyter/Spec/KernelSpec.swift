import JSON
public import Platform

/// The folder by which Jupyter finds a kernel: how to start it, its name and its logos.
public enum KernelSpec {
  /// Where a kernelspec is installed.
  public enum Location: Sendable, Equatable {
    /// For this user.
    case user
    /// For the active Python environment.
    case environment
    /// Below a folder, as `PREFIX/share/jupyter/kernels`.
    case prefix(String)
  }

  /// The name of the folder, by which front ends choose the kernel.
  public static let name = "linnet"

  /// The folder of the kernelspec at a location.
  ///
  /// - Throws: ``KernelSpecError/noEnvironment`` when no Python environment is active.
  public static func folder(at location: Location) throws(KernelSpecError) -> String {
    switch location {
    case .user:
      let data = Environment.value("JUPYTER_DATA_DIR") ?? "\(Environment.dataDirectory)/jupyter"
      return "\(data)/kernels/\(name)"
    case .environment:
      let prefix = Environment.value("VIRTUAL_ENV") ?? Environment.value("CONDA_PREFIX")
      guard let prefix else { throw .noEnvironment }
      return "\(prefix)/share/jupyter/kernels/\(name)"
    case .prefix(let prefix): return "\(prefix)/share/jupyter/kernels/\(name)"
    }
  }

  /// Writes the kernelspec, over one that is there.
  ///
  /// - Parameters:
  ///   - location: Where to.
  ///   - executable: The absolute path of the program to start.
  /// - Returns: The folder.
  /// - Throws: ``KernelSpecError`` when there is no such place or it cannot be written.
  public static func install(
    at location: Location, executable: String = Environment.executablePath
  ) throws(KernelSpecError) -> String {
    let folder = try folder(at: location)
    let files = FileAccess.unrestricted
    do throws(FileError) {
      try files.makeFolder(folder)
      try files.write(description(executable: executable), to: "\(folder)/kernel.json")
      for (file, bytes) in Logos.files { try files.write(bytes, to: "\(folder)/\(file)") }
    } catch {
      throw .file(error)
    }
    return folder
  }

  /// Removes the kernelspec.
  ///
  /// - Parameter location: Where from.
  /// - Returns: The folder that was removed; nil when there was none.
  /// - Throws: ``KernelSpecError`` when there is no such place or it cannot be written.
  public static func uninstall(from location: Location) throws(KernelSpecError) -> String? {
    let folder = try folder(at: location)
    let files = FileAccess.unrestricted
    // Only what has a kernel.json is a kernelspec; nothing else is removed with its contents.
    guard files.exists("\(folder)/kernel.json") else { return nil }
    do throws(FileError) { try files.remove(folder) } catch { throw .file(error) }
    return folder
  }

  /// The text of `kernel.json`.
  static func description(executable: String) -> String {
    let value: JSONValue = [
      "argv": [.string(executable), "kernel", "-f", "{connection_file}"],
      "display_name": "Linnet",
      "language": "starlark",
      "interrupt_mode": "message",
      "kernel_protocol_version": .string(KernelInfoReply.protocolVersion),
      "metadata": ["supported_encryption": ["curve"]],
    ]
    return value.text(JSONLayout(indent: "  ", keySeparator: ": ", endsWithNewline: true))
  }
}

/// Why a kernelspec could not be installed or removed.
public enum KernelSpecError: Error, Sendable {
  /// No Python environment is active.
  case noEnvironment
  /// A file or folder could not be made or removed.
  case file(FileError)
}

extension KernelSpecError: CustomStringConvertible {
  /// The problem in one line.
  public var description: String {
    switch self {
    case .noEnvironment:
      "--sys-prefix: expected an active Python environment (VIRTUAL_ENV or CONDA_PREFIX); "
        + "found none"
    case .file(let error): error.description
    }
  }
}
