import JSON
import Jupyter
import Platform
import Testing

/// Questions to the user, and whose answers to which of them count.
@Suite struct InputTests {
  @Test func `asks again until the front end can be reached`() throws {
    let kernel = try Harness()
    kernel.transport.loseQuestions(3)
    kernel.execute("ask name", "x")
    let question = try #require(kernel.until("x input_request").last)
    #expect(question.channel == .stdin)
    #expect(question.identities == [Harness.identity])
    #expect(question.content == ["prompt": "name", "password": false])
    kernel.answer("Ada", "r")
    #expect(kernel.untilIdle("x").map(\.line).contains("x stream got Ada\n"))
  }

  @Test(arguments: [("secret", "\u{04}", "endOfFile"), ("secret", "", nil)])
  func `passwords and the end of input`(prompt: String, answer: String, failure: String?) throws {
    let kernel = try Harness()
    kernel.execute("ask \(prompt)", "x")
    #expect(kernel.until("x input_request").last?.content["password"] == true)
    kernel.answer(answer, "r")
    let reply = kernel.untilIdle("x").first { $0.type == "execute_reply" }
    #expect(reply?.content["evalue"]?.string == failure)
  }

  @Test func `a question that cannot be sent fails in the cell`() throws {
    let kernel = try Harness()
    kernel.transport.refuseQuestions("the queue is full")
    kernel.execute("ask name", "x")
    let messages = kernel.untilIdle("x")
    #expect(
      messages.first { $0.type == "error" }?.content["evalue"]
        == "undeliverable(\"the queue is full\")")
    #expect(kernel.logged("could not ask for input: the queue is full"))
  }

  @Test func `asks nothing of a front end that takes no questions`() throws {
    let kernel = try Harness()
    kernel.execute("ask name", "x", ["allow_stdin": false])
    let messages = kernel.untilIdle("x")
    #expect(!messages.map(\.type).contains("input_request"))
    #expect(messages.first { $0.type == "error" }?.content["evalue"] == "notAllowed")
  }

  @Test func `an answer that nobody asked for is dropped`() throws {
    let kernel = try Harness()
    kernel.answer("early", "r")
    #expect(kernel.logged("nobody asked"))
    kernel.execute("ask name", "x")
    _ = kernel.until("x input_request")
    kernel.answer("late", "r2")
    #expect(kernel.untilIdle("x").map(\.line).contains("x stream got late\n"))
  }

  /// Clients that name the question they answer, and those that name nothing.
  @Test(arguments: [true, false])
  func `takes the answer of who was asked`(namesQuestion: Bool) throws {
    let kernel = try Harness()
    kernel.execute("ask name", "x")
    let question = kernel.until("x input_request").last
    kernel.answer("Ada", "r", parent: namesQuestion ? question : nil)
    #expect(kernel.untilIdle("x").map(\.line).contains("x stream got Ada\n"))
    #expect(kernel.logCount == 0)
  }

  @Test func `drops the answer of another client`() throws {
    let kernel = try Harness()
    kernel.execute("ask name", "x")
    let question = kernel.until("x input_request").last
    let stranger: Frame = Array("stranger".utf8)
    kernel.answer("Eve", "r1", from: stranger, parent: question)
    kernel.answer("Eve", "r2", from: stranger)
    kernel.answer("Ada", "r3", parent: question)
    #expect(kernel.untilIdle("x").map(\.line).contains("x stream got Ada\n"))
    #expect(kernel.logged("a client that was not asked"))
    #expect(kernel.logCount == 2)
  }

  @Test func `drops an answer to a question that is over`() throws {
    let kernel = try Harness()
    kernel.execute("ask first", "x")
    let first = kernel.until("x input_request").last
    kernel.interruption.request(.interrupt)
    _ = kernel.untilIdle("x")
    kernel.execute("ask second", "y")
    let second = kernel.until("y input_request").last
    kernel.answer("late", "r1", parent: first)
    #expect(kernel.logged("another question"))
    kernel.answer("Ada", "r2", parent: second)
    #expect(kernel.untilIdle("y").map(\.line).contains("y stream got Ada\n"))
  }

  @Test(arguments: [true, false])
  func `takes one answer to a question and drops the second`(namesQuestion: Bool) throws {
    let kernel = try Harness()
    kernel.execute("ask first\nask second", "x")
    let first = kernel.until("x input_request").last
    let parent = namesQuestion ? first : nil
    kernel.transport.deliver(
      ["one", "two"].map { text in
        let header = parent.flatMap { try? JSONValue(parsing: $0.header) } ?? [:]
        return (
          .stdin, kernel.frames("input_reply", text, ["value": .string(text)], parent: header)
        )
      })
    #expect(kernel.logged("nobody asked"))
    _ = kernel.until("x input_request")
    kernel.answer("three", "r")
    let shown = kernel.untilIdle("x").filter { $0.type == "stream" }
    #expect(shown.map(\.line).joined() == "x stream got three\n")
  }

  @Test func `goes on asking after an answer that cannot be read`() throws {
    let kernel = try Harness()
    kernel.execute("ask name", "x")
    _ = kernel.until("x input_request")
    kernel.send("input_reply", "r1", ["value": 5], on: .stdin)
    #expect(kernel.logged("expected a string for \"value\"; received 5"))
    kernel.answer("Ada", "r2")
    #expect(kernel.untilIdle("x").map(\.line).contains("x stream got Ada\n"))
  }
}
