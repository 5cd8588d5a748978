import Notebook
import Platform

/// What a command needs to run programs: the evaluator, signals and the memory watch.
struct Workplace {
  let thread: SessionThread
  let wake: WakeDescriptor
  private let memory: MemoryWatch

  /// Starts the threads and takes over the signals.
  init(_ configuration: SessionConfiguration) throws {
    let interruption = Interruption()
    guard let wake = WakeDescriptor() else { throw Failure("too many open files") }
    Signals.install(interruption: interruption, wake: wake)
    guard let thread = SessionThread(configuration, interruption: interruption) else {
      throw Failure("the system has no thread left")
    }
    self.thread = thread
    self.wake = wake
    memory = MemoryWatch(limit: configuration.memoryLimit, interruption: interruption)
  }
}

/// Files named on the command line, which need no permission.
enum GivenFile {
  /// The bytes of a file.
  static func read(_ path: String) throws -> [UInt8] {
    do throws(FileError) { return try FileAccess.unrestricted.read(path) } catch {
      throw Failure(error.description)
    }
  }

  /// The text of a source file.
  static func readSource(_ path: String) throws -> String {
    let bytes = try read(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(FileError.notText(path: path, bytes).description)
    }
    return text
  }

  /// The folder that a path names a file in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return Environment.workingDirectory }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return folder.hasPrefix("/") ? folder : "\(Environment.workingDirectory)/\(folder)"
  }

  /// The name of a file without folder and ending.
  static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
