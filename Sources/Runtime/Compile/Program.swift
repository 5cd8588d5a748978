public import Diagnostics
public import Syntax

/// A compiled module, ready to run.
public struct Program {
  private let interpreter: Interpreter
  private let frameSize: Int
  private let cells: [Int]
  private let statements: [(step: Step, site: Site)]
  /// The last statement when it is an expression.
  private let last: (code: Code, site: Site)?
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
    let builder = Builder(unit: unit, layout: layout, functionName: top)
    var statements = module.statements[...]
    if case .expression(let expression)? = statements.last?.kind {
      statements.removeLast()
      last = (builder.expression(expression), builder.site(expression.span))
    } else {
      last = nil
    }
    self.statements = statements.map { (builder.statement($0), builder.site($0.span)) }
    interpreter = unit.interpreter
    frameSize = layout.slotNames.count + layout.captures.count
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
    defer { interpreter.stack.release(frame, frameSize) }
    for slot in cells { frame[slot] = .object(CellObject(nil)) }
    return try interpreter.entering { () throws(Fault) in
      for statement in statements {
        interpreter.sweepIfDue()
        // What knows no better place, such as an interrupt between two steps, gets this one.
        do throws(Fault) { _ = try statement.step(frame) } catch {
          throw statement.site.located(error)
        }
      }
      interpreter.sweepIfDue()
      guard let last else { return Outcome(value: nil, isHidden: hidesResult, place: nil) }
      var value: Value?
      do throws(Fault) { value = try last.code(frame) } catch { throw last.site.located(error) }
      if case .none? = value { value = nil }
      if case .object(let object)? = value, object.kind == .host, try last.site.stoodAlone(object) {
        value = nil
      }
      return Outcome(value: value, isHidden: hidesResult, place: last.site.label)
    }
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
