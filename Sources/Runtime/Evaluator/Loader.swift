import Diagnostics
import Platform
import Syntax

/// The files that `load` has run, and those that it is running.
struct Loader {
  /// A file that was run, with the text that it had.
  struct File {
    let bytes: [UInt8]
    let globals: Globals
  }

  /// By resolved path.
  var files: [String: File] = [:]
  /// The names of every file that ever ran, since its functions may outlive its next version.
  var modules: [Globals] = []
  /// The paths being loaded, outermost first: meeting one again is a cycle.
  var running: [String] = []
}

extension Interpreter {
  /// The global names of a file, run now unless it was run before and has not changed.
  func load(_ path: String, from folder: String) throws(Fault) -> Globals {
    let joined = path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
    let resolved: String
    let bytes: [UInt8]
    do throws(FileError) {
      resolved = try host.files.resolveExisting(joined)
      bytes = try host.files.read(resolved, sizeLimit: 64 << 20)
    } catch {
      throw Fault("OSError", "load: \(error.description)", help: error.help)
    }
    if let start = loader.running.firstIndex(of: resolved) {
      let cycle = loader.running[start...] + [resolved]
      throw Fault(
        "ImportError", "load: files load each other in a cycle",
        note: cycle.map { Interpreter.fileName($0) }.joined(separator: " loads "))
    }
    if let file = loader.files[resolved], file.bytes == bytes { return file.globals }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault("OSError", "load: \(FileError.notText(path: joined, bytes).description)")
    }
    loader.running.append(resolved)
    defer { loader.running.removeLast() }
    let globals = Globals(builtins: builtins)
    loader.modules.append(globals)
    let source = SourceFile(name: joined, text: text)
    let (module, resolution) = try Interpreter.parse(source)
    let unit = Unit(
      file: source, resolution: resolution, globals: globals, interpreter: self,
      folder: Interpreter.folder(of: joined))
    _ = try Program(module, unit, top: "<file>").run()
    for item in globals.items { freeze(item.value) }
    loader.files[resolved] = Loader.File(bytes: bytes, globals: globals)
    return globals
  }

  /// Parses and resolves; a mistake in a loaded file is a fault of the `load` with its own place.
  private static func parse(_ file: SourceFile) throws(Fault) -> (Module, Resolution) {
    let module: Module
    do throws(SyntaxError) {
      module = try Parser.parse(file)
    } catch {
      throw Fault(error.diagnostic)
    }
    do throws(SyntaxErrors) {
      return (module, try Resolver.resolve(module))
    } catch {
      guard let first = error.diagnostics.first else {
        throw Fault.internal("the resolver failed without a reason")
      }
      throw Fault(first)
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func fileName(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
