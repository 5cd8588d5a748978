import Catalog
import Diagnostics
import Runtime
import Syntax

/// Finds imports, members of modules and named arguments that there are none of, in the words of the
/// faults that running into them would be.
struct MentionCheck {
  let interpreter: Interpreter
  let meanings: GlobalMeanings

  /// A diagnostic for each, in no order.
  func findings(_ module: Module, _ resolution: Resolution) -> [Diagnostic] {
    let mentions = resolution.mentions
    var faults: [Fault] = []
    for item in mentions.imports { faults += self.faults(of: item, in: module.file) }
    // Who asks whether there is a member may do without it.
    let asksFirst = resolution.uses.contains { $0.name.text == "hasattr" }
    for name in mentions.members where !asksFirst {
      do throws(Fault) { _ = try meanings.value(of: name, in: module.file) } catch {
        faults.append(error)
      }
    }
    for call in mentions.calls { faults += self.faults(of: call, in: module.file) }
    return faults.map(\.diagnostic)
  }

  private func faults(of item: Import, in file: SourceFile) -> [Fault] {
    let module: ModuleObject
    do throws(Fault) { module = try interpreter.importedModule(item.path) } catch {
      return [error.located(Diagnostic.Label(file, item.pathSpan))]
    }
    guard case .names(let names) = item.kind else { return [] }
    return names.compactMap { name in
      do throws(Fault) {
        _ = try interpreter.imported(name.original, from: module, at: item.path)
        return nil
      } catch {
        return error.located(Diagnostic.Label(file, name.originalSpan))
      }
    }
  }

  private func faults(of call: NamedCall, in file: SourceFile) -> [Fault] {
    // A member that is missing has been found above.
    guard let meaning = try? meanings.value(of: call.callee, in: file),
      case .object(let object) = meaning, let builtin = (object as? BuiltinObject)?.builtin
    else { return [] }
    let substitute = substitute(of: builtin)
    return call.names.compactMap { name, span in
      guard let fault = builtin.refusal(ofArgument: name) else { return nil }
      if let substitute, substitute.refusal(ofArgument: name) == nil { return nil }
      return fault.located(Diagnostic.Label(file, span))
    }
  }

  /// The operation that runs instead when the first argument is a tensor.
  private func substitute(of builtin: Builtin) -> Builtin? {
    guard case .object(let object)? = interpreter.module("numpy")?.member(builtin.entry.name)
    else { return nil }
    return (object as? BuiltinObject)?.builtin
  }
}
