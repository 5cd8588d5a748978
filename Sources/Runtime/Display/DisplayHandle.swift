import Catalog

/// What `display` gives when it has shown something under a `display_id`: it replaces that later.
final class DisplayHandle: Object {
  private let id: String

  init(_ id: String) {
    self.id = id
    super.init()
  }

  override var typeName: String { "DisplayHandle" }

  override func representation(_ interpreter: Interpreter) throws(Fault) -> String {
    "<DisplayHandle display_id=\(id)>"
  }

  /// What it shows is there already.
  override func stoodAlone(_ interpreter: Interpreter) throws(Fault) -> Bool { true }

  override var attributeNames: [String] { ["display", "display_id", "update"] }

  override func attributeEntry(_ name: String) -> Entry? {
    Self.methods.first { $0.entry.name == name }?.entry
  }

  override func attribute(_ name: String, _ interpreter: Interpreter) throws(Fault) -> Value? {
    if name == "display_id" { return .string(id) }
    return Self.methods.first { $0.entry.name == name }.map {
      .object(BoundMethodObject(.object(self), $0))
    }
  }

  static let methods: [Method] = [
    method("display", "Shows a value once more, under the same `display_id`.", isUpdate: false),
    method("update", "Replaces what is shown under the `display_id` by a value.", isUpdate: true),
  ]

  private static func method(_ name: String, _ summary: String, isUpdate: Bool) -> Method {
    Method(
      Entry(
        name, [.positional("value")], kind: .method(of: "DisplayHandle"), summary: summary,
        examples: [
          Example(
            "state = display(\"at work\", display_id=True)\nstate.\(name)(\"done\")",
            prints: "\"at work\"\n\"done\"")
        ]),
      .one { receiver, value, interpreter throws(Fault) in
        guard let handle = receiver.object as? DisplayHandle else {
          throw .internal("a method of a display handle without one")
        }
        interpreter.host.display(
          try interpreter.bundle(value), id: handle.id, update: isUpdate)
        return .none
      })
  }
}
