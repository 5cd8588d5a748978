/// Fits completions to what a line editor replaces.
enum Replacement {
  /// What must stand in place of the editor's `word`, so that the completer's `replaced` becomes
  /// `completion`; nil when the editor cannot do that.
  ///
  /// Both end at the cursor, but they may begin at different places: the editor breaks words at
  /// fixed characters, the completer knows the language.
  static func text(for completion: String, replacing replaced: String, word: String) -> String? {
    if word.hasSuffix(replaced) { return word.dropLast(replaced.count) + completion }
    guard replaced.hasSuffix(word) else { return nil }
    let kept = replaced.dropLast(word.count)
    return completion.hasPrefix(kept) ? String(completion.dropFirst(kept.count)) : nil
  }
}
