/// Finds what a mistyped name was meant to be.
public enum Spelling {
  /// The name nearest to a mistyped one; nil when none is near enough to be worth proposing.
  ///
  /// Names may differ by a third of the shorter one in letters left out, added, changed or swapped with
  /// their neighbour; a difference of case alone always counts as near. Of equally near names the
  /// first in the order of their bytes is taken, so that the order of `names` does not matter.
  public static func nearest(to name: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(name.unicodeScalars)
    // Beyond this a name is a text, and the table below would be large.
    guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in names where candidate != name {
      let letters = Array(candidate.unicodeScalars)
      let shorter = min(wanted.count, letters.count)
      let limit = wanted.count == 1 ? 0 : max(shorter, 3) / 3
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance =
        candidate.lowercased() == name.lowercased() ? 0 : editDistance(wanted, letters)
      guard distance <= limit else { continue }
      if let best, (best.distance, best.name) <= (distance, candidate) { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  /// The least number of insertions, deletions, changes and swaps of neighbours (the "optimal string
  /// alignment" form of the Damerau-Levenshtein distance).
  static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let isChanged = left[row - 1] != right[column - 1]
        var least = min(
          previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (isChanged ? 1 : 0))
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          least = min(least, beforePrevious[column - 2] + 1)
        }
        current.append(least)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
