import Glibc
public import Jupyter
public import Platform

/// The process that Jupyter starts as a kernel.
public enum KernelProcess {
  /// Serves the front ends of a connection file until one asks to end, the process is told to, or
  /// the process that started it is gone.
  ///
  /// Must be called on the main thread, to which signals go.
  ///
  /// - Parameters:
  ///   - connectionFile: The path of the file that the front end has written.
  ///   - version: Linnet's version.
  ///   - interruption: What the backend's engines read.
  ///   - backend: The language.
  /// - Returns: The exit status.
  public static func run(
    connectionFile: String, version: String, interruption: Interruption, backend: KernelBackend
  ) -> Int32 {
    guard let wake = WakeDescriptor() else { return fail("too many open files") }
    // Before anybody can see that the kernel listens, and interrupts or ends it.
    Signals.ignoreBrokenPipes()
    Signals.install(interruption: interruption, wake: wake)
    let connection: ConnectionFile
    do throws(ConnectionFileError) {
      connection = try ConnectionFile(path: connectionFile)
    } catch {
      return fail(error.description)
    }
    let transport: ZeroMQTransport
    do throws(TransportError) {
      transport = try ZeroMQTransport(connection)
    } catch {
      return fail(error.description)
    }
    let kernel = Kernel(
      transport: transport, key: connection.key, version: version, backend: backend,
      interruption: interruption, wake: wake, parent: frontEnd, log: log)
    switch kernel.run() {
    case .shutdown, .terminated, .orphaned: return 0
    case .noThread: return fail("the system has no thread left")
    }
  }

  /// The process that started the kernel, where it says that it did.
  private static var frontEnd: ParentProcess? {
    guard let starter = Environment.count("JPY_PARENT_PID") else { return nil }
    let parent = ParentProcess()
    // A wrapper may stand between the two. Process 1 never does: it takes over orphans.
    return parent.processID == 1 ? ParentProcess(processID: starter) : parent
  }

  private static func fail(_ problem: String) -> Int32 {
    log(problem)
    return 1
  }

  /// Writes a line to standard error, unless that is a pipe that is full since nobody reads it: the
  /// thread that owns the sockets must not wait there.
  @Sendable private static func log(_ line: String) {
    var request = pollfd(fd: Output.standardError, events: Int16(POLLOUT), revents: 0)
    guard unsafe poll(&request, 1, 0) > 0 else { return }
    Output.write("linnet kernel: \(line)\n", to: Output.standardError)
  }
}
