import Diagnostics
import Syntax

extension Builder {
  /// Compiles a statement.
  func statement(_ statement: Statement) -> Step {
    switch statement.kind {
    case .expression(let expression): return self.expressionStatement(expression)
    case .assign(let target, let value): return assign(target, value)
    case .augmented(let target, let op, let value, _):
      return augmented(target, op, value, statement.span)
    case .if(let test, let then, let otherwise): return branch(test, then, otherwise)
    case .for(let target, let iterable, let body): return forLoop(target, iterable, body)
    case .while(let test, let body): return whileLoop(test, body)
    case .def(let function):
      let make = makeFunction(function)
      guard let name = function.name else { return Step { (_) throws(Fault) in .next } }
      let store = store(name)
      return Step { frame throws(Fault) in
        try store(frame, try make(frame))
        return .next
      }
    case .return(let value):
      guard let value else { return Step { (_) throws(Fault) in .return(.none) } }
      let code = expression(value)
      return Step { frame throws(Fault) in .return(try code(frame)) }
    case .break: return Step { (_) throws(Fault) in .break }
    case .continue: return Step { (_) throws(Fault) in .continue }
    case .pass: return Step { (_) throws(Fault) in .next }
    case .assert(let test, let message): return assertion(test, message)
    case .delete(let targets):
      return delete(Target(.sequence(targets), statement.span))
    case .load(let path, let pathSpan, let names): return load(path, pathSpan, names)
    case .importModule(let path, let pathSpan, let local, let isAlias):
      return importModule(path, pathSpan, local, isAlias: isAlias)
    case .importNames(let path, let pathSpan, let names):
      return importNames(path, pathSpan, names)
    }
  }

  /// A bare expression: values of other targets are told that they stood alone.
  private func expressionStatement(_ expression: Expression) -> Step {
    let code = self.expression(expression)
    let site = site(expression.span)
    return Step { frame throws(Fault) in
      if case .object(let object) = try code(frame), object.kind == .host {
        _ = try site.stoodAlone(object)
      }
      return .next
    }
  }

  private func branch(_ test: Expression, _ then: [Statement], _ otherwise: [Statement]) -> Step {
    let condition = condition(test)
    let then = block(then)
    if otherwise.isEmpty {
      return Step { frame throws(Fault) in try condition(frame) ? try then(frame) : .next }
    }
    let otherwise = block(otherwise)
    return Step { frame throws(Fault) in
      try condition(frame) ? try then(frame) : try otherwise(frame)
    }
  }

  private func assertion(_ test: Expression, _ message: Expression?) -> Step {
    let condition = condition(test)
    let site = site(test.span)
    let message = message.map(expression)
    return Step { frame throws(Fault) in
      if try condition(frame) { return .next }
      guard let message else {
        throw site.located(Fault("AssertionError", "the condition is false"))
      }
      let value = try message(frame)
      do throws(Fault) {
        throw Fault("AssertionError", try site.interpreter.text(value))
      } catch {
        throw site.called(error)
      }
    }
  }
}

extension Site {
  /// Tells a value that it is the result of a bare expression statement.
  func stoodAlone(_ object: Object) throws(Fault) -> Bool {
    do throws(Fault) { return try object.stoodAlone(interpreter) } catch { throw called(error) }
  }
}
