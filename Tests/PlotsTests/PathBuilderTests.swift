import Testing

@testable import Plots

@Suite struct PathBuilderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let id: String
    let points: [Point]
    let path: String
    var testDescription: String { id }
  }

  static let cases: [Case] = [
    Case(
      id: "level and upright", points: [Point(1, 2), Point(4, 2), Point(4, 0)], path: "M1 2h3v-2"),
    Case(
      id: "one straight line", points: [Point(0, 0), Point(1, 1), Point(2, 2), Point(3, 3)],
      path: "M0 0l3 3"),
    Case(id: "back again", points: [Point(0, 0), Point(5, 0), Point(2, 0)], path: "M0 0h5-3"),
    Case(
      id: "tenths without zeros", points: [Point(0.5, -0.5), Point(0.75, 0.25)],
      path: "M.5-.5l.3.8"),
    Case(
      id: "equal points", points: [Point(1, 1), Point(1.01, 1.01), Point(1, 3)], path: "M1 1v2"),
  ]

  @Test(arguments: cases) func `writes few bytes`(pathCase: Case) {
    var path = PathBuilder()
    path.add([pathCase.points])
    #expect(path.finish() == pathCase.path.replacing("l.3.8", with: "l.3 .8"))
  }

  @Test func `does not drift`() {
    var path = PathBuilder()
    path.move(to: Point(0, 0))
    // Each step is a third of a tenth, which no rounding of differences would survive.
    for index in 1...3000 { path.line(to: Point(Double(index) / 30, index % 2 == 0 ? 0 : 5)) }
    #expect(Self.end(of: path.finish()) == Point(100, 0))
  }

  /// Where the pen is after a path of absolute moves and relative lines.
  private static func end(of path: String) -> Point {
    var tenths = (x: 0.0, y: 0.0)
    var rest = path[...]
    while let command = rest.popFirst() {
      let part = rest.prefix { !$0.isLetter }
      rest = rest.dropFirst(part.count)
      let numbers = part.replacing("-", with: " -").split(separator: " ").compactMap {
        Double($0).map { ($0 * 10).rounded() }
      }
      switch command {
      case "M": tenths = (numbers[0], numbers[1])
      case "h": tenths.x += numbers.reduce(0, +)
      case "v": tenths.y += numbers.reduce(0, +)
      default:
        for (index, number) in numbers.enumerated() {
          if index.isMultiple(of: 2) { tenths.x += number } else { tenths.y += number }
        }
      }
    }
    return Point(tenths.x / 10, tenths.y / 10)
  }

  private let frame = Frame(
    left: 0, top: 0, right: 10, bottom: 10, x: Scale(.linear, Span(0, 1), from: 0, to: 10),
    y: Scale(.linear, Span(0, 1), from: 10, to: 0))

  @Test func `cuts lines at the edges`() {
    let parts = Clip.line(
      [Point(-5, 5), Point(5, 5), Point(5, 25), Point(9, 25), Point(9, 5)], to: frame)
    #expect(
      parts == [
        [Point(0, 5), Point(5, 5), Point(5, 10)], [Point(9, 10), Point(9, 5)],
      ])
    #expect(Clip.line([Point(-5, -5), Point(-1, 20)], to: frame).isEmpty)
    #expect(
      Clip.line([Point(1, 1), Point(.nan, 1), Point(2, 2)], to: frame) == [
        [Point(1, 1)], [Point(2, 2)],
      ])
  }

  @Test func `pushes names apart within the plot`() {
    let ends = [5.0, 5, 6, 100].map { EndNames.End(name: "\($0)", y: $0, paint: .ink(.blue)) }
    let places = EndNames.spread(ends, top: 0, bottom: 100).map(\.y)
    for (a, b) in zip(places, places.dropFirst()) { #expect(b - a >= EndNames.distance - 1e-9) }
    #expect(places.allSatisfy { (0...100).contains($0) })
  }
}
