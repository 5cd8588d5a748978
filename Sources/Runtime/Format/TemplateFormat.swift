/// A template of `str.format`, cut into its pieces.
final class BraceTemplate: ParsedTemplate {
  enum Piece {
    /// Bytes of the template.
    case text(Range<Int>)
    /// `{}`.
    case next
    case field(Field)
  }

  /// One field: `{name.part!r:>{width}}`.
  final class Field {
    let reference: String
    let conversion: Character?
    /// What stands behind the colon; it may hold fields of its own.
    let spec: String
    /// What that asks for, where it is no fault and no fields stand in it.
    let parsedSpec: FormatSpec?

    init(_ field: Substring) throws(Fault) {
      var reference = field
      let colon = field.utf8.firstIndex(of: UInt8(ascii: ":"))
      if let colon { reference = field[..<colon] }
      spec = colon.map { String(field[field.utf8.index(after: $0)...]) } ?? ""
      if let mark = reference.utf8.firstIndex(of: UInt8(ascii: "!")) {
        let flag = reference[reference.utf8.index(after: mark)...]
        guard flag.count == 1 else {
          throw Fault.value("expected one letter after '!' in format string", help: "use !r or !s")
        }
        conversion = flag.first
        reference = reference[..<mark]
      } else {
        conversion = nil
      }
      self.reference = String(reference)
      parsedSpec =
        spec.isEmpty || spec.utf8.contains(UInt8(ascii: "{")) ? nil : try? FormatSpec(spec)
    }
  }

  let source: StringObject
  let pieces: [Piece]
  /// What is wrong with the template behind the pieces, found when formatting comes so far.
  let fault: Fault?

  /// Cuts a template.
  init(_ template: StringObject) {
    source = template
    var pieces: [Piece] = []
    do throws(Fault) {
      try BraceTemplate.cut(template.bytes, into: &pieces)
      fault = nil
    } catch {
      fault = error
    }
    self.pieces = pieces
  }

  private static let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))

  private static func cut(_ bytes: StringBytes, into pieces: inout [Piece]) throws(Fault) {
    var start = 0
    while let brace = (start..<bytes.count).first(where: { isBrace(bytes[$0]) }) {
      // Of two braces the first is text.
      let isText = bytes[brace + 1] == bytes[brace]
      let end = isText ? brace + 1 : brace
      if start < end { pieces.append(.text(start..<end)) }
      start = brace + 2
      if isText { continue }
      guard bytes[brace] == open else {
        throw Fault.value("single '}' in format string", help: "write }} for a brace")
      }
      let field = bytes[brace + 1..<(try closing(bytes, from: brace + 1))]
      pieces.append(field.isEmpty ? .next : .field(try Field(Substring(field.text))))
      start = field.endIndex + 1
    }
    if start < bytes.count { pieces.append(.text(start..<bytes.count)) }
  }

  private static func isBrace(_ byte: UInt8) -> Bool { byte == open || byte == close }

  /// The place of the brace that closes a field; braces inside it nest.
  private static func closing(_ bytes: StringBytes, from start: Int) throws(Fault) -> Int {
    var level = 1
    for place in start..<bytes.count {
      if bytes[place] == open { level += 1 }
      if bytes[place] == close { level -= 1 }
      if level == 0 { return place }
    }
    throw Fault.value("single '{' in format string", help: "write {{ for a brace")
  }
}

/// `str.format`: replacement fields in braces, with Python's answers.
struct TemplateFormat {
  let arguments: Arguments
  let interpreter: Interpreter
  /// The number of the next field that has none.
  private var nextIndex = 0
  private var hasManualIndex = false

  init(arguments: Arguments, interpreter: Interpreter) {
    self.arguments = arguments
    self.interpreter = interpreter
  }

  /// The template with its fields filled in.
  ///
  /// - Throws: `ValueError` for lone braces, `IndexError` or `KeyError` for missing arguments.
  mutating func render(_ template: StringObject) throws(Fault) -> Value {
    try keeping(interpreter.braceTemplates.parsed(template)) { parsed throws(Fault) in
      try interpreter.string { text throws(Fault) in try render(parsed, 0, to: text) }
    }
  }

  private mutating func render(
    _ template: BraceTemplate, _ depth: Int, to text: TextBuffer
  ) throws(Fault) {
    guard depth < 3 else { throw Fault.value("max string recursion exceeded") }
    var checked = text.count
    for piece in template.pieces {
      switch piece {
      case .text(let range):
        text.append(template.source.bytes[range])
        continue
      case .next: try interpreter.write(try nextArgument(), to: text)
      case .field(let field): try fill(field, depth: depth, to: text)
      }
      try interpreter.checkGrowth(from: checked, to: text.count, "the text")
      checked = text.count
    }
    if let fault = template.fault { throw fault }
  }

  private mutating func fill(
    _ field: BraceTemplate.Field, depth: Int, to text: TextBuffer
  ) throws(Fault) {
    let value =
      field.reference.isEmpty ? try nextArgument() : try resolve(Substring(field.reference))
    if let parsed = field.parsedSpec, field.conversion == nil, value.kind != .host {
      return try Formatting.write(value, parsed, to: text, interpreter)
    }
    var spec = field.spec
    if spec.utf8.contains(UInt8(ascii: "{")) {
      let template = BraceTemplate(StringObject(spec))
      spec =
        try interpreter.string { text throws(Fault) in
          try render(template, depth + 1, to: text)
        }.stringText ?? ""
    }
    if let conversion = field.conversion {
      let converted = try Formatting.convert(value, conversion, interpreter)
      text.append(try Formatting.format(.string(converted), spec, interpreter))
    } else {
      text.append(try Formatting.format(value, spec, interpreter))
    }
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
    if name.isEmpty { return try nextArgument() }
    if Self.isDigits(name) {
      guard nextIndex == 0 || hasManualIndex else { throw mixed }
      hasManualIndex = true
      guard let index = Int(name), index < arguments.positional.count else {
        throw outOfRange(name)
      }
      return arguments.positional[index]
    }
    guard let found = arguments.named.first(where: { $0.name == name }) else {
      throw Fault("KeyError", "format() received no argument \"\(name)\"")
    }
    return found.value
  }

  /// The argument that the next `{}` stands for.
  private mutating func nextArgument() throws(Fault) -> Value {
    guard !hasManualIndex else { throw mixed }
    guard nextIndex < arguments.positional.count else { throw outOfRange("\(nextIndex)") }
    nextIndex += 1
    return arguments.positional[nextIndex - 1]
  }

  private func outOfRange(_ index: Substring) -> Fault {
    Fault.index(
      "replacement index \(index) is out of range: "
        + "format() received \(arguments.positional.count) positional arguments")
  }

  private static func isDigits(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private var mixed: Fault {
    Fault.value("cannot mix '{}' and '{0}' fields in one format string")
  }
}
