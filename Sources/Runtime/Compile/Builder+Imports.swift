import Diagnostics
import Platform
import Syntax

extension Builder {
  /// Compiles `load("file", "a", b="c")`.
  func load(_ path: String, _ pathSpan: Span, _ names: [LoadedName]) -> Step {
    let pathSite = site(pathSpan)
    let targets = names.map { (name: $0, store: store($0.local), site: site($0.originalSpan)) }
    let unit = unit
    return Step { frame throws(Fault) in
      let globals: Globals
      do throws(Fault) {
        globals = try unit.interpreter.load(path, from: unit.folder)
      } catch {
        throw pathSite.called(error)
      }
      for target in targets {
        let original = target.name.original
        guard !original.hasPrefix("_") else {
          throw target.site.located(
            Fault("ImportError", "load: '\(original)' is private to \"\(path)\""))
        }
        guard let value = globals[original] else {
          let near = Spelling.nearest(to: original, among: globals.items.map(\.name))
          throw target.site.located(
            Fault(
              "ImportError", "load: \"\(path)\" does not define '\(original)'",
              help: near.map { "did you mean '\($0)'?" }))
        }
        try target.store(frame, value)
      }
      return .next
    }
  }

  /// Compiles `import a.b` and `import a.b as c`.
  func importModule(_ path: String, _ pathSpan: Span, _ local: Name, isAlias: Bool) -> Step {
    let site = site(pathSpan)
    let store = store(local)
    return Step { frame throws(Fault) in
      let module = try site.module(path)
      if isAlias {
        try store(frame, .object(module))
      } else {
        try store(frame, .object(try site.module(local.text)))
      }
      return .next
    }
  }

  /// Compiles `from a import b as c` and `from a import *`.
  func importNames(_ path: String, _ pathSpan: Span, _ names: [LoadedName]) -> Step {
    let site = site(pathSpan)
    if names.isEmpty {
      let globals = unit.globals
      return Step { (_) throws(Fault) in
        for member in try site.module(path).members where !member.name.hasPrefix("_") {
          globals[member.name] = member.value
        }
        return .next
      }
    }
    let targets = names.map {
      (name: $0, store: store($0.local), site: self.site($0.originalSpan))
    }
    let unit = unit
    return Step { frame throws(Fault) in
      let module = try site.module(path)
      for target in targets {
        let value: Value
        do throws(Fault) {
          value = try unit.interpreter.imported(target.name.original, from: module, at: path)
        } catch {
          throw target.site.located(error)
        }
        try target.store(frame, value)
      }
      return .next
    }
  }
}

extension Site {
  /// The built-in module of a path.
  fileprivate func module(_ path: String) throws(Fault) -> ModuleObject {
    do throws(Fault) { return try interpreter.importedModule(path) } catch { throw located(error) }
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
