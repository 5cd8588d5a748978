import Glibc

/// A thread of the system with a stack of the size that its work needs.
public final class WorkerThread: @unchecked Sendable {
  // Unchecked: `handle` is set once in `init`; `isJoined` is guarded by its monitor.
  private let handle: pthread_t
  private let isJoined = Monitor(false)

  /// The stack of the evaluator, whose programs nest deep: 512 MB, of which only touched pages cost.
  public static let evaluatorStackBytes = 512 << 20

  /// Starts a thread; nil when the system has none left.
  ///
  /// Signals go to the main thread, never to this one.
  ///
  /// - Parameters:
  ///   - name: Shown by debuggers, up to 15 bytes.
  ///   - stackBytes: The size wished for; where memory is limited by `ulimit`, less.
  ///   - body: What the thread does; the thread ends with it.
  public init?(
    name: String, stackBytes: Int = 8 << 20, body: @escaping @Sendable () -> Void
  ) {
    let box = unsafe Unmanaged.passRetained(Body(name: name, run: body))
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    // A thread inherits the mask of the one that makes it.
    var all = sigset_t()
    var previous = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &previous)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }
    var size = max(stackBytes, 1 << 20)
    var handle = pthread_t()
    while true {
      unsafe pthread_attr_setstacksize(&attributes, size)
      let result = unsafe pthread_create(
        &handle, &attributes,
        { argument in
          guard let argument = unsafe argument else { return nil }
          // Balances `passRetained` above.
          let body = unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
          WorkerThread.nameCurrentThread(body.name)
          body.run()
          return nil
        }, unsafe box.toOpaque())
      if result == 0 { break }
      guard size > 1 << 20 else {
        unsafe box.release()
        return nil
      }
      size /= 2
    }
    self.handle = handle
  }

  /// Waits for the thread to end; later calls return at once.
  public func join() {
    let isFirst = isJoined.withLock { joined in
      defer { joined = true }
      return !joined
    }
    if isFirst { pthread_join(handle, nil) }
  }

  /// Debuggers and `top` show the name; where there is no such file, nothing is lost.
  private static func nameCurrentThread(_ name: String) {
    let descriptor = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    Output.write(name, to: descriptor)
    close(descriptor)
  }

  deinit {
    if !isJoined.withLock({ $0 }) { pthread_detach(handle) }
  }

  private final class Body: Sendable {
    let name: String
    let run: @Sendable () -> Void

    init(name: String, run: @escaping @Sendable () -> Void) {
      self.name = name
      self.run = run
    }
  }
}

/// Tells how much room is left on a thread's stack, for code that recurses.
public struct StackGuard: Sendable {
  @usableFromInline let limit: UInt

  /// Looks at the stack of the calling thread.
  ///
  /// - Parameter reserve: The bytes to keep for what is called last.
  public init(reserve: Int = 1 << 20) {
    let address = Self.address
    // As bytes, not as text: every start of the program reads some hundred lines here.
    let maps = (try? FileAccess.unrestricted.read("/proc/thread-self/maps")) ?? []
    var lowest: UInt?
    for line in maps.split(separator: UInt8(ascii: "\n")) {
      let (first, rest) = Self.hexadecimal(line)
      let (end, _) = Self.hexadecimal(rest.dropFirst())
      guard first <= address, address < end else { continue }
      lowest =
        line.suffix(7).elementsEqual("[stack]".utf8)
        ? Self.growthLimit(top: end) : first
    }
    // Unknown bounds: the least that any thread here is given.
    let bottom = lowest ?? (address > 1 << 19 ? address - 1 << 19 : 0)
    let room = address > bottom ? address - bottom : 0
    limit = bottom + min(UInt(clamping: reserve), room / 2)
  }

  /// The number at the beginning of a line, and what follows it.
  private static func hexadecimal(_ line: ArraySlice<UInt8>) -> (UInt, ArraySlice<UInt8>) {
    let digits = line.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
    let number = digits.reduce(0 as UInt) { number, byte in
      number << 4 | UInt(byte & 15) + (byte > UInt8(ascii: "9") ? 9 : 0)
    }
    return (number, line[digits.endIndex...])
  }

  /// The main thread's stack is mapped as it grows, down to what `ulimit -s` allows.
  private static func growthLimit(top: UInt) -> UInt {
    var size = rlimit()
    unsafe getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &size)
    let allowed = UInt(clamping: min(size.rlim_cur, 1 << 26))
    return top > allowed ? top - allowed : 0
  }

  /// False when the stack of the same thread is nearly used up.
  @inlinable
  public var hasRoom: Bool {
    Self.address > limit
  }

  /// An address in the frame that asks.
  @inlinable
  static var address: UInt {
    var marker: UInt8 = 0
    return unsafe withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
  }
}
