import ArgumentParser
import Notebook
import Platform
import Repl

/// The options of every command that runs programs.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compute with so many threads (LINNET_THREADS); results do not depend on it.",
      valueName: "n"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "The most memory to use, such as 4G (LINNET_MAX_MEMORY).", valueName: "size"))
  var maxMemory: MemorySize?

  @Option(
    help: ArgumentHelp(
      "Let programs use files of this folder too (LINNET_ALLOW).", valueName: "folder"))
  var allow: [String] = []

  @Flag(help: "Say nothing about what is allowed but probably not meant.")
  var noAdvice = false

  @Flag(help: "Use no colours.")
  var noColor = false

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads: expected a number above 0; received \(threads)")
    }
  }

  /// True when errors are coloured.
  var usesColor: Bool { !noColor && Terminal.colors(Output.standardError) > .none }

  /// The limit that the memory watch enforces, in bytes.
  func memoryLimit() throws -> Int {
    if let maxMemory { return maxMemory.bytes }
    guard let text = Environment.value("LINNET_MAX_MEMORY"), !text.isEmpty else {
      return MachineMemory.defaultLimit()
    }
    guard let bytes = MachineMemory.parse(text) else {
      throw Failure(
        "LINNET_MAX_MEMORY: expected a size such as 4G; received '\(text)'",
        status: ExitStatus.usage)
    }
    return bytes
  }

  /// How many threads compute.
  private func threadCount() throws -> Int {
    if let threads { return threads }
    guard let text = Environment.value("LINNET_THREADS"), !text.isEmpty else {
      return Environment.processorCount
    }
    guard let count = Environment.count("LINNET_THREADS") else {
      throw Failure(
        "LINNET_THREADS: expected a number above 0; received '\(text)'", status: ExitStatus.usage)
    }
    return count
  }

  /// How a session is set up whose displays go to a front end of notebooks.
  func notebookConfiguration() throws -> SessionConfiguration { try configuration(.richFrontEnd) }

  private func configuration(_ target: SessionConfiguration.Target) throws -> SessionConfiguration {
    SessionConfiguration(
      target: target, usesColor: usesColor,
      threads: try threadCount(),
      memoryLimit: try memoryLimit(), workingDirectory: Environment.workingDirectory,
      allowedFolders: allow + FileAccess.foldersAllowedByEnvironment(), advises: !noAdvice)
  }

  /// How a session is set up whose displays go to standard output.
  func configuration() throws -> SessionConfiguration { try configuration(standardTarget) }

  private var standardTarget: SessionConfiguration.Target {
    guard Terminal.isInteractive(Output.standardOutput) else { return .textFile }
    let size = Terminal.size(Output.standardOutput)
    return .terminal(
      columns: size.columns, rows: size.rows,
      colors: noColor ? .none : Terminal.colors(Output.standardOutput),
      unicode: Terminal.usesUTF8)
  }

  /// How events are printed.
  var printing: EventPrinter.Style { EventPrinter.Style(usesColor: usesColor) }
}

/// A number of bytes as people write it.
struct MemorySize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    guard let bytes = MachineMemory.parse(argument) else { return nil }
    self.bytes = bytes
  }
}
