public import Diagnostics
public import Syntax

/// A compiled module, ready to run.
public struct Program {
  private let interpreter: Interpreter
  private let globals: Globals
  private let frameSize: Int
  private let cells: [Int]
  private let statements: [(block: CodeBlock, label: Diagnostic.Label)]
  /// The last statement when it is an expression.
  private let last: (block: CodeBlock, label: Diagnostic.Label)?
  private let hidesResult: Bool

  /// What running a module gave.
  public struct Outcome {
    /// The value of the last statement; nil when that is no expression, when it is None, and when
    /// the value is shown by other means.
    public let value: Value?
    /// True when a `;` asks not to show the value.
    public let isHidden: Bool
    /// The last statement when it is an expression: where the value comes from.
    public let place: Diagnostic.Label?

    /// The value unless it is hidden.
    public var shown: Value? { isHidden ? nil : value }
  }

  init(_ module: Module, _ unit: Unit, top: String) {
    let layout = unit.resolution.topLevel
    func compile(_ span: Span, _ assemble: (Assembler) -> Void) -> (CodeBlock, Diagnostic.Label) {
      let assembler = Assembler(unit: unit, layout: layout, functionName: top)
      assemble(assembler)
      return (assembler.block(), Diagnostic.Label(unit.file, span))
    }
    var statements = module.statements[...]
    if case .expression(let expression)? = statements.last?.kind {
      statements.removeLast()
      last = compile(expression.span) { $0.emit(.return, $0.push(expression)) }
    } else {
      last = nil
    }
    self.statements = statements.map { statement in
      compile(statement.span) { $0.statement(statement) }
    }
    interpreter = unit.interpreter
    globals = unit.globals
    frameSize = (self.statements.map(\.block.frameSize) + [last?.block.frameSize ?? 0]).max() ?? 0
    cells = layout.cells
    hidesResult = module.hidesResult
  }

  /// Runs the module.
  ///
  /// - Throws: The fault that ended it; what happened before it stays.
  public func run() throws(Fault) -> Outcome {
    guard let frame = interpreter.stack.reserve(frameSize) else {
      throw interpreter.recursionFault()
    }
    frame.unbind(from: 0, to: frameSize)
    defer {
      frame.clear(frameSize)
      interpreter.stack.release(frame)
    }
    for slot in cells { frame[slot] = .object(CellObject(nil)) }
    return try interpreter.entering { () throws(Fault) in
      for statement in statements {
        interpreter.sweepIfDue()
        if interpreter.depth == 1 { globals.forgetLost() }
        // What knows no better place, such as an interrupt between two steps, gets this one.
        do throws(Fault) { _ = try run(statement.block, frame) } catch {
          throw error.located(statement.label)
        }
      }
      interpreter.sweepIfDue()
      guard let last else { return Outcome(value: nil, isHidden: hidesResult, place: nil) }
      var value: Value?
      do throws(Fault) {
        value = try run(last.block, frame)
        if case .none? = value { value = nil }
        if case .object(let object)? = value, object.kind == .host,
          try object.stoodAlone(interpreter)
        {
          value = nil
        }
      } catch {
        throw error.located(last.label)
      }
      return Outcome(value: value, isHidden: hidesResult, place: last.label)
    }
  }
}

extension Program {
  /// Runs a statement on the frame that all share.
  private func run(_ block: CodeBlock, _ frame: Frame) throws(Fault) -> Value {
    // The statement before may have had a smaller frame, behind which calls would put theirs.
    interpreter.stack.leave(to: frame, block.frameSize)
    return try interpreter.run(block, frame)
  }
}

extension Interpreter {
  /// Compiles a resolved module, to run with the session's globals.
  ///
  /// `top` is what tracebacks call the top level.
  public func compile(_ module: Module, _ resolution: Resolution, top: String = "<cell>")
    -> Program
  {
    cycles.noteProgram()
    return Program(
      module,
      Unit(
        file: module.file, resolution: resolution, globals: globals, interpreter: self,
        folder: loadFolder),
      top: top)
  }
}
