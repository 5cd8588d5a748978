/// The difference of two texts, line by line.
public enum LineDiff {
  /// Marks lines that are only expected with `-` and lines only received with `+`.
  ///
  /// Equal lines are shown only next to a difference; equal texts give an empty string.
  public static func text(expected: String, actual: String, context: Int = 2) -> String {
    let rows = rows(lines(expected), lines(actual))
    var result: [String] = []
    var lastShown = -1
    for (index, row) in rows.enumerated() {
      let nearby = rows[max(0, index - context)..<min(rows.count, index + context + 1)]
      guard nearby.contains(where: { $0.mark != " " }) else { continue }
      if index > lastShown + 1 { result.append("…") }
      result.append("\(row.mark) \(row.line)")
      lastShown = index
    }
    return result.joined(separator: "\n")
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func rows(_ old: [Substring], _ new: [Substring]) -> [(mark: String, line: String)]
  {
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var rows: [(mark: String, line: String)] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, removed.contains(left) {
        rows.append(("-", String(old[left])))
        left += 1
      } else if right < new.count, inserted.contains(right) {
        rows.append(("+", String(new[right])))
        right += 1
      } else {
        rows.append((" ", String(new[right])))
        left += 1
        right += 1
      }
    }
    return rows
  }
}
