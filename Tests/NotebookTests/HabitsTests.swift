import Platform
import Testing

@testable import Notebook

/// Names of other languages and libraries, and what to write instead.
@Suite struct HabitsTests {
  @Test func `explains only names that do not exist`() {
    for name in Habits.helps.keys.sorted() {
      #expect(AssistTests.snapshot.find(name) == nil, "\(name) exists")
    }
  }

  @Test func `explains only attributes that no plain value has`() {
    let reference = Reference()
    #expect(reference.page(of: "list.append") != nil)
    for name in Habits.attributes.keys.sorted() {
      #expect(reference.page(of: name) == nil, "\(name) exists")
    }
  }

  @Test func `names layers and optimizers that exist`() throws {
    for habit in ["GRU", "RMSprop"] {
      let list = try #require(Habits.helps[habit]?.split(separator: ":").last)
      for name in list.split(separator: ",") {
        let name = String(name.drop { $0 == " " })
        #expect(AssistTests.snapshot.find(name) != nil, "\(name) does not exist")
      }
    }
  }
}
