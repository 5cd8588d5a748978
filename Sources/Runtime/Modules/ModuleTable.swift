extension ModuleTable {
  /// The modules of the language itself; other targets define theirs beside these.
  static let all: [ModuleRecord] = [math, json, time]
}
