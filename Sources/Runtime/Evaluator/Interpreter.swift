import Catalog
public import Diagnostics
public import Platform
import Syntax

/// What running code can reach: globals, builtins, limits, and the world outside through ``Host``.
///
/// One interpreter serves one session and lives on the evaluator thread.
public final class Interpreter {
  /// Set from other threads to stop running code.
  public let interruption: Interruption
  /// Where output goes and input comes from.
  public var host: any Host
  /// What the builtins of other targets share within the session; the target that sets it knows
  /// its type.
  public var companion: AnyObject?
  /// Where the last call of native code stands in the source: what advice points at.
  public internal(set) var callSite: Diagnostic.Label?
  /// The global names of the session.
  public let globals: Globals
  /// Called now and then while code runs: where the session publishes its snapshot.
  public var checkPoint: (() -> Void)?
  /// The folder that `load` in a cell is relative to; a loaded file's loads are relative to it.
  public var loadFolder = ""
  /// The largest number of bytes that one step may take.
  public var stepLimit = 1 << 30
  /// The largest number of bytes that the process may take.
  public var memoryLimit = Int.max
  /// Steps of up to so many bytes are taken without a look at what is left.
  private static let smallStep = 1 << 22

  /// How many displays have been given a name that the program did not choose.
  private var namedDisplays = 0
  /// How many functions have been compiled.
  private var functions = 0

  let builtins = Builtins()
  let stack = ValueStack()
  let ellipsis = EllipsisObject()
  let room = StackGuard()
  var modules: [String: ModuleObject] = [:]
  var shortStrings = ShortStrings()
  /// Where strings are put together: see ``string(_:)``.
  let textBuffer = TextBuffer()
  var percentTemplates = TemplateCache<PercentTemplate>()
  var braceTemplates = TemplateCache<BraceTemplate>()
  var loader = Loader()
  var cycles = CycleRegistry()
  let leftovers: Leftovers
  /// Calls that are running.
  var depth = 0
  /// Native recursion of printing, comparing and hashing.
  var nesting = 0
  /// The containers that are being printed, outermost first.
  var writing: [Object] = []
  /// Counts down the loop rounds and calls to the next ``checkPoint``.
  private var ticks = Interpreter.checkPointInterval

  /// How deep calls may nest.
  public static let recursionLimit = 1000
  /// How deep values may nest where they are printed, compared and hashed.
  static let nestingLimit = 400
  private static let checkPointInterval = 32_000
  /// The room on the native stack is looked at every fourth call: four need far less than it keeps.
  static let roomMask = 3

  /// Makes an interpreter with the core builtins bound.
  public init(interruption: Interruption, host: any Host) {
    self.interruption = interruption
    self.host = host
    globals = Globals(builtins: builtins)
    leftovers = Leftovers(interruption)
    define(BuiltinTable.all)
    for record in ModuleTable.all {
      define(module: record.make(), path: record.entry.name, global: record.entry.name)
    }
  }

  // MARK: - Setting up

  /// Binds a name that programs can use but that is no global of theirs.
  public func define(_ name: String, _ value: Value) { builtins.define(name, value) }

  /// Binds builtins by their names.
  public func define(_ list: [Builtin]) {
    for builtin in list { define(builtin.entry.name, .object(BuiltinObject(builtin))) }
  }

  /// Makes a module importable by its path and, when `global` is given, bound without an import.
  public func define(module: ModuleObject, path: String, global: String? = nil) {
    modules[path] = module
    // `import a.b` binds `a`, which must then hold `b`.
    if let dot = path.lastIndex(of: ".") {
      let parent = String(path[..<dot])
      if modules[parent] == nil { define(module: ModuleObject(parent, []), path: parent) }
      modules[parent]?.define(String(path[path.index(after: dot)...]), .object(module))
    }
    if let global { define(global, .object(module)) }
  }

  /// Takes a module away, from `import` and from the names that are always bound.
  public func remove(module path: String) {
    modules[path] = nil
    builtins.remove(path)
  }

  /// The paths that `import` knows, in alphabetical order.
  public var modulePaths: [String] { modules.keys.sorted() }

  /// The module of a path.
  public func module(_ path: String) -> ModuleObject? { modules[path] }

  /// The names that are bound without a program's doing.
  public var builtinNames: [String] { builtins.names }

  /// The value of a builtin name.
  public func builtin(_ name: String) -> Value? { builtins.value(name) }

  /// A name for a display, which no other has.
  func newDisplayID() -> String {
    namedDisplays += 1
    return "linnet-display-\(namedDisplays)"
  }

  /// A number for the code of a function, which no other has.
  func newFunctionNumber() -> Int {
    functions += 1
    return functions
  }

  // MARK: - Limits

  /// Throws when another thread has asked to stop.
  ///
  /// Long loops of builtins call it.
  @inline(__always)
  public func checkInterruption() throws(Fault) {
    if interruption.isRequested { throw interruptionFault() }
  }

  /// The check at loop back-edges and calls.
  @inline(__always)
  func tick() throws(Fault) {
    // At every turn, since one turn may take long: `for _ in range(100): xs == ys`.
    if interruption.isRequested { throw interruptionFault() }
    countTurn()
  }

  @inline(__always)
  func countTurn() {
    ticks &-= 1
    if ticks <= 0 { passCheckPoint() }
  }

  @inline(never)
  private func passCheckPoint() {
    ticks = Interpreter.checkPointInterval
    leftovers.free { true }
    checkPoint?()
  }

  /// The fault for the reason that is set.
  public func interruptionFault() -> Fault {
    switch interruption.reason {
    case .memory:
      Fault.memory(
        "the process has come too near to its memory limit",
        help: "free what is no longer needed, or raise --max-memory")
    case .timeout: Fault("TimeoutError", "the time limit has passed")
    case .interrupt, .none: Fault("KeyboardInterrupt", "interrupted")
    }
  }

  /// Throws when one step would take more than ``stepLimit`` bytes.
  public func checkSize(_ bytes: (partialValue: Int, overflow: Bool), _ what: String)
    throws(Fault)
  {
    guard bytes.overflow || bytes.partialValue > Interpreter.smallStep else { return }
    // Steps this large are few, and the program may run into its limit within a handful of them.
    try checkInterruption()
    guard !bytes.overflow, bytes.partialValue <= stepLimit else {
      throw Fault.memory(
        "\(what) would take \(bytes.overflow ? "far more" : "\(bytes.partialValue) bytes, more") "
          + "than the \(stepLimit) bytes that one step may take")
    }
    guard try hasRoom(for: bytes.partialValue) else {
      throw Fault.memory(
        "\(what) would take \(bytes.partialValue) bytes, more than is left of \(memoryLimit)",
        help: "free what is no longer needed, or raise --max-memory")
    }
  }

  /// As ``checkSize(_:_:)``, for what grows piece by piece: the memory is looked at once in 4 MB.
  @inline(__always)
  func checkGrowth(from old: Int, to new: Int, _ what: String) throws(Fault) {
    if old / Interpreter.smallStep != new / Interpreter.smallStep {
      try checkSize((new, false), what)
    }
  }

  /// Runs native code that recurses over values, unless they nest too deep.
  @inline(__always)
  func deeper<T>(_ body: () throws(Fault) -> T) throws(Fault) -> T {
    if nesting >= Interpreter.nestingLimit || !room.hasRoom {
      throw Fault(
        "RecursionError", "the value nests deeper than \(Interpreter.nestingLimit) levels",
        note: "it may contain itself")
    }
    nesting += 1
    defer { nesting -= 1 }
    return try body()
  }
}

/// The world outside running code, as the session provides it.
public protocol Host: AnyObject {
  /// Writes text to a stream of the cell.
  func write(_ text: String, to stream: OutputStream)
  /// Shows a bundle now, in program order; with an id it can be updated later.
  func display(_ bundle: MimeBundle, id: String?, update: Bool)
  /// Takes away what the cell has shown; with `wait`, when the next output comes.
  func clearOutput(wait: Bool)
  /// Asks the user for a line; a fault when there is no user or input ends.
  func input(prompt: String, password: Bool) throws(Fault) -> String
  /// Tells the user something that is no error, once per place.
  func advise(_ advice: Diagnostic)
  /// Shows a line of progress in place of the one before it; nil takes it away. Only terminals
  /// show it.
  func progress(_ line: String?)
  /// Shows help: in a pager where there is one.
  func page(_ bundle: MimeBundle)
  /// Where displays end up.
  var target: DisplayTarget { get }
  /// The files that the program may open.
  var files: FileAccess { get }
}

/// The two streams of a cell.
public enum OutputStream: Sendable {
  case standard, error
}
