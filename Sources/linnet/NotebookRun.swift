import JSON
import Notebook
import Platform
import Repl

/// Runs a notebook and writes it and its figures.
struct NotebookRun {
  let options: RunCommand

  func run() throws {
    let file = options.file
    try checkTargets()
    try Self.checkFigures(options.figures)
    var runner = NotebookRunner(
      try Self.read(file),
      NotebookRunner.Options(allowsErrors: options.allowErrors, timeout: options.timeout))
    let parameters = options.parameters.compactMap { NotebookParameter($0) }
    for warning in runner.warnings(of: parameters) {
      Output.write("warning: \(warning)\n", to: Output.standardError)
    }
    runner.inject(parameters)
    let place = try Workplace(
      Self.configuration(options.common, file, isHermetic: options.hermetic))
    let idle = Conversation(
      place.thread, EventPrinter(options.common.printing), answer: { _ in .endOfFile })
    var printer = EventPrinter(
      options.common.printing, warnings: idle.findings(in: runner.cells).unbound)
    // As a script does, the run ends with the reader of its output, unless it makes a file.
    let makesFile = options.inPlace || options.output != nil
    let failure = runner.run(
      on: place.thread, isWanted: { makesFile || !printer.isBroken }
    ) { step in
      switch step {
      case .began: break
      case .event(let event):
        printer.print(event)
        printer.flush()
      case .ended(let number, let count, let seconds):
        printer.finish()
        let time = (seconds * 100).rounded() / 100
        printer.note("cell \(number) of \(count): \(time) s\n")
      }
    }
    try write(runner, failed: failure != nil || !runner.isComplete)
    if let failure { throw Failure.reported(ExitStatus.of(failure)) }
    if !runner.isComplete { throw Failure.reported(ExitStatus.interrupted) }
  }

  /// Fails before the first cell runs if the notebook could not be written.
  private func checkTargets() throws {
    let files = FileAccess.unrestricted
    if let output = options.output, let slash = output.lastIndex(of: "/") {
      let folder = slash == output.startIndex ? "/" : String(output[..<slash])
      guard files.isFolder(folder) else { throw Failure("there is no folder '\(folder)'") }
    }
    guard let target = options.inPlace ? options.file : options.output else { return }
    do throws(FileError) { try files.checkWritable(target) } catch {
      throw Failure(error.description)
    }
  }

  /// Fails if figures could not be written into a folder, which is made when it is missing.
  static func checkFigures(_ folder: String?) throws {
    let files = FileAccess.unrestricted
    guard let folder else { return }
    var place = folder
    while !files.isFolder(place) {
      guard !files.exists(place) else { throw Failure("--figures: '\(place)' is not a folder") }
      place = GivenFile.folder(of: place)
    }
    do throws(FileError) { try files.checkWritable("\(place)/figure.svg") } catch {
      throw Failure("--figures: \(error.description)")
    }
  }

  /// Reads a notebook file.
  static func read(_ path: String) throws -> NotebookFile {
    let bytes = try GivenFile.read(path)
    do throws(NotebookFileError) { return try NotebookFile(parsing: bytes, name: path) } catch {
      throw Failure(error.description)
    }
  }

  /// The session of a notebook: outputs are those that a kernel would give.
  static func configuration(_ common: CommonOptions, _ file: String, isHermetic: Bool) throws
    -> SessionConfiguration
  {
    var configuration = try common.notebookConfiguration()
    // What is stored has the colours of the kernel, whatever this terminal shows.
    configuration.usesColor = true
    configuration.loadFolder = GivenFile.folder(of: file)
    configuration.isHermetic = isHermetic
    return configuration
  }

  private func write(_ runner: NotebookRunner, failed: Bool) throws {
    let target = options.inPlace ? (failed ? nil : options.file) : options.output
    do throws(FileError) {
      if let target { try FileAccess.unrestricted.write(runner.notebook.bytes, to: target) }
      try writeFigures(runner)
    } catch {
      throw Failure(error.description)
    }
  }

  /// Writes the figures as they stand at the end: `STEM-CELL-NUMBER.svg`.
  private func writeFigures(_ runner: NotebookRunner) throws(FileError) {
    guard let folder = options.figures else { return }
    let figures = FigureFolder(folder, stem: GivenFile.stem(of: options.file))
    for (cell, place) in runner.executed.enumerated() {
      for (number, svg) in runner.notebook.figures(of: place).enumerated() {
        let path = try figures.write(svg, suffix: "\(cell + 1)-\(number + 1)")
        Output.write("\(path)\n", to: Output.standardError)
      }
    }
  }
}
