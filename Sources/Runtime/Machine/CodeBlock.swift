import Diagnostics
import Syntax

/// The instructions of a function, or of a statement at the top level, and what they refer to.
final class CodeBlock {
  let instructions: InstructionList
  /// Where each instruction comes from, for faults.
  private let spans: [Span]
  let constants: ConstantList
  let globals: Pool<GlobalSlot>
  let methods: Pool<MethodSet>
  let actions: Pool<Action>
  let namedArguments: [NamedArguments]
  /// The names of attributes and of captured variables.
  let names: [String]
  private let openings: [Opening]
  private let reads: [Read]
  /// The first slot that is no variable.
  let firstTemporary: Int
  /// The number of slots.
  let frameSize: Int
  let file: SourceFile
  /// What tracebacks call the function.
  let function: String
  /// The names of the variables, by slot.
  let variables: [String]
  /// Those of them that hide variables of the functions around.
  private let hiding: Set<String>
  /// The names of the module.
  let module: Globals

  /// What must be closed, or looked at, when an instruction of a range fails.
  struct Opening {
    enum Kind {
      /// The walk in a slot.
      case walk(Int)
      /// The text of an f-string.
      case text
      /// The arguments of a global name that is called; it may be unbound.
      case callee(Int, Span)
      /// An element of the walk in a slot, which is given to several targets.
      case unpacking(Int)
    }

    let kind: Kind
    let start: Int
    let end: Int
  }

  /// Where an instruction names a variable that it reads.
  struct Read {
    let instruction: Int
    let slot: Int
    let span: Span
  }

  /// The parts that ``Assembler`` gathers.
  struct Parts {
    var instructions: [Instruction] = []
    var spans: [Span] = []
    var constants: [Value] = []
    var globals: [GlobalSlot] = []
    var methods: [MethodSet] = []
    var actions: [Action] = []
    var namedArguments: [NamedArguments] = []
    var names: [String] = []
    var openings: [Opening] = []
    var reads: [Read] = []
  }

  init(_ parts: Parts, unit: Unit, layout: FrameLayout, function: String, frameSize: Int) {
    instructions = InstructionList(parts.instructions)
    spans = parts.spans
    constants = ConstantList(parts.constants)
    globals = Pool(parts.globals)
    methods = Pool(parts.methods)
    actions = Pool(parts.actions)
    namedArguments = parts.namedArguments
    names = parts.names
    openings = parts.openings
    reads = parts.reads
    firstTemporary = layout.variableCount
    self.frameSize = frameSize
    file = unit.file
    self.function = function
    variables = layout.slotNames
    hiding = layout.hiding
    module = unit.globals
  }

  /// The place in the text of the instruction that was taken last.
  func label(before cursor: Cursor) -> Diagnostic.Label {
    label(spans[instructions.number(before: cursor)])
  }

  func label(_ span: Span) -> Diagnostic.Label { Diagnostic.Label(file, span) }

  /// Where the unbound variable stands that an instruction failed to read.
  func unboundOperand(before cursor: Cursor, _ frame: Frame) -> Span? {
    let number = instructions.number(before: cursor)
    return reads.first { $0.instruction == number && !frame.isBound($0.slot) }?.span
  }

  /// The name of the fault of a variable without a value.
  static let unbound = "UnboundLocalError"

  /// What is open when an instruction fails, innermost first.
  func openings(before cursor: Cursor) -> [Opening.Kind] {
    let number = instructions.number(before: cursor)
    // An inner one is noted when it ends, before those around it.
    return openings.filter { $0.start <= number && number < $0.end }.map(\.kind)
  }

  /// The fault of a global name that nothing binds.
  func unbound(global number: Int) -> Fault {
    globals[number].read { module.unbound($0, variables: variables) }
  }

  /// The fault of a variable without a value.
  func unbound(_ slot: Int) -> Fault {
    unbound(slot < variables.count ? variables[slot] : "?")
  }

  /// The fault of a variable without a value, by its name.
  func unbound(_ name: String) -> Fault {
    let help =
      if hiding.contains(name) {
        "the function assigns '\(name)', so it is its own and not that of the function around it: "
          + "keep the value in a list or dict"
      } else if module[name] != nil {
        "the function assigns '\(name)', so it is its own: take it as a parameter and return it, "
          + "or keep it in a dict"
      } else {
        "give it a value on every path that leads here"
      }
    return Fault(
      CodeBlock.unbound, "variable '\(name)' is used before it has a value", help: help)
  }
}

/// What an instruction does that has no operation of its own.
///
/// It takes its operands from temporaries and leaves its result in one.
final class Action {
  let run: (Frame, Interpreter) throws(Fault) -> Void

  init(_ run: @escaping (Frame, Interpreter) throws(Fault) -> Void) { self.run = run }
}

extension FrameLayout {
  /// The slots of variables and captured cells, which come first in a frame.
  var variableCount: Int { slotNames.count + captures.count }
}
