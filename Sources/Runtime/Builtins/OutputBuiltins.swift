import Catalog

extension BuiltinTable {
  static let output: [Builtin] = [print, input, display, updateDisplay, clearOutput]

  static let print = Builtin(
    Entry(
      "print",
      [
        .variadic("values"), .keyword("sep", .string, default: "\" \""),
        .keyword("end", .string, default: "\"\\n\""), .keyword("file", default: "stdout"),
      ], group: "Output",
      summary: "Writes values as text, parted by `sep` and followed by `end`, to stdout or stderr.",
      examples: [Example("print(1, \"a\", sep=\"-\")", prints: "1-a")]),
    .bound { arguments, interpreter throws(Fault) in
      var text = ""
      let separator = try option(arguments[1], " ", "sep", interpreter)
      for (index, value) in arguments.rest.enumerated() {
        let before = text.utf8.count
        if index > 0 { text += separator }
        text += try interpreter.text(value)
        try interpreter.checkGrowth(from: before, to: text.utf8.count, "the printed text")
      }
      text += try option(arguments[2], "\n", "end", interpreter)
      var stream = OutputStream.standard
      if let file = arguments[3], !file.isNone {
        guard case .object(let object) = file, let target = object as? StreamObject else {
          throw Fault.type(
            "print() file: expected stdout or stderr; received '\(interpreter.typeName(file))'",
            help: "write_text(path, text) writes a file")
        }
        stream = target.stream
      }
      interpreter.host.write(text, to: stream)
      return .none
    })

  private static func option(
    _ value: Value?, _ fallback: String, _ name: String, _ interpreter: Interpreter
  ) throws(Fault) -> String {
    guard let value, !value.isNone else { return fallback }
    guard let text = value.stringText else {
      throw Fault.type(
        "print() \(name): expected a text; received '\(interpreter.typeName(value))'")
    }
    return text
  }

  static let input = Builtin(
    Entry(
      "input",
      [
        .positional("prompt", .string, default: "\"\""),
        .keyword("password", .bool, default: "False"),
      ], group: "Output",
      summary: "Asks for a line of text; with `password=True` what is typed stays hidden."),
    .bound { arguments, interpreter throws(Fault) in
      let prompt = try arguments[0].map { value throws(Fault) in try interpreter.text(value) } ?? ""
      let hides =
        try arguments[1].map { value throws(Fault) in try interpreter.truth(value) } ?? false
      return .string(try interpreter.host.input(prompt: prompt, password: hides))
    })

  static let display = Builtin(
    Entry(
      "display", [.variadic("values"), .keyword("display_id", .string)], group: "Output",
      summary: """
        Shows values the way that the last expression of a cell is shown. With a `display_id`, \
        which is a text, or True for a new one, it gives a handle whose `update` replaces them \
        later, as `update_display` does.
        """, examples: [Example("display([1, 2])", prints: "[1, 2]")]),
    .bound { arguments, interpreter throws(Fault) in
      let id = try identifier(arguments[1], interpreter)
      for value in arguments.rest {
        interpreter.host.display(try interpreter.bundle(value), id: id, update: false)
      }
      return id.map { .object(DisplayHandle($0)) } ?? .none
    })

  static let updateDisplay = Builtin(
    Entry(
      "update_display", [.positional("value"), .keyword("display_id", .string, default: nil)],
      group: "Output", summary: "Replaces what `display` has shown under the same `display_id`.",
      examples: [Example("update_display(\"done\", display_id=\"state\")", prints: "\"done\"")]),
    .bound { arguments, interpreter throws(Fault) in
      guard let id = try identifier(arguments[1], interpreter) else {
        throw Fault.type("update_display() needs a display_id")
      }
      let bundle = try interpreter.bundle(arguments[0] ?? .none)
      interpreter.host.display(bundle, id: id, update: true)
      return .none
    })

  private static func identifier(_ value: Value?, _ interpreter: Interpreter) throws(Fault)
    -> String?
  {
    switch value {
    case nil, .some(.none), .bool(false): return nil
    case .bool(true): return interpreter.newDisplayID()
    case .some(let value): return try interpreter.text(value)
    }
  }

  static let clearOutput = Builtin(
    Entry(
      "clear_output", [.optional("wait", .bool, default: "False")], group: "Output",
      summary: "Takes away what the cell has shown; with `wait=True` when the next output comes.",
      examples: [Example("clear_output()")]),
    .bound { arguments, interpreter throws(Fault) in
      let waits =
        try arguments[0].map { value throws(Fault) in try interpreter.truth(value) } ?? false
      interpreter.host.clearOutput(wait: waits)
      return .none
    })
}

/// `stdout` and `stderr`, for `print(…, file=stderr)`.
public final class StreamObject: Object {
  let stream: OutputStream

  /// Names a stream.
  public init(_ stream: OutputStream) {
    self.stream = stream
    super.init()
  }

  /// The name that `type(x)` gives.
  public override var typeName: String { "stream" }

  /// The text of `repr(self)`.
  public override func representation(_ interpreter: Interpreter) throws(Fault) -> String {
    stream == .standard ? "stdout" : "stderr"
  }
}
