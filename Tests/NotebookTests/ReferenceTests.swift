import Notebook
import Testing

/// What `linnet doc` shows.
@Suite struct ReferenceTests {
  private let reference = Reference()

  @Test(arguments: ["zeros", "np.zeros", "math.sqrt", "list.append", "string.split", "tensor.sum"])
  func `has a page of functions, of what modules hold, and of methods`(name: String) throws {
    let page = try #require(reference.page(of: name))
    #expect(page.hasPrefix("\(name.split(separator: ".").last ?? "")("))
  }

  @Test func `lists what a module holds`() throws {
    let page = try #require(reference.page(of: "json"))
    #expect(page.hasPrefix("json\n"))
    #expect(page.contains("\n  encode                      A value as compact JSON text."))
    #expect(try #require(reference.page(of: "np.random")).contains("\n  randn  "))
  }

  @Test(arguments: [
    ("zeroz", ["zeros"]), ("list.apend", ["list.append"]), ("splitlines", ["string.splitlines"]),
    ("index", ["list.index", "string.index"]), ("nothing_like_it", []),
  ])
  func `proposes what is written nearly so`(name: String, proposed: [String]) {
    #expect(reference.page(of: name) == nil)
    #expect(reference.nearest(to: name) == proposed)
  }

  @Test func `lists functions and methods with a sentence each`() {
    let lines = reference.listing.split(separator: "\n")
    #expect(lines.contains("  list.append                 Adds an element at the end."))
    #expect(lines.contains { $0.hasPrefix("  zeros  ") })
  }
}
