import Catalog
import Diagnostics
import Platform
import Syntax
import Testing

@testable import Runtime

@Suite struct CycleTests {
  /// Runs a program with `registered()`, the number of objects that the registry knows, which sweeps
  /// for a hundred of them.
  private func run(_ text: String) async -> Evaluation.Outcome {
    await Evaluation.run(text) { interpreter in
      interpreter.cycles = CycleRegistry(least: 100)
      interpreter.define([
        Builtin(
          Entry("registered", summary: "Counts."),
          .bound { _, interpreter in .int(interpreter.cycles.count) })
      ])
    }
  }

  @Test(arguments: [
    "xs = []; xs.append(xs)", "xs = [0]; xs[0] = xs", "xs = []; xs.insert(0, [xs])",
    "xs = []; xs.extend([(xs,)])", "xs = []; xs += [xs]", "d = {}; d[1] = d",
    "d = {}; d[\"a\"] = [d]", "d = {}; d.update(a=d)", "d = {}; d.setdefault(1, d)",
    "def f(n): return f(n)", "s = set(); s.add(lambda: s)", "xs = []; xs.append(xs.append)",
    "xs = []; xs.append(struct(a=xs))", "xs = []; xs.append(lambda a=xs: a)",
    "xs = []; ys = [xs]; xs.append({1: ys})",
    "s = set([1]); s.symmetric_difference_update([1, lambda: s])",
    "s = set([1]); s ^= set([1, lambda: s])",
  ])
  func `what only holds itself is freed between statements`(body: String) async {
    let outcome = await run(
      """
      def circle():
          \(body.replacing("; ", with: "\n    "))

      for _ in range(120): circle()
      registered()
      """)
    #expect(outcome.fault == nil)
    #expect(outcome.result == "0")
  }

  @Test func `cells that each leave a circle are swept long before their objects are many`() async {
    let left = await withCheckedContinuation { continuation in
      let thread = WorkerThread(name: "evaluator", stackBytes: 64 << 20) {
        let interpreter = Interpreter(interruption: Interruption(), host: RecordingHost())
        interpreter.cycles = CycleRegistry(programs: 500)
        let cell = SourceFile(name: "cell", text: "xs = []\nxs.append(xs)\n")
        for _ in 0..<1100 {
          guard let module = try? Parser.parse(cell), let names = try? Resolver.resolve(module),
            (try? interpreter.compile(module, names).run()) != nil
          else { return continuation.resume(returning: -1) }
        }
        continuation.resume(returning: interpreter.cycles.count)
      }
      if thread == nil { continuation.resume(returning: -1) }
    }
    #expect((0...110).contains(left))
  }

  // As many circles as make a sweep due, also when objects that were registered before have gone.
  @Test func `what a name still reaches keeps all that it holds`() async {
    let outcome = await run(
      """
      def circle():
          xs = []
          xs.append(xs)

      def counter():
          seen = []
          def add(x):
              seen.append([x])
              return seen
          return add

      def keeping(xs=[]):
          xs.append([len(xs)])
          return xs

      a = []
      a.append([a, 7])
      add = counter(); add(1)
      keeping()
      bound = [[2]].append; bound([3])
      s = struct(xs=[]); s.xs.append([s])
      d = {(1, 2): []}; d[(1, 2)].append([4])
      t = ([],); t[0].append([5])
      held = [[x, add] for x in [[6]]]; held[0].append([6])
      for _ in range(250): circle()
      assert registered() < 30, registered()
      (a[0][1], add(2), keeping(), len(s.xs[0][0].xs), d, t, held[0][0], held[0][2])
      """)
    #expect(outcome.fault == nil)
    #expect(
      outcome.result
        == "(7, [[1], [2]], [[0], [1]], 1, {(1, 2): [[4]]}, ([[5]],), [6], [6])")
  }

  @Test func `objects that are freed at once leave no trace in the registry`() async {
    let outcome = await run(
      """
      for _ in range(450):
          rows = []
          rows.append([])
      registered()
      """)
    #expect(outcome.fault == nil)
    #expect((outcome.result.flatMap { Int($0) } ?? .max) < 100)
  }

  @Test func `a sweep that did not end is due again`() {
    var registry = CycleRegistry(least: 1)
    let list = ListObject([])
    registry.register(list)
    registry.beginSweep()
    #expect(registry.isDue)
    #expect(registry.takeUnreached().count == 1)
    #expect(!registry.isDue)
  }

  @Test(arguments: [
    "x = [x]", "x = (x,)", "x = {1: x}", "x = struct(a=x)", "x = (lambda v: lambda: v)(x)",
    "x = [{1: (x,)}]",
  ])
  func `values that nest deep are freed without recursion`(step: String) async {
    let outcome = await Evaluation.run(
      """
      x = None
      for _ in range(100000): \(step)
      x = None
      1
      """, stackBytes: 4 << 20)
    #expect(outcome.fault == nil)
    #expect(outcome.result == "1")
  }
}
