import Diagnostics
import Platform
import Syntax

extension Assembler {
  /// Assembles `load("file", "a", b="c")`.
  func load(_ path: String, _ pathSpan: Span, _ names: [LoadedName]) {
    let unit = unit
    // What the file defines lies here until the names are bound, as far as faults let it.
    let loaded = LoadedFile()
    at(pathSpan) {
      perform { _, interpreter throws(Fault) in
        loaded.globals = try interpreter.load(path, from: unit.folder)
      }
    }
    for name in names {
      let slot = temporary()
      at(name.originalSpan) {
        perform { frame, _ throws(Fault) in frame[slot] = try loaded.value(name.original, path) }
      }
      store(name.local, from: slot)
    }
  }

  /// Assembles `import a.b` and `import a.b as c`.
  func importModule(_ path: String, _ pathSpan: Span, _ local: Name, isAlias: Bool) {
    let slot = temporary()
    at(pathSpan) {
      perform { frame, interpreter throws(Fault) in
        let module = try interpreter.importedModule(path)
        frame[slot] = .object(isAlias ? module : try interpreter.importedModule(local.text))
      }
    }
    store(local, from: slot)
  }

  /// Assembles `from a import b as c` and `from a import *`.
  func importNames(_ path: String, _ pathSpan: Span, _ names: [LoadedName]) {
    let globals = unit.globals
    at(pathSpan) {
      perform { _, interpreter throws(Fault) in
        let module = try interpreter.importedModule(path)
        guard names.isEmpty else { return }
        for member in module.members where !member.name.hasPrefix("_") {
          globals[member.name] = member.value
        }
      }
    }
    for name in names {
      let slot = temporary()
      at(name.originalSpan) {
        perform { frame, interpreter throws(Fault) in
          frame[slot] = try interpreter.imported(
            name.original, from: try interpreter.importedModule(path), at: path)
        }
      }
      store(name.local, from: slot)
    }
  }
}

/// What a `load` statement has read.
private final class LoadedFile {
  var globals: Globals?

  /// The value of a name that the file defines.
  func value(_ name: String, _ path: String) throws(Fault) -> Value {
    guard !name.hasPrefix("_") else {
      throw Fault("ImportError", "load: '\(name)' is private to \"\(path)\"")
    }
    if let value = globals?[name] { return value }
    let near = Spelling.nearest(to: name, among: globals?.items.map(\.name) ?? [])
    throw Fault(
      "ImportError", "load: \"\(path)\" does not define '\(name)'",
      help: near.map { "did you mean '\($0)'?" })
  }
}

extension Interpreter {
  /// What `import path` finds.
  ///
  /// - Throws: `ImportError`, with a hint when the path is nearly right.
  public func importedModule(_ path: String) throws(Fault) -> ModuleObject {
    if let module = module(path) { return module }
    let paths = modulePaths
    let near = Spelling.nearest(to: path, among: paths)
    throw Fault(
      "ImportError", "there is no module '\(path)'",
      note: "built in are: \(paths.filter { !$0.contains(".") }.joined(separator: ", "))",
      help: near.map { "did you mean '\($0)'?" }
        ?? "files of your own are read with load(\"file.star\", \"name\")")
  }

  /// What `from path import name` finds in the module of that path.
  ///
  /// - Throws: `ImportError`, with a hint when the name is nearly right.
  public func imported(_ name: String, from module: ModuleObject, at path: String) throws(Fault)
    -> Value
  {
    if let value = module.member(name) { return value }
    if let inner = self.module("\(path).\(name)") { return .object(inner) }
    throw Fault(
      "ImportError", "module '\(path)' has no name '\(name)'",
      help: spellingHint(name, among: module.attributeNames).map { "did you mean '\($0)'?" })
  }
}
