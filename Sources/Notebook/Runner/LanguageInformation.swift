public import JSON

/// What notebooks and front ends are told about the language.
public enum LanguageInformation {
  /// Linnet's version.
  public static let version = "0.1.0"

  /// The `language_info` of kernel messages and notebook metadata.
  ///
  /// `starlark` is the name that Pygments and Markdown fences know; for the rest editors treat the
  /// text as Python, whose syntax it is.
  ///
  /// - Parameter version: Linnet's version.
  /// - Returns: The fields.
  public static func json(version: String = version) -> JSONObject {
    [
      "name": "starlark",
      "version": .string(version),
      "mimetype": "text/x-python",
      "file_extension": ".star",
      "pygments_lexer": "python",
      "codemirror_mode": "python",
      "nbconvert_exporter": "script",
    ]
  }
}
