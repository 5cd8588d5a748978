import JSON
@testable import Jupyter
import Testing

/// What front ends rely on when they run cells.
@Suite struct ExecuteTests {
  @Test func `brackets a cell by busy and idle and repeats its source first`() throws {
    let kernel = try Harness()
    kernel.execute("print a\nresult 2", "x")
    #expect(
      kernel.untilIdle("x").map(\.line) == [
        "x status busy", "x execute_input print a\nresult 2", "x stream a\n", "x execute_result",
        "x execute_reply ok", "x status idle",
      ])
  }

  @Test func `answers with the identities and the whole header of the request`() throws {
    let kernel = try Harness()
    kernel.execute("print a", "x")
    let reply = try #require(kernel.untilIdle("x").first { $0.type == "execute_reply" })
    #expect(reply.channel == .shell)
    #expect(reply.identities == [Harness.identity])
    let sent = try Envelope(kernel.frames("execute_request", "x", [:]))
    #expect(reply.parentHeader == sent.header)
  }

  @Test func `sends broadcasts under topics with the kernel's identity and the type`() throws {
    let kernel = try Harness()
    kernel.execute("print a", "x")
    let stream = try #require(kernel.untilIdle("x").first { $0.type == "stream" })
    let topic = String(decoding: try #require(stream.identities.first), as: UTF8.self)
    #expect(topic.hasPrefix("kernel.") && topic.hasSuffix(".stream"))
  }

  @Test func `counts cells that store history and no others`() throws {
    let kernel = try Harness()
    let cases: [(fields: JSONObject, count: Int)] = [
      ([:], 1), (["store_history": false], 1), (["silent": true], 1), ([:], 2),
    ]
    for (index, (fields, count)) in cases.enumerated() {
      kernel.execute("print a", "x\(index)", fields)
      let reply = kernel.untilIdle("x\(index)").first { $0.type == "execute_reply" }
      #expect(reply?.content["execution_count"] == .int(count))
    }
  }

  @Test func `shows nothing of a silent cell, not even its error`() throws {
    let kernel = try Harness()
    kernel.execute("print a\nshow b\nfail c", "x", ["silent": true])
    #expect(
      kernel.untilIdle("x").map(\.line) == [
        "x status busy", "x execute_reply error", "x status idle",
      ])
  }

  @Test func `repeats an error in the reply`() throws {
    let kernel = try Harness()
    kernel.execute("fail no such thing", "x")
    let messages = kernel.untilIdle("x")
    let error = try #require(messages.first { $0.type == "error" })
    let reply = try #require(messages.first { $0.type == "execute_reply" })
    #expect(error.content["ename"] == "ValueError")
    #expect(error.content["evalue"] == "no such thing")
    #expect(error.content["traceback"]?[0]?.string?.hasPrefix("\u{1B}[31m") == true)
    for field in ["ename", "evalue", "traceback"] {
      #expect(reply.content[field] == error.content[field])
    }
  }

  @Test func `aborts the cells that wait behind one that fails`() throws {
    let kernel = try Harness()
    kernel.executeTogether([("fail a", "x"), ("print b", "y"), ("print c", "z")])
    #expect(
      kernel.untilIdle("z").map(\.line) == [
        "x status busy", "x execute_input fail a", "x error ValueError", "x execute_reply error",
        "x status idle",
        "y status busy", "y execute_reply aborted", "y status idle",
        "z status busy", "z execute_reply aborted", "z status idle",
      ])
    kernel.execute("print d", "later")
    #expect(kernel.untilIdle("later").map(\.line).contains("later execute_reply ok"))
  }

  @Test func `runs what waits behind a failure when told not to stop`() throws {
    let kernel = try Harness()
    kernel.transport.deliver([
      (
        .shell,
        kernel.frames("execute_request", "x", ["code": "fail a", "stop_on_error": false])
      ),
      (.shell, kernel.frames("execute_request", "y", ["code": "print b"])),
    ])
    #expect(kernel.untilIdle("y").map(\.line).contains("y execute_reply ok"))
  }

  @Test func `evaluates user expressions one by one`() throws {
    let kernel = try Harness()
    kernel.execute("print a", "x", ["user_expressions": ["good": "1", "wrong": "bad"]])
    let reply = kernel.untilIdle("x").first { $0.type == "execute_reply" }
    let results = reply?.content["user_expressions"]
    #expect(reply?.content["status"] == "ok")
    #expect(results?["good"]?["status"] == "ok")
    #expect(results?["good"]?["data"]?["text/plain"] == "1")
    #expect(results?["wrong"]?["status"] == "error")
    #expect(results?["wrong"]?["ename"] == "NameError")
  }

  @Test func `tells in the metadata when a cell was started`() throws {
    let kernel = try Harness()
    kernel.execute("print a", "x")
    let reply = kernel.untilIdle("x").first { $0.type == "execute_reply" }
    let started = try #require(reply?.metadata["started"]?.string)
    #expect(started.hasSuffix("Z") && started.contains("T"))
    #expect(reply?.metadata["status"] == "ok")
    #expect(reply?.metadata["dependencies_met"] == true)
  }

  @Test func `hands pages to the pager by the payload`() throws {
    let kernel = try Harness()
    kernel.execute("page help text", "x")
    let messages = kernel.untilIdle("x")
    let payload = messages.first { $0.type == "execute_reply" }?.content["payload"]
    #expect(payload?[0]?["source"] == "page")
    #expect(payload?[0]?["data"]?["text/plain"] == "help text")
    #expect(!messages.map(\.type).contains("display_data"))
  }

  @Test func `says which field of a request is wrong`() throws {
    let kernel = try Harness()
    kernel.send("execute_request", "x", ["code": 7])
    let messages = kernel.untilIdle("x")
    #expect(
      messages.map(\.line) == ["x status busy", "x execute_reply error", "x status idle"])
    #expect(messages[1].content["evalue"] == #"expected a string for "code"; received 7"#)
  }
}
