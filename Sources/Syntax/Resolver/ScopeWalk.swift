internal import Diagnostics

/// The walk of the resolver: see ``Resolver``.
///
/// Expressions are walked with a list of what is left to do, not by recursion, since chains of
/// operators make high trees; only lambdas and comprehensions recurse, as deep as the parser did.
struct ScopeWalk {
  let file: SourceFile
  private(set) var bindings: [Binding]
  private(set) var functions: [FrameLayout]
  private(set) var globals: [String] = []
  private(set) var uses: [GlobalUse] = []
  private(set) var mentions = Mentions()
  private(set) var findings: [Diagnostic] = []
  private var frames = [ScopeFrame(isTopLevel: true)]
  private var boundGlobals: Set<String> = []
  private var usedGlobals: Set<String> = []

  init(_ module: Module) {
    file = module.file
    bindings = Array(repeating: .global, count: module.nameCount)
    let empty = FrameLayout(slotNames: [], cells: [], captures: [])
    functions = Array(repeating: empty, count: module.functionCount)
  }

  // MARK: Names

  /// Where a name lives, seen from a frame; nil for a global.
  private mutating func place(of name: String, from frame: Int) -> ScopeFrame.Place? {
    if let slot = frames[frame].slot(of: name) { return .slot(slot) }
    guard frame > 0, let outer = place(of: name, from: frame - 1) else { return nil }
    let home: Binding =
      switch outer {
      case .slot(let slot): frames[frame - 1].capture(slot: slot)
      case .free(let index): .free(index)
      case .freeValue(let index): .freeValue(index)
      }
    let index = frames[frame].free(home)
    switch home {
    case .local, .freeValue: return .freeValue(index)
    case .cell, .free, .global: return .free(index)
    }
  }

  /// Writes where a name lives, and gives it; nil for a global.
  private mutating func home(_ name: Name) -> ScopeFrame.Place? {
    let frame = frames.count - 1
    let place = place(of: name.text, from: frame)
    switch place {
    case .slot(let slot)?: frames[frame].note(name.id, in: slot)
    case .free(let index)?: bindings[name.id] = .free(index)
    case .freeValue(let index)?: bindings[name.id] = .freeValue(index)
    case nil: break
    }
    return place
  }

  private mutating func use(_ name: Name) {
    guard home(name) == nil, usedGlobals.insert(name.text).inserted else { return }
    uses.append(GlobalUse(name: name, variables: frames.last?.slotNames ?? []))
  }

  private mutating func bind(_ name: Name, byImport: Bool = false) {
    if let place = home(name) {
      if case .slot(let slot) = place { frames[frames.count - 1].bind(slot: slot) }
      return
    }
    if boundGlobals.insert(name.text).inserted { globals.append(name.text) }
    if !byImport { mentions.bindings[name.text, default: 0] += 1 }
  }

  private mutating func find(
    _ message: String, _ span: Span, secondary: [Diagnostic.Label] = [], help: String? = nil
  ) {
    findings.append(
      Diagnostic(
        name: "SyntaxError", message: message, primary: .init(file, span), secondary: secondary,
        help: help))
  }

  /// Ends the innermost function: writes the bindings that wait, and gives its layout.
  mutating func leaveFrame() -> FrameLayout {
    guard let frame = frames.popLast() else {
      return FrameLayout(slotNames: [], cells: [], captures: [])
    }
    for (name, slot) in frame.found { bindings[name] = frame.binding(of: slot) }
    return frame.layout
  }

  // MARK: Statements

  mutating func block(_ statements: [Statement]) {
    for statement in statements { self.statement(statement) }
  }

  private mutating func statement(_ statement: Statement) {
    switch statement.kind {
    case .expression(let value): expression(value)
    case .assign(let target, let value):
      expression(value)
      self.target(target)
    case .augmented(let target, _, let value, _):
      if case .name(let name) = target.kind { use(name) }
      expression(value)
      self.target(target)
    case .if: branches(statement)
    case .for(let target, let iterable, let body):
      expression(iterable)
      self.target(target)
      loop(body)
    case .while(let condition, let body):
      expression(condition)
      loop(body)
    case .def(let function):
      self.function(function)
      if let name = function.name { bind(name) }
      if frames.count == 1 { mentions.definitions.append(function) }
    case .return(let value):
      if frames.count == 1 {
        find("'return' stands outside a function", statement.span)
      }
      if let value { expression(value) }
    case .break, .continue: jump(statement)
    case .pass: break
    case .assert(let condition, let message):
      if case .tuple(let parts) = condition.kind, !parts.isEmpty {
        mentions.assertedTuples.append((condition.span, parts.count == 2 && message == nil))
      }
      expression(condition)
      if let message { expression(message) }
    case .delete(let targets):
      for target in targets {
        guard case .name(let name) = target.kind else {
          self.target(target)
          continue
        }
        use(name)
        mentions.bindings[name.text, default: 0] += 1
      }
    case .load(_, _, let names): for name in names { bind(name.local) }
    case .importModule(let path, let place, let local, let isAlias):
      bind(local, byImport: true)
      note(.module(local: local, isAlias: isAlias), of: path, place)
    case .importNames(let path, let place, let names):
      if names.isEmpty, frames.count > 1 {
        find(
          "'import *' stands within a function", place,
          help: "name what the function needs, or import at the top level")
      }
      for name in names { bind(name.local, byImport: true) }
      note(.names(names), of: path, place)
    }
  }

  private mutating func note(_ kind: Import.Kind, of path: String, _ place: Span) {
    mentions.imports.append(
      Import(path: path, pathSpan: place, kind: kind, bindsGlobals: frames.count == 1))
  }

  /// An `if` with its `elif`s, which are nested in the tree, as a loop.
  private mutating func branches(_ statement: Statement) {
    frames[frames.count - 1].depth += 1
    defer { frames[frames.count - 1].depth -= 1 }
    var rest = [statement]
    while let first = rest.first, rest.count == 1,
      case .if(let condition, let then, let otherwise) = first.kind
    {
      expression(condition)
      block(then)
      rest = otherwise
    }
    block(rest)
  }

  private mutating func loop(_ body: [Statement]) {
    frames[frames.count - 1].loops += 1
    frames[frames.count - 1].depth += 1
    block(body)
    frames[frames.count - 1].depth -= 1
    frames[frames.count - 1].loops -= 1
  }

  private mutating func jump(_ statement: Statement) {
    guard frames[frames.count - 1].loops == 0 else { return }
    var word = "continue"
    if case .break = statement.kind { word = "break" }
    find("'\(word)' stands outside a loop", statement.span)
  }

  /// What an assignment changes.
  private mutating func target(_ target: Target) {
    switch target.kind {
    case .name(let name): bind(name)
    case .index(let object, let index):
      expression(object)
      expression(index)
    case .attribute(let object, _): expression(object)
    case .sequence(let items): for item in items { self.target(item) }
    case .starred(let inner): self.target(inner)
    }
  }

  // MARK: Functions

  private mutating func function(_ function: Function) {
    for parameter in function.parameters {
      if let value = parameter.defaultValue { expression(value) }
    }
    var frame = ScopeFrame(isTopLevel: false)
    var first: [String: Span] = [:]
    for parameter in function.parameters {
      let name = parameter.name
      if frame.declare(name.text) {
        first[name.text] = name.span
      } else {
        find(
          "two parameters have the name '\(name.text)'", name.span,
          secondary: first[name.text].map { [.init(file, $0, "the first")] } ?? [],
          help: "rename one of them")
      }
    }
    var names = BoundNames()
    names.collect(function.body)
    frame.boundOnce = Set(first.keys).symmetricDifference(names.names)
      .subtracting(names.rebound)
    for name in names.names {
      frame.declare(name)
      if frames.dropFirst().contains(where: { $0.slot(of: name) != nil }) {
        frame.hiding.insert(name)
      }
    }
    frames.append(frame)
    for parameter in function.parameters { bind(parameter.name) }
    block(function.body)
    functions[function.id] = leaveFrame()
  }

  // MARK: Expressions

  private mutating func expression(_ whole: Expression) {
    var work = [whole]
    while let next = work.popLast() {
      switch next.kind {
      case .none, .ellipsis, .bool, .int, .bigInt, .float, .string, .bytes: break
      case .name(let name): use(name)
      case .lambda(let function): self.function(function)
      case .listComprehension(let body, let clauses): comprehension(clauses, [body])
      case .dictComprehension(let key, let value, let clauses):
        comprehension(clauses, [key, value])
      case .call(let callee, let arguments):
        checkNamed(arguments)
        note(callee, arguments, next.span)
        for argument in arguments.reversed() { work.append(argument.value) }
        work.append(callee)
      case .attribute: work.append(start(ofMembers: next))
      case .comparison(let first, let rest):
        var left = first
        for link in rest {
          if let test = TypeTest(left, link.right, link.op) { mentions.typeTests.append(test) }
          left = link.right
        }
        next.kind.addChildren(to: &work)
      default: next.kind.addChildren(to: &work)
      }
    }
  }

  /// Keeps a call of a name, or of a member with named arguments.
  private mutating func note(_ callee: Expression, _ arguments: [Argument], _ span: Span) {
    guard let callee = DottedName(callee) else { return }
    let call = Call(callee, arguments, span)
    if callee.members.isEmpty || !call.names.isEmpty { mentions.calls.append(call) }
  }

  /// What a chain of attributes starts from; the chain is kept if that is a name.
  private mutating func start(ofMembers whole: Expression) -> Expression {
    if let name = DottedName(whole) { mentions.members.append(name) }
    var rest = whole
    while case .attribute(let object, _) = rest.kind { rest = object }
    return rest
  }

  /// The first iterable belongs to the scope around the comprehension, all else to its own.
  private mutating func comprehension(_ clauses: [ComprehensionClause], _ results: [Expression]) {
    var names = BoundNames()
    for (number, clause) in clauses.enumerated() {
      guard case .each(let target, let iterable) = clause else { continue }
      if number == 0 { expression(iterable) }
      names.add(target)
    }
    frames[frames.count - 1].enterComprehension(names.names)
    for (number, clause) in clauses.enumerated() {
      switch clause {
      case .each(let target, let iterable):
        if number > 0 { expression(iterable) }
        self.target(target)
      case .filter(let condition): expression(condition)
      }
    }
    for result in results { expression(result) }
    frames[frames.count - 1].leaveComprehension()
  }

  private mutating func checkNamed(_ arguments: [Argument]) {
    var first: [String: Span] = [:]
    for argument in arguments {
      guard case .named(let name, let place) = argument.passing else { continue }
      if let earlier = first[name] {
        find(
          "two arguments have the name '\(name)'", place,
          secondary: [.init(file, earlier, "the first")], help: "remove one of them")
      }
      first[name] = place
    }
  }
}

extension Expression.Kind {
  /// Adds the children, last first, so that a list read from its end gives them in order.
  fileprivate func addChildren(to work: inout [Expression]) {
    switch self {
    case .formatted(let pieces):
      for piece in pieces.reversed() {
        guard case .field(let value, _, _, let spec, _) = piece else { continue }
        Expression.Kind.formatted(spec).addChildren(to: &work)
        work.append(value)
      }
    case .list(let items), .tuple(let items): work.append(contentsOf: items.reversed())
    case .dict(let entries):
      for entry in entries.reversed() {
        work.append(entry.value)
        if let key = entry.key { work.append(key) }
      }
    case .conditional(let condition, let then, let otherwise):
      work += [otherwise, then, condition]
    case .not(let operand), .unary(_, let operand): work.append(operand)
    case .and(let left, let right), .or(let left, let right), .binary(_, let left, let right, _),
      .index(let left, let right):
      work.append(right)
      work.append(left)
    case .comparison(let left, let rest):
      for link in rest.reversed() { work.append(link.right) }
      work.append(left)
    case .slice(let start, let stop, let step):
      for part in [step, stop, start] { if let part { work.append(part) } }
    default: break
    }
  }
}
