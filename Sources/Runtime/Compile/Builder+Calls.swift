import Catalog
import Diagnostics
import Syntax

extension Builder {
  /// Compiles a call.
  ///
  /// Calls by position with up to three arguments evaluate these into locals of the closure; all
  /// others gather ``Arguments``.
  func call(_ callee: Expression, _ arguments: [Argument], _ span: Span) -> Code {
    let site = site(span)
    let isPlain = arguments.allSatisfy { if case .positional = $0.passing { true } else { false } }
    if case .attribute(let receiver, let name) = callee.kind {
      return methodCall(receiver, name, arguments, isPlain: isPlain, site)
    }
    let function = expression(callee)
    let codes = arguments.map { expression($0.value) }
    if isPlain {
      switch codes.count {
      case 0:
        return Code { frame throws(Fault) in try site.call(try function(frame)) }
      case 1:
        let first = codes[0]
        return Code { frame throws(Fault) in
          let callee = try function(frame)
          return try site.call(callee, try first(frame))
        }
      case 2:
        let (first, second) = (codes[0], codes[1])
        return Code { frame throws(Fault) in
          let callee = try function(frame)
          let a = try first(frame)
          return try site.call(callee, a, try second(frame))
        }
      case 3:
        let (first, second, third) = (codes[0], codes[1], codes[2])
        return Code { frame throws(Fault) in
          let callee = try function(frame)
          let a = try first(frame)
          let b = try second(frame)
          return try site.call(callee, a, b, try third(frame))
        }
      default: break
      }
    }
    let gather = gather(arguments)
    return Code { frame throws(Fault) in
      let callee = try function(frame)
      return try site.call(callee, arguments: try gather(frame))
    }
  }

  /// Compiles `receiver.name(arguments)` without making a bound method.
  private func methodCall(
    _ receiver: Expression, _ name: Name, _ arguments: [Argument], isPlain: Bool, _ site: Site
  ) -> Code {
    let receiver = expression(receiver)
    let methods = MethodSet(name.text, self.site(name.span))
    if isPlain, arguments.isEmpty {
      return Code { frame throws(Fault) in
        let value = try receiver(frame)
        if case .object(let object) = value, let method = methods[object.kind],
          case .zero(let body) = method.body
        {
          do throws(Fault) {
            return try body(value, site.interpreter)
          } catch {
            throw site.called(error)
          }
        }
        return try site.callMethod(value, methods, Arguments())
      }
    }
    if isPlain, arguments.count == 1 {
      let argument = expression(arguments[0].value)
      return Code { frame throws(Fault) in
        let value = try receiver(frame)
        if case .object(let object) = value, let method = methods[object.kind] {
          if case .one(let body) = method.body {
            let argument = try argument(frame)
            do throws(Fault) {
              return try body(value, argument, site.interpreter)
            } catch {
              throw site.called(error)
            }
          }
          if case .bound(let body) = method.body, method.arity.accepts(1) {
            let bound = try site.evaluated([argument], frame, places: method.arity.places)
            do throws(Fault) {
              return try body(value, bound, site.interpreter)
            } catch {
              throw site.called(error)
            }
          }
        }
        let callee = try methods.member(value)
        let argument = try argument(frame)
        if let callee { return try site.call(callee, argument) }
        return try site.callMethod(value, methods, Arguments([argument]))
      }
    }
    let gather = gather(arguments)
    let codes = isPlain ? arguments.map { expression($0.value) } : []
    return Code { frame throws(Fault) in
      let value = try receiver(frame)
      if isPlain, case .object(let object) = value, let method = methods[object.kind],
        case .bound(let body) = method.body, method.arity.accepts(codes.count)
      {
        let bound = try site.evaluated(codes, frame, places: method.arity.places)
        do throws(Fault) {
          return try body(value, bound, site.interpreter)
        } catch {
          throw site.called(error)
        }
      }
      let callee = try methods.member(value)
      let arguments = try gather(frame)
      if let callee { return try site.call(callee, arguments: arguments) }
      return try site.callMethod(value, methods, arguments)
    }
  }

  /// Compiles the evaluation of arguments of every kind, from left to right.
  private func gather(_ arguments: [Argument]) -> (Frame) throws(Fault) -> Arguments {
    let parts = arguments.map { argument in
      (passing: argument.passing, code: expression(argument.value), site: site(argument.value.span))
    }
    let interpreter = interpreter
    return { frame throws(Fault) in
      var result = Arguments()
      result.positional.reserveCapacity(parts.count)
      for part in parts {
        let value = try part.code(frame)
        switch part.passing {
        case .positional: result.positional.append(value)
        case .named(let name, _): result.named.append((name, value))
        case .unpackedList:
          do throws(Fault) {
            result.positional.append(contentsOf: try interpreter.elements(of: value))
          } catch {
            throw part.site.called(error)
          }
        case .unpackedDict:
          guard let dict = value.asDict else {
            throw part.site.located(
              Fault.type("'**' expects a dict; received '\(interpreter.typeName(value))'"))
          }
          for (key, value) in dict.pairs {
            guard let name = key.stringText else {
              throw part.site.located(
                Fault.type(
                  "'**' expects string keys; received '\(interpreter.typeName(key))'"))
            }
            result.named.append((name, value))
          }
        }
      }
      return result
    }
  }
}

/// What a method name means for each kind of object, found when the call is compiled.
final class MethodSet {
  let name: String
  let site: Site
  private let methods: [Method?]
  /// The module that was met here last, and its member: `math.sin` in a loop.
  private var lastMember: (module: ModuleObject, value: Value)?

  init(_ name: String, _ site: Site) {
    self.name = name
    self.site = site
    methods = (0...Object.Kind.host.rawValue).map { raw in
      Object.Kind(rawValue: raw).flatMap { MethodTable.method(name, of: $0) }
    }
  }

  @inline(__always)
  subscript(kind: Object.Kind) -> Method? { methods[Int(kind.rawValue)] }

  /// The function that is a member of the value; nil when the name is a method of its kind.
  func member(_ value: Value) throws(Fault) -> Value? {
    guard case .object(let object) = value else { return try attribute(of: value) }
    if self[object.kind] != nil { return nil }
    guard let module = object.asModule else { return try attribute(of: value) }
    if let lastMember, lastMember.module === module { return lastMember.value }
    let member = try attribute(of: value)
    lastMember = (module, member)
    return member
  }

  private func attribute(of value: Value) throws(Fault) -> Value {
    do throws(Fault) {
      return try site.interpreter.attribute(value, name)
    } catch {
      throw site.located(error)
    }
  }
}

extension Site {
  /// Arguments by position that are known to fit a signature of so many places.
  func evaluated(_ codes: [Code], _ frame: Frame, places: Int) throws(Fault) -> BoundArguments {
    var values: [Value?] = []
    values.reserveCapacity(places)
    for code in codes { values.append(try code(frame)) }
    while values.count < places { values.append(nil) }
    return BoundArguments(values: values)
  }

  /// Calls with no arguments.
  func call(_ callee: Value) throws(Fault) -> Value {
    if case .object(let object) = callee, let function = object.asFunction,
      function.code.plainCount == 0
    {
      do throws(Fault) {
        return try interpreter.run(function) { (_) throws(Fault) in }
      } catch {
        throw called(error)
      }
    }
    return try call(callee, arguments: Arguments())
  }

  /// Calls with one argument.
  @inline(__always)
  func call(_ callee: Value, _ a: Value) throws(Fault) -> Value {
    if case .object(let object) = callee {
      if let function = object.asFunction, function.code.plainCount == 1 {
        do throws(Fault) {
          return try interpreter.run(function) { (frame) throws(Fault) in frame[0] = a }
        } catch {
          throw called(error)
        }
      }
      if let builtin = object.asBuiltin, case .one(let body) = builtin.builtin.body,
        a.object?.kind != .host
      {
        do throws(Fault) { return try body(a, interpreter) } catch { throw called(error) }
      }
    }
    return try call(callee, arguments: Arguments([a]))
  }

  /// Calls with two arguments.
  @inline(__always)
  func call(_ callee: Value, _ a: Value, _ b: Value) throws(Fault) -> Value {
    if case .object(let object) = callee, let function = object.asFunction,
      function.code.plainCount == 2
    {
      do throws(Fault) {
        return try interpreter.run(function) { (frame) throws(Fault) in
          frame[0] = a
          frame[1] = b
        }
      } catch {
        throw called(error)
      }
    }
    return try call(callee, arguments: Arguments([a, b]))
  }

  /// Calls with three arguments.
  @inline(__always)
  func call(_ callee: Value, _ a: Value, _ b: Value, _ c: Value) throws(Fault) -> Value {
    if case .object(let object) = callee, let function = object.asFunction,
      function.code.plainCount == 3
    {
      do throws(Fault) {
        return try interpreter.run(function) { (frame) throws(Fault) in
          frame[0] = a
          frame[1] = b
          frame[2] = c
        }
      } catch {
        throw called(error)
      }
    }
    return try call(callee, arguments: Arguments([a, b, c]))
  }

  /// Calls with any arguments.
  @inline(never)
  func call(_ callee: Value, arguments: Arguments) throws(Fault) -> Value {
    if callee.object?.kind != .function { interpreter.callSite = label }
    do throws(Fault) {
      return try interpreter.call(callee, arguments)
    } catch {
      throw called(error)
    }
  }

  /// Calls a method of a built-in type, or whatever the attribute of that name is.
  @inline(never)
  func callMethod(_ value: Value, _ methods: MethodSet, _ arguments: Arguments) throws(Fault)
    -> Value
  {
    if let callee = try methods.member(value) { return try call(callee, arguments: arguments) }
    guard case .object(let object) = value, let method = methods[object.kind] else {
      throw located(Fault.internal("the method \(methods.name) has gone"))
    }
    do throws(Fault) {
      return try interpreter.call(method, value, arguments)
    } catch {
      throw called(error)
    }
  }
}
