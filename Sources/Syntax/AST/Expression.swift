public import Diagnostics

/// A part of a program that has a value, with its place.
public struct Expression: Sendable {
  /// What it is.
  public let kind: Kind
  /// The bytes from its first to its last token; parentheses around it are not part of it.
  public let span: Span
  /// The nodes on the longest way down to a leaf, which the parser keeps below a limit.
  let height: Int32

  /// Makes an expression.
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
    height = kind.childHeight &+ 1
  }

  /// The kinds of expressions.
  public indirect enum Kind: Sendable {
    case none
    case ellipsis
    case bool(Bool)
    case int(Int)
    /// A decimal integer beyond 64 bits, as its digits without underscores or prefix.
    case bigInt(digits: String, radix: Int)
    case float(Double)
    case string(String)
    case bytes([UInt8])
    /// Pieces of an f-string in order.
    case formatted([FormattedPiece])
    case name(Name)
    case list([Expression])
    case tuple([Expression])
    case dict([DictEntry])
    /// `[body for …]` and a generator that is the sole argument of a call, evaluated as a list.
    case listComprehension(body: Expression, clauses: [ComprehensionClause])
    case dictComprehension(key: Expression, value: Expression, clauses: [ComprehensionClause])
    case lambda(Function)
    case conditional(condition: Expression, then: Expression, otherwise: Expression)
    case not(Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case unary(UnaryOperator, Expression)
    /// The span of the operator token is kept, since messages underline both operands around it.
    case binary(BinaryOperator, Expression, Expression, operatorSpan: Span)
    /// `a < b <= c`: `rest` holds each operator with its right operand; often just one.
    case comparison(Expression, rest: [ComparisonLink])
    case call(Expression, [Argument])
    case attribute(Expression, Name)
    case index(Expression, Expression)
    /// `start:stop:step`, only inside the brackets of an index (alone or in a tuple).
    case slice(Expression?, Expression?, Expression?)
  }
}

/// An identifier at one place.
///
/// `id` is its row in ``Resolution/bindings``.
public struct Name: Sendable {
  /// The identifier.
  public let text: String
  /// Its place.
  public let span: Span
  /// Its number within its module, from 0.
  public let id: Int

  /// Makes a name.
  public init(_ text: String, _ span: Span, id: Int) {
    self.text = text
    self.span = span
    self.id = id
  }
}

/// One piece of an f-string.
public enum FormattedPiece: Sendable {
  /// Literal text, escapes already read.
  case text(String)
  /// `{expression!r:spec}`; `label` is the text before the `=` of `{x=}`, with it, and `place` is
  /// that of the spec, or of the expression without one.
  case field(
    Expression, label: String?, conversion: Character?, spec: [FormattedPiece], place: Span)
}

/// One entry of a dict display: `key: value`, or `**mapping` when `key` is nil.
public struct DictEntry: Sendable {
  /// The key, or nil for an unpacked mapping.
  public let key: Expression?
  /// The value or the mapping.
  public let value: Expression

  /// Makes an entry.
  public init(key: Expression?, value: Expression) {
    self.key = key
    self.value = value
  }
}

/// `for target in iterable` or `if condition` of a comprehension.
public enum ComprehensionClause: Sendable {
  case each(Target, in: Expression)
  case filter(Expression)
}

/// A comparison operator and its right operand.
public struct ComparisonLink: Sendable {
  /// The operator.
  public let op: ComparisonOperator
  /// The right operand.
  public let right: Expression
  /// The place of the operator.
  public let operatorSpan: Span

  /// Makes a link.
  public init(_ op: ComparisonOperator, _ right: Expression, operatorSpan: Span) {
    self.op = op
    self.right = right
    self.operatorSpan = operatorSpan
  }
}

/// One argument of a call.
public struct Argument: Sendable {
  /// How it is passed.
  public let passing: Passing
  /// Its value.
  public let value: Expression

  /// The four ways to pass an argument.
  public enum Passing: Sendable {
    case positional
    case named(String, Span)
    case unpackedList
    case unpackedDict
  }

  /// Makes an argument.
  public init(_ passing: Passing, _ value: Expression) {
    self.passing = passing
    self.value = value
  }
}

/// Operators before one operand.
public enum UnaryOperator: String, Sendable {
  case plus = "+"
  case minus = "-"
  case invert = "~"
}

/// Arithmetic and bitwise operators.
public enum BinaryOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case modulo = "%"
  case power = "**"
  case matmul = "@"
  case and = "&"
  case or = "|"
  case xor = "^"
  case shiftLeft = "<<"
  case shiftRight = ">>"
}

/// Operators with a truth value; `is` compares with None, True or False only.
public enum ComparisonOperator: String, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="
  case `in` = "in"
  case notIn = "not in"
  case `is` = "is"
  case isNot = "is not"
}
