/// One parameter of a builtin's signature.
public struct Parameter: Sendable, Hashable {
  /// The name used for keyword arguments, without stars.
  public let name: String
  /// How an argument may reach it.
  public let passing: Passing
  /// The default as it is shown in the signature, or nil when an argument is required.
  public let defaultText: String?
  /// The kind of value expected, for help and for error texts.
  public let type: Kind
  /// The strings accepted, when they are a closed set: completion offers them.
  public let choices: [String]

  /// How arguments bind, as in Python.
  public enum Passing: Sendable, Hashable {
    /// By position only (before `/`).
    case positional
    /// By position or by name.
    case either
    /// By name only (after `*`).
    case keyword
    /// `*name`: the remaining positional arguments.
    case variadic
    /// `**name`: the remaining keyword arguments.
    case keywordVariadic
  }

  /// What kind of value a parameter takes.
  public enum Kind: String, Sendable {
    case any, tensor, int, float, number, bool, string, list, tuple, dict, function, shape, axis
    case dtype, layer, model, figure, color, path, callback, activation, loss, optimizer, metric
    case initializer
  }

  /// Makes a parameter; the short forms below read better in a record.
  public init(
    _ name: String, _ type: Kind = .any, passing: Passing = .either,
    default defaultText: String? =
      nil, choices: [String] = []
  ) {
    self.name = name
    self.passing = passing
    self.defaultText = defaultText
    self.type = type
    self.choices = choices
  }

  /// A parameter that must be given.
  public static func required(_ name: String, _ type: Kind = .any) -> Parameter {
    Parameter(name, type)
  }

  /// A parameter that must be given by position.
  public static func positional(_ name: String, _ type: Kind = .any, default text: String? = nil)
    -> Parameter
  {
    Parameter(name, type, passing: .positional, default: text)
  }

  /// A parameter that may be left out; `default` is the text shown in the signature.
  public static func optional(
    _ name: String, _ type: Kind = .any, default text: String = "None", choices: [String] = []
  ) -> Parameter {
    Parameter(name, type, default: text, choices: choices)
  }

  /// A parameter that is given by name only.
  public static func keyword(
    _ name: String, _ type: Kind = .any, default text: String? = "None", choices: [String] = []
  ) -> Parameter {
    Parameter(name, type, passing: .keyword, default: text, choices: choices)
  }

  /// `*name`.
  public static func variadic(_ name: String, _ type: Kind = .any) -> Parameter {
    Parameter(name, type, passing: .variadic)
  }

  /// `**name`.
  public static func keywordVariadic(_ name: String, _ type: Kind = .any) -> Parameter {
    Parameter(name, type, passing: .keywordVariadic)
  }

  /// A tensor that must be given.
  public static func tensor(_ name: String) -> Parameter { Parameter(name, .tensor) }

  /// True when a call may leave the argument out.
  public var isOptional: Bool {
    defaultText != nil || passing == .variadic || passing == .keywordVariadic
  }

  /// The parameter as the signature shows it: `x`, `axis=None`, `*args`.
  public var text: String {
    switch passing {
    case .variadic: "*\(name)"
    case .keywordVariadic: "**\(name)"
    default: defaultText.map { "\(name)=\($0)" } ?? name
    }
  }
}
