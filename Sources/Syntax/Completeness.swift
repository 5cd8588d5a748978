internal import Diagnostics

/// Whether a text can run as it stands, asked each time that Enter is pressed.
///
/// A text with a block of several lines is complete once a blank line follows it, as in IPython,
/// since the block might go on.
public enum Completeness: Sendable, Hashable {
  /// It can run.
  case complete
  /// More must follow, on a line that starts with `indent`.
  case incomplete(indent: String)
  /// Nothing that could follow makes it right.
  case invalid
  /// Cannot be told.
  case unknown

  /// Judges a text of the language; lines of the session (`%time x`, `x?`) are not known here.
  public static func of(_ text: String) -> Completeness {
    let lines = Lines(text)
    let module: Module
    do throws(SyntaxError) {
      module = try Parser.parse(SourceFile(name: "", text: text))
    } catch {
      return error.isAtEnd ? .incomplete(indent: lines.nextIndent) : .invalid
    }
    do throws(SyntaxErrors) { _ = try Resolver.resolve(module) } catch { return .invalid }
    guard let last = module.statements.last, !lines.endsInBlank, last.opensBlock,
      lines.lastIsIndented
    else { return .complete }
    return .incomplete(indent: lines.nextIndent)
  }
}

extension Statement {
  fileprivate var opensBlock: Bool {
    switch kind {
    case .if, .for, .while, .def: true
    default: false
    }
  }
}

/// What the last lines of a text say about the next one.
private struct Lines {
  /// The last line that is not blank, up to its comment.
  private let last: Substring
  /// True when nothing but white space follows the last line end.
  let endsInBlank: Bool

  init(_ text: String) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    endsInBlank = lines.count > 1 && lines.last.map { $0.allSatisfy(\.isWhitespace) } ?? true
    last = lines.last { !$0.allSatisfy(\.isWhitespace) } ?? ""
  }

  private var indent: Substring { last.prefix { $0 == " " || $0 == "\t" } }

  var lastIsIndented: Bool { !indent.isEmpty }

  /// The indentation of the next line: deeper after a colon, less after what ends a block.
  var nextIndent: String {
    let file = SourceFile(name: "", text: String(last.drop { $0 == " " || $0 == "\t" }))
    var lexer = Lexer(file)
    lexer.run()
    let tokens = lexer.tokens.map(\.kind).filter { $0 != .newline && $0 != .end && $0 != .dedent }
    if tokens.last == .colon, lexer.contexts.isEmpty {
      return indent + (indent.hasSuffix("\t") ? "\t" : "    ")
    }
    switch tokens.first {
    case .return?, .pass?, .break?, .continue?:
      return String(indent.hasSuffix("\t") ? indent.dropLast() : indent.dropLast(4))
    default: return String(indent)
    }
  }
}
