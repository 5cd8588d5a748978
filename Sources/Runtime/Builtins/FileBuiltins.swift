import Catalog
import Platform

extension BuiltinTable {
  static let files: [Builtin] = [readText, readLines, writeText]

  static let readText = Builtin(
    Entry(
      "read_text", [.positional("path", .path)], group: "Files",
      summary: "The content of a UTF-8 file below the working directory.",
      examples: [
        Example("write_text(\"note.txt\", \"hello\")\nread_text(\"note.txt\")", prints: "\"hello\"")
      ]),
    .one { value, interpreter throws(Fault) in
      .string(try content(of: value, "read_text", interpreter))
    })

  static let readLines = Builtin(
    Entry(
      "read_lines", [.positional("path", .path)], group: "Files",
      summary: "The lines of a UTF-8 file below the working directory, without their ends.",
      examples: [
        Example(
          "write_text(\"note.txt\", \"a\\nb\\n\")\nread_lines(\"note.txt\")",
          prints: "[\"a\", \"b\"]")
      ]),
    .one { value, interpreter throws(Fault) in
      let text = StringObject(try content(of: value, "read_lines", interpreter))
      defer { extendLifetime(text) }
      return .list(
        try interpreter.gather { lines throws(Fault) in
          try TextLines.forEach(in: text.bytes, at: .files, keepsEnds: false) {
            line throws(Fault) in
            try interpreter.tick()
            lines.append(.object(line.string))
          }
        })
    })

  static let writeText = Builtin(
    Entry(
      "write_text", [.positional("path", .path), .positional("text", .string)], group: "Files",
      summary: """
        Writes a text to a file below the working directory, in UTF-8. The file is replaced whole \
        or not at all.
        """, examples: [Example("write_text(\"note.txt\", \"hello\")")]),
    .bound { arguments, interpreter throws(Fault) in
      let name = try path(arguments[0] ?? .none, "write_text", interpreter)
      guard let text = arguments[1]?.asString else {
        throw Fault.type("write_text() expected a text", help: "turn the value into one: str(x)")
      }
      do throws(FileError) { try interpreter.host.files.write(text.bytes.array, to: name) } catch {
        throw Fault("OSError", error.description, help: error.help)
      }
      return .none
    })

  private static func content(of value: Value, _ function: String, _ interpreter: Interpreter)
    throws(Fault) -> String
  {
    let name = try path(value, function, interpreter)
    do throws(FileError) { return try interpreter.host.files.readText(name) } catch {
      throw Fault("OSError", error.description, help: error.help)
    }
  }

  private static func path(_ value: Value, _ function: String, _ interpreter: Interpreter)
    throws(Fault) -> String
  {
    guard let path = value.stringText else {
      throw Fault.type(
        "\(function)() expected a path; received '\(interpreter.typeName(value))'")
    }
    return path
  }
}
