/// What a `%timeit` line asks for: `-n LOOPS`, `-r RUNS` and the statement, as in IPython.
struct TimedStatement {
  /// What is timed.
  private(set) var source: String
  /// The loops of each run; nil when as many are wanted as the clock needs.
  private(set) var loops: Int?
  /// The runs of which the best counts.
  private(set) var runs = 5

  /// Reads the options before the statement: `-n 10`, `-n10`.
  ///
  /// What is no option begins the statement, whose lines keep their numbers.
  init(_ line: String) {
    let blank = line.prefix { $0 == "\n" }
    var rest = line.dropFirst(blank.count).drop { $0 == " " }
    while let (option, count, after) = Self.option(rest) {
      if option == "n" { loops = count } else { runs = count }
      rest = after
    }
    source = String(blank + rest)
  }

  /// One option at the start of a line, its count of at least one, and what follows it.
  private static func option(_ line: Substring) -> (Character, Int, Substring)? {
    guard line.hasPrefix("-n") || line.hasPrefix("-r") else { return nil }
    let value = line.dropFirst(2).drop { $0 == " " }
    let digits = value.prefix { $0.isASCII && $0.isNumber }
    let after = value.dropFirst(digits.count)
    guard let count = Int(digits), count > 0, after.first?.isWhitespace == true else { return nil }
    return (line.dropFirst().first ?? "n", count, after.drop { $0 == " " })
  }
}
