import Catalog
import Diagnostics
import Platform
import Synchronization
import Syntax
import TestSupport

@testable import Runtime

/// Runs a program as the session does, on a thread with a large stack.
enum Evaluation {
  /// What a run left behind.
  struct Outcome: Sendable {
    var output = ""
    /// The representation of the last expression.
    var result: String?
    var fault: (line: Int, text: String, frames: [String])?
    var assertions = 0
  }

  /// Runs `text` in a fresh interpreter.
  static func run(
    _ text: String, name: String = "test.star", folder: String = "", stackBytes: Int = 256 << 20,
    prepare: @escaping @Sendable (Interpreter) -> Void = { _ in }
  ) async -> Outcome {
    await withCheckedContinuation { continuation in
      let thread = WorkerThread(name: "evaluator", stackBytes: stackBytes) {
        continuation.resume(returning: evaluate(text, name, folder, prepare))
      }
      if thread == nil { continuation.resume(returning: Outcome()) }
    }
  }

  private static func evaluate(
    _ text: String, _ name: String, _ folder: String, _ prepare: (Interpreter) -> Void
  ) -> Outcome {
    let host = RecordingHost()
    let interpreter = Interpreter(interruption: Interruption(), host: host)
    interpreter.loadFolder = folder
    interpreter.define([host.assertEqual, host.assertFails])
    prepare(interpreter)
    var outcome = Outcome()
    do throws(SyntaxError) {
      let module = try Parser.parse(SourceFile(name: name, text: text))
      do throws(SyntaxErrors) {
        let program = interpreter.compile(module, try Resolver.resolve(module))
        do throws(Fault) {
          outcome.result = try program.run().value.map { (value) throws(Fault) in
            try interpreter.representation(value)
          }
        } catch {
          outcome.fault = describe(error.diagnostic)
        }
      } catch {
        outcome.fault = error.diagnostics.first.map(describe)
      }
    } catch {
      outcome.fault = describe(error.diagnostic)
    }
    outcome.output = host.output
    outcome.assertions = host.assertions.count
    return outcome
  }

  private static func describe(_ diagnostic: Diagnostic) -> (Int, String, [String]) {
    let label = diagnostic.primary
    let line = label.map { $0.file.position(of: Int($0.span.start)).line } ?? 0
    let extra = [diagnostic.note, diagnostic.help].compactMap { $0 }.map { " | \($0)" }.joined()
    return (
      line, "\(diagnostic.name): \(diagnostic.message)\(extra)", diagnostic.frames.map(\.function)
    )
  }
}

/// A host that keeps what is written.
final class RecordingHost: Host {
  /// Counts `assert_eq`, from a closure that must be sendable.
  final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    var count: Int { value.load(ordering: .relaxed) }
    func note() { value.add(1, ordering: .relaxed) }
  }

  var output = ""
  let assertions = Counter()

  func write(_ text: String, to stream: OutputStream) { output += text }
  func display(_ bundle: MimeBundle, id: String?, update: Bool) { output += bundle.text + "\n" }
  func clearOutput(wait: Bool) { output = "" }
  func input(prompt: String, password: Bool) throws(Fault) -> String { "" }
  func advise(_ advice: Diagnostic) {}
  func progress(_ line: String?) {}
  func page(_ bundle: MimeBundle) {}
  var target: DisplayTarget { .plain }

  /// A folder of its own, made when a program first asks for a file.
  private var folder: String?
  var files: FileAccess {
    if folder == nil {
      let path = "/tmp/linnet-run-\(Environment.processID)-\(Int.random(in: 0..<1 << 40))"
      if (try? FileAccess.unrestricted.makeFolder(path)) != nil { folder = path }
    }
    return FileAccess(
      workingDirectory: folder ?? "/nonexistent", allowed: [Repository.path("Tests/RuntimeTests")])
  }

  deinit {
    if let folder { try? FileAccess.unrestricted.remove(folder) }
  }

  /// `assert_fails(function, text)`: a call without arguments ends in a fault that reads like this.
  var assertFails: Builtin {
    let assertions = assertions
    let entry = Entry(
      "assert_fails", [.positional("function"), .positional("text")], summary: "Checks a fault.")
    return Builtin(
      entry,
      .bound { arguments, interpreter throws(Fault) in
        assertions.note()
        let expected = arguments[1]?.stringText ?? ""
        let received: String
        do throws(Fault) {
          let value = try interpreter.call(arguments[0] ?? .none, [])
          received = "no fault but \(try interpreter.representation(value))"
        } catch {
          received = "\(error.diagnostic.name): \(error.diagnostic.message)"
        }
        if !received.hasPrefix(expected) {
          throw Fault("AssertionError", "received \(received), expected \(expected)")
        }
        return .none
      })
  }

  /// `assert_eq(actual, expected)`: equal, and of the same representation.
  var assertEqual: Builtin {
    let assertions = assertions
    let entry = Entry(
      "assert_eq", [.positional("actual"), .positional("expected")], summary: "Checks a value.")
    return Builtin(
      entry,
      .bound { arguments, interpreter throws(Fault) in
        assertions.note()
        let actual = try interpreter.representation(arguments[0] ?? .none)
        let expected = try interpreter.representation(arguments[1] ?? .none)
        if actual != expected {
          throw Fault("AssertionError", "received \(actual), expected \(expected)")
        }
        return .none
      })
  }
}
