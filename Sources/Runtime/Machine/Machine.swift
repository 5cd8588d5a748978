// The machine runs the instructions of a block, one after the other, on a frame.
//
// Numbers are dealt with here, in place; all else is left to functions of their own, so that the
// loop stays small. A fault needs no place when it is thrown: the loop knows the instruction, and
// the block knows where in the text that comes from.

import Diagnostics

extension Interpreter {
  /// Runs a block on a frame that is the newest one.
  ///
  /// - Returns: What it returns; the variables keep their values.
  func run(_ block: CodeBlock, _ frame: Frame) throws(Fault) -> Value {
    var cursor = block.instructions.start
    do throws(Fault) {
      while true {
        let step = cursor.take()
        switch step.operation {
        case .copy:
          if !frame.set(step.a, copyOf: step.b) { throw block.unbound(step.b) }
        case .move:
          let source = step.b
          if let number = frame.int(source) {
            frame.set(step.a, number)
          } else {
            frame[step.a] = frame.take(source)
          }
        case .constant: block.constants.copy(step.b, to: step.a, frame)
        case .global:
          let place = block.globals[step.b].read { $0.meaning }
          if !place.copy(to: step.a, frame) { throw block.unbound(global: step.b) }
        case .captured:
          if !frame.set(step.a, copyOfCell: step.b) { throw block.unbound(block.names[step.c]) }
        case .setGlobal:
          let value = frame.take(step.b)
          block.globals[step.a].read { slot in
            slot.value = value
            if !slot.isListed { block.module.noteBinding(slot) }
          }
        case .setCaptured: setCaptured(step, frame)
        case .check:
          if !frame.isBound(step.a) { throw block.unbound(step.a) }
        case .checkCaptured:
          if !frame.isCellBound(step.a) { throw block.unbound(block.names[step.b]) }
        case .checkGlobal:
          if !block.globals[step.a].read({ $0.isBound }) {
            throw block.unbound(global: step.a)
          }

        case .add: try calculate(Addition.self, step, frame, block)
        case .subtract: try calculate(Subtraction.self, step, frame, block)
        case .multiply: try calculate(Multiplication.self, step, frame, block)
        case .divide: try calculate(Division.self, step, frame, block)
        case .floorDivide: try calculate(FloorDivision.self, step, frame, block)
        case .modulo: try calculate(Modulo.self, step, frame, block)
        case .addNumber: try calculate(Addition.self, number: step, frame, block)
        case .subtractNumber: try calculate(Subtraction.self, number: step, frame, block)
        case .multiplyNumber: try calculate(Multiplication.self, number: step, frame, block)
        case .floorDivideNumber: try calculate(FloorDivision.self, number: step, frame, block)
        case .moduloNumber: try calculate(Modulo.self, number: step, frame, block)
        case .addFloat: try calculate(Addition.self, float: step, frame, block)
        case .subtractFloat: try calculate(Subtraction.self, float: step, frame, block)
        case .multiplyFloat: try calculate(Multiplication.self, float: step, frame, block)
        case .divideFloat: try calculate(Division.self, float: step, frame, block)
        case .binary:
          try binary(Instruction.operators[step.detail], step, frame, block, augments: false)
        case .augment:
          try binary(Instruction.operators[step.detail], step, frame, block, augments: true)
        case .unary: try unary(step, frame, block)
        case .not:
          let answer = try truth(step.b, frame, block)
          frame[step.a] = .bool(!answer)
        case .compare: try compare(step, frame, block)

        case .ifEqual: try jump(Equal.self, step, &cursor, frame, block)
        case .ifNotEqual: try jump(NotEqual.self, step, &cursor, frame, block)
        case .ifLess: try jump(Less.self, step, &cursor, frame, block)
        case .ifLessOrEqual: try jump(LessEqual.self, step, &cursor, frame, block)
        case .ifGreater: try jump(Greater.self, step, &cursor, frame, block)
        case .ifGreaterOrEqual: try jump(GreaterEqual.self, step, &cursor, frame, block)
        case .ifEqualNumber: try jump(Equal.self, number: step, &cursor, frame, block)
        case .ifNotEqualNumber: try jump(NotEqual.self, number: step, &cursor, frame, block)
        case .ifLessNumber: try jump(Less.self, number: step, &cursor, frame, block)
        case .ifLessOrEqualNumber: try jump(LessEqual.self, number: step, &cursor, frame, block)
        case .ifGreaterNumber: try jump(Greater.self, number: step, &cursor, frame, block)
        case .ifGreaterOrEqualNumber:
          try jump(GreaterEqual.self, number: step, &cursor, frame, block)
        case .ifTrue:
          let answer =
            if let flag = frame.bool(step.a) { flag } else {
              try truth(step.a, frame, block)
            }
          if answer != step.isFlagged { cursor.jump(step.signedB) }
        case .ifTrueKeeping:
          let value = frame[step.a] ?? .none
          if try truth(value) != step.isFlagged { cursor.jump(step.signedB) }
        case .jump: cursor.jump(step.signedA)
        case .loop:
          try tick()
          cursor.jump(step.signedA)
        case .loopNext:
          try tick()
          if try next(step.a, step.b, frame) { cursor.jump(step.signedC) }
        case .loopNextPair:
          try tick()
          let answer = try nextPair(step, frame)
          let back = cursor.take().signedA
          if answer == nil { try unpackPair(step, frame) }
          if answer != false { cursor.jump(back) }

        case .index:
          if let place = frame.int(step.c), let list = frame.object(step.b)?.list,
            frame.set(step.a, elementAt: place, of: list)
          {
            if step.b >= block.firstTemporary, step.b != step.a, !step.isFlagged {
              frame.drop(step.b)
            }
          } else {
            try index(step, frame, block)
          }
        case .setIndex: try setIndex(step, frame, block)
        case .attribute:
          let value = try block.operand(step.b, frame)
          frame[step.a] = try attribute(value, block.names[step.c])

        case .call:
          let first = step.b + 1
          if let function = frame.function(step.b, taking: step.detail) {
            let value = try call(function, first, step, frame, block)
            frame.drop(step.b)
            frame[step.a] = value
          } else {
            let callee = frame.take(step.b) ?? .none
            frame[step.a] = try callAny(callee, frame, first, step.detail, block, cursor)
          }
        case .callGlobal:
          if let function = block.globals[step.c].read({
            $0.place.function(taking: step.detail)
          }) {
            frame[step.a] = try call(function, step.b, step, frame, block)
          } else {
            frame[step.a] = try callGlobal(step, frame, block, cursor)
          }
        case .callVariable:
          if let function = frame.function(step.c, taking: step.detail) {
            frame[step.a] = try call(function, step.b, step, frame, block)
          } else {
            let callee = frame[step.c] ?? .none
            frame[step.a] = try callAny(callee, frame, step.b, step.detail, block, cursor)
          }
        case .callCaptured:
          if let function = frame.capturedFunction(step.c, taking: step.detail) {
            frame[step.a] = try call(function, step.b, step, frame, block)
          } else {
            guard let callee = frame.cellValue(step.c) else {
              throw Fault.internal("the callee of a call has gone")
            }
            frame[step.a] = try callAny(
              callee, frame, step.b, step.detail, block, cursor)
          }
        case .callNamed:
          let callee = frame.take(step.b) ?? .none
          frame[step.a] = try callNamed(callee, step, frame, block, cursor)
        case .method: try findMethod(step, frame, block)
        case .callMethod:
          let extra = cursor.take()
          frame[step.a] = try callMethod(step, extra, frame, block, cursor)
        case .callAppend:
          let extra = cursor.take()
          if !frame.isBound(step.b), append(extra, frame, block) {
            frame[step.a] = Value.none
          } else {
            frame[step.a] = try callMethod(step, extra, frame, block, cursor)
          }

        case .list: frame[step.a] = .list(frame.takeAll(step.b, step.c))
        case .tuple: frame[step.a] = tuple(frame, step.b, step.c)
        case .newList: frame[step.a] = .object(ListObject())
        case .newDict: frame[step.a] = .object(DictObject())
        case .append:
          if !append(step.b, to: step.a, frame, block) {
            let value = try block.operand(step.b, frame)
            try frame[step.a]?.asList?.append(value, self)
          }
        case .put: try put(step, frame, block)
        case .unpack: try unpack(step, frame, block)

        case .walk: try walk(step.b, step.a, frame, block)
        case .walkPairs: try walkPairs(step, frame, block, cursor)
        case .next:
          if try !next(step.a, step.b, frame) { cursor.jump(step.signedC) }
        case .nextPair:
          let answer = try nextPair(step, frame)
          let exit = cursor.take().signedA
          if answer == nil { try unpackPair(step, frame) }
          if answer == false { cursor.jump(exit) }
        case .finish: finish(step.a, frame)

        case .beginText: textBuffer.begin()
        case .writeText:
          block.constants[step.a].borrowed?.string?.read { textBuffer.append($0.bytes) }
        case .write:
          try block.operand(step.a, frame) { value throws(Fault) in
            try write(value, to: textBuffer)
          }
        case .endText: frame[step.a] = try endText()

        case .perform:
          try block.actions[step.a].with { action throws(Fault) in try action.run(frame, self)
          }
        case .drop: frame.drop(step.a)
        case .discard:
          if frame.holdsObject(step.a) {
            let value = try block.operand(step.a, frame)
            if case .object(let object) = value, object.kind == .host {
              _ = try object.stoodAlone(self)
            }
          } else if !frame.isBound(step.a) {
            throw block.unbound(step.a)
          }
        case .return:
          guard let value = frame.take(step.a) else { throw block.unbound(step.a) }
          return value
        case .returnNone: return .none
        case .extra: break
        }
      }
    } catch {
      throw failed(error, block, frame, cursor)
    }
  }

  /// Ends the walks of a block that fails, lets go of its temporaries, and gives the fault its place.
  @inline(never)
  private func failed(_ fault: Fault, _ block: CodeBlock, _ frame: Frame, _ cursor: Cursor)
    -> Fault
  {
    stack.leave(to: frame, block.frameSize)
    var fault = fault
    var label = block.label(before: cursor)
    if fault.details.name == CodeBlock.unbound, fault.details.primary == nil,
      let span = block.unboundOperand(before: cursor, frame)
    {
      label = block.label(span)
    }
    for opening in block.openings(before: cursor) {
      switch opening {
      case .walk(let slot): finish(slot, frame)
      case .text: textBuffer.drop()
      case .callee(let number, let span):
        if !block.globals[number].read({ $0.isBound }) {
          fault = block.unbound(global: number)
          label = block.label(span)
        }
      case .unpacking(let slot):
        let isOverKeys = frame.object(slot)?.walk?.read { $0.isOverKeys }
        if isOverKeys == true, fault.details.primary == nil,
          fault.details.message.hasPrefix("unpacking expected ")
        {
          fault = fault.helping("walk over keys and values with .items()")
        }
      }
    }
    for slot in block.firstTemporary..<max(block.firstTemporary, block.frameSize) {
      frame.drop(slot)
    }
    if fault.details.primary == nil { return fault.located(label) }
    return fault.leaving(Diagnostic.Frame(function: block.function, label: label))
  }

  /// Calls a function that takes the arguments from a slot on as they are.
  @inline(__always)
  private func call(
    _ function: Borrowed<FunctionObject>, _ first: Int, _ step: Step, _ frame: Frame,
    _ block: CodeBlock
  ) throws(Fault) -> Value {
    let value = try callInPlace(function, frame.window(from: first), step.detail)
    stack.leave(to: frame, block.frameSize)
    return value
  }

  // MARK: - Numbers, or what the operators mean for other values

  @inline(__always)
  private func calculate<Operation: Arithmetic>(
    _ operation: Operation.Type, _ step: Step, _ frame: Frame, _ block: CodeBlock
  ) throws(Fault) {
    if let result = Operation.apply(step.b, step.c, frame) {
      frame.set(step.a, number: result)
    } else {
      try binary(Operation.op, step, frame, block, augments: step.isFlagged)
    }
  }

  @inline(__always)
  private func calculate<Operation: Arithmetic>(
    _ operation: Operation.Type, number step: Step, _ frame: Frame, _ block: CodeBlock
  ) throws(Fault) {
    if let result = Operation.apply(step.b, number: step.signedC, frame) {
      frame.set(step.a, number: result)
    } else {
      try binary(Operation.op, step, .int(step.signedC), frame, block)
    }
  }

  @inline(__always)
  private func calculate<Operation: Arithmetic>(
    _ operation: Operation.Type, float step: Step, _ frame: Frame, _ block: CodeBlock
  ) throws(Fault) {
    let number = block.constants.float(step.c)
    if let result = Operation.apply(step.b, float: number, frame) {
      frame.set(step.a, number: result)
    } else {
      try binary(Operation.op, step, .float(number), frame, block)
    }
  }

  @inline(__always)
  private func jump<Operation: Comparison>(
    _ operation: Operation.Type, _ step: Step, _ cursor: inout Cursor, _ frame: Frame,
    _ block: CodeBlock
  ) throws(Fault) {
    let answer =
      if let answer = Operation.apply(step.a, step.b, frame) { answer } else {
        try isTrue(Operation.op, step.a, step.b, frame, block)
      }
    if answer != step.isFlagged { cursor.jump(step.signedC) }
  }

  @inline(__always)
  private func jump<Operation: Comparison>(
    _ operation: Operation.Type, number step: Step, _ cursor: inout Cursor, _ frame: Frame,
    _ block: CodeBlock
  ) throws(Fault) {
    let answer =
      if let answer = Operation.apply(step.a, number: step.signedB, frame) {
        answer
      } else {
        try isTrue(Operation.op, step.a, number: step.signedB, frame, block)
      }
    if answer != step.isFlagged { cursor.jump(step.signedC) }
  }
}
