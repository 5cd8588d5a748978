/// `str.format`: replacement fields in braces, with Python's answers.
struct TemplateFormat {
  let arguments: Arguments
  let interpreter: Interpreter
  /// The next automatic field number; nil once a field was numbered by hand.
  private var nextIndex: Int? = 0
  private var hasManualIndex = false

  init(arguments: Arguments, interpreter: Interpreter) {
    self.arguments = arguments
    self.interpreter = interpreter
  }

  /// The template with its fields filled in.
  ///
  /// - Throws: `ValueError` for lone braces, `IndexError` or `KeyError` for missing arguments.
  mutating func render(_ template: String, depth: Int = 0) throws(Fault) -> String {
    guard depth < 3 else { throw Fault.value("max string recursion exceeded") }
    var result = ""
    var rest = Substring(template)
    let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    while let brace = rest.utf8.firstIndex(where: { $0 == open || $0 == close }) {
      result += rest[..<brace]
      let mark = rest.utf8[brace]
      rest = rest[rest.utf8.index(after: brace)...]
      if rest.utf8.first == mark {
        result += mark == open ? "{" : "}"
        rest = Substring(rest.utf8.dropFirst())
        continue
      }
      guard mark == open else {
        throw Fault.value("single '}' in format string", help: "write }} for a brace")
      }
      let field = try Self.takeField(&rest)
      result += try fill(field, depth: depth)
      try interpreter.checkSize((result.utf8.count, false), "the text")
    }
    return result + rest
  }

  /// The text up to the brace that closes a field; braces inside it nest.
  private static func takeField(_ rest: inout Substring) throws(Fault) -> Substring {
    var level = 1
    for index in rest.utf8.indices {
      if rest.utf8[index] == UInt8(ascii: "{") { level += 1 }
      if rest.utf8[index] == UInt8(ascii: "}") { level -= 1 }
      if level == 0 {
        let field = rest[..<index]
        rest = rest[rest.utf8.index(after: index)...]
        return field
      }
    }
    throw Fault.value("single '{' in format string", help: "write {{ for a brace")
  }

  private mutating func fill(_ field: Substring, depth: Int) throws(Fault) -> String {
    if field.isEmpty { return try interpreter.text(try argument(field)) }
    var reference = field
    var spec: Substring = ""
    if let colon = field.firstIndex(of: ":") {
      reference = field[..<colon]
      spec = field[field.index(after: colon)...]
    }
    var conversion: Character?
    if let mark = reference.firstIndex(of: "!") {
      let flag = reference[reference.index(after: mark)...]
      guard flag.count == 1 else {
        throw Fault.value("expected one letter after '!' in format string", help: "use !r or !s")
      }
      conversion = flag.first
      reference = reference[..<mark]
    }
    let value = try resolve(reference)
    let rendered = spec.contains("{") ? try render(String(spec), depth: depth + 1) : String(spec)
    if let conversion {
      let text = try Formatting.convert(value, conversion, interpreter)
      return try Formatting.format(.string(text), rendered, interpreter)
    }
    return try Formatting.format(value, rendered, interpreter)
  }

  /// The value that `name`, `0`, `.x` and `[key]` steps lead to.
  private mutating func resolve(_ reference: Substring) throws(Fault) -> Value {
    let head = reference.prefix { $0 != "." && $0 != "[" }
    var rest = reference.dropFirst(head.count)
    var value = try argument(head)
    while let mark = rest.first {
      rest = rest.dropFirst()
      if mark == "." {
        let name = rest.prefix { $0 != "." && $0 != "[" }
        rest = rest.dropFirst(name.count)
        value = try interpreter.attribute(value, String(name))
      } else {
        guard let close = rest.firstIndex(of: "]") else {
          throw Fault.value("missing ']' in format string")
        }
        let key = rest[..<close]
        rest = rest[rest.index(after: close)...]
        let place = Self.isDigits(key) ? Int(key) : nil
        value = try interpreter.index(value, place.map { .int($0) } ?? .string(String(key)))
      }
    }
    return value
  }

  private mutating func argument(_ name: Substring) throws(Fault) -> Value {
    if name.isEmpty || Self.isDigits(name) {
      let index: Int
      if name.isEmpty {
        guard let next = nextIndex, !hasManualIndex else { throw mixed }
        index = next
        nextIndex = next + 1
      } else {
        guard nextIndex == 0 || hasManualIndex else { throw mixed }
        hasManualIndex = true
        index = Int(name) ?? .max
      }
      guard index < arguments.positional.count else {
        throw Fault.index(
          "replacement index \(name.isEmpty ? String(index) : String(name)) is out of range: "
            + "format() received \(arguments.positional.count) positional arguments")
      }
      return arguments.positional[index]
    }
    guard let found = arguments.named.first(where: { $0.name == name }) else {
      throw Fault("KeyError", "\"\(name)\"")
    }
    return found.value
  }

  private static func isDigits(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private var mixed: Fault {
    Fault.value("cannot mix '{}' and '{0}' fields in one format string")
  }
}
