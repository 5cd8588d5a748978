import Diagnostics
import Syntax

extension Builder {
  /// Compiles `[a, b]`.
  func list(_ elements: [Expression]) -> Code {
    let evaluate = sequence(elements)
    return Code { frame throws(Fault) in .list(try evaluate(frame)) }
  }

  /// Compiles `(a, b)`.
  func tuple(_ elements: [Expression]) -> Code {
    if let value = constant(Expression(.tuple(elements), Span(0, 0))) {
      return Code { (_) throws(Fault) in value }
    }
    if elements.count == 2 {
      let (first, second) = (expression(elements[0]), expression(elements[1]))
      return Code { frame throws(Fault) in
        let a = try first(frame)
        return .pair(a, try second(frame))
      }
    }
    let evaluate = sequence(elements)
    return Code { frame throws(Fault) in .tuple(try evaluate(frame)) }
  }

  private func sequence(_ elements: [Expression]) -> (Frame) throws(Fault) -> [Value] {
    let codes = elements.map(expression)
    switch codes.count {
    case 1:
      let first = codes[0]
      return { frame throws(Fault) in [try first(frame)] }
    case 2:
      let (first, second) = (codes[0], codes[1])
      return { frame throws(Fault) in
        let a = try first(frame)
        return [a, try second(frame)]
      }
    default:
      return { frame throws(Fault) in
        var values: [Value] = []
        values.reserveCapacity(codes.count)
        for code in codes { values.append(try code(frame)) }
        return values
      }
    }
  }

  /// Compiles `{key: value, **mapping}`.
  func dict(_ entries: [DictEntry], _ span: Span) -> Code {
    let parts = entries.map { entry in
      (
        key: entry.key.map(expression), value: expression(entry.value),
        site: site(entry.key?.span ?? entry.value.span)
      )
    }
    return Code { frame throws(Fault) in
      let dict = DictObject()
      for part in parts {
        if let key = part.key {
          let key = try key(frame)
          try part.site.put(dict, key, try part.value(frame))
          continue
        }
        let value = try part.value(frame)
        guard let mapping = value.asDict else {
          throw part.site.located(
            Fault.type(
              "'**' expects a dict; received '\(part.site.interpreter.typeName(value))'"))
        }
        for (key, value) in mapping.pairs { try part.site.put(dict, key, value) }
      }
      return .object(dict)
    }
  }

  /// Compiles an f-string.
  func formatted(_ pieces: [FormattedPiece], _ span: Span) -> Code {
    let parts = pieces.map(text)
    let interpreter = interpreter
    return Code { frame throws(Fault) in
      try interpreter.string { text throws(Fault) in
        for part in parts { try part(frame, &text) }
      }
    }
  }

  private func text(_ piece: FormattedPiece) -> Text {
    switch piece {
    case .text(let literal):
      let bytes = Array(literal.utf8)
      return Text { (_, text) throws(Fault) in text += bytes }
    case .field(let value, let label, let conversion, let spec):
      // As in Python, `{x=}` shows repr unless something else is asked for.
      let field = field(value, conversion ?? (label != nil && spec.isEmpty ? "r" : nil), spec)
      guard let label else { return field }
      let bytes = Array(label.utf8)
      return Text { frame, text throws(Fault) in
        text += bytes
        try field(frame, &text)
      }
    }
  }

  private func field(
    _ value: Expression, _ conversion: Character?, _ spec: [FormattedPiece]
  ) -> Text {
    let code = expression(value)
    let site = site(value.span)
    guard !spec.isEmpty else {
      return Text { frame, text throws(Fault) in
        try site.write(try code(frame), conversion, to: &text)
      }
    }
    if case .text(let literal)? = spec.first, spec.count == 1,
      let parsed = try? FormatSpec(literal)
    {
      return Text { frame, text throws(Fault) in
        let value = try code(frame)
        if conversion == nil, case .int(let number) = value, parsed.write(number, to: &text) {
          return
        }
        text += try site.format(value, conversion, literal).utf8
      }
    }
    let parts = spec.map(text)
    return Text { frame, text throws(Fault) in
      let value = try code(frame)
      var layout: [UInt8] = []
      for part in parts { try part(frame, &layout) }
      text += try site.format(value, conversion, String(decoding: layout, as: UTF8.self)).utf8
    }
  }
}

extension Site {
  /// Appends the text of a field of an f-string that has no specification.
  fileprivate func write(_ value: Value, _ conversion: Character?, to text: inout [UInt8])
    throws(Fault)
  {
    do throws(Fault) {
      if let conversion {
        text += try Formatting.convert(value, conversion, interpreter).utf8
      } else {
        try interpreter.write(value, to: &text)
      }
    } catch {
      throw called(error)
    }
  }

  /// The text of a field of an f-string by a specification.
  fileprivate func format(_ value: Value, _ conversion: Character?, _ spec: String) throws(Fault)
    -> String
  {
    do throws(Fault) {
      guard let conversion else { return try Formatting.format(value, spec, interpreter) }
      let text = try Formatting.convert(value, conversion, interpreter)
      return try Formatting.format(.string(text), spec, interpreter)
    } catch {
      throw called(error)
    }
  }
}
