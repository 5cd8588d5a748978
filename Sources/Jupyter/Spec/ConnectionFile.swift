public import JSON
import Platform

/// The file in which a front end tells a kernel where to listen and what to sign with.
public struct ConnectionFile: Sendable, Equatable {
  /// How sockets connect.
  public enum Transport: String, Sendable {
    /// Over the network, to ports.
    case tcp
    /// On this machine, through files.
    case ipc
  }

  /// How sockets connect.
  public let transport: Transport
  /// The address to listen on, or the beginning of the sockets' paths.
  public let ip: String
  /// The key of the signatures; empty means unsigned.
  public let key: String
  /// The secret key of encrypted sockets, in ZeroMQ's Z85 notation; nil for plain ones.
  public let secretKey: String?
  private let ports: [String: Int]

  /// The endpoint of a channel, in ZeroMQ's notation.
  public func endpoint(of channel: Channel) -> String { endpoint("\(channel.rawValue)_port") }

  /// The endpoint of the heartbeat.
  public var heartbeatEndpoint: String { endpoint("hb_port") }

  private func endpoint(_ field: String) -> String {
    let port = ports[field] ?? 0
    switch transport {
    case .tcp: return "tcp://\(ip.contains(":") ? "[\(ip)]" : ip):\(port)"
    case .ipc: return "ipc://\(ip)-\(port)"
    }
  }

  /// Reads a connection file.
  ///
  /// - Throws: ``ConnectionFileError`` with the field that is wrong.
  public init(path: String) throws(ConnectionFileError) {
    let text: String
    do throws(FileError) {
      text = try FileAccess.unrestricted.readText(path, sizeLimit: 1 << 20)
    } catch {
      throw .unreadable(error.description)
    }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: text)
    } catch {
      throw .notJSON(error.description)
    }
    try self.init(value)
  }

  /// Takes the fields of a connection file.
  public init(_ value: JSONValue) throws(ConnectionFileError) {
    guard let fields = value.object else { throw .notJSON("expected an object") }
    func text(_ field: String, default fallback: String) throws(ConnectionFileError) -> String {
      guard let value = fields[field] else { return fallback }
      guard let text = value.string else { throw .field(field, "a string", value.text()) }
      return text
    }
    let name = try text("transport", default: "tcp")
    guard let transport = Transport(rawValue: name) else {
      throw .field("transport", "tcp or ipc", "\"\(name)\"")
    }
    self.transport = transport
    ip = try text("ip", default: transport == .tcp ? "127.0.0.1" : "kernel-ipc")
    key = try text("key", default: "")
    let scheme = try text("signature_scheme", default: "hmac-sha256")
    guard key.isEmpty || scheme == "hmac-sha256" else {
      throw .field("signature_scheme", "hmac-sha256", "\"\(scheme)\"")
    }
    let secretKey = try text("curve_secretkey", default: "")
    guard secretKey.isEmpty || secretKey.utf8.count == 40 else {
      throw .field("curve_secretkey", "40 characters", "\(secretKey.utf8.count)")
    }
    // A public key alone shows that encryption is wanted: serving in the clear would betray that.
    guard secretKey.isEmpty == (try text("curve_publickey", default: "").isEmpty) else {
      throw .halfEncrypted
    }
    self.secretKey = secretKey.isEmpty ? nil : secretKey
    var ports: [String: Int] = [:]
    for field in Channel.allCases.map({ "\($0.rawValue)_port" }) + ["hb_port"] {
      let value = fields[field]
      guard let port = value?.int, (1...65_535).contains(port) else {
        throw .field(field, "a port from 1 to 65535", value?.text() ?? "nothing")
      }
      ports[field] = port
    }
    self.ports = ports
  }
}

/// Why a connection file cannot be used.
public enum ConnectionFileError: Error, Sendable, Equatable {
  /// There is no such file, or it cannot be read.
  case unreadable(String)
  /// It is not a JSON object.
  case notJSON(String)
  /// A field is missing or wrong: its name, what was expected, what was received.
  case field(String, String, String)
  /// It has one of the two keys of encrypted sockets.
  case halfEncrypted
}

extension ConnectionFileError: CustomStringConvertible {
  /// The problem in one line.
  public var description: String {
    switch self {
    case .unreadable(let reason): reason
    case .notJSON(let reason): "the connection file is not a JSON object: \(reason)"
    case .field(let name, let expected, let received):
      "connection file: expected \(expected) for \"\(name)\"; received \(received)"
    case .halfEncrypted:
      "connection file: expected both or neither of \"curve_publickey\" and "
        + "\"curve_secretkey\"; received one"
    }
  }
}
