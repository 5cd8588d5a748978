import Diagnostics
import Runtime
import Syntax

/// What global names of programs mean, as far as that is certain before anything runs: built-in
/// modules, what they hold, builtins, and the functions that the programs define.
///
/// A name that a program binds to anything else somewhere, or to two things, has no known meaning.
struct GlobalMeanings {
  private let interpreter: Interpreter
  private let unknown: Set<String>
  /// What imports bind; nil for what they do not find.
  private var imported: [String: [Value?]] = [:]
  /// The functions that programs define.
  private var functions: [String: Function] = [:]

  /// - Parameters:
  ///   - interpreter: The one that would run the programs.
  ///   - modules: What the programs mention.
  ///   - doubtful: Names that may be bound in ways that are not known.
  init(_ interpreter: Interpreter, _ modules: [Mentions], doubtful: Set<String>) {
    self.interpreter = interpreter
    unknown = modules.reduce(
      into: doubtful.union(interpreter.globals.items.map(\.name))
    ) { $0.formUnion($1.bindings.keys) }
    let bindings = modules.reduce(into: [:]) { $0.merge($1.bindings, uniquingKeysWith: +) }
    for function in modules.flatMap(\.definitions) {
      guard let name = function.name?.text, bindings[name] == 1, !doubtful.contains(name) else {
        continue
      }
      functions[name] = function
    }
    for item in modules.flatMap(\.imports) where item.bindsGlobals { add(item) }
  }

  /// The names that imports bind, with those of `from a import *`.
  var importedNames: some Sequence<String> { imported.keys }

  private mutating func add(_ item: Import) {
    let module = interpreter.module(item.path)
    switch item.kind {
    case .module(let local, let isAlias):
      let bound = isAlias ? module : interpreter.module(local.text)
      imported[local.text, default: []].append(module == nil ? nil : bound.map { .object($0) })
    case .names(let names):
      for name in names {
        let value = module.flatMap { module in
          try? interpreter.imported(name.original, from: module, at: item.path)
        }
        imported[name.local.text, default: []].append(value)
      }
      guard names.isEmpty, let module else { return }
      for member in module.members where !member.name.hasPrefix("_") {
        imported[member.name, default: []].append(member.value)
      }
    }
  }

  /// The function of the programs that a name means; nil when that is not certain.
  func function(_ name: DottedName) -> Function? {
    let text = name.root.text
    guard name.members.isEmpty, imported[text] == nil, interpreter.globals[text] == nil,
      interpreter.builtin(text) == nil
    else { return nil }
    return functions[text]
  }

  /// What a name means; nil when that is not certain.
  private func value(of name: String) -> Value? {
    guard !unknown.contains(name) else { return nil }
    var meanings = imported[name] ?? []
    if let builtin = interpreter.builtin(name) { meanings.append(builtin) }
    guard let first = meanings.first ?? nil,
      meanings.allSatisfy({ $0?.isCertainly(first) ?? false })
    else { return nil }
    return first
  }

  /// What a dotted name means; nil when that is not certain.
  ///
  /// - Throws: The fault, located, of reading a member that a module does not have.
  func value(of name: DottedName, in file: SourceFile) throws(Fault) -> Value? {
    guard var value = value(of: name.root.text) else { return nil }
    for member in name.members {
      guard case .object(let object) = value, object is ModuleObject else { return nil }
      do throws(Fault) { value = try interpreter.attribute(value, member.text) } catch {
        throw error.located(Diagnostic.Label(file, member.span))
      }
    }
    return value
  }
}

extension Value {
  /// Whether both are the same module or the same builtin, which several values may wrap.
  fileprivate func isCertainly(_ other: Value) -> Bool {
    guard case .object(let left) = self, case .object(let right) = other else { return false }
    if let left = left as? BuiltinObject, let right = right as? BuiltinObject {
      return left.builtin === right.builtin
    }
    return left === right
  }
}
