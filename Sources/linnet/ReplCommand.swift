import ArgumentParser
import Notebook
import Platform
import Repl

/// Cells from the keyboard, from `-c` or from a pipe.
struct ReplCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Type and run, line by line (the default).",
    discussion: "What is piped in, and CODE, runs as one cell: its last expression is shown.")

  @OptionGroup var common: CommonOptions

  // Code may start with '-', as negative numbers do.
  @Option(
    name: .customShort("c"), parsing: .unconditional,
    help: ArgumentHelp("Run this and leave.", valueName: "code"))
  var code: String?

  @Option(
    name: .customShort("i"),
    help: ArgumentHelp("Run this file first, then go on with its names.", valueName: "file"))
  var file: String?

  func run() throws {
    let isInteractive = Terminal.isInteractive(0) && code == nil
    var configuration = try common.configuration()
    if !isInteractive { configuration.outputLimit = .max }
    let source = try file.map { try GivenFile.readSource($0) }
    let place = try Workplace(configuration)
    if let file, let source {
      var conversation = conversation(place)
      let outcome = conversation.run(
        Cell(code: source, name: file, storeHistory: false, showsResult: false))
      // Effects before an error stay, and with a person there they can be looked at.
      if case .error(let report) = outcome.status, !isInteractive {
        throw Failure.reported(ExitStatus.of(report))
      }
    }
    guard !isInteractive else {
      try interact(place)
      return
    }
    var conversation = conversation(place)
    let text = try code ?? GivenFile.readSource("/dev/stdin")
    let name = code == nil ? "<stdin>" : "<command>"
    let outcome = conversation.run(Cell(code: text, name: name))
    if case .error(let report) = outcome.status {
      throw Failure.reported(ExitStatus.of(report))
    }
  }

  private func interact(_ place: Workplace) throws {
    Output.write("Linnet \(LanguageInformation.version). help() or x? explains, Ctrl-D leaves.\n")
    var repl = Repl(
      place.thread, EventPrinter(common.printing),
      history: HistoryStore(path: HistoryStore.defaultPath), wake: place.wake,
      usesColor: common.usesColor)
    repl.run()
  }

  private func conversation(_ place: Workplace) -> Conversation {
    Conversation(
      place.thread, EventPrinter(common.printing), answer: Conversation.answerPlainly)
  }
}
