/// What people are told about one public name: the record behind help, completion, inspection, the
/// reference and the generated tests.
///
/// A record stands beside the code that it describes. Its text is for users of the language.
public struct Entry: Sendable {
  /// The name as it is typed, for example `relu` or, for a method, `append`.
  public let name: String
  /// What the name is, which decides how it is listed and completed.
  public let kind: Kind
  /// The parameters in the order of the signature.
  public let parameters: [Parameter]
  /// One paragraph: what it does, units, and what it does at the edges.
  public let summary: String
  /// Snippets that run as tests.
  public let examples: [Example]
  /// The heading under which the reference lists it, for example `Layers`.
  public let group: String

  /// The kinds of public names.
  public enum Kind: Sendable, Hashable {
    /// Called by its bare name.
    case function
    /// Called on a value of the named type.
    case method(of: String)
    /// A class-like function that makes an object: `LSTM`, `Model`.
    case type
    /// A value: `pi`, `float32`.
    case constant
    /// A name space: `math`, `np`.
    case module
  }

  /// Describes one public name.
  public init(
    _ name: String, _ parameters: [Parameter] = [], kind: Kind = .function, group: String = "",
    summary: String, examples: [Example] = []
  ) {
    self.name = name
    self.kind = kind
    self.parameters = parameters
    self.summary = summary
    self.examples = examples
    self.group = group
  }

  /// The signature as it is shown: `relu(x)`, `LSTM(units, *, return_sequences=False)`.
  public var signature: String { signature(columns: .max) }

  /// The signature in lines of at most so many columns, broken between parameters.
  public func signature(columns: Int) -> String {
    guard kind != .constant, kind != .module else { return name }
    var lines = [name + "("]
    for (index, part) in signatureParts.enumerated() {
      let last = lines.count - 1
      let piece = index == 0 ? part : " " + part
      // The comma or the parenthesis behind the parameter counts too.
      if index == 0 || lines[last].count + piece.count + 1 < columns {
        lines[last] += piece + ","
      } else {
        lines.append("    " + part + ",")
      }
    }
    if !signatureParts.isEmpty { lines[lines.count - 1].removeLast() }
    return lines.joined(separator: "\n") + ")"
  }

  private var signatureParts: [String] {
    var parts: [String] = []
    var previous: Parameter.Passing?
    for parameter in parameters {
      if previous == .positional, parameter.passing != .positional { parts.append("/") }
      if parameter.passing == .keyword, previous != .keyword, previous != .variadic {
        parts.append("*")
      }
      parts.append(parameter.text)
      previous = parameter.passing
    }
    if previous == .positional { parts.append("/") }
    return parts
  }
}

/// A runnable snippet of an ``Entry``, and what it prints.
public struct Example: Sendable {
  /// One or more lines of the language.
  public let source: String
  /// The text that running `source` as a cell shows, without the final newline; empty for none.
  public let output: String

  /// Pairs a snippet with what it prints.
  public init(_ source: String, prints output: String = "") {
    self.source = source
    self.output = output
  }
}
