import ArgumentParser
import Diagnostics
import Notebook
import Platform
import Repl

/// What is wrong with programs, before they run.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find wrong syntax, unknown names, modules and arguments without running.",
    discussion: "With --outputs, notebooks run, and what they show is compared with what is stored."
  )

  @Argument(help: "Scripts and notebooks.") var files: [String]

  @OptionGroup var common: CommonOptions

  @Flag(help: "Run notebooks and compare their outputs with those that are stored.")
  var outputs = false

  func run() throws {
    var isClean = true
    for file in files where try !checkOrSay(file) { isClean = false }
    if !isClean { throw Failure.reported(ExitStatus.failure) }
  }

  /// As ``check(_:)``, where a file that cannot be read does not keep the others from being checked.
  private func checkOrSay(_ file: String) throws -> Bool {
    do { return try check(file) } catch let failure as Failure {
      guard failure.status == ExitStatus.failure else { throw failure }
      if let message = failure.message {
        Output.write("error: \(message)\n", to: Output.standardError)
      }
      return false
    }
  }

  /// Checks one file; false when something was found.
  private func check(_ file: String) throws -> Bool {
    let isNotebook = file.hasSuffix(".ipynb")
    let runner = isNotebook ? NotebookRunner(try NotebookRun.read(file)) : nil
    let cells =
      try runner?.cells
      ?? [Cell(code: GivenFile.readSource(file), name: file, storeHistory: false)]
    let place = try Workplace(
      NotebookRun.configuration(common, file, isHermetic: false))
    let conversation = Conversation(
      place.thread, EventPrinter(common.printing), answer: { _ in .endOfFile })
    let findings = conversation.findings(in: cells).all
    let renderer = Renderer(usesColor: common.usesColor)
    for finding in findings {
      if isNotebook { Output.write("\(file): ", to: Output.standardError) }
      Output.write(renderer.text(of: finding), to: Output.standardError)
    }
    guard findings.allSatisfy({ $0.severity == .warning }) else { return false }
    guard outputs, let runner else { return true }
    return try compare(runner, file, place)
  }

  private func compare(_ stored: NotebookRunner, _ file: String, _ place: Workplace) throws -> Bool
  {
    var fresh = stored
    let failure = fresh.run(on: place.thread) { _ in }
    if let failure, ExitStatus.of(failure) != ExitStatus.failure {
      throw Failure.reported(ExitStatus.of(failure))
    }
    var isSame = failure == nil
    if let failure {
      Output.write(failure.plain.joined(separator: "\n") + "\n", to: Output.standardError)
    }
    for (number, index) in fresh.executed.enumerated() {
      let lines = OutputComparison.differences(
        stored: stored.notebook.outputs(of: index), fresh: fresh.notebook.outputs(of: index))
      guard !lines.isEmpty else { continue }
      isSame = false
      let head = "\(file): cell \(number + 1) shows something else than is stored"
      Output.write(([head] + lines).joined(separator: "\n") + "\n")
    }
    return isSame
  }
}
