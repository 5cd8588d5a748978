import Catalog
import Runtime

/// `sys`, of which Linnet has what a script needs: the arguments that it was given.
enum SystemModule {
  static func install(in interpreter: Interpreter, arguments: [String]) {
    let entry = Entry(
      "sys", kind: .module, group: "Modules",
      summary: "What the program was started with: sys.argv lists its name and its arguments.",
      examples: [Example("import sys\nlen(sys.argv)", prints: "1")])
    let list = Value.list(arguments.map { .string($0) })
    let module = ModuleObject("sys", [(name: "argv", value: list)], entry: entry)
    interpreter.define(module: module, path: "sys")
  }
}
