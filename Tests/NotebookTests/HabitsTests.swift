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
    for name in Habits.attributes.keys {
      for type in ["string", "list", "dict", "set", "bytes"] {
        #expect(reference.page(of: "\(type).\(name)") == nil, "\(type).\(name) exists")
      }
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
