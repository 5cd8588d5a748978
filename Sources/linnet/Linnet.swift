import ArgumentParser
import Notebook
import Platform

/// The command line.
struct Linnet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linnet",
    abstract: "A small language with tensors, recurrent nets and plots.",
    discussion: """
      Without a subcommand, starts the REPL; what is piped in runs as a script.
      Exit status: 0; 1 for an error of the program; 2 for wrong usage; 130 for an interrupt.
      """,
    version: LanguageInformation.version,
    subcommands: [
      ReplCommand.self, RunCommand.self, CheckCommand.self, KernelCommand.self,
      InstallCommand.self, UninstallCommand.self, DocCommand.self,
    ],
    defaultSubcommand: ReplCommand.self)

  /// Does what the arguments ask for.
  ///
  /// - Returns: The exit status.
  static func run(_ arguments: [String]) -> Int32 {
    let status = perform(arguments)
    guard let problem = Output.problem else { return status }
    Output.write("error: cannot write to standard output: \(problem)\n", to: Output.standardError)
    return ExitStatus.failure
  }

  private static func perform(_ arguments: [String]) -> Int32 {
    do {
      var command = try parseAsRoot(ParameterArguments.joined(arguments))
      try command.run()
      return ExitStatus.success
    } catch let failure as Failure {
      if let message = failure.message {
        Output.write("error: \(message)\n", to: Output.standardError)
      }
      return failure.status
    } catch {
      let isSuccess = exitCode(for: error) == .success
      let hint = isSuccess ? nil : UsageHint.text(arguments, problem: message(for: error))
      let text = hint.map { "error: \($0)" } ?? fullMessage(for: error)
      if !text.isEmpty {
        Output.write(
          text + "\n", to: isSuccess ? Output.standardOutput : Output.standardError)
      }
      return isSuccess ? ExitStatus.success : ExitStatus.usage
    }
  }
}

/// What the process ends with.
enum ExitStatus {
  static let success: Int32 = 0
  /// An error of the program.
  static let failure: Int32 = 1
  static let usage: Int32 = 2
  static let interrupted: Int32 = 130
  static let terminated: Int32 = 143

  /// The status for a cell's end.
  static func of(_ error: ErrorReport) -> Int32 {
    if Signals.isTerminationRequested() { return terminated }
    return error.name == "KeyboardInterrupt" ? interrupted : failure
  }
}

/// A command that did not do what it was asked for.
struct Failure: Error {
  /// What to say; nil when it has been said.
  let message: String?
  let status: Int32

  /// A failure with a message, by default an error of the program.
  init(_ message: String?, status: Int32 = ExitStatus.failure) {
    self.message = message
    self.status = status
  }

  /// A failure that has been explained already.
  static func reported(_ status: Int32) -> Failure { Failure(nil, status: status) }
}

/// `-p NAME VALUE`, which the argument parser knows only as `-p NAME=VALUE`.
enum ParameterArguments {
  /// Joins what follows `-p`, up to `--`.
  static func joined(_ arguments: [String]) -> [String] {
    guard arguments.first == "run" else { return arguments }
    var joined: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst(), argument != "--" {
      joined.append(argument)
      guard argument == "-p", let name = rest.first, NotebookParameter.isName(name) else {
        if argument == "-p", let pair = rest.popFirst() { joined.append(pair) }
        continue
      }
      rest.removeFirst()
      // A name without a value is left for the command to refuse.
      guard let value = rest.first, !isOption(value) else {
        joined.append(name)
        continue
      }
      rest.removeFirst()
      joined.append("\(name)=\(value)")
    }
    let consumed = arguments.count - rest.count
    // The separator itself stays, with what follows it.
    if consumed > 0, arguments[consumed - 1] == "--" { joined.append("--") }
    return joined + rest
  }

  /// Whether an argument cannot be a value; negative numbers can.
  private static func isOption(_ argument: String) -> Bool {
    argument.hasPrefix("--") || argument == "-p" || argument == "-h"
  }
}
