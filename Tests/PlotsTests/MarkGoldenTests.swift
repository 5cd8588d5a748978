import Catalog
import TestSupport
import Testing

@testable import Plots

@Suite struct MarkGoldenTests {
  private let golden = Golden()

  @Test(arguments: Gallery.all) func `draws the same picture`(exhibit: Exhibit) throws {
    // One element a line makes a difference readable.
    let svg = try exhibit.make().svg().replacing("><", with: ">\n<")
    golden.expect(svg, equals: exhibit.id + ".svg")
  }

  @Test(arguments: Gallery.all) func `says and types the same`(exhibit: Exhibit) throws {
    let figure = try exhibit.make()
    let unicode = TerminalStyle(columns: 72, rows: 20)
    let ascii = TerminalStyle(columns: 60, rows: 16, unicode: false)
    let text = [
      figure.summary, figure.description, figure.terminal(unicode), figure.terminal(ascii),
    ].joined(separator: "\n\n")
    golden.expect(text + "\n", equals: exhibit.id + ".txt")
  }

  @Test func `every mark has a figure among the goldens`() {
    let covered: Set<String> = ["axhline", "axvline", "axhspan", "axvspan", "semilogx"]
    let shown = Set(Gallery.all.map(\.id)).union(covered)
    for spec in MarkTable.all { #expect(shown.contains(spec.entry.name)) }
  }

  @Test func `draws colours where the terminal has them`() throws {
    let figure = try #require(Gallery.all.first { $0.id == "heatmap" }).make()
    let line = { (colors: TerminalStyle.Colors) in
      figure.terminal(TerminalStyle(columns: 40, rows: 12, colors: colors))
    }
    #expect(line(.truecolor).contains("\u{1b}[38;2;"))
    #expect(line(.ansi256).contains("\u{1b}[38;5;"))
    #expect(!line(.none).contains("\u{1b}"))
  }
}
