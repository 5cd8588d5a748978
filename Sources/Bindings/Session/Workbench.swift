import Diagnostics
import Neural
import Platform
import Plots
public import Runtime
import Tensors

/// How the engines of a session are set up.
public struct WorkbenchConfiguration: Sendable {
  /// How many threads compute.
  public let threads: Int
  /// The most bytes that tensors may take together.
  public let memoryLimit: Int
  /// True leaves out what depends on more than the source, such as clocks.
  public let isHermetic: Bool

  /// Describes a setup.
  public init(threads: Int, memoryLimit: Int, isHermetic: Bool) {
    self.threads = threads
    self.memoryLimit = memoryLimit
    self.isHermetic = isHermetic
  }
}

/// What the builtins of a session share: the tensor engine, the neural engine and the figures of
/// the running cell.
///
/// The interpreter holds the workbench; builtins reach it through ``of(_:)``.
public final class Workbench {
  let tensors: TensorContext
  let neural: NeuralContext
  /// The figures that stood alone in the running cell, not yet shown.
  var figures = FigureCollector()
  /// How many trainings have been shown; numbers their displays.
  var trainings = 0
  private unowned let interpreter: Interpreter

  /// Sets up the engines and defines their names in the interpreter.
  public init(_ interpreter: Interpreter, _ configuration: WorkbenchConfiguration) {
    self.interpreter = interpreter
    tensors = TensorContext(
      interruption: interpreter.interruption, threads: configuration.threads,
      byteLimit: configuration.memoryLimit)
    neural = NeuralContext(tensors)
    interpreter.companion = self
    neural.advise = { [unowned interpreter] advice in
      interpreter.host.advise(
        Diagnostic(
          .warning, name: "Advice", message: advice.message, primary: interpreter.callSite,
          note: advice.note, help: advice.help))
    }
    Names.define(in: interpreter, self, configuration)
  }

  /// The workbench of an interpreter.
  ///
  /// - Throws: `SystemError` when the interpreter was set up without one.
  @inline(__always)
  static func of(_ interpreter: Interpreter) throws(Fault) -> Workbench {
    guard let workbench = interpreter.companion as? Workbench else {
      throw Fault.internal("the session has no tensor engine")
    }
    return workbench
  }

  /// Gets ready for the next cell.
  public func beginCell() { figures = FigureCollector() }

  /// Shows the figures that the cell has gathered, once it has ended or failed.
  ///
  /// - Parameter isInterrupted: True when the user asked for the end: then what would take long to
  ///   draw is not shown.
  /// - Throws: The fault of drawing or of showing one.
  public func endCell(isInterrupted: Bool = false) throws(Fault) {
    for figure in figures.finish() where !isInterrupted || figure.isQuicklyDrawn {
      try show(figure)
    }
  }

  /// Shows the figures whose group has been closed.
  func showFinished() throws(Fault) {
    for figure in figures.takeFinished() { try show(figure) }
  }

  private func show(_ figure: Figure) throws(Fault) {
    let bundle = try FigureObject(figure).bundle(interpreter)
    interpreter.host.display(bundle, id: nil, update: false)
  }

  /// A value as `Out` keeps it: tensors without the graph that made them.
  public func detached(_ value: Value) -> Value {
    guard case .object(let object) = value, let tensor = object as? TensorObject,
      tensor.tensor.isTracked
    else { return value }
    return .object(TensorObject(tensor.tensor.detached, self))
  }

  /// One line on the memory in use and on the workers, for `%mem`.
  public func memoryReport() -> String {
    func megabytes(_ bytes: Int) -> String { "\((Double(bytes) / 1e5).rounded() / 10) MB" }
    return "tensors \(megabytes(tensors.pool.liveBytes)), of which recorded graphs "
      + "\(megabytes(tensors.graphBytes)) in \(tensors.graphNodes) nodes; "
      + "process \(megabytes(MachineMemory.resident())); "
      + "\(tensors.workers.workersThatRan) of \(tensors.workers.threads) workers ran"
  }
}
