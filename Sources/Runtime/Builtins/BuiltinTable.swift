extension BuiltinTable {
  /// Every builtin: to add one, write its record in the file of its group and name it there.
  static let all: [Builtin] =
    conversions + numbers + sequences + objects + output + files
}
