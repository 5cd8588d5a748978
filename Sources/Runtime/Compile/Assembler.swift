// The assembler turns the resolved tree into instructions, once, before anything runs.
//
// What can be decided from the text alone is decided here: slots of variables, the operator,
// whether an operand is a variable or a small number, the methods that a name can mean. Each family
// of expressions and statements has its own file, an extension of `Assembler`.

import Diagnostics
import Syntax

/// What all functions of one module share while they are compiled.
final class Unit {
  let file: SourceFile
  let resolution: Resolution
  let globals: Globals
  let interpreter: Interpreter
  /// What `load` is relative to.
  let folder: String

  init(
    file: SourceFile, resolution: Resolution, globals: Globals, interpreter: Interpreter,
    folder: String
  ) {
    self.file = file
    self.resolution = resolution
    self.globals = globals
    self.interpreter = interpreter
    self.folder = folder
  }
}

/// Compiles the body of one function, or a statement at the top level of a module.
final class Assembler {
  let unit: Unit
  /// The slots of the frame that the code will run in.
  let layout: FrameLayout
  /// The name that tracebacks show.
  let functionName: String
  private(set) var parts = CodeBlock.Parts()
  /// Where what is assembled now stands in the text.
  private(set) var span = Span(0, 0)
  /// The variables that have been named as operands of the next instruction that reads them.
  private var operands: [(slot: Int, span: Span)] = []
  /// The first temporary that is free.
  private(set) var free: Int
  private var frameSize: Int
  private var slotNumbers: [String: Int] = [:]
  /// The loops around what is assembled now, innermost last.
  var loops: [Loop] = []

  /// A loop, for `break`, `continue` and `return`.
  struct Loop {
    let start: Label
    let exit: Label
    /// The slot of its walk; nil for `while`.
    let walk: Int?
  }

  /// A place that instructions jump to, perhaps before it is known.
  final class Label {
    fileprivate var place: Int?
    fileprivate var jumps: [Int] = []
  }

  init(unit: Unit, layout: FrameLayout, functionName: String) {
    self.unit = unit
    self.layout = layout
    self.functionName = functionName
    free = layout.variableCount
    frameSize = free
  }

  var interpreter: Interpreter { unit.interpreter }

  /// What has been assembled.
  func block() -> CodeBlock {
    emit(.returnNone)
    return CodeBlock(
      parts, unit: unit, layout: layout, function: functionName, frameSize: frameSize)
  }

  // MARK: - Instructions

  /// Adds an instruction; what it holds fits, since sources are far shorter than 2³² bytes.
  func emit(
    _ operation: Operation, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, detail: Int = 0
  ) {
    parts.instructions.append(
      Instruction(
        operation: operation, detail: UInt8(truncatingIfNeeded: detail),
        a: UInt32(truncatingIfNeeded: a), b: UInt32(truncatingIfNeeded: b),
        c: UInt32(truncatingIfNeeded: c)))
    parts.spans.append(span)
    let (readsA, readsB, readsC) = operation.reads
    operands.removeAll { operand in
      guard
        readsA && a == operand.slot || readsB && b == operand.slot || readsC && c == operand.slot
      else { return false }
      parts.reads.append(
        CodeBlock.Read(
          instruction: parts.instructions.count - 1, slot: operand.slot, span: operand.span))
      return true
    }
  }

  /// Adds an instruction that jumps.
  func emit(
    _ operation: Operation, _ a: Int = 0, _ b: Int = 0, detail: Int = 0, to label: Label
  ) {
    emit(operation, a, b, detail: detail)
    label.jumps.append(parts.instructions.count - 1)
    aim(label)
  }

  /// Sets the place of a label: the next instruction.
  func place(_ label: Label) {
    label.place = parts.instructions.count
    aim(label)
  }

  /// Lets the jumps to a label lead there, once its place is known.
  private func aim(_ label: Label) {
    guard let place = label.place else { return }
    for number in label.jumps {
      parts.instructions[number].aim(place - number - 1)
    }
    label.jumps = []
  }

  /// Adds what has no operation of its own.
  func perform(_ run: @escaping (Frame, Interpreter) throws(Fault) -> Void) {
    parts.actions.append(Action(run))
    emit(.perform, parts.actions.count - 1)
  }

  /// Assembles `body`, whose faults are placed at a span of the text.
  func at<Result>(_ span: Span, _ body: () -> Result) -> Result {
    let outer = self.span
    self.span = span
    defer { self.span = outer }
    return body()
  }

  /// Notes what is open from an instruction up to the next one.
  func noteOpening(_ kind: CodeBlock.Opening.Kind, from start: Int) {
    parts.openings.append(
      CodeBlock.Opening(kind: kind, start: start, end: parts.instructions.count))
  }

  // MARK: - What instructions refer to by number

  func constant(_ value: Value) -> Int {
    parts.constants.append(value)
    return parts.constants.count - 1
  }

  func name(_ text: String) -> Int {
    parts.names.append(text)
    return parts.names.count - 1
  }

  func methods(_ name: String) -> Int {
    parts.methods.append(MethodSet(name))
    return parts.methods.count - 1
  }

  func names(_ names: NamedArguments) -> Int {
    parts.namedArguments.append(names)
    return parts.namedArguments.count - 1
  }

  func global(_ name: String) -> Int {
    if let number = slotNumbers[name] { return number }
    parts.globals.append(unit.globals.slot(name))
    slotNumbers[name] = parts.globals.count - 1
    return parts.globals.count - 1
  }

  // MARK: - Slots

  /// A free temporary.
  func temporary() -> Int { temporaries(1) }

  /// The first of neighbouring temporaries.
  func temporaries(_ count: Int) -> Int {
    free += count
    frameSize = max(frameSize, free)
    return free - count
  }

  /// Forgets the operands that no instruction has read.
  func endStatement() { operands.removeAll() }

  /// Gives the temporaries back that `body` takes.
  func scoped<Result>(_ body: () -> Result) -> Result {
    let mark = free
    defer { free = mark }
    return body()
  }

  func isVariable(_ slot: Int) -> Bool { slot < layout.variableCount }

  func binding(_ name: Name) -> Binding {
    name.id < unit.resolution.bindings.count ? unit.resolution.bindings[name.id] : .global
  }

  /// The slot of a name that is a plain variable of the frame, or a captured value.
  func localSlot(_ name: Name) -> Int? {
    switch binding(name) {
    case .local(let slot): slot
    case .freeValue(let index): captureSlot(index)
    case .cell, .free, .global: nil
    }
  }

  /// The slot of an expression that is a plain variable of the frame.
  func localSlot(_ expression: Expression) -> Int? {
    if case .name(let name) = expression.kind { localSlot(name) } else { nil }
  }

  /// The slot of the cell in which a name lives.
  func cellSlot(_ name: Name) -> Int? {
    switch binding(name) {
    case .cell(let slot): slot
    case .free(let index): captureSlot(index)
    case .local, .freeValue, .global: nil
    }
  }

  /// The slot of a captured cell or value; captures follow the variables of the frame.
  func captureSlot(_ index: Int) -> Int { layout.slotNames.count + index }

  /// The slot of an expression's value: that of a variable, or a new temporary.
  func operand(_ expression: Expression) -> Int {
    if let slot = localSlot(expression) {
      operands.append((slot, expression.span))
      return slot
    }
    let slot = temporary()
    evaluate(expression, to: slot)
    return slot
  }

  /// Puts the value of an expression into a new temporary.
  @discardableResult
  func push(_ expression: Expression) -> Int {
    let slot = temporary()
    evaluate(expression, to: slot)
    return slot
  }

  /// The slot of an operand that stands left of others, which are evaluated after it.
  func operand(_ expression: Expression, before others: [Expression]) -> Int {
    let slot = operand(expression)
    if isVariable(slot), !others.allSatisfy(isSimple) { emit(.check, slot) }
    return slot
  }

  /// True for what cannot fail before the instruction that uses it does.
  private func isSimple(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .none, .bool, .int, .float, .string: true
    default: localSlot(expression) != nil
    }
  }
}
