import Diagnostics
import Syntax

/// What a loop sets in each round: a plain variable of the frame, or any target.
enum LoopTarget {
  case slot(Int)
  case store(Store)

  @inline(__always)
  func callAsFunction(_ frame: Frame, _ value: Value) throws(Fault) {
    switch self {
    case .slot(let slot): frame[slot] = value
    case .store(let store): try store(frame, value)
    }
  }
}

extension Builder {
  func loopTarget(_ target: Target) -> LoopTarget {
    if case .name(let name) = target.kind, let slot = localSlot(name) { return .slot(slot) }
    return .store(store(target))
  }

  /// Compiles a `for`.
  func forLoop(_ target: Target, _ iterable: Expression, _ body: [Statement]) -> Step {
    if let pairs = pairLoop(target, iterable) {
      let body = block(body)
      return Step { frame throws(Fault) in
        try pairs.each(frame) { () throws(Fault) in try body(frame) }
      }
    }
    let target = loopTarget(target)
    let code = expression(iterable)
    let site = site(iterable.span)
    let body = block(body)
    return Step { frame throws(Fault) in
      try site.each(try code(frame), frame, target) { () throws(Fault) in try body(frame) }
    }
  }

  /// Compiles a `while`.
  func whileLoop(_ test: Expression, _ body: [Statement]) -> Step {
    let condition = condition(test)
    let site = site(test.span)
    let body = block(body)
    return Step { frame throws(Fault) in
      while try condition(frame) {
        switch try body(frame) {
        case .next, .continue: break
        case .break: return .next
        case .return(let value): return .return(value)
        }
        try site.tick()
      }
      return .next
    }
  }

  /// Compiles `[body for …]`.
  func listComprehension(_ body: Expression, _ clauses: [ComprehensionClause]) -> Code {
    let site = site(body.span)
    let body = expression(body)
    let append = Collect { frame, list throws(Fault) in
      let value = try body(frame)
      guard let list = list.asList else { return }
      do throws(Fault) { try list.append(value, site.interpreter) } catch {
        throw site.located(error)
      }
    }
    let collect = clause(clauses[...], append)
    return Code { frame throws(Fault) in
      let list = ListObject()
      try collect(frame, list)
      return .object(list)
    }
  }

  /// Compiles `{key: value for …}`.
  func dictComprehension(
    _ key: Expression, _ value: Expression, _ clauses: [ComprehensionClause], _ span: Span
  ) -> Code {
    let site = site(key.span)
    let key = expression(key)
    let value = expression(value)
    let put = Collect { frame, dict throws(Fault) in
      let key = try key(frame)
      try site.put(dict, key, try value(frame))
    }
    let collect = clause(clauses[...], put)
    return Code { frame throws(Fault) in
      let dict = DictObject()
      try collect(frame, dict)
      return .object(dict)
    }
  }

  private func clause(_ clauses: ArraySlice<ComprehensionClause>, _ innermost: Collect) -> Collect {
    guard let first = clauses.first else { return innermost }
    let inner = clause(clauses.dropFirst(), innermost)
    switch first {
    case .filter(let test):
      let condition = condition(test)
      return Collect { frame, result throws(Fault) in
        if try condition(frame) { try inner(frame, result) }
      }
    case .each(let target, let iterable):
      if let pairs = pairLoop(target, iterable) {
        return Collect { frame, result throws(Fault) in
          _ = try pairs.each(frame) { () throws(Fault) in
            try inner(frame, result)
            return .next
          }
        }
      }
      let target = loopTarget(target)
      let code = expression(iterable)
      let site = site(iterable.span)
      return Collect { frame, result throws(Fault) in
        _ = try site.each(try code(frame), frame, target) { () throws(Fault) in
          try inner(frame, result)
          return .next
        }
      }
    }
  }
}

extension Site {
  /// The check at the end of a round.
  @inline(__always)
  func tick() throws(Fault) {
    do throws(Fault) { try interpreter.tick() } catch { throw located(error) }
  }

  /// Runs `body` for each element of a value; ranges and lists have loops of their own.
  @inline(__always)
  func each(
    _ value: Value, _ frame: Frame, _ target: LoopTarget, _ body: () throws(Fault) -> Completion
  ) throws(Fault) -> Completion {
    if case .object(let object) = value {
      if let range = object.asRange {
        var number = range.start
        let step = range.step
        var remaining = range.count
        while remaining > 0 {
          try target(frame, .int(number))
          switch try body() {
          case .next, .continue: break
          case .break: return .next
          case .return(let value): return .return(value)
          }
          // After the last round the sum may leave the range of integers, but is not used.
          number = number &+ step
          remaining -= 1
          try tick()
        }
        return .next
      }
      if let list = object.asList {
        list.walkers += 1
        defer { list.walkers -= 1 }
        var position = 0
        while position < list.storage.count {
          try target(frame, list.storage[position])
          switch try body() {
          case .next, .continue: break
          case .break: return .next
          case .return(let value): return .return(value)
          }
          position += 1
          try tick()
        }
        return .next
      }
      if let tuple = object.asTuple {
        for place in 0..<tuple.count {
          try target(frame, tuple[place])
          switch try body() {
          case .next, .continue: break
          case .break: return .next
          case .return(let value): return .return(value)
          }
          try tick()
        }
        return .next
      }
    }
    var walk = try walk(value)
    defer { walk.finish() }
    while let element = try next(&walk) {
      try target(frame, element)
      switch try body() {
      case .next, .continue: break
      case .break: return .next
      case .return(let value): return .return(value)
      }
      try tick()
    }
    return .next
  }

  func walk(_ value: Value) throws(Fault) -> Walk {
    do throws(Fault) { return try interpreter.walk(value) } catch { throw called(error) }
  }

  func next(_ walk: inout Walk) throws(Fault) -> Value? {
    do throws(Fault) { return try walk.next() } catch { throw called(error) }
  }

  func put(_ dict: Object, _ key: Value, _ value: Value) throws(Fault) {
    guard let dict = dict.asDict else { return }
    do throws(Fault) { try dict.set(key, value, interpreter) } catch { throw called(error) }
  }
}
