import Bindings
import Catalog
import Testing

/// The example of every record, run as a cell of a fresh session.
@Suite(.serialized)
struct ExampleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let example: Example

    var testDescription: String { "\(name): \(example.source)" }
  }

  /// An example that several names share is run once.
  static let cases: [Case] = {
    var sources: Set<String> = []
    return EntryTable.all.flatMap { entry in
      entry.examples.filter { sources.insert($0.source).inserted }
        .map { Case(name: entry.name, example: $0) }
    }
  }()

  /// Those that end the cell, ask, open a pager, or print more than an example should hold.
  private static let cannotShow: Set<String> = ["fail", "help", "input", "summary"]

  @Test(arguments: cases)
  func `shows what its record says`(_ example: Case) async {
    let record = await SessionRunner.run(example.example.source)
    #expect(record.fault?.text == nil)
    var text = record.text
    if text.hasSuffix("\n") { text.removeLast() }
    #expect(text == example.example.output)
  }

  @Test
  func `every public name says what it does`() {
    let silent = EntryTable.all.filter(\.summary.isEmpty).map(\.name)
    #expect(silent.isEmpty, "\(silent)")
  }

  @Test
  func `every public name that is called has an example`() {
    let bare = EntryTable.all.filter { entry in
      entry.examples.isEmpty && entry.kind != .constant && entry.kind != .module
        && !ExampleTests.cannotShow.contains(entry.name)
    }
    #expect(bare.isEmpty, "\(bare.map(\.name))")
  }
}
