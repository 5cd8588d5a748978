/// The kinds of tokens.
enum TokenKind: UInt8, Sendable {
  // Structure.
  case end, newline, indent, dedent
  /// The lexer stopped here; its error says why.
  case failure

  // Words and literals.
  case name, int, float
  /// A string or bytes literal other than an f-string, prefix and quotes included.
  case string
  /// Prefix and opening quotes of an f-string.
  case formatStart
  /// Literal text within an f-string or within a format specification.
  case formatText
  case formatEnd
  /// The `{`, the `!` or the `:` of a replacement field; `}` is ``rightBrace``.
  case fieldStart, fieldConversion, fieldSpec

  // Brackets and marks.
  case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, colon, semicolon, dot, ellipsis, arrow, walrus, bang

  // Operators.
  case plus, minus, star, doubleStar, slash, doubleSlash, percent, at
  case ampersand, pipe, caret, tilde, shiftLeft, shiftRight
  case equalEqual, notEqual, less, lessEqual, greater, greaterEqual
  case equal, plusEqual, minusEqual, starEqual, doubleStarEqual, slashEqual, doubleSlashEqual
  case percentEqual, atEqual, ampersandEqual, pipeEqual, caretEqual, shiftLeftEqual
  case shiftRightEqual

  // Keywords of the language.
  case and, `as`, assert, `break`, `continue`, def, del, elif, `else`, `false`, `for`, from, `if`
  case `import`, `in`, `is`, lambda, none, not, or, pass, `return`, `true`, `while`

  // Python's keywords that the language has no use for; they stay reserved.
  case async, await, `class`, except, finally, global, nonlocal, raise, `try`, with, yield

  /// The text of a token that always has the same; nil for the others.
  var fixedText: String? {
    switch self {
    case .end, .newline, .indent, .dedent, .failure, .name, .int, .float, .string: nil
    case .formatStart, .formatText, .formatEnd: nil
    case .fieldStart, .leftBrace: "{"
    case .fieldConversion, .bang: "!"
    case .fieldSpec, .colon: ":"
    case .leftParen: "("
    case .rightParen: ")"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .rightBrace: "}"
    case .comma: ","
    case .semicolon: ";"
    case .dot: "."
    case .ellipsis: "..."
    case .arrow: "->"
    case .walrus: ":="
    case .equal: "="
    case .equalEqual: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    case .tilde: "~"
    case .none: "None"
    case .true: "True"
    case .false: "False"
    default: binaryOperator?.rawValue ?? augmentedOperator.map { $0.rawValue + "=" } ?? keyword
    }
  }

  /// The spelling of a keyword: that of its case.
  private var keyword: String { String(describing: self) }

  /// True for words that cannot be names.
  var isKeyword: Bool { rawValue >= TokenKind.and.rawValue }

  /// True where an expression can start.
  var startsExpression: Bool {
    switch self {
    case .name, .int, .float, .string, .formatStart, .leftParen, .leftBracket, .leftBrace,
      .ellipsis, .minus, .plus, .tilde, .not, .lambda, .none, .true, .false:
      true
    default: false
    }
  }

  /// The arithmetic or bitwise operator that it is.
  var binaryOperator: BinaryOperator? {
    switch self {
    case .plus: .add
    case .minus: .subtract
    case .star: .multiply
    case .doubleStar: .power
    case .slash: .divide
    case .doubleSlash: .floorDivide
    case .percent: .modulo
    case .at: .matmul
    case .ampersand: .and
    case .pipe: .or
    case .caret: .xor
    case .shiftLeft: .shiftLeft
    case .shiftRight: .shiftRight
    default: nil
    }
  }

  /// The operator of an augmented assignment.
  var augmentedOperator: BinaryOperator? {
    switch self {
    case .plusEqual: .add
    case .minusEqual: .subtract
    case .starEqual: .multiply
    case .doubleStarEqual: .power
    case .slashEqual: .divide
    case .doubleSlashEqual: .floorDivide
    case .percentEqual: .modulo
    case .atEqual: .matmul
    case .ampersandEqual: .and
    case .pipeEqual: .or
    case .caretEqual: .xor
    case .shiftLeftEqual: .shiftLeft
    case .shiftRightEqual: .shiftRight
    default: nil
    }
  }

  /// Keywords by their spelling, for the lexer.
  static let keywords: [String: TokenKind] = {
    var table: [String: TokenKind] = [:]
    var raw = TokenKind.and.rawValue
    while let kind = TokenKind(rawValue: raw) {
      if let text = kind.fixedText { table[text] = kind }
      raw += 1
    }
    return table
  }()
}

/// A token: its kind and the bytes that it covers.
///
/// Texts and numbers are read when they are needed.
struct Token: Sendable {
  let kind: TokenKind
  let start: Int32
  let end: Int32
}
