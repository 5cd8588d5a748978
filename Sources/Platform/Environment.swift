import Glibc

/// What the process was given: variables, folders, identity.
public enum Environment {
  /// The value of a variable; nil when it is not set.
  public static func value(_ name: String) -> String? {
    // No thread of this process changes the environment.
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe String(cString: text)
  }

  /// The value of a variable that must be a whole number above zero.
  public static func count(_ name: String) -> Int? {
    value(name).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// The working directory, `/` when it is gone.
  public static var workingDirectory: String {
    guard let path = unsafe getcwd(nil, 0) else { return "/" }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// The user's folder.
  public static var homeDirectory: String { value("HOME") ?? "/" }

  /// Where programs keep a user's data: `XDG_DATA_HOME` or `~/.local/share`.
  public static var dataDirectory: String {
    folder("XDG_DATA_HOME") ?? homeDirectory + "/.local/share"
  }

  /// Where programs keep a user's state, such as histories: `XDG_STATE_HOME` or `~/.local/state`.
  public static var stateDirectory: String {
    folder("XDG_STATE_HOME") ?? homeDirectory + "/.local/state"
  }

  /// The path of this program's file.
  public static var executablePath: String {
    guard let path = unsafe realpath("/proc/self/exe", nil) else { return "linnet" }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// The number of this process.
  public static var processID: Int { Int(getpid()) }

  /// The name that the user logged in with, `user` when there is none.
  public static var userName: String { value("USER") ?? value("LOGNAME") ?? "user" }

  /// The processors that this process may run on, at least one.
  public static var processorCount: Int {
    let allowed = processorMask ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    return max(1, min(allowed, processorQuota ?? allowed))
  }

  /// The processors that `taskset` and its like left to this process.
  private static var processorMask: Int? {
    let status = try? FileAccess.unrestricted.readText("/proc/self/status", sizeLimit: 1 << 16)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
    return line?.dropFirst("Cpus_allowed:".count)
      .reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount }
  }

  /// The processors that the control group grants, rounded up.
  private static var processorQuota: Int? {
    guard let text = try? FileAccess.unrestricted.readText("/sys/fs/cgroup/cpu.max") else {
      return nil
    }
    let parts = text.split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
    guard parts.count == 2, parts[1] > 0 else { return nil }
    return Int(exactly: (parts[0] / parts[1]).rounded(.up))
  }

  /// The XDG rules count only absolute paths.
  private static func folder(_ name: String) -> String? {
    value(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
  }
}

/// The process that started this one.
public struct ParentProcess: Sendable {
  /// Its number.
  public let processID: Int

  /// Remembers the process with that number, by default the one that started this process.
  public init(processID: Int? = nil) { self.processID = processID ?? Int(getppid()) }

  /// True when it has ended: this process was then given to another one.
  public var hasEnded: Bool { Int(getppid()) != processID }
}
