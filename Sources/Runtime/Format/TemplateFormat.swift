/// A template of `str.format`, cut into its pieces.
final class BraceTemplate: ParsedTemplate {
  enum Piece {
    case text([UInt8])
    case field(Field)
    /// What is wrong with the template from here on, found when formatting comes so far.
    case fault(Fault)
  }

  /// One field: `{name.part!r:>{width}}`.
  struct Field {
    let reference: String
    let conversion: Character?
    /// What stands behind the colon; it may hold fields of its own.
    let spec: String
    /// What that asks for, where it is no fault and no fields stand in it.
    let parsedSpec: FormatSpec?
    /// True for `{}`.
    let isBare: Bool

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
      isBare = field.isEmpty
    }
  }

  let source: StringObject
  let pieces: [Piece]

  /// Cuts a template.
  init(_ template: StringObject) {
    source = template
    var pieces: [Piece] = []
    var rest = Substring(template.text)
    let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    do throws(Fault) {
      while let brace = rest.utf8.firstIndex(where: { $0 == open || $0 == close }) {
        if brace > rest.startIndex { pieces.append(.text(Array(rest[..<brace].utf8))) }
        let mark = rest.utf8[brace]
        rest = rest[rest.utf8.index(after: brace)...]
        if rest.utf8.first == mark {
          pieces.append(.text([mark]))
          rest = Substring(rest.utf8.dropFirst())
          continue
        }
        guard mark == open else {
          throw Fault.value("single '}' in format string", help: "write }} for a brace")
        }
        pieces.append(.field(try Field(try BraceTemplate.takeField(&rest))))
      }
      pieces.append(.text(Array(rest.utf8)))
    } catch {
      pieces.append(.fault(error))
    }
    self.pieces = pieces
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
    let parsed = interpreter.braceTemplates.parsed(template)
    return try interpreter.string { text throws(Fault) in try render(parsed, 0, to: &text) }
  }

  private mutating func render(
    _ template: BraceTemplate, _ depth: Int, to text: inout [UInt8]
  ) throws(Fault) {
    guard depth < 3 else { throw Fault.value("max string recursion exceeded") }
    for piece in template.pieces {
      switch piece {
      case .text(let bytes): text += bytes
      case .field(let field):
        if field.isBare {
          try interpreter.write(try nextArgument(), to: &text)
        } else {
          try fill(field, depth: depth, to: &text)
        }
        try interpreter.checkSize((text.count, false), "the text")
      case .fault(let fault): throw fault
      }
    }
  }

  private mutating func fill(
    _ field: BraceTemplate.Field, depth: Int, to text: inout [UInt8]
  ) throws(Fault) {
    let value =
      field.reference.isEmpty ? try nextArgument() : try resolve(Substring(field.reference))
    if let parsed = field.parsedSpec, field.conversion == nil, value.kind != .host {
      return try Formatting.write(value, parsed, to: &text, interpreter)
    }
    var spec = field.spec
    if spec.utf8.contains(UInt8(ascii: "{")) {
      var filled: [UInt8] = []
      try render(BraceTemplate(StringObject(spec)), depth + 1, to: &filled)
      spec = String(decoding: filled, as: UTF8.self)
    }
    if let conversion = field.conversion {
      let converted = try Formatting.convert(value, conversion, interpreter)
      text += try Formatting.format(.string(converted), spec, interpreter).utf8
    } else {
      text += try Formatting.format(value, spec, interpreter).utf8
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
      throw Fault("KeyError", "\"\(name)\"")
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
