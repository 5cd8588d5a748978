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
    let text = text(pieces)
    return Code { frame throws(Fault) in .string(try text(frame)) }
  }

  private func text(_ pieces: [FormattedPiece]) -> Text {
    let parts = pieces.map(text)
    return Text { frame throws(Fault) in
      var result = ""
      for part in parts { result += try part(frame) }
      return result
    }
  }

  private func text(_ piece: FormattedPiece) -> Text {
    switch piece {
    case .text(let text): return Text { (_) throws(Fault) in text }
    case .field(let value, let label, let conversion, let spec):
      // As in Python, `{x=}` shows repr unless something else is asked for.
      let field = field(value, conversion ?? (label != nil && spec.isEmpty ? "r" : nil), spec)
      guard let label else { return field }
      return Text { frame throws(Fault) in label + (try field(frame)) }
    }
  }

  private func field(
    _ value: Expression, _ conversion: Character?, _ spec: [FormattedPiece]
  ) -> Text {
    let code = expression(value)
    let site = site(value.span)
    let spec = spec.isEmpty ? nil : text(spec)
    return Text { frame throws(Fault) in
      let value = try code(frame)
      var layout = ""
      if let spec { layout = try spec(frame) }
      return try site.format(value, conversion, layout)
    }
  }
}

extension Site {
  /// The text of one field of an f-string.
  func format(_ value: Value, _ conversion: Character?, _ spec: String) throws(Fault) -> String {
    do throws(Fault) {
      guard let conversion else { return try Formatting.format(value, spec, interpreter) }
      let text = try Formatting.convert(value, conversion, interpreter)
      return spec.isEmpty ? text : try Formatting.format(.string(text), spec, interpreter)
    } catch {
      throw called(error)
    }
  }
}
