import Notebook

/// What the running cell has asked the user of its front end.
struct Question {
  let prompt: InputPrompt
  /// The id of the message that carried it there; nil while the front end cannot be reached.
  var messageID: String?
}

/// Stdin: questions to the user of the front end whose cell runs, and the answers.
extension Kernel {
  /// How long an undeliverable question waits for the front end's stdin channel, in seconds.
  private static let questionRetryInterval = 0.02

  /// Sends the question once its front end can be reached.
  ///
  /// - Returns: The seconds after which to try again.
  func deliverQuestion() -> Double? {
    guard let question, question.messageID == nil, let work = running else { return nil }
    let frames = writer.frames(question.prompt, to: work.request)
    switch transport.send(frames, on: .stdin) {
    case .sent: self.question?.messageID = writer.lastID
    case .unroutable: return Self.questionRetryInterval
    case .failed(let reason):
      self.question = nil
      log.add("could not ask for input: \(reason)")
      _ = evaluator.input.answer(.failure(.undeliverable(reason)))
    }
    return nil
  }

  /// Takes what has come on stdin, but no more than a burst.
  func takeAnswers() {
    for _ in 0..<Self.burst {
      guard let frames = transport.receive(.stdin) else { return }
      guard let message = read(frames, .stdin) else { continue }
      if let problem = takeAnswer(message) { log.add(problem) }
    }
  }

  /// Takes the answer of who was asked to what was asked; all others are dropped: those of other
  /// clients, those to questions that are over, and second ones.
  ///
  /// - Returns: Why it was dropped.
  private func takeAnswer(_ message: Request) -> String? {
    guard message.type == "input_reply" else {
      let type = KernelLog.quoted(message.type)
      return "dropped a message on stdin: expected input_reply; received \(type)"
    }
    guard let asked = question?.messageID, let work = running else {
      return "dropped an answer that nobody asked for"
    }
    guard message.identities == work.request.identities else {
      return "dropped an answer of a client that was not asked"
    }
    // JupyterLab names the question. jupyter_client and what is built on it name nothing, so that
    // only the time of their answers tells what they belong to.
    guard message.parentID == nil || message.parentID == asked else {
      return "dropped an answer to another question"
    }
    do throws(ContentError) {
      let answer = try InputAnswer(ContentReader(message.content))
      question = nil
      let isTaken = evaluator.input.answer(answer.result)
      return isTaken ? nil : "dropped an answer that nobody asked for"
    } catch {
      return "dropped a message on stdin: \(error)"
    }
  }
}
