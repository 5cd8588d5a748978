import ArgumentParser
import Diagnostics

/// What was probably meant by arguments that are wrong.
enum UsageHint {
  /// One line that says what to type instead.
  ///
  /// - Parameters:
  ///   - arguments: What the command was given.
  ///   - problem: What the argument parser says about it.
  /// - Returns: The line; nil when the usage of the command says more.
  static func text(_ arguments: [String], problem: String) -> String? {
    guard let first = arguments.first, !first.isEmpty, !first.hasPrefix("-") else { return nil }
    if first == RunCommand.configuration.commandName {
      return scriptArguments(arguments, problem)
    }
    let commands = Linnet.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !commands.contains(first), first != "help" else { return nil }
    let isProgram = [".star", ".ipynb"].contains { first.hasSuffix($0) }
    let meant =
      isProgram
      ? "linnet run \(first)"
      : Spelling.nearest(to: first, among: commands).map { "linnet \($0)" }
    return meant.map { "there is no command '\(first)': did you mean `\($0)`?" }
  }

  /// The hint for arguments behind a script, which could be misspelt options of the command.
  private static func scriptArguments(_ arguments: [String], _ problem: String) -> String? {
    guard problem.lowercased().contains("unexpected argument"),
      arguments.contains(where: { $0.hasSuffix(".star") })
    else { return nil }
    return
      "\(problem.prefix(1).lowercased())\(problem.dropFirst()): put -- before the script's own arguments"
  }
}
