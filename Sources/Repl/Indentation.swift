/// Makes one indentation of the one that was offered and the one that was typed.
enum Indentation {
  /// A line without the `offered` spaces that it starts with, if spaces of the user's own follow:
  /// whoever pastes or types an indented line brings the whole indentation along.
  static func resolved(_ line: String, offered: String) -> String {
    guard !offered.isEmpty, line.hasPrefix(offered) else { return line }
    let rest = line.dropFirst(offered.count)
    return rest.first == " " || rest.first == "\t" ? String(rest) : line
  }
}
