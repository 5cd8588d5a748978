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
        if let slot = globalSlot(callee), runsNoCode(arguments[0].value) {
          return Code { frame throws(Fault) in
            guard slot.value != nil else {
              return try site.call(try function(frame), try first(frame))
            }
            let a = try first(frame)
            return try site.call(slot.value ?? .none, a)
          }
        }
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

  /// The slot of a callee that is a global name.
  private func globalSlot(_ callee: Expression) -> GlobalSlot? {
    guard case .name(let name) = callee.kind, case .global = binding(name) else { return nil }
    return unit.globals.slot(name.text)
  }

  /// True when evaluating an expression cannot run code of the language, and so changes no name.
  private func runsNoCode(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .none, .bool, .int, .float, .string, .name: true
    case .binary(_, let left, let right, _): runsNoCode(left) && runsNoCode(right)
    case .index(let container, let key): runsNoCode(container) && runsNoCode(key)
    default: false
    }
  }

  /// Compiles `receiver.name(arguments)` without making a bound method.
  private func methodCall(
    _ receiver: Expression, _ name: Name, _ arguments: [Argument], isPlain: Bool, _ site: Site
  ) -> Code {
    let variable: Int? = if case .name(let name) = receiver.kind { localSlot(name) } else { nil }
    let receiver = expression(receiver)
    let methods = MethodSet(name.text, self.site(name.span))
    if isPlain {
      let codes = arguments.map { expression($0.value) }
      switch codes.count {
      case 0:
        return Code { frame throws(Fault) in try methods.call(try receiver(frame), at: site) }
      case 1:
        let argument = codes[0]
        let call = Code { frame throws(Fault) in
          let value = try receiver(frame)
          guard methods.takesOne(value) else {
            return try methods.callMember(of: value, argument, frame, at: site)
          }
          return try methods.call(value, try argument(frame), at: site)
        }
        guard name.text == "append", let variable else { return call }
        // What loops that fill lists do in each round.
        return Code { frame throws(Fault) in
          guard frame.holdsList(variable) else { return try call(frame) }
          return try site.append(try argument(frame), variable, frame)
        }
      case 2:
        let (first, second) = (codes[0], codes[1])
        return Code { frame throws(Fault) in
          let value = try receiver(frame)
          guard methods.takesTwo(value) else {
            return try methods.callMember(of: value, first, second, frame, at: site)
          }
          let argument = try first(frame)
          return try methods.call(value, BoundArguments(argument, try second(frame)), at: site)
        }
      default: break
      }
    }
    let gather = gather(arguments)
    return Code { frame throws(Fault) in
      let value = try receiver(frame)
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
            try interpreter.checkInterruption()
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
  // Properties rather than a table by kind, since reading these counts no references; a type
  // without the method has one that takes nothing.
  private let absent: Method
  private let string: Method
  private let bytes: Method
  private let list: Method
  private let dict: Method
  private let set: Method
  /// The kinds whose method takes none, one or two arguments without binding, as bits.
  private let takers: (none: UInt32, one: UInt32, two: UInt32)
  /// The module that was met here last, and its member: `math.sin` in a loop.
  private var lastModule: ModuleObject?
  private var lastMember = Value.none

  init(_ name: String, _ site: Site) {
    self.name = name
    self.site = site
    absent = Method(Entry(name, summary: ""), .raw { _, _, _ in .none })
    string = MethodTable.method(name, of: .string) ?? absent
    bytes = MethodTable.method(name, of: .bytes) ?? absent
    list = MethodTable.method(name, of: .list) ?? absent
    dict = MethodTable.method(name, of: .dict) ?? absent
    set = MethodTable.method(name, of: .set) ?? absent
    func kinds(taking count: Int) -> UInt32 {
      [Object.Kind.string, .bytes, .list, .dict, .set].reduce(0) { bits, kind in
        MethodTable.method(name, of: kind)?.takes(count) == true ? bits | 1 << kind.rawValue : bits
      }
    }
    takers = (kinds(taking: 0), kinds(taking: 1), kinds(taking: 2))
  }

  /// The method of a kind; nil when the kind has none of this name.
  subscript(kind: Object.Kind) -> Method? {
    let method =
      switch kind {
      case .string: string
      case .bytes: bytes
      case .list: list
      case .dict: dict
      case .set: set
      default: absent
      }
    return method === absent ? nil : method
  }

  @inline(__always)
  private static func has(_ value: Value, _ takers: UInt32) -> Bool {
    switch value {
    case .object(let object): takers >> object.kind.rawValue & 1 == 1
    default: false
    }
  }

  /// True when the value has a method of this name that takes one argument without binding.
  @inline(never)
  func takesOne(_ value: Value) -> Bool { MethodSet.has(value, takers.one) }

  /// True when the value has a method of this name that takes two arguments without binding.
  @inline(never)
  func takesTwo(_ value: Value) -> Bool { MethodSet.has(value, takers.two) }

  /// Calls `value.name()`.
  @inline(never)
  func call(_ value: Value, at site: Site) throws(Fault) -> Value {
    guard MethodSet.has(value, takers.none) else {
      return try site.callMethod(value, self, Arguments())
    }
    switch value.kind {
    case .string: return try string.call(value, at: site)
    case .bytes: return try bytes.call(value, at: site)
    case .list: return try list.call(value, at: site)
    case .dict: return try dict.call(value, at: site)
    default: return try set.call(value, at: site)
    }
  }

  /// Calls `value.name(a)` when the value ``takesOne(_:)``.
  @inline(never)
  func call(_ value: Value, _ a: Value, at site: Site) throws(Fault) -> Value {
    switch value.kind {
    case .string: return try string.call(value, a, at: site)
    case .bytes: return try bytes.call(value, a, at: site)
    case .list: return try list.call(value, a, at: site)
    case .dict: return try dict.call(value, a, at: site)
    default: return try set.call(value, a, at: site)
    }
  }

  /// Calls `value.name(a, b)` when the value ``takesTwo(_:)``.
  @inline(never)
  func call(_ value: Value, _ arguments: BoundArguments, at site: Site) throws(Fault) -> Value {
    switch value.kind {
    case .string: return try string.call(value, arguments, at: site)
    case .bytes: return try bytes.call(value, arguments, at: site)
    case .list: return try list.call(value, arguments, at: site)
    case .dict: return try dict.call(value, arguments, at: site)
    default: return try set.call(value, arguments, at: site)
    }
  }

  /// Calls `value.name(x)` for what is no method without binding: a member of a module, say.
  @inline(never)
  func callMember(of value: Value, _ argument: Code, _ frame: Frame, at site: Site) throws(Fault)
    -> Value
  {
    let callee = try member(value)
    let argument = try argument(frame)
    if let callee { return try site.call(callee, argument) }
    return try site.callMethod(value, self, Arguments([argument]))
  }

  /// Calls `value.name(x, y)` for what is no method without binding.
  @inline(never)
  func callMember(
    of value: Value, _ first: Code, _ second: Code, _ frame: Frame, at site: Site
  ) throws(Fault) -> Value {
    let callee = try member(value)
    let first = try first(frame)
    let second = try second(frame)
    if let callee { return try site.call(callee, first, second) }
    return try site.callMethod(value, self, Arguments([first, second]))
  }

  /// The function that is a member of the value; nil when the name is a method of its kind.
  func member(_ value: Value) throws(Fault) -> Value? {
    guard case .object(let object) = value else { return try attribute(of: value) }
    guard let module = object.asModule else {
      return self[object.kind] == nil ? try attribute(of: value) : nil
    }
    if lastModule !== module {
      lastMember = try attribute(of: value)
      lastModule = module
    }
    return lastMember
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
  /// Appends to the list that a variable holds.
  @inline(never)
  fileprivate func append(_ value: Value, _ variable: Int, _ frame: Frame) throws(Fault) -> Value {
    let appended: Void? = frame.withList(variable) { list in
      guard list.isMutable, !list.needsRoom else { return nil }
      list.storage.append(value)
      interpreter.note(value, putInto: list)
      return ()
    }
    if appended == nil, let list = frame[variable]?.asList {
      do throws(Fault) {
        try list.checkMutable()
        try list.append(value, interpreter)
        interpreter.note(value, putInto: list)
      } catch {
        throw located(error)
      }
    }
    return .none
  }
}

// The callee is borrowed from the closure that calls: `switch` reads it without counting a
// reference, where `if case` would.
extension Site {
  /// Calls with no arguments.
  @inline(never)
  func call(_ callee: Value) throws(Fault) -> Value {
    switch callee {
    case .object(let object): return try object.called(at: self)
    default: return try call(callee, arguments: Arguments())
    }
  }

  /// Calls with one argument.
  @inline(never)
  func call(_ callee: Value, _ a: consuming Value) throws(Fault) -> Value {
    switch callee {
    case .object(let object): return try object.called(a, at: self)
    default: return try call(callee, arguments: Arguments([a]))
    }
  }

  /// Calls with two arguments.
  @inline(never)
  func call(_ callee: Value, _ a: consuming Value, _ b: consuming Value) throws(Fault) -> Value {
    switch callee {
    case .object(let object): return try object.called(a, b, at: self)
    default: return try call(callee, arguments: Arguments([a, b]))
    }
  }

  /// Calls with three arguments.
  @inline(never)
  func call(_ callee: Value, _ a: consuming Value, _ b: consuming Value, _ c: consuming Value)
    throws(Fault) -> Value
  {
    switch callee {
    case .object(let object): return try object.called(a, b, c, at: self)
    default: return try call(callee, arguments: Arguments([a, b, c]))
    }
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
