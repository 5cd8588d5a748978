import JSON
import Jupyter
import Platform
import Testing

/// What must work whatever the evaluator does.
@Suite struct ControlTests {
  @Test(arguments: ["loop", "ask name"])
  func `an interrupt ends the cell and nothing else`(code: String) throws {
    let kernel = try Harness()
    kernel.execute("print before\n\(code)", "x")
    _ = kernel.until(code == "loop" ? "x stream before\n" : "x input_request")
    kernel.send("interrupt_request", "i", [:], on: .control)
    let lines = kernel.until("x status idle").map(\.line)
    #expect(lines.contains("i interrupt_reply"))
    #expect(lines.contains("x error KeyboardInterrupt"))
    kernel.execute("print after", "y")
    let reply = kernel.untilIdle("y").first { $0.type == "execute_reply" }
    #expect(reply?.content["status"] == "ok")
    #expect(reply?.content["execution_count"] == 2)
  }

  @Test func `an interrupt by signal ends a wait for input`() throws {
    let kernel = try Harness()
    kernel.execute("ask name", "x")
    _ = kernel.until("x input_request")
    kernel.interruption.request(.interrupt)
    #expect(kernel.untilIdle("x").map(\.line).contains("x error KeyboardInterrupt"))
  }

  @Test func `an interrupt without a cell does nothing to the next`() throws {
    let kernel = try Harness()
    kernel.send("interrupt_request", "i", [:], on: .control)
    #expect(
      kernel.untilIdle("i").map(\.line) == [
        "i status busy", "i interrupt_reply", "i status idle",
      ])
    kernel.interruption.request(.interrupt)
    kernel.execute("ask name", "x")
    _ = kernel.until("x input_request")
    kernel.send("input_reply", "r", ["value": "Ada"], on: .stdin)
    #expect(kernel.untilIdle("x").map(\.line).contains("x execute_reply ok"))
  }

  @Test(arguments: [Channel.shell, .control])
  func `answers about the kernel on shell and control`(channel: Channel) throws {
    let kernel = try Harness()
    kernel.send("kernel_info_request", "k", [:], on: channel)
    let messages = kernel.untilIdle("k")
    #expect(messages.map(\.line) == ["k status busy", "k kernel_info_reply", "k status idle"])
    #expect(messages[1].channel == channel)
  }

  @Test func `answers while a cell runs and then says busy for the cell again`() throws {
    let kernel = try Harness()
    kernel.execute("print a\nloop", "x")
    _ = kernel.until("x stream a\n")
    kernel.send("complete_request", "c", ["code": "pr", "cursor_pos": 2])
    kernel.send("kernel_info_request", "k", [:], on: .control)
    var lines: [String] = []
    while lines.filter({ $0 == "x status busy" }).count < 2, let message = kernel.next() {
      lines.append(message.line)
    }
    #expect(lines.sorted().filter { $0.hasPrefix("c") }.count == 3)
    for id in ["c", "k"] {
      let idle = try #require(lines.firstIndex(of: "\(id) status idle"))
      #expect(lines[idle + 1] == "x status busy")
    }
  }

  @Test(arguments: [Channel.shell, .control], ["", "loop", "ask name"])
  func `shuts down whatever runs`(channel: Channel, code: String) throws {
    let kernel = try Harness()
    if !code.isEmpty {
      kernel.execute(code, "x")
      _ = kernel.until("x execute_input \(code)")
    }
    kernel.send("shutdown_request", "s", ["restart": true], on: channel)
    var messages: [Received] = []
    while messages.last?.line != "s status idle", let message = kernel.next() {
      messages.append(message)
    }
    let replies = messages.filter { $0.type == "shutdown_reply" }
    #expect(replies.map(\.channel) == [channel, .iopub])
    #expect(replies.allSatisfy { $0.content["restart"] == true })
    #expect(kernel.end() == .shutdown)
    #expect(kernel.transport.isClosed)
  }
}
