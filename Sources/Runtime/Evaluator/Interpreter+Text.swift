import BigInt
import Catalog

extension Interpreter {
  /// The name that `type(x)` gives and messages use.
  public func typeName(_ value: Value) -> String { Interpreter.typeName(value) }

  static func typeName(_ value: Value) -> String {
    switch value {
    case .none: "NoneType"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .object(let object): object.typeName
    }
  }

  /// The truth of a value, for `if` and `not`.
  public func truth(_ value: Value) throws(Fault) -> Bool {
    switch value {
    case .none: return false
    case .bool(let flag): return flag
    case .int(let number): return number != 0
    case .float(let number): return number != 0
    case .object(let object):
      switch object.kind {
      case .string: return object.asString?.byteCount != 0
      case .list: return !(object.asList?.storage.isEmpty ?? true)
      case .tuple: return object.asTuple?.count != 0
      case .dict: return object.asDict?.count != 0
      case .set: return object.asSet?.count != 0
      case .range: return object.asRange?.count != 0
      case .bytes: return !(object.asBytes?.bytes.isEmpty ?? true)
      case .host: return try object.truth(self)
      default: return true
      }
    }
  }

  /// The text of `str(value)`.
  public func text(_ value: Value) throws(Fault) -> String {
    if case .object(let object) = value {
      if let string = object.asString { return string.text }
      if object.kind == .host { return try object.text(self) }
      if let bytes = object.asBytes { return String(decoding: bytes.bytes, as: UTF8.self) }
    }
    return try representation(value)
  }

  /// Appends the text of `str(value)`.
  func write(_ value: Value, to text: TextBuffer) throws(Fault) {
    if let string = value.string {
      text.append(string.bytes)
    } else if case .int(let number) = value {
      IntegerText.write(number, to: text)
    } else {
      text.append(try self.text(value))
    }
  }

  /// The text of `str(value)` as an object of the language: a string is its own.
  func string(_ value: Value) throws(Fault) -> Value {
    switch value {
    case .int(let number):
      return try string { text throws(Fault) in IntegerText.write(number, to: text) }
    case .object(let object):
      if object.kind == .string { return value }
      if let bytes = object.asBytes?.bytes, (try? UTF8Span(validating: bytes.span)) != nil {
        return .object(try string(utf8: bytes))
      }
    default: break
    }
    return .string(try text(value))
  }

  /// The text of `repr(value)`.
  public func representation(_ value: Value) throws(Fault) -> String {
    var result = ""
    try write(value, to: &result)
    return result
  }

  /// What a cell whose last expression is this value shows.
  public func bundle(_ value: Value) throws(Fault) -> MimeBundle {
    if case .object(let object) = value, object.kind == .host { return try object.bundle(self) }
    return MimeBundle(text: try representation(value))
  }

  /// A value in one short line: containers and long texts are cut.
  public static func shortText(_ value: Value) -> String {
    switch value {
    case .none: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .int(let number): String(number)
    case .float(let number): FloatText.representation(number)
    case .object(let object):
      switch object.kind {
      case .string: shortQuoted(object.asString)
      case .list: object.asList?.count == 0 ? "[]" : "[…]"
      case .tuple: object.asTuple?.elements.isEmpty == true ? "()" : "(…)"
      case .dict: object.asDict?.count == 0 ? "{}" : "{…}"
      default: object.brief
      }
    }
  }

  /// The representation as a message cites it: a long one is cut.
  func citation(_ value: Value) throws(Fault) -> String {
    if case .object(let object) = value, object.kind == .bigInt { return object.brief }
    let text = try representation(value)
    guard text.utf8.count > 300 else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(297))) + "…"
  }

  private static func shortQuoted(_ string: StringObject?) -> String {
    guard let string, string.byteCount > 80 else { return quoted(string?.text ?? "") }
    return quoted(string.slice(0, 77).text).dropLast() + "…\""
  }

  private func write(_ value: Value, to result: inout String) throws(Fault) {
    let before = result.utf8.count
    switch value {
    case .none: result += "None"
    case .bool(let flag): result += flag ? "True" : "False"
    case .int(let number): result += String(number)
    case .float(let number): result += FloatText.representation(number)
    case .object(let object): try write(object, to: &result)
    }
    try checkGrowth(from: before, to: result.utf8.count, "the text of the value")
  }

  private func write(_ object: Object, to result: inout String) throws(Fault) {
    switch object.kind {
    case .string:
      result += "\""
      for scalar in (object.asString?.text ?? "").unicodeScalars {
        try checkInterruption()
        Interpreter.quote(scalar, to: &result)
      }
      result += "\""
    case .bytes:
      result += "b\""
      for byte in object.asBytes?.bytes ?? [] {
        try checkInterruption()
        Interpreter.quote(byte, to: &result)
      }
      result += "\""
    case .bigInt: result += try IntegerText.decimal(object.asBigInt, self)
    case .list: try write(object.asList?.storage ?? [], "[", "]", of: object, to: &result)
    case .tuple:
      let elements = object.asTuple?.elements ?? []
      try write(elements, "(", elements.count == 1 ? ",)" : ")", of: object, to: &result)
    case .set:
      try write(object.asSet?.elements ?? [], "set([", "])", of: object, to: &result)
    case .dict:
      if isBeingWritten(object) {
        result += "{...}"
        return
      }
      result += "{"
      writing.append(object)
      defer { writing.removeLast() }
      try deeper { () throws(Fault) in
        var isFirst = true
        for entry in object.asDict?.table.entries ?? [] {
          guard let key = entry.key else { continue }
          try tick()
          if !isFirst { result += ", " }
          isFirst = false
          try write(key, to: &result)
          result += ": "
          try write(entry.value, to: &result)
        }
      }
      result += "}"
    case .range:
      guard let range = object.asRange else { return }
      result += "range(\(range.start), \(range.stop)"
      result += range.step == 1 ? ")" : ", \(range.step))"
    case .slice:
      guard let slice = object.asSlice else { return }
      try write([slice.start, slice.stop, slice.step], "slice(", ")", of: object, to: &result)
    case .ellipsis: result += "Ellipsis"
    case .function: result += "<function \(object.asFunction?.name ?? "")>"
    case .builtin: result += "<built-in function \(object.asBuiltin?.builtin.entry.name ?? "")>"
    case .boundMethod:
      guard let bound = object.asBoundMethod else { return }
      result += "<built-in method \(bound.method.entry.name) of \(typeName(bound.receiver)) value>"
    case .module: result += "<module '\(object.asModule?.name ?? "")'>"
    case .structure:
      result += "struct("
      writing.append(object)
      defer { writing.removeLast() }
      try deeper { () throws(Fault) in
        var isFirst = true
        for field in object.asStruct?.fields ?? [] {
          if !isFirst { result += ", " }
          isFirst = false
          result += field.name + " = "
          try write(field.value, to: &result)
        }
      }
      result += ")"
    case .cell, .walk: result += "<cell>"
    case .host: result += try object.representation(self)
    }
  }

  private func write(
    _ elements: [Value], _ open: String, _ close: String, of object: Object,
    to result: inout String
  ) throws(Fault) {
    if isBeingWritten(object) {
      result += open + "..." + close
      return
    }
    writing.append(object)
    defer { writing.removeLast() }
    result += open
    try deeper { () throws(Fault) in
      var isFirst = true
      for element in elements {
        try tick()
        if !isFirst { result += ", " }
        isFirst = false
        try write(element, to: &result)
      }
    }
    result += close
  }

  /// True for a container that is being printed already: it contains itself.
  private func isBeingWritten(_ object: Object) -> Bool { writing.contains { $0 === object } }

  // MARK: - Quoting

  /// A string as the language writes it: double quotes, escapes for what does not print.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars { quote(scalar, to: &result) }
    return result + "\""
  }

  private static func quote(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default:
      if isPrintable(scalar) {
        result.unicodeScalars.append(scalar)
      } else if scalar.value < 0x100 {
        result += "\\x" + hexadecimal(scalar.value, 2)
      } else if scalar.value < 0x10000 {
        result += "\\u" + hexadecimal(scalar.value, 4)
      } else {
        result += "\\U" + hexadecimal(scalar.value, 8)
      }
    }
  }

  /// Writes a byte of a bytes literal: what is not ASCII has no character there.
  private static func quote(_ byte: UInt8, to result: inout String) {
    if byte < 0x80 {
      quote(Unicode.Scalar(byte), to: &result)
    } else {
      result += "\\x" + hexadecimal(UInt32(byte), 2)
    }
  }

  private static func hexadecimal(_ number: UInt32, _ width: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }
}
