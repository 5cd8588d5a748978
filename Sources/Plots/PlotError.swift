import Catalog
import Diagnostics

/// What can be wrong with a call that makes a figure.
public enum PlotError: Error, Sendable {
  /// A keyword that the function does not have.
  case unknownKeyword(function: String, name: String, known: [String])
  /// An argument given twice, by position and by name.
  case repeatedArgument(function: String, name: String)
  /// A required argument that is absent.
  case missingArgument(function: String, name: String)
  /// More positional arguments than the function takes.
  case tooManyArguments(function: String, expected: Int, received: Int)
  /// An argument of the wrong type; `received` names the type.
  case wrongType(function: String, argument: String, expected: String, received: String)
  /// An argument of the right type with a value that has no meaning here.
  case badValue(function: String, argument: String, expected: String, received: String)
  /// One of a closed set of names was expected.
  case unknownChoice(function: String, argument: String, received: String, known: [String])
  /// Two series that must be of one length are not.
  case lengthsDiffer(
    function: String, left: String, leftShape: [Int], right: String, rightShape: [Int])
  /// An array with too many or too few axes.
  case wrongRank(function: String, argument: String, expected: String, shape: [Int])
  /// Rows of unequal length where a grid of numbers was expected.
  case ragged(function: String, argument: String)
  /// A character that no format string has.
  case unknownFormat(function: String, format: String, character: Character)
  /// A name that is no colour.
  case unknownColor(function: String, name: String)
  /// Figures with different numbers of panels cannot be laid over each other.
  case unequalGrids(leftRows: Int, leftColumns: Int, rightRows: Int, rightColumns: Int)
  /// A grid received more figures than it has places.
  case figureCount(rows: Int, columns: Int, received: Int)
  /// A picture that would exceed a limit on its size.
  case tooLarge(function: String, what: String, limit: Int)
  /// The user interrupted the work.
  case interrupted
  /// An error of another engine, passed through.
  case foreign(any Error)

  /// The family of an error, from which a language chooses the name of its fault.
  public enum Kind: Sendable {
    /// A value of a wrong type, or a call that does not fit the signature.
    case type
    /// A value without a meaning.
    case value
    /// Shapes that do not meet.
    case shape
  }

  /// The family of this error.
  public var kind: Kind {
    switch self {
    case .unknownKeyword, .repeatedArgument, .missingArgument, .tooManyArguments, .wrongType: .type
    case .lengthsDiffer, .wrongRank, .ragged: .shape
    default: .value
    }
  }

  /// One sentence: what was expected and what was received.
  public var message: String {
    switch self {
    case .unknownKeyword(let function, let name, _):
      "\(function): no parameter is named '\(name)'"
    case .repeatedArgument(let function, let name):
      "\(function): received two values for '\(name)'"
    case .missingArgument(let function, let name):
      "\(function): expected a value for '\(name)'"
    case .tooManyArguments(let function, let expected, let received):
      "\(function): expected at most \(expected) positional \(plural(expected, "argument")); "
        + "received \(received)"
    case .wrongType(let function, let argument, let expected, let received):
      "\(function): expected \(expected) for '\(argument)'; received \(received)"
    case .badValue(let function, let argument, let expected, let received):
      "\(function): expected \(expected) for '\(argument)'; received \(received)"
    case .unknownChoice(let function, let argument, let received, let known):
      "\(function): expected \(argument) to be one of "
        + known.map { "'\($0)'" }.joined(separator: ", ") + "; received '\(received)'"
    case .lengthsDiffer(let function, let left, let leftShape, let right, let rightShape):
      "\(function): expected \(left) and \(right) of one length; received shapes "
        + "\(shapeText(leftShape)) and \(shapeText(rightShape))"
    case .wrongRank(let function, let argument, let expected, let shape):
      "\(function): expected \(expected) for '\(argument)'; received shape \(shapeText(shape))"
    case .ragged(let function, let argument):
      "\(function): expected numbers in rows of one length for '\(argument)'"
    case .unknownFormat(let function, let format, let character):
      "\(function): the format '\(format)' has an unknown character '\(character)'"
    case .unknownColor(let function, let name):
      "\(function): no colour is named '\(name)'"
    case .unequalGrids(let leftRows, let leftColumns, let rightRows, let rightColumns):
      "+: expected figures with equal grids of panels; received \(leftRows) x \(leftColumns) and "
        + "\(rightRows) x \(rightColumns)"
    case .figureCount(let rows, let columns, let received):
      "subplots: expected at most \(rows * columns) figures for \(rows) x \(columns) panels; "
        + "received \(received)"
    case .tooLarge(let function, let what, let limit):
      "\(function): expected at most \(limit) \(what)"
    case .interrupted: "interrupted"
    case .foreign(let error): "\(error)"
    }
  }

  /// One edit that is likely to help, if there is one.
  public var help: String? {
    switch self {
    case .unknownKeyword(let function, let name, _)
    where name != function && DecorationTable.all.contains { $0.entry.name == name }:
      "\(name) is a function of its own: write \(function)(…) + \(name)(…)"
    case .unknownKeyword(_, let name, let known):
      Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? (known.isEmpty ? nil : "it has " + known.joined(separator: ", "))
    case .unknownChoice(_, _, let received, let known):
      Spelling.nearest(to: received, among: known).map { "did you mean '\($0)'?" }
    case .unknownColor(_, let name):
      Spelling.nearest(to: name, among: NamedColors.all.map(\.name)).map { "did you mean '\($0)'?" }
        ?? "use a name such as 'red', a letter of 'bgrcmykw', 'C0' to 'C9', '#rrggbb' or a grey '0.5'"
    case .unknownFormat:
      "a format is a colour of bgrcmykw, a marker of . o s ^ v x + * D and a line of - -- : -."
    case .missingArgument("subplots", _):
      "figures are values: draw them and hand them over, as in "
        + "subplots(1, 2, [plot([1, 2]), plot([2, 1])])"
    case .unequalGrids: "call show() between the two, or arrange them with row(...) or column(...)"
    case .lengthsDiffer(let function, _, _, _, _) where function == "plot":
      "plot(y) numbers the points from 0"
    default: nil
    }
  }
}

/// The word with its plural ending unless there is one of it.
func plural(_ count: Int, _ word: String) -> String { count == 1 ? word : word + "s" }

/// A shape as the language writes it: `(3,)`, `(2, 3)`.
func shapeText(_ shape: [Int]) -> String {
  shape.count == 1
    ? "(\(shape[0]),)" : "(" + shape.map(String.init).joined(separator: ", ") + ")"
}
