import Diagnostics
import Platform
import Runtime

/// The world outside running code, as events: what the program writes and shows becomes an
/// ``Event``, what it asks goes to the front end.
final class SessionHost: Host {
  private(set) var target: DisplayTarget
  let files: FileAccess
  /// False while a silent cell runs.
  var isAudible = true
  /// False while a cell runs that may not ask.
  var allowsInput = true
  private let configuration: SessionConfiguration
  private let interruption: Interruption
  private let emit: @Sendable (Event) -> Void
  private let ask: @Sendable (InputRequest) throws(InputFailure) -> String
  /// The places that have been advised, each once a session.
  private var advised: Set<String> = []
  /// Bytes of text that the cell may still write.
  private var remainingOutput: Int

  init(
    _ configuration: SessionConfiguration, interruption: Interruption,
    emit: @escaping @Sendable (Event) -> Void,
    ask: @escaping @Sendable (InputRequest) throws(InputFailure) -> String
  ) {
    self.configuration = configuration
    self.interruption = interruption
    self.emit = emit
    self.ask = ask
    target = configuration.target
    files = FileAccess(
      workingDirectory: configuration.workingDirectory, allowed: configuration.allowedFolders)
    remainingOutput = configuration.outputLimit
  }

  /// Gets ready for the next cell.
  func begin(_ cell: Cell) {
    isAudible = !cell.silent
    allowsInput = cell.allowInput
    target = target.atPresent
    remainingOutput = configuration.outputLimit
  }

  /// Passes an event on, unless the cell is silent.
  func send(_ event: Event) {
    if isAudible { emit(event) }
  }

  func write(_ text: String, to stream: OutputStream) {
    guard !text.isEmpty, remainingOutput > 0 else { return }
    let size = text.utf8.count
    guard size <= remainingOutput else {
      // The cut must not fall into the middle of a character.
      var end = text.utf8.index(text.startIndex, offsetBy: remainingOutput)
      while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
      send(.stream(stream, String(text[..<end])))
      remainingOutput = 0
      let limit = configuration.outputLimit
      send(.stream(.error, "\n… output cut: a cell may write \(limit) bytes of text\n"))
      return
    }
    remainingOutput -= size
    send(.stream(stream, text))
  }

  func display(_ bundle: MimeBundle, id: String?, update: Bool) {
    if update, let id { send(.update(bundle, id: id)) } else { send(.display(bundle, id: id)) }
  }

  func clearOutput(wait: Bool) { send(.clear(wait: wait)) }

  func input(prompt: String, password: Bool) throws(Fault) -> String {
    guard allowsInput else {
      throw Fault(
        "StdinNotImplementedError", "this front end takes no input",
        help: "set the value in the source instead of asking for it")
    }
    do throws(InputFailure) {
      return try ask(InputRequest(prompt: prompt, password: password))
    } catch {
      switch error {
      case .endOfFile: throw Fault("EOFError", "the input ended while input() was waiting")
      case .notAllowed: throw Fault("StdinNotImplementedError", "this front end takes no input")
      case .undeliverable(let reason):
        throw Fault("OSError", "the question of input() could not be sent: \(reason)")
      case .interrupted: throw Fault("KeyboardInterrupt", "interrupted while waiting for input")
      }
    }
  }

  func advise(_ advice: Diagnostic) {
    guard configuration.advises else { return }
    let place = advice.primary.map { "\($0.file.name):\($0.span.start):\($0.file.text)" } ?? ""
    guard advised.insert(advice.message + place).inserted else { return }
    send(.advice(Renderer(usesColor: configuration.usesColor).text(of: advice)))
  }

  func progress(_ line: String?) {
    if case .terminal = target { send(.progress(line)) }
  }

  func page(_ bundle: MimeBundle) { send(.page(bundle)) }
}
