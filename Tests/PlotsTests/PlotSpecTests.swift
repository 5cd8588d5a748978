import Catalog
import Testing

@testable import Plots

@Suite struct PlotSpecTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let id: String
    let message: String
    var help: String?
    let make: @Sendable () throws -> Figure
    var testDescription: String { id }
  }

  static let faults: [Fault] = [
    Fault(
      id: "unknown keyword", message: "plot: no parameter is named 'lable'",
      help: "did you mean 'label'?"
    ) { try call("plot", integers([1]), keywords: ["lable": .text("a")]) },
    Fault(
      id: "a decoration as a keyword", message: "plot: no parameter is named 'title'",
      help: "title is a function of its own: write plot(…) + title(…)"
    ) { try call("plot", integers([1]), keywords: ["title": .text("a")]) },
    Fault(
      id: "unequal lengths",
      message: "plot: expected x and y of one length; received shapes (3,) and (2,)",
      help: "plot(y) numbers the points from 0"
    ) { try call("plot", integers([1, 2, 3]), integers([1, 2])) },
    Fault(
      id: "format",
      message: "plot: the format 'r?' has an unknown character '?'",
      help:
        "a format is a colour of bgrcmykw, a marker of . o s ^ v x + * D and a line of - -- : -."
    ) { try call("plot", integers([1]), .text("r?")) },
    Fault(
      id: "colour", message: "plot: no colour is named 'rde'", help: "did you mean 'red'?"
    ) { try call("plot", integers([1]), keywords: ["color": .text("rde")]) },
    Fault(id: "no data", message: "plot: expected a value for 'y'") { try call("plot") },
    Fault(
      id: "wrong type", message: "plot: expected numbers for 'y'; received a figure"
    ) { try call("plot", .figure(Figure.plot([1]))) },
    Fault(
      id: "ragged", message: "plot: expected numbers in rows of one length for 'y'"
    ) { try call("plot", .sequence([integers([1]), integers([1, 2])])) },
    Fault(
      id: "rank", message: "imshow: expected a matrix for 'X'; received shape (2, 2, 2)"
    ) {
      try call(
        "imshow", .numbers(PlotArray(shape: [2, 2, 2], values: Array(repeating: 0, count: 8))))
    },
    Fault(
      id: "choice",
      message: "step: expected where to be one of 'pre', 'mid', 'post'; received 'pst'",
      help: "did you mean 'post'?"
    ) { try call("step", integers([1]), keywords: ["where": .text("pst")]) },
    Fault(
      id: "twice", message: "title: received two values for 'label'"
    ) { try call("title", .text("a"), keywords: ["label": .text("b")]) },
    Fault(
      id: "too many", message: "title: expected at most 1 positional argument; received 2"
    ) { try call("title", .text("a"), .text("b")) },
    Fault(
      id: "figsize",
      message: "figure: expected two numbers from 1 to 50 for 'figsize'; "
        + "received (0, 5)"
    ) { try call("figure", keywords: ["figsize": integers([0, 5])]) },
    Fault(
      id: "limits",
      message: "xlim: expected finite ends, the lower one first for 'right'; received 3 and 1"
    ) { try call("xlim", .number(3, isInteger: true), .number(1, isInteger: true)) },
    Fault(
      id: "grids",
      message: "+: expected figures with equal grids of panels; received 1 x 2 and 1 x 1",
      help: "call show() between the two, or arrange them with row(...) or column(...)"
    ) {
      let one = Figure.plot([1])
      return try one.beside(one).overlaid(with: one)
    },
  ]

  @Test(arguments: faults) func `says what is wrong with a call`(fault: Fault) throws {
    let error = try #require(throws: PlotError.self) { try fault.make() }
    #expect(error.message == fault.message)
    #expect(error.help == fault.help)
  }

  @Test func `reads groups of series and formats in one call`() throws {
    let figure = try call(
      "plot", integers([0, 1]), integers([2, 3]), .text("r--"), integers([0, 1]),
      integers([4, 5]), .text("g^"))
    let styles = figure.panels[0].marks.map(\.style)
    #expect(styles.map(\.color) == [.ink(.red), .ink(.green)])
    #expect(styles.map(\.dash) == [.dashed, Dash.none])
    #expect(styles.map(\.marker) == [nil, .triangle])
  }

  @Test func `draws a line for each column and one for a single column`() throws {
    #expect(try call("plot", matrix(5, 3) { Double($0 * $1) }).panels[0].marks.count == 3)
    #expect(try call("plot", matrix(5, 1) { Double($0 + $1) }).panels[0].marks.count == 1)
  }

  @Test func `draws classes over time as steps and other numbers as slopes`() throws {
    let classes = (0..<40).map { $0 < 20 ? 1.0 : 0 }
    let steps = try #require(
      try call("plot", integers(classes)).panels[0].marks.first as? LineMark)
    #expect(steps.step == .mid)
    let slopes = try #require(
      try call("plot", integers(0..<40)).panels[0].marks.first as? LineMark)
    #expect(slopes.step == nil)
  }

  @Test func `says everything about each function`() {
    for spec in PlotTable.all {
      #expect(!spec.entry.summary.isEmpty && spec.entry.summary.hasSuffix("."))
      #expect(!spec.entry.examples.isEmpty, "\(spec.entry.name)")
      #expect(spec.entry.group == "Plots")
    }
    let names = PlotTable.all.flatMap { [$0.entry.name] + $0.aliases }
    #expect(Set(names).count == names.count)
  }

  @Test func `gathers the figures of a cell`() throws {
    var collector = FigureCollector()
    let line = Figure.plot([1, 2])
    try collector.add(line)
    try collector.add(line)
    try collector.add(call("title", .text("first")))
    try collector.add(call("figure", keywords: ["figsize": integers([5, 4])]))
    try collector.add(line)
    #expect(collector.takeFinished().map(\.panels[0].marks.count) == [2])
    #expect(throws: PlotError.self) { try collector.add(line.above(line)) }
    collector.show()
    try collector.add(line)
    let rest = collector.finish()
    #expect(rest.map(\.width) == [400, 640])
    #expect(collector.finish().isEmpty)
  }

  @Test func `lays figures over each other without changing them`() throws {
    let base = Figure.plot([1, 2])
    let titled = try base.overlaid(with: call("title", .text("a")))
    #expect(base.panels[0].attributes.title == nil)
    #expect(titled.panels[0].attributes.title == "a")
    let again = try titled.overlaid(with: call("title", .text("b")))
    #expect(again.panels[0].attributes.title == "b")
    let grid = try base.above(base).overlaid(with: call("xlabel", .text("step")))
    #expect(grid.panels.map(\.attributes.xLabel) == [nil, "step"])
  }
}
