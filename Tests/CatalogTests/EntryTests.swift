import Catalog
import Testing

@Suite struct EntryTests {
  @Test(
    arguments: [
      (Entry("relu", [.tensor("x")], summary: ""), "relu(x)"),
      (
        Entry("LSTM", [.required("units"), .keyword("seed"), .keyword("name")], summary: ""),
        "LSTM(units, *, seed=None, name=None)"
      ),
      (
        Entry("print", [.variadic("values"), .keyword("end", default: "\"\"")], summary: ""),
        "print(*values, end=\"\")"
      ),
      (Entry("len", [.positional("x")], summary: ""), "len(x, /)"),
      (Entry("pow", [.positional("x"), .required("y")], summary: ""), "pow(x, /, y)"),
      (Entry("dict", [.keywordVariadic("items")], summary: ""), "dict(**items)"),
      (Entry("pi", kind: .constant, summary: ""), "pi"),
      (Entry("now", summary: ""), "now()"),
    ] as [(Entry, String)])
  func `shows the signature as Python does`(entry: Entry, signature: String) {
    #expect(entry.signature == signature)
  }

  @Test func `breaks long signatures between parameters`() {
    let names = ["units", "kernel_initializer", "recurrent_initializer", "seed"]
    let entry = Entry("Layer", names.map { .optional($0, default: "\"uniform\"") }, summary: "")
    #expect(
      entry.signature(columns: 60) == """
        Layer(units="uniform", kernel_initializer="uniform",
            recurrent_initializer="uniform", seed="uniform")
        """)
    #expect(entry.signature(columns: 12).split(separator: "\n").count == 4)
    #expect(!entry.signature.contains("\n"))
  }

  @Test func `knows which arguments may be left out`() {
    #expect(!Parameter.required("x").isOptional)
    #expect(Parameter.optional("x").isOptional)
    #expect(Parameter.variadic("x").isOptional)
  }
}
