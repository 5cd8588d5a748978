// The closure builder turns the resolved tree into Swift closures, once, before anything runs.
//
// Every expression becomes a closure that takes the frame of the running function and gives a
// value; every statement one that tells how it ended. A closure holds the closures of its parts, so
// running the program is calling the outermost one. What can be decided from the text alone is
// decided here: slots of variables, the operator, whether an operand is a variable or a small
// constant, the methods that a name can mean. What is left at run time is a look at the tags of the
// operands and, for the common ones, one machine operation.
//
// A closure that can fail holds a `Site`, which knows the place in the text; the fast paths never
// touch it. Each family of expressions and statements has its own file, an extension of `Builder`.

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

/// Compiles the body of one function, or the top level of a module.
struct Builder {
  let unit: Unit
  /// The slots of the frame that the code will run in.
  let layout: FrameLayout
  /// The name that tracebacks show.
  let functionName: String

  var interpreter: Interpreter { unit.interpreter }

  func site(_ span: Span) -> Site {
    Site(unit.file, span, function: functionName, layout.slotNames, interpreter)
  }

  func binding(_ name: Name) -> Binding {
    name.id < unit.resolution.bindings.count ? unit.resolution.bindings[name.id] : .global
  }

  /// The slot of the cell behind a captured variable; captures follow the variables of the frame.
  func captureSlot(_ index: Int) -> Int { layout.slotNames.count + index }

  /// Compiles an expression.
  func expression(_ expression: Expression) -> Code {
    switch expression.kind {
    case .none, .bool, .int, .bigInt, .float, .string, .bytes, .ellipsis:
      let value = constant(expression) ?? .none
      return Code { (_) throws(Fault) in value }
    case .formatted(let pieces): return formatted(pieces, expression.span)
    case .name(let name): return self.name(name)
    case .list(let elements): return list(elements)
    case .tuple(let elements): return tuple(elements)
    case .dict(let entries): return dict(entries, expression.span)
    case .listComprehension(let body, let clauses):
      return listComprehension(body, clauses)
    case .dictComprehension(let key, let value, let clauses):
      return dictComprehension(key, value, clauses, expression.span)
    case .lambda(let function): return makeFunction(function)
    case .conditional(let test, let then, let otherwise):
      let choice = Choice(
        condition: condition(test), then: self.expression(then),
        otherwise: self.expression(otherwise))
      return Code { frame throws(Fault) in
        try choice.condition(frame) ? try choice.then(frame) : try choice.otherwise(frame)
      }
    case .not(let operand):
      let condition = condition(operand)
      return Code { frame throws(Fault) in .bool(!(try condition(frame))) }
    case .and(let left, let right): return logical(left, right, stopsAt: false)
    case .or(let left, let right): return logical(left, right, stopsAt: true)
    case .unary(let op, let operand): return unary(op, operand, expression.span)
    case .binary(let op, let left, let right, _):
      return binary(op, left, right, expression.span)
    case .comparison(let first, let rest): return comparison(first, rest, expression.span)
    case .call(let callee, let arguments): return call(callee, arguments, expression.span)
    case .attribute(let value, let name): return attribute(value, name)
    case .index(let container, let key): return index(container, key, expression.span)
    case .slice(let start, let stop, let step): return slice(start, stop, step)
    }
  }

  /// Compiles statements that run one after the other.
  func block(_ statements: [Statement]) -> Step {
    let steps = statements.flatMap { statement -> [Step] in
      if case .pass = statement.kind { return [] }
      return [self.statement(statement)]
    }
    return sequence(steps[...])
  }

  private func sequence(_ steps: ArraySlice<Step>) -> Step {
    let start = steps.startIndex
    switch steps.count {
    case 0: return Step { (_) throws(Fault) in .next }
    case 1: return steps[start]
    case 2:
      let (first, second) = (steps[start], steps[start + 1])
      return Step { frame throws(Fault) in
        let completion = try first(frame)
        guard case .next = completion else { return completion }
        return try second(frame)
      }
    case 3:
      let (first, second, third) = (steps[start], steps[start + 1], steps[start + 2])
      return Step { frame throws(Fault) in
        var completion = try first(frame)
        guard case .next = completion else { return completion }
        completion = try second(frame)
        guard case .next = completion else { return completion }
        return try third(frame)
      }
    default:
      // Halves rather than a loop over an array, which would count references to each step.
      let first = sequence(steps.prefix(steps.count / 2))
      let second = sequence(steps.dropFirst(steps.count / 2))
      return Step { frame throws(Fault) in
        let completion = try first(frame)
        guard case .next = completion else { return completion }
        return try second(frame)
      }
    }
  }
}

/// The parts of `a if c else b`: one object, since a closure hands on each part that it holds.
private final class Choice {
  let condition: Condition
  let then: Code
  let otherwise: Code

  init(condition: Condition, then: Code, otherwise: Code) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
  }
}

/// A place in the text, for faults: who fails asks it.
final class Site {
  let file: SourceFile
  let span: Span
  let function: String
  /// The names of the variables of the function, by slot.
  let variables: [String]
  let interpreter: Interpreter

  init(
    _ file: SourceFile, _ span: Span, function: String, _ variables: [String],
    _ interpreter: Interpreter
  ) {
    self.variables = variables
    self.file = file
    self.span = span
    self.function = function
    self.interpreter = interpreter
  }

  var label: Diagnostic.Label { Diagnostic.Label(file, span) }

  /// The fault with this place, unless it has one.
  func located(_ fault: Fault) -> Fault { fault.located(label) }

  /// The fault of a call at this place: one that has a place already came from further inside.
  func called(_ fault: Fault) -> Fault {
    if fault.details.primary == nil { return fault.located(label) }
    return fault.leaving(Diagnostic.Frame(function: function, label: label))
  }

  @inline(never)
  func binary(_ op: BinaryOperator, _ a: consuming Value, _ b: consuming Value) throws(Fault)
    -> Value
  {
    do throws(Fault) { return try interpreter.binary(op, a, b) } catch { throw called(error) }
  }

  /// An operand that the fast path left: a variable's value, or the value itself without a slot.
  func operand(_ value: consuming Value, _ slot: Int, _ frame: Frame) throws(Fault) -> Value {
    if slot < 0 { return value }
    guard let value = frame[slot] else { throw unbound(slot: slot) }
    return value
  }

  /// `left op right` for a variable at the left.
  @inline(never)
  func binary(
    _ op: BinaryOperator, _ left: Int, _ right: consuming Value, _ slot: Int, _ frame: Frame
  ) throws(Fault) -> Value {
    let a = try operand(.none, left, frame)
    return try binary(op, a, try operand(right, slot, frame))
  }

  /// `left op right` for a variable at the right.
  @inline(never)
  func binary(
    _ op: BinaryOperator, _ left: consuming Value, _ right: consuming Value, _ slot: Int,
    _ frame: Frame
  ) throws(Fault) -> Value {
    try binary(op, left, try operand(right, slot, frame))
  }

  /// `left op= right` for a variable at the left.
  @inline(never)
  func augment(
    _ op: BinaryOperator, _ left: Int, _ right: consuming Value, _ slot: Int, _ frame: Frame
  ) throws(Fault) -> Completion {
    let a = try operand(.none, left, frame)
    frame[left] = try augmented(op, a, try operand(right, slot, frame))
    return .next
  }

  /// `left op right` for a variable at the left, as a truth value.
  @inline(never)
  func isTrue(
    _ op: ComparisonOperator, _ left: Int, _ right: consuming Value, _ slot: Int, _ frame: Frame
  ) throws(Fault) -> Bool {
    let a = try operand(.none, left, frame)
    return try isTrue(op, a, try operand(right, slot, frame))
  }

  /// `left op right` for a variable at the right, as a truth value.
  @inline(never)
  func isTrue(
    _ op: ComparisonOperator, _ left: consuming Value, _ right: consuming Value, _ slot: Int,
    _ frame: Frame
  ) throws(Fault) -> Bool {
    try isTrue(op, left, try operand(right, slot, frame))
  }

  /// `a op b` as a truth value.
  @inline(never)
  func isTrue(_ op: ComparisonOperator, _ a: consuming Value, _ b: consuming Value) throws(Fault)
    -> Bool
  {
    try truth(try compare(op, a, b))
  }

  /// `left op right` for a variable at the left.
  @inline(never)
  func compare(
    _ op: ComparisonOperator, _ left: Int, _ right: consuming Value, _ slot: Int, _ frame: Frame
  ) throws(Fault) -> Value {
    let a = try operand(.none, left, frame)
    return try compare(op, a, try operand(right, slot, frame))
  }

  /// `left op right` for a variable at the right.
  @inline(never)
  func compare(
    _ op: ComparisonOperator, _ left: consuming Value, _ right: consuming Value, _ slot: Int,
    _ frame: Frame
  ) throws(Fault) -> Value {
    try compare(op, left, try operand(right, slot, frame))
  }

  /// The fault of a variable without a value, where a value is wanted.
  @inline(never)
  func unboundValue(_ slot: Int) throws(Fault) -> Value { throw unbound(slot: slot) }

  @inline(never)
  func augmented(_ op: BinaryOperator, _ a: Value, _ b: Value) throws(Fault) -> Value {
    switch op {
    case .add: if let sum = Addition.apply(a, b) { return sum }
    case .subtract: if let difference = Subtraction.apply(a, b) { return difference }
    default: break
    }
    do throws(Fault) { return try interpreter.augmented(op, a, b) } catch { throw called(error) }
  }

  @inline(never)
  func compare(_ op: ComparisonOperator, _ a: consuming Value, _ b: consuming Value) throws(Fault)
    -> Value
  {
    do throws(Fault) { return try interpreter.compare(op, a, b) } catch { throw called(error) }
  }

  @inline(never)
  func truth(_ value: Value) throws(Fault) -> Bool {
    do throws(Fault) { return try interpreter.truth(value) } catch { throw called(error) }
  }

  @inline(never)
  func index(_ container: Value, _ key: Value) throws(Fault) -> Value {
    do throws(Fault) { return try interpreter.index(container, key) } catch { throw called(error) }
  }

  @inline(never)
  func assign(_ container: Value, _ key: Value, _ value: Value) throws(Fault) {
    do throws(Fault) {
      try interpreter.assign(container, key, value)
    } catch {
      throw called(error)
    }
  }

  @inline(never)
  func unbound(slot: Int) -> Fault { unbound(slot < variables.count ? variables[slot] : "?") }

  @inline(never)
  func unbound(_ name: String) -> Fault {
    let isGlobal = interpreter.globals[name] != nil
    return Fault(
      "UnboundLocalError", "variable '\(name)' is used before it has a value",
      help: isGlobal
        ? "the function assigns '\(name)', so it is its own: take it as a parameter and return it, "
          + "or keep it in a dict"
        : "give it a value on every path that leads here"
    ).located(label)
  }
}
