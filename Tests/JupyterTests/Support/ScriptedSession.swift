import JSON
import Notebook
import Platform
import Runtime

@testable import Jupyter

/// A session whose cells are commands, one a line: `print x`, `warn x`, `show x`, `show x as id`,
/// `update x as id`, `clear`, `page x`, `result x`, `fail x`, `ask x`, `loop`, `flood n`.
final class ScriptedSession: KernelSession {
  private let context: SessionContext
  private(set) var executionCount = 0

  init(_ context: SessionContext) { self.context = context }

  func run(_ cell: Cell) -> Outcome {
    if cell.storeHistory { executionCount += 1 }
    for line in cell.code.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      if let error = perform(words.first ?? "", words.dropFirst().first ?? "") {
        context.emit(.error(error))
        return Outcome(status: .error(error), count: executionCount)
      }
    }
    return Outcome(status: .ok, count: executionCount)
  }

  private func perform(_ command: String, _ argument: String) -> ErrorReport? {
    let (text, id) = split(argument)
    switch command {
    case "print": context.emit(.stream(.standard, argument + "\n"))
    case "warn": context.emit(.advice(argument + "\n"))
    case "show": context.emit(.display(MimeBundle(text: text), id: id))
    case "update": context.emit(.update(MimeBundle(text: text), id: id ?? ""))
    case "clear": context.emit(.clear(wait: true))
    case "page": context.emit(.page(MimeBundle(text: argument)))
    case "progress": context.emit(.progress(argument))
    case "result": context.emit(.result(MimeBundle(text: argument), count: executionCount))
    case "fail": return Self.error("ValueError", argument)
    case "ask": return ask(argument)
    case "flood":
      for number in 0..<(Int(argument) ?? 0) { context.emit(.stream(.standard, "\(number)\n")) }
    case "loop":
      while !context.interruption.isRequested {}
      context.interruption.clear()
      return Self.error("KeyboardInterrupt", "")
    default: return Self.error("NameError", command)
    }
    return nil
  }

  private func split(_ argument: String) -> (text: String, id: String?) {
    let words = argument.split(separator: " ").map(String.init)
    guard words.count == 3, words[1] == "as" else { return (argument, nil) }
    return (words[0], words[2])
  }

  private func ask(_ prompt: String) -> ErrorReport? {
    do throws(InputFailure) {
      let answer = try context.ask(InputRequest(prompt: prompt, password: prompt == "secret"))
      context.emit(.stream(.standard, "got \(answer)\n"))
      return nil
    } catch {
      context.interruption.clear()
      return Self.error(error == .interrupted ? "KeyboardInterrupt" : "EOFError", "\(error)")
    }
  }

  func keepHistory() {}

  func tidyUp(until shouldStop: @escaping () -> Bool) {}

  func complete(_ code: String, cursor: Int) -> CompleteReply {
    ScriptedTools().complete(code, cursor: cursor)
  }

  func inspect(_ code: String, cursor: Int, detail: Int) -> JSONObject? {
    ScriptedTools().inspect(code, cursor: cursor, detail: detail)
  }

  func evaluate(expressions: [(name: String, source: String)])
    -> [(name: String, result: Result<JSONObject, ErrorReport>)]
  {
    expressions.map { name, source in
      source == "bad"
        ? (name, .failure(Self.error("NameError", source)))
        : (name, .success(["text/plain": .string(source)]))
    }
  }

  private static func error(_ name: String, _ message: String) -> ErrorReport {
    let text = "\(name): \(message)"
    return ErrorReport(
      name: name, message: message, plain: [text], coloured: ["\u{1B}[31m\(text)\u{1B}[0m"])
  }
}

/// Tools with fixed answers.
struct ScriptedTools: CodeTools {
  func completeness(of code: String) -> CellCompleteness {
    if code.hasSuffix(":") { return .incomplete(indent: "    ") }
    if code.hasSuffix(")") { return .invalid }
    return code == "what" ? .unknown : .complete
  }

  func complete(_ code: String, cursor: Int) -> CompleteReply {
    CompleteReply(
      matches: [CompletionMatch(text: "print", kind: "function", signature: "(value)")],
      start: 0, end: cursor)
  }

  func inspect(_ code: String, cursor: Int, detail: Int) -> JSONObject? {
    code == "print" ? ["text/plain": .string("print: level \(detail)")] : nil
  }

  func history(_ access: HistoryRequest.Access) -> [HistoryLine] {
    [HistoryLine(session: 1, line: 2, input: "\(access)", output: "3")]
  }

  func keepHistory() {}
}
