import Catalog
import Diagnostics
import Runtime
import Syntax

/// Finds imports, members of modules and named arguments that there are none of, and calls of the
/// program's own functions that do not fit, in the words of the faults that running into them would be.
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
    return faults.map(\.diagnostic) + advice(module, resolution)
  }

  /// What runs without a fault, but not as it seems to: warnings.
  func advice(_ module: Module, _ resolution: Resolution) -> [Diagnostic] {
    let asserted = resolution.mentions.assertedTuples.map { place, isCall in
      Diagnostic(
        .warning, name: "Advice", message: "this assert never fails: a tuple with values is true",
        primary: Diagnostic.Label(module.file, place),
        help: isCall ? "leave out the parentheses" : nil)
    }
    return asserted + typeAdvice(module, resolution)
  }

  /// Warnings of comparisons of a type's name with a function.
  private func typeAdvice(_ module: Module, _ resolution: Resolution) -> [Diagnostic] {
    resolution.mentions.typeTests.compactMap { test in
      // A member that is missing is found elsewhere.
      guard let builtin = builtin(DottedName(test.callee), in: module.file),
        builtin.entry.name == "type", self.builtin(test.type, in: module.file) != nil
      else { return nil }
      let word = { (span: Span) in Diagnostic.Label(module.file, span).underlined ?? "x" }
      let (value, type) = (word(test.value), word(test.type.span))
      let verb = test.isEqual ? "never equals" : "always differs from"
      return Diagnostic(
        .warning, name: "Advice",
        message: "type() gives a text, which \(verb) a function such as \(type)",
        primary: Diagnostic.Label(module.file, test.span),
        help: test.namesType
          ? "write \(test.isEqual ? "" : "not ")isinstance(\(value), \(type))" : nil)
    }
  }

  /// The builtin that a name means; nil when it means something else, or that is not certain.
  private func builtin(_ name: DottedName, in file: SourceFile) -> Builtin? {
    guard let meaning = try? meanings.value(of: name, in: file), case .object(let object) = meaning
    else { return nil }
    return (object as? BuiltinObject)?.builtin
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

  private func faults(of call: Call, in file: SourceFile) -> [Fault] {
    if let function = meanings.function(call.callee) {
      return fault(of: call, of: function, in: file).map { [$0] } ?? []
    }
    // A member that is missing has been found above.
    guard let builtin = builtin(call.callee, in: file) else { return [] }
    let substitute = substitute(of: builtin)
    return call.names.compactMap { name, span in
      guard let fault = builtin.refusal(ofArgument: name) else { return nil }
      if let substitute, substitute.refusal(ofArgument: name) == nil { return nil }
      return fault.located(Diagnostic.Label(file, span))
    }
  }

  /// The fault of calling a function of the program with arguments that do not fit.
  private func fault(of call: Call, of function: Function, in file: SourceFile) -> Fault? {
    guard !call.isOpen else { return nil }
    let entry = function.entry
    let arguments = Arguments(
      Array(repeating: .none, count: call.positional), named: call.names.map { ($0.text, .none) })
    do throws(Fault) {
      _ = try interpreter.bind(arguments, to: entry)
      return nil
    } catch {
      let wrong = call.names.first { !entry.takesArgument($0.text) }
      return error.located(Diagnostic.Label(file, wrong?.span ?? call.span))
    }
  }

  /// The operation that runs instead when the first argument is a tensor.
  private func substitute(of builtin: Builtin) -> Builtin? {
    guard case .object(let object)? = interpreter.module("numpy")?.member(builtin.entry.name)
    else { return nil }
    return (object as? BuiltinObject)?.builtin
  }
}
