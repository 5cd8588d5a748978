import ArgumentParser
import Notebook
import Platform
import Repl

/// A script or a notebook, without anybody looking on.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a script (.star) or a notebook (.ipynb).",
    discussion: """
      A script shows what print, show and display show, and its figures. A notebook's cells run in \
      order, up to the first error; what they write goes to standard output.
      """)

  @Argument(help: "The script or notebook.") var file: String

  @Argument(parsing: .postTerminator, help: "What the script finds in sys.argv.")
  var arguments: [String] = []

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("Write the notebook with its outputs here.", valueName: "notebook"))
  var output: String?

  @Flag(help: "Write the outputs into the notebook itself, unless it fails.")
  var inPlace = false

  @Option(help: ArgumentHelp("Write each figure as an SVG file.", valueName: "folder"))
  var figures: String?

  @Option(
    name: .customShort("p"),
    help: ArgumentHelp("Set a parameter of a notebook: -p NAME VALUE.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(help: ArgumentHelp("Stop a cell, or the script, after so long.", valueName: "seconds"))
  var timeout: Double?

  @Flag(help: "Go on after a cell that fails.")
  var allowErrors = false

  @Flag(help: "Take clocks away, so that the run depends on its source alone.")
  var hermetic = false

  var isNotebook: Bool { file.hasSuffix(".ipynb") }

  func validate() throws {
    if output != nil, inPlace { throw ValidationError("use --output or --in-place, not both") }
    if !isNotebook, output != nil || inPlace || allowErrors || !parameters.isEmpty {
      throw ValidationError(
        "--output, --in-place, --allow-errors and -p are for notebooks (.ipynb); "
          + "received '\(file)'")
    }
    if let wrong = parameters.first(where: { NotebookParameter($0) == nil }) {
      throw ValidationError("-p: expected a name and a value; received '\(wrong)'")
    }
    if let timeout, !(timeout > 0) {
      throw ValidationError("--timeout: expected seconds above 0; received \(timeout)")
    }
  }

  func run() throws {
    if isNotebook {
      try NotebookRun(options: self).run()
    } else {
      try runScript()
    }
  }

  private func runScript() throws {
    try NotebookRun.checkFigures(figures)
    let source = try GivenFile.readSource(file)
    var configuration = try common.configuration()
    configuration.loadFolder = GivenFile.folder(of: file)
    configuration.arguments = [file] + arguments
    configuration.isHermetic = hermetic
    configuration.outputLimit = .max
    var style = common.printing
    style.figures = figures.map { FigureFolder($0, stem: GivenFile.stem(of: file)) }
    let place = try Workplace(configuration)
    let cell = Cell(code: source, name: file, storeHistory: false, showsResult: false)
    var conversation = Conversation(place.thread, EventPrinter(style), answer: { _ in .endOfFile })
    let findings = conversation.findings(in: [cell])
    conversation = Conversation(
      place.thread, EventPrinter(style, warnings: findings.unbound),
      answer: Conversation.answerPlainly)
    let outcome = conversation.run(cell, timeout: timeout)
    if case .error(let report) = outcome.status {
      throw Failure.reported(ExitStatus.of(report))
    }
    if conversation.printer.problem != nil { throw Failure.reported(ExitStatus.failure) }
  }
}
