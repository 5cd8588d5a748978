import Catalog
import Platform
import TestSupport
import Testing

@testable import Runtime

/// Every builtin and method has, in the script of its type, what it gives, what it does at an edge
/// and how it fails.
///
/// A script holds a block for each name, under a comment that is the name alone. In a block an
/// assertion shows a value, one that ends in `# edge: why` an edge, and `assert_fails` an error;
/// each line must use the name.
@Suite
struct ConformanceTests {
  /// One public name and the script that it belongs to.
  struct Name: Sendable, CustomTestStringConvertible {
    let script: String
    let name: String
    var testDescription: String { "\(script): \(name)" }
  }

  static let names: [Name] =
    BuiltinTable.all.map { Name(script: "builtins", name: $0.entry.name) }
    + MethodTable.all.map { Name(script: script(of: $0.entry), name: $0.entry.name) }
    + ModuleTable.all.flatMap { module in
      module.builtins.map { Name(script: module.entry.name, name: $0.entry.name) }
    }

  private static func script(of entry: Entry) -> String {
    if case .method(let type) = entry.kind { type } else { "builtins" }
  }

  /// The lines of each block by the name above it, for each script.
  static let blocks: [String: [String: [Substring]]] = {
    var result: [String: [String: [Substring]]] = [:]
    for script in Set(names.map(\.script)) {
      let path = "\(ScriptTests.folder)/\(script).star"
      let text = (try? Repository.files.readText(path)) ?? ""
      var name = ""
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("# "), !line.dropFirst(2).contains(" ") {
          name = String(line.dropFirst(2))
        } else if line.isEmpty || line == "---" {
          name = ""
        } else if !name.isEmpty {
          result[script, default: [:]][name, default: []].append(line)
        }
      }
    }
    return result
  }()

  @Test(arguments: names)
  func `has a value line, an edge line and an error line`(_ name: Name) {
    let lines = (ConformanceTests.blocks[name.script]?[name.name] ?? []).filter {
      ($0.split(separator: "# edge: ").first ?? "").contains("\(name.name)(")
    }
    let edges = lines.filter { $0.contains("  # edge: ") }
    let errors = lines.filter { $0.contains("assert_fails(lambda: ") }
    let values = lines.filter { $0.contains("assert_eq(") && !$0.contains("  # edge: ") }
    #expect(!values.isEmpty && !edges.isEmpty && !errors.isEmpty)
  }
}
