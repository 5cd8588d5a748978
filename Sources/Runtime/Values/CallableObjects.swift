public import Catalog
import Diagnostics

/// A function of the language, as `def` and `lambda` make it.
public final class FunctionObject: Object {
  /// The compiled body and the parameters, shared by all functions that one `def` makes.
  let code: FunctionCode
  /// One place a parameter, with its default if it has one; empty when none has.
  private(set) var defaults: [Value?]
  /// What it uses of functions around it, as it lies in its frames: the cells of variables that can
  /// change, the values of others.
  private(set) var captures: [Value?]

  init(code: FunctionCode, defaults: [Value?], captures: [Value?]) {
    self.code = code
    self.defaults = defaults
    self.captures = captures
    super.init(kind: .function)
  }

  /// The default of a parameter.
  func `default`(_ place: Int) -> Value? { defaults.isEmpty ? nil : defaults[place] }

  deinit {
    guard nests(levels: 3) else {
      for place in captures.indices { letGo(&captures[place]) }
      return
    }
    var pending: [Value] = []
    empty(into: &pending)
    release(&pending)
  }

  /// True when what it holds nests, looking through as many levels of functions as said.
  func nests(levels: Int) -> Bool {
    // By place, since a walk would count references to the array and to each value.
    for place in captures.indices {
      if captures[place].borrowed?.nests(levels: levels) == true { return true }
    }
    for place in defaults.indices {
      if defaults[place].borrowed?.nests(levels: levels) == true { return true }
    }
    return false
  }

  /// Hands over what the function holds when it is about to go.
  func empty(into pending: inout [Value]) {
    for value in defaults + captures { if let value { pending.append(value) } }
    defaults = []
    captures = []
  }

  /// The name of the `def`, or `lambda`.
  public var name: String { code.name }

  /// The first string of the body.
  public var docstring: String? { code.docstring }

  /// The name that `type(x)` gives.
  public override var typeName: String { "function" }

  /// The lines of its `def`, or the line of its `lambda`.
  public override func inspection(detail: Int) -> String? {
    guard detail > 0 else { return nil }
    let file = code.file
    let first = file.position(of: Int(code.span.start)).line
    let indent = file.line(first).prefix { $0 == " " }.count
    // The body is what is indented deeper; blank lines at its end belong to nobody.
    var last = first
    for number in file.lineNumbers where number > first && code.name != "lambda" {
      let line = file.line(number)
      guard let column = line.firstIndex(where: { $0 != " " }) else { continue }
      guard line.distance(from: line.startIndex, to: column) > indent else { break }
      last = number
    }
    return (first...last).map { file.line($0).dropFirst(indent) }.joined(separator: "\n")
  }

  /// Signature and docstring, for `help` and inspection.
  public override var entry: Entry? {
    Entry(
      code.name,
      code.parameters.enumerated().map { place, parameter in
        Parameter(
          parameter.name, passing: parameter.passing,
          default: self.default(place).map { Interpreter.shortText($0) })
      },
      summary: code.docstring ?? "")
  }

  /// The values that this object holds.
  public override func visitReferences(_ visit: (Value) -> Void) {
    for value in defaults { if let value { visit(value) } }
    for value in captures { if let value { visit(value) } }
  }
}

/// A function written in Swift, as a value.
public final class BuiltinObject: Object {
  /// Its record and body.
  public let builtin: Builtin

  /// Wraps a builtin.
  public init(_ builtin: Builtin) {
    self.builtin = builtin
    super.init(kind: .builtin)
  }

  /// The name that `type(x)` gives.
  public override var typeName: String { "builtin_function_or_method" }

  /// The record of the builtin.
  public override var entry: Entry? { builtin.entry }
}

/// A method taken from its value without a call: `f = xs.append`.
public final class BoundMethodObject: Object {
  /// The value that the method works on.
  public private(set) var receiver: Value
  /// Its record and body.
  public let method: Method

  /// Joins a receiver and a method.
  public init(_ receiver: Value, _ method: Method) {
    self.receiver = receiver
    self.method = method
    super.init(kind: .boundMethod)
  }

  deinit {
    guard receiver.nests() else { return }
    var pending = [receiver]
    receiver = .none
    release(&pending)
  }

  /// Hands over the receiver when the method is about to go.
  func empty(into pending: inout [Value]) {
    pending.append(receiver)
    receiver = .none
  }

  /// The name that `type(x)` gives.
  public override var typeName: String { "builtin_function_or_method" }

  /// The record of the method.
  public override var entry: Entry? { method.entry }

  /// The values that this object holds.
  public override func visitReferences(_ visit: (Value) -> Void) { visit(receiver) }
}

/// A name space: `math`, `np`, `random`.
public final class ModuleObject: Object {
  /// Its name: `math`, `matplotlib.pyplot`.
  public let name: String
  /// Its members in the order given.
  public private(set) var members: [(name: String, value: Value)] = []
  private var positions: [String: Int] = [:]
  private let record: Entry?

  /// Makes a module; of equal names the last one stays.
  public init(_ name: String, _ members: [(name: String, value: Value)], entry: Entry? = nil) {
    self.name = name
    record = entry
    super.init(kind: .module)
    for member in members { define(member.name, member.value) }
  }

  /// The value of a member, nil when there is none.
  public func member(_ name: String) -> Value? { positions[name].map { members[$0].value } }

  /// Adds or replaces a member while the language is being set up.
  public func define(_ name: String, _ value: Value) {
    if let position = positions[name] {
      members[position].value = value
    } else {
      positions[name] = members.count
      members.append((name, value))
    }
  }

  /// The name that `type(x)` gives.
  public override var typeName: String { "module" }

  /// The record of the module.
  public override var entry: Entry? { record }

  /// The names of the members.
  public override var attributeNames: [String] { members.map(\.name) }

  /// The values that this object holds.
  public override func visitReferences(_ visit: (Value) -> Void) {
    for member in members { visit(member.value) }
  }
}
