import Catalog
import Platform
import Testing

@testable import Runtime

/// Nothing of Starlark's specification is missing, nor of what starlark-go adds to it.
@Suite struct SpecificationTests {
  /// A group of names that the specification lists.
  struct Group: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let names: String
    /// What the language has of the kind.
    let present: @Sendable () -> [String]

    init(_ description: String, _ names: String, _ present: @escaping @Sendable () -> [String]) {
      testDescription = description
      self.names = names
      self.present = present
    }
  }

  private static func methods(of type: String) -> @Sendable () -> [String] {
    { MethodTable.all.filter { $0.entry.kind == .method(of: type) }.map(\.entry.name) }
  }

  private static func members(of module: String) -> @Sendable () -> [String] {
    {
      let interpreter = Interpreter(interruption: .init(), host: RecordingHost())
      return interpreter.module(module)?.attributeNames ?? []
    }
  }

  static let groups = [
    Group(
      "functions",
      """
      abs all any bool bytes dict dir enumerate fail float getattr hasattr hash int len list max \
      min print range repr reversed set sorted str tuple type zip
      """
    ) { BuiltinTable.all.map(\.entry.name) + ["None", "True", "False"] },
    Group("functions of starlark-go", "chr ord struct") { BuiltinTable.all.map(\.entry.name) },
    Group("bytes", "elems", methods(of: "bytes")),
    Group("dict", "clear get items keys pop popitem setdefault update values", methods(of: "dict")),
    Group("list", "append clear extend index insert pop remove", methods(of: "list")),
    Group(
      "set",
      """
      add clear difference difference_update discard intersection intersection_update isdisjoint \
      issubset issuperset pop remove symmetric_difference symmetric_difference_update union update
      """, methods(of: "set")),
    Group(
      "string",
      """
      capitalize count elems endswith find format index isalnum isalpha isdigit islower isspace \
      istitle isupper join lower lstrip partition removeprefix removesuffix replace rfind rindex \
      rpartition rsplit rstrip split splitlines startswith strip title upper
      """, methods(of: "string")),
    Group("string of starlark-go", "codepoint_ords codepoints elem_ords", methods(of: "string")),
    Group("json", "decode encode indent", members(of: "json")),
    Group(
      "math of starlark-go",
      """
      acos acosh asin asinh atan atan2 atanh ceil copysign cos cosh degrees e exp fabs floor fmod \
      gamma hypot log mod pi pow radians remainder round sin sinh sqrt tan tanh
      """, members(of: "math")),
  ]

  @Test(arguments: groups)
  func `has every name that the specification lists`(_ group: Group) {
    let present = Set(group.present())
    let missing = group.names.split(separator: " ").filter { !present.contains(String($0)) }
    #expect(missing == [])
  }

  @Test func `the lists are as long as the specification's`() {
    let lengths = ["functions": 28, "dict": 9, "list": 7, "set": 16, "string": 32]
    for group in Self.groups {
      guard let length = lengths[group.testDescription] else { continue }
      #expect(group.names.split(separator: " ").count == length, "\(group.testDescription)")
    }
  }
}
