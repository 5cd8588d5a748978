import TestSupport
import Testing

/// What sessions show, as a person would read it: the cells of a script, each followed by
/// everything that it shows, in order.
@Suite(.serialized)
struct TranscriptTests {
  /// A golden for each script in `Sessions/`, whose cells are separated by `===`.
  static let names = ["advice.txt", "faults.txt", "figures.txt", "habits.txt", "training.txt"]

  @Test(arguments: names)
  func `shows what was once looked at`(_ name: String) async throws {
    let script = "Tests/BindingsTests/Sessions/\(name.split(separator: ".")[0]).star"
    let cells = try Repository.text(script).split(separator: "===\n").map(String.init)
    let records = await SessionRunner.run(cells)
    var transcript = ""
    for (cell, record) in zip(cells, records) {
      for line in cell.split(separator: "\n") { transcript += ">>> \(line)\n" }
      transcript += record.transcript + "\n"
    }
    #expect(records.count == cells.count)
    Golden().expect(transcript, equals: name)
  }
}
