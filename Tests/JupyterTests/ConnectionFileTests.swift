import JSON
import Jupyter
import Platform
import Testing

/// Reading what front ends write for the kernel.
@Suite struct ConnectionFileTests {
  static let good: JSONObject = [
    "shell_port": 50001, "iopub_port": 50002, "stdin_port": 50003, "control_port": 50004,
    "hb_port": 50005, "ip": "127.0.0.1", "key": "k", "transport": "tcp",
    "signature_scheme": "hmac-sha256", "kernel_name": "linnet",
  ]

  struct Bad: Sendable {
    let field: String
    let value: JSONValue?
    let message: String
  }

  @Test func `names the endpoints of tcp`() throws {
    let file = try ConnectionFile(.object(Self.good))
    #expect(file.endpoint(of: .shell) == "tcp://127.0.0.1:50001")
    #expect(file.endpoint(of: .iopub) == "tcp://127.0.0.1:50002")
    #expect(file.heartbeatEndpoint == "tcp://127.0.0.1:50005")
    #expect(file.key == "k")
  }

  @Test func `names the endpoints of ipc and takes an empty key`() throws {
    var fields = Self.good
    fields["transport"] = "ipc"
    fields["ip"] = "/tmp/kernel"
    fields["key"] = ""
    fields["stdin_port"] = 3
    let file = try ConnectionFile(.object(fields))
    #expect(file.endpoint(of: .stdin) == "ipc:///tmp/kernel-3")
    #expect(file.key.isEmpty)
  }

  @Test(arguments: [
    Bad(
      field: "shell_port", value: "x",
      message: "expected a port from 1 to 65535 for \"shell_port\"; received \"x\""),
    Bad(
      field: "hb_port", value: nil,
      message: "expected a port from 1 to 65535 for \"hb_port\"; received nothing"),
    Bad(
      field: "iopub_port", value: 70000,
      message: "expected a port from 1 to 65535 for \"iopub_port\"; received 70000"),
    Bad(
      field: "transport", value: "udp",
      message: "expected tcp or ipc for \"transport\"; received \"udp\""),
    Bad(field: "key", value: 3, message: "expected a string for \"key\"; received 3"),
    Bad(
      field: "signature_scheme", value: "hmac-md5",
      message: "expected hmac-sha256 for \"signature_scheme\"; received \"hmac-md5\""),
  ])
  func `says which field is wrong`(bad: Bad) {
    var fields = Self.good
    fields[bad.field] = bad.value
    let error = #expect(throws: ConnectionFileError.self) {
      try ConnectionFile(.object(fields))
    }
    #expect(error?.description == "connection file: \(bad.message)")
  }

  @Test func `takes both keys of encrypted sockets or neither`() throws {
    var fields = Self.good
    let key = String(repeating: "k", count: 40)
    fields["curve_publickey"] = .string(key)
    #expect(throws: ConnectionFileError.halfEncrypted) { try ConnectionFile(.object(fields)) }
    fields["curve_secretkey"] = .string(key)
    #expect(try ConnectionFile(.object(fields)).secretKey == key)
    fields["curve_secretkey"] = "short"
    #expect(throws: ConnectionFileError.field("curve_secretkey", "40 characters", "5")) {
      try ConnectionFile(.object(fields))
    }
  }

  @Test func `says that a file is missing`() {
    let error = #expect(throws: ConnectionFileError.self) {
      try ConnectionFile(path: "/nonexistent/kernel.json")
    }
    #expect(error?.description.contains("/nonexistent/kernel.json") == true)
  }
}
