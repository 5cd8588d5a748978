import Testing

@testable import Notebook

@Suite struct TimedStatementTests {
  @Test(
    arguments: [
      ("f(1)", "f(1)", nil, 5), ("-n 10 f(1)", "f(1)", 10, 5), ("-n10 -r3 f(1)", "f(1)", 10, 3),
      ("-r 2\nf(1)", "\nf(1)", nil, 2), ("\n-n 4 x", "\nx", 4, 5), ("-n x", "-n x", nil, 5),
      ("-n 0 x", "-n 0 x", nil, 5), ("-nx", "-nx", nil, 5),
    ] as [(String, String, Int?, Int)])
  func `options are read, and what is none begins the statement`(
    line: String, source: String, loops: Int?, runs: Int
  ) {
    let statement = TimedStatement(line)
    #expect(statement.source == source)
    #expect(statement.loops == loops)
    #expect(statement.runs == runs)
  }
}
