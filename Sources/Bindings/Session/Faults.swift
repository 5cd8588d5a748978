import Neural
import Plots
import Runtime
import Tensors

extension Fault {
  /// A fault of the tensor engine as the program sees it.
  init(_ error: TensorError, _ interpreter: Interpreter) {
    switch error {
    case .interrupted: self = interpreter.interruptionFault()
    case .foreign(let fault as Fault): self = fault
    default: self = Fault(error.name, error.message, note: error.note, help: error.help)
    }
  }

  /// A fault of the neural engine as the program sees it.
  init(_ error: NeuralError, _ interpreter: Interpreter) {
    switch error {
    case .interrupted: self = interpreter.interruptionFault()
    case .foreign(let fault as Fault): self = fault
    case .tensor(let inner): self = Fault(inner, interpreter)
    default: self = Fault(error.name, error.message, note: error.note, help: error.help)
    }
  }

  /// A fault of a plot as the program sees it.
  init(_ error: PlotError, _ interpreter: Interpreter) {
    switch error {
    case .interrupted: self = interpreter.interruptionFault()
    case .foreign(let fault as Fault): self = fault
    default: self.init(error)
    }
  }

  /// A fault of a plot for which the arguments are to blame.
  init(_ error: PlotError) {
    let name =
      switch error.kind {
      case .type: "TypeError"
      case .shape: "ShapeError"
      default: "ValueError"
      }
    self.init(name, error.message, help: error.help)
  }
}

extension Interpreter {
  /// Runs a step of the tensor engine; its errors become faults.
  @inline(__always)
  func tensors<Result>(_ body: () throws(TensorError) -> Result) throws(Fault) -> Result {
    do throws(TensorError) { return try body() } catch { throw Fault(error, self) }
  }

  /// Runs a step of the neural engine; its errors become faults.
  @inline(__always)
  func neural<Result>(_ body: () throws(NeuralError) -> Result) throws(Fault) -> Result {
    do throws(NeuralError) { return try body() } catch { throw Fault(error, self) }
  }

  /// Runs a step of the plots; its errors become faults.
  @inline(__always)
  func plots<Result>(_ body: () throws(PlotError) -> Result) throws(Fault) -> Result {
    do throws(PlotError) { return try body() } catch { throw Fault(error, self) }
  }
}
