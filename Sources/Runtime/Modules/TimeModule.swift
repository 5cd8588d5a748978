import Catalog
import Platform

extension ModuleTable {
  static let time = ModuleRecord(
    Entry("time", kind: .module, group: "Modules", summary: "Clocks, in seconds."),
    builtins: [
      Builtin(
        Entry(
          "time", group: "time", summary: "Seconds since the start of 1970, UTC.",
          examples: [Example("time.time() > 1e9", prints: "True")]),
        .bound { _, _ in .float(Clocks.wall()) }),
      Builtin(
        Entry(
          "perf_counter", group: "time",
          summary: "Seconds of a clock that never goes back, for measuring durations.",
          examples: [
            Example("start = time.perf_counter()\ntime.perf_counter() >= start", prints: "True")
          ]),
        .bound { _, _ in .float(Clocks.monotonic()) }),
      Builtin(
        Entry(
          "sleep", [.positional("seconds", .number)], group: "time", summary: "Waits.",
          examples: [Example("time.sleep(0.001)")]),
        .one { value, interpreter throws(Fault) in
          let seconds = try interpreter.double(value, what: "time.sleep() argument")
          guard seconds >= 0 else { throw Fault.value("time.sleep() expected seconds >= 0") }
          _ = Clocks.sleep(seconds, interpreter.interruption)
          try interpreter.checkInterruption()
          return .none
        }),
    ])
}
