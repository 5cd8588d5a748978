import Catalog
@testable import Syntax

/// Writes trees as short text, so that a test says in one line what it expects.
///
/// Every operator gets parentheses; what the source leaves open shows.
enum Shape {
  static func of(_ module: Module) -> String {
    module.statements.map(of).joined(separator: "; ")
  }

  static func of(_ statements: [Statement]) -> String {
    "{" + statements.map(of).joined(separator: "; ") + "}"
  }

  static func of(_ statement: Statement) -> String {
    switch statement.kind {
    case .expression(let value): of(value)
    case .assign(let target, let value): "\(of(target)) = \(of(value))"
    case .augmented(let target, let op, let value, _):
      "\(of(target)) \(op.rawValue)= \(of(value))"
    case .if(let condition, let then, let otherwise):
      "if \(of(condition)) \(of(then))" + (otherwise.isEmpty ? "" : " else \(of(otherwise))")
    case .for(let target, let iterable, let body):
      "for \(of(target)) in \(of(iterable)) \(of(body))"
    case .while(let condition, let body): "while \(of(condition)) \(of(body))"
    case .def(let function): "def \(function.name?.text ?? "?")\(of(function))"
    case .return(let value): "return" + (value.map { " " + of($0) } ?? "")
    case .break: "break"
    case .continue: "continue"
    case .pass: "pass"
    case .assert(let condition, let message):
      "assert \(of(condition))" + (message.map { ", " + of($0) } ?? "")
    case .delete(let targets): "del " + targets.map(of).joined(separator: ", ")
    case .load(let path, _, let names): "load \(path): \(of(names))"
    case .importModule(let path, _, let local, let isAlias):
      "import \(path) \(isAlias ? "as" : "binds") \(local.text)"
    case .importNames(let path, _, let names):
      "from \(path) import \(names.isEmpty ? "*" : of(names))"
    }
  }

  private static func of(_ names: [LoadedName]) -> String {
    names.map { "\($0.local.text)=\($0.original)" }.joined(separator: ", ")
  }

  static func of(_ target: Target) -> String {
    switch target.kind {
    case .name(let name): name.text
    case .index(let object, let index): "\(of(object))[\(of(index))]"
    case .attribute(let object, let name): "\(of(object)).\(name.text)"
    case .sequence(let items): "<\(items.map(of).joined(separator: ", "))>"
    case .starred(let inner): "*\(of(inner))"
    }
  }

  private static func of(_ function: Function) -> String {
    let parameters = function.parameters.map { parameter in
      let mark =
        switch parameter.passing {
        case .positional: "pos "
        case .either: ""
        case .variadic: "*"
        case .keyword: "key "
        case .keywordVariadic: "**"
        }
      return mark + parameter.name.text
        + (parameter.defaultValue.map { "=" + of($0) } ?? "")
    }
    return "(\(parameters.joined(separator: ", "))) \(of(function.body))"
  }

  static func of(_ expression: Expression) -> String {
    switch expression.kind {
    case .none: "None"
    case .ellipsis: "..."
    case .bool(let value): value ? "True" : "False"
    case .int(let value): "\(value)"
    case .bigInt(let digits, let radix): "big(\(digits), \(radix))"
    case .float(let value): "\(value)"
    case .string(let text): text.debugDescription
    case .bytes(let bytes): "b\(bytes)"
    case .formatted(let pieces): "f(\(of(pieces)))"
    case .name(let name): name.text
    case .list(let items): "[\(items.map(of).joined(separator: ", "))]"
    case .tuple(let items): "<\(items.map(of).joined(separator: ", "))>"
    case .dict(let entries):
      "{\(entries.map { ($0.key.map { of($0) + ": " } ?? "**") + of($0.value) }.joined(separator: ", "))}"
    case .listComprehension(let body, let clauses): "[\(of(body))\(of(clauses))]"
    case .dictComprehension(let key, let value, let clauses):
      "{\(of(key)): \(of(value))\(of(clauses))}"
    case .lambda(let function): "lambda\(of(function))"
    case .conditional(let condition, let then, let otherwise):
      "(\(of(condition)) ? \(of(then)) : \(of(otherwise)))"
    case .not(let operand): "(not \(of(operand)))"
    case .and(let left, let right): "(\(of(left)) and \(of(right)))"
    case .or(let left, let right): "(\(of(left)) or \(of(right)))"
    case .unary(let op, let operand): "(\(op.rawValue)\(of(operand)))"
    case .binary(let op, let left, let right, _): "(\(of(left)) \(op.rawValue) \(of(right)))"
    case .comparison(let first, let rest):
      "(\(of(first))\(rest.map { " \($0.op.rawValue) \(of($0.right))" }.joined()))"
    case .call(let callee, let arguments):
      "\(of(callee))(\(arguments.map(of).joined(separator: ", ")))"
    case .attribute(let object, let name): "\(of(object)).\(name.text)"
    case .index(let object, let index): "\(of(object))[\(of(index))]"
    case .slice(let start, let stop, let step):
      [start, stop, step].map { $0.map(of) ?? "" }.joined(separator: ":")
    }
  }

  private static func of(_ clauses: [ComprehensionClause]) -> String {
    clauses.map {
      switch $0 {
      case .each(let target, let iterable): " for \(of(target)) in \(of(iterable))"
      case .filter(let condition): " if \(of(condition))"
      }
    }.joined()
  }

  private static func of(_ argument: Argument) -> String {
    switch argument.passing {
    case .positional: of(argument.value)
    case .named(let name, _): "\(name)=\(of(argument.value))"
    case .unpackedList: "*\(of(argument.value))"
    case .unpackedDict: "**\(of(argument.value))"
    }
  }

  private static func of(_ pieces: [FormattedPiece]) -> String {
    pieces.map {
      switch $0 {
      case .text(let text): text.debugDescription
      case .field(let value, let label, let conversion, let spec, _):
        "{" + (label.map { $0.debugDescription + " " } ?? "") + of(value)
          + (conversion.map { "!\($0)" } ?? "") + (spec.isEmpty ? "" : ":\(of(spec))") + "}"
      }
    }.joined(separator: " ")
  }
}
