import Bindings
import Diagnostics
import Platform
import Runtime

extension Session {
  /// Does what a line to the session asks for, and gives the outcome whose value it shows.
  func run(_ command: SessionCommand, in cell: Cell) throws(Fault) -> Program.Outcome? {
    switch command {
    case .help(let name):
      guard !name.isEmpty else {
        host.page(MimeBundle(text: HelpPage.introduction(interpreter)))
        return nil
      }
      let value = try runSource(name, name: cell.name).value ?? .none
      host.page(HelpPage.bundle(for: value, interpreter))
      return nil
    case .shell(let line):
      note("'!\(line)' runs no command here: use a terminal")
      return nil
    case .magic(let name, let rest):
      return try run(magic: name, rest, cell)
    }
  }

  private func run(magic name: String, _ rest: String, _ cell: Cell) throws(Fault)
    -> Program.Outcome?
  {
    switch name {
    case "matplotlib", "config", "load_ext", "autoreload": return nil
    case "time": return try time(rest, cell)
    case "timeit":
      try measure(rest, cell)
      return nil
    case "who", "whos":
      let names = interpreter.globals.items.map(\.name)
      host.write(
        (names.isEmpty ? "no names are bound" : names.joined(separator: "  ")) + "\n", to: .standard
      )
      return nil
    case "mem":
      host.write(workbench.memoryReport() + "\n", to: .standard)
      return nil
    case "reset":
      reset()
      return nil
    default:
      let magics = SessionCommand.magics.map { "%" + $0 }.joined(separator: ", ")
      note("%\(name) does not exist here: there are \(magics)")
      return nil
    }
  }

  private func note(_ text: String) { host.write("note: \(text)\n", to: .error) }

  private func time(_ source: String, _ cell: Cell) throws(Fault) -> Program.Outcome {
    let (processor, wall) = (Clocks.processor(), Clocks.monotonic())
    let outcome = try runSource(source, name: cell.name)
    let used = Duration.text(Clocks.processor() - processor)
    let passed = Duration.text(Clocks.monotonic() - wall)
    host.write("CPU time: \(used), wall time: \(passed)\n", to: .standard)
    return outcome
  }

  /// Times a statement: enough loops for 0.2 s a run unless their number is given, the best run.
  private func measure(_ line: String, _ cell: Cell) throws(Fault) {
    let statement = TimedStatement(line)
    var loops = statement.loops ?? 1
    var best = try timing(statement.source, loops, cell)
    while statement.loops == nil, best < 0.2, loops < 10_000_000 {
      loops *= best > 0.02 ? 2 : 10
      best = try timing(statement.source, loops, cell)
    }
    for _ in 1..<statement.runs { best = min(best, try timing(statement.source, loops, cell)) }
    let each = Duration.text(best / Double(loops))
    let (runs, turns) = (counted(statement.runs, "run"), counted(loops, "loop"))
    host.write("\(each) per loop (best of \(runs), \(turns) each)\n", to: .standard)
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private func timing(_ source: String, _ loops: Int, _ cell: Cell) throws(Fault) -> Double {
    let program = try prepare(source, name: cell.name)
    let file = SourceFile(name: cell.name, text: source)
    let start = Clocks.monotonic()
    for _ in 0..<loops {
      // A statement may be too short to look by itself.
      try located(file) { () throws(Fault) in
        try interpreter.checkInterruption()
        _ = try program.run()
      }
    }
    return Clocks.monotonic() - start
  }
}

/// Times for people.
enum Duration {
  /// Three digits and a unit: `1.23 ms`.
  static func text(_ seconds: Double) -> String {
    let units: [(Double, String)] = [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")]
    let (scale, name) = units.first { seconds >= $0.0 } ?? (1e-9, "ns")
    let value = seconds / scale
    let digits = value < 10 ? 100.0 : value < 100 ? 10.0 : 1.0
    let rounded = (value * digits).rounded() / digits
    let text = rounded == rounded.rounded() ? "\(Int(clampingRounded: rounded))" : "\(rounded)"
    return "\(text) \(name)"
  }
}

extension Int {
  /// The nearest integer; the largest one for what lies beyond.
  fileprivate init(clampingRounded value: Double) {
    self = Int(exactly: value.rounded()) ?? (value > 0 ? .max : 0)
  }
}
