import Bindings
import Catalog
import Diagnostics
import Syntax

/// Finds named arguments that the builtin called does not have.
enum ArgumentCheck {
  /// The records of what is called by a bare name; a name may have several.
  private static let entries: [String: [Entry]] = Dictionary(
    grouping: EntryTable.all.filter { $0.kind == .function || $0.kind == .type }, by: \.name)

  /// A diagnostic for each such argument.
  ///
  /// - Parameters:
  ///   - module: The parsed source.
  ///   - resolution: Where its names live.
  ///   - defined: The globals that programs bind: these are no builtins.
  /// - Returns: Errors in the order in which calls are resolved.
  static func findings(_ module: Module, _ resolution: Resolution, defined: Set<String>)
    -> [Diagnostic]
  {
    var result: [Diagnostic] = []
    for call in resolution.namedCalls where !defined.contains(call.callee.text) {
      let callee = call.callee.text
      guard let records = entries[callee] else { continue }
      let parameters = records.flatMap(\.parameters)
      if parameters.contains(where: { $0.passing == .keywordVariadic }) { continue }
      let names = parameters.filter { $0.passing == .either || $0.passing == .keyword }.map(\.name)
      for (name, span) in call.names where !names.contains(name) {
        let isPositional = parameters.contains { $0.passing == .positional && $0.name == name }
        result.append(
          Diagnostic(
            name: "TypeError",
            message: isPositional
              ? "\(callee)() takes '\(name)' by position only"
              : "\(callee)() has no argument '\(name)'",
            primary: Diagnostic.Label(module.file, span),
            note: "its signature is \(records[0].signature)",
            help: Habits.arguments[name]
              ?? Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }))
      }
    }
    return result
  }
}
